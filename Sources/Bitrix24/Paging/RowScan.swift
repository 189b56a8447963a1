import Wire

/// The rows of one page: a JSON array, not parsed further.
struct RowPage: Equatable {
    /// Where the array stands in the reply's bytes.
    var range: Range<Int>
    var count = 0
    /// Identifiers of the first and the last row, where they were asked for and are whole numbers.
    var firstID: Int64?
    var lastID: Int64?
    /// Every row has an identifier, each greater than the one before.
    var isAscending = true

    /// The same page, counted from further before.
    func shifted(by distance: Int) -> RowPage {
        var page = self
        page.range = range.lowerBound + distance..<range.upperBound + distance
        return page
    }
}

/// Finds and counts the rows in a result in one pass.
struct RowScan {
    /// The member of the result that holds the rows, such as `items`; nil when the result is the array itself.
    let key: String?
    /// The field of a row that holds its identifier.
    let idField: String?

    /// The rows of a reply; nil when its result is no list.
    func page(of reply: Reply) -> RowPage? {
        let page = reply.withResult { buffer -> RowPage? in
            // The envelope was read already, so that the JSON is known to be whole.
            guard var scanner = try? JSONScanner(buffer) else { return nil }
            return (try? read(&scanner)) ?? nil
        }
        return page?.shifted(by: reply.resultRange.lowerBound)
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
            var id: Int64?
            switch try scanner.next() {
            case .endArray: break reading
            case .beginObject: id = try identifier(&scanner)
            default:
                while scanner.depth > inside { _ = try scanner.next() }
            }
            page.count += 1
            note(id, in: &page)
        }
        page.range = start..<scanner.offset
        return page
    }

    private func note(_ id: Int64?, in page: inout RowPage) {
        guard let id else {
            page.isAscending = false
            return
        }
        if page.count == 1 {
            page.firstID = id
        } else if let last = page.lastID, id <= last {
            page.isAscending = false
        }
        page.lastID = id
    }

    private func identifier(_ scanner: inout JSONScanner) throws(JSONFailure) -> Int64? {
        var id: Int64?
        while case .key(let name) = try scanner.next() {
            guard let idField, name.matches(idField) else {
                _ = try scanner.skipValue()
                continue
            }
            id = try scanner.scalarText().flatMap { Int64($0) }
        }
        return id
    }
}

extension JSONSlice {
    /// Names in rows have no escapes; one that has is not ours.
    func matches(_ name: String) -> Bool {
        var name = name
        return name.withUTF8 { $0.count == count && $0.elementsEqual(raw) }
    }
}
