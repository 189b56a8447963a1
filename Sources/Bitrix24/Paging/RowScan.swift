import Wire

/// Finds and counts the rows in a result in one pass.
struct RowScan {
    /// The member of the result that holds the rows, such as `items`; nil when the result is the array itself.
    let key: String?
    /// The field of a row that holds its identifier; nil takes `id` in any letter case.
    let idField: String?
    /// Whether to keep what tells rows apart.
    var keepsIdentities = false

    /// The rows of a reply; nil when its result is no list.
    func page(of reply: Reply) -> RowPage? {
        let page = reply.withResult { buffer -> RowPage? in
            // The envelope was read already, so that the JSON is known to be whole.
            guard var scanner = try? JSONScanner(buffer) else { return nil }
            return (try? read(&scanner)) ?? nil
        }
        return page?.shifted(by: reply.resultRange.lowerBound)
    }

    /// The rows of each command of a batch's reply, and what became of the commands.
    func pages(
        of reply: Reply, to request: BatchRequest
    ) throws(Failure) -> (batch: BatchReply, pages: [Int: RowPage]) {
        var pages: [Int: RowPage] = [:]
        let base = reply.resultRange.lowerBound
        let batch = try BatchReply(reply, to: request) { (scanner, place) throws(JSONFailure) in
            pages[place] = try read(&scanner)?.shifted(by: base)
            return scanner.offset..<scanner.offset
        }
        return (batch, pages)
    }

    /// Reads one result, where `scanner` stands. PHP writes an empty object as `[]`, and some methods answer `null` or
    /// `false` for nothing found: no rows.
    func read(_ scanner: inout JSONScanner) throws(JSONFailure) -> RowPage? {
        switch try scanner.next() {
        case .beginArray: return try rows(&scanner)
        case .beginObject: return try member(&scanner)
        case .null, .false: return RowPage(range: scanner.offset..<scanner.offset)
        default: return nil
        }
    }

    /// The member named, or else the only array there is.
    private func member(_ scanner: inout JSONScanner) throws(JSONFailure) -> RowPage? {
        var named: RowPage?
        var others: [RowPage] = []
        while case .key(let name) = try scanner.next() {
            let isNamed = key.map { name.matches($0) } ?? false
            let outer = scanner.depth
            switch try scanner.next() {
            case .beginArray:
                let page = try rows(&scanner)
                if isNamed { named = page } else { others.append(page) }
            case .null where isNamed: named = RowPage(range: scanner.offset..<scanner.offset)
            default:
                while scanner.depth > outer { _ = try scanner.next() }
            }
        }
        return named ?? (others.count == 1 ? others[0] : nil)
    }

    /// Reads the elements of an array whose bracket was just read.
    private func rows(_ scanner: inout JSONScanner) throws(JSONFailure) -> RowPage {
        let start = scanner.offset - 1
        let inside = scanner.depth
        var page = RowPage(range: start..<start)
        reading: while true {
            var id: Identifier?
            let begin: Int
            switch try scanner.next() {
            case .endArray: break reading
            case .beginObject:
                begin = scanner.offset - 1
                id = try identifier(&scanner)
            default:
                begin = scanner.offset
                while scanner.depth > inside { _ = try scanner.next() }
            }
            page.count += 1
            note(id?.number, in: &page)
            if keepsIdentities {
                page.starts.append(begin)
                if let identity = id?.identity { page.identities.append(identity) }
            }
        }
        page.range = start..<scanner.offset
        if page.identities.count != page.count { page.identities = [] }
        return page
    }

    private func note(_ id: Int64?, in page: inout RowPage) {
        guard let id else {
            page.isAscending = false
            page.isDescending = false
            return
        }
        if page.count == 1 {
            page.firstID = id
        } else if let last = page.lastID {
            if id <= last { page.isAscending = false }
            if id >= last { page.isDescending = false }
        }
        page.lastID = id
    }

    private struct Identifier {
        var number: Int64?
        var identity: Int
    }

    private func identifier(_ scanner: inout JSONScanner) throws(JSONFailure) -> Identifier? {
        var id: Identifier?
        while case .key(let name) = try scanner.next() {
            guard isIdentifier(name) else {
                _ = try scanner.skipValue()
                continue
            }
            id = try scanner.scalarText().map { Identifier(number: Int64($0), identity: $0.hashValue) }
        }
        return id
    }

    private func isIdentifier(_ name: JSONSlice) -> Bool {
        if let idField { return name.matches(idField) }
        return name.count == 2 && name.raw[0] | 0x20 == UInt8(ascii: "i") && name.raw[1] | 0x20 == UInt8(ascii: "d")
    }
}

extension JSONSlice {
    /// Names in rows have no escapes; one that has is not ours.
    func matches(_ name: String) -> Bool {
        var name = name
        return name.withUTF8 { $0.count == count && $0.elementsEqual(raw) }
    }
}
