import Wire

/// Reads a list in the order of its identifiers, each page beginning after the last identifier of the one before:
/// rows that appear or vanish meanwhile neither repeat nor hide others.
///
/// The first page is asked for alone. If it is full, pages follow 50 to a batch, each taking the last identifier of
/// the one before by reference: `filter[>ID]=$result[c0][49][ID]`. After the last page there is no such row; what a
/// portal puts in its place is not documented, and with nothing the pages would start from the beginning. So each page
/// has a second condition made of the same reference with nine zeros behind it, `filter[<ID]=…000000000`: true for
/// every later row, and for none when the reference is empty. It only saves work: whatever comes after a page
/// that is not full is thrown away, and an empty page after a full one is checked by a request with the plain number.
/// Source: https://apidocs.bitrix24.com/settings/performance/huge-data.html
struct KeysetPaging: Sendable {
    let scan: RowScan
    private let method: String
    private let facts: KeysetFacts
    /// Without filter on the cursor; with order and `start`.
    private let base: PageParameters
    private let filter: JSONObject
    /// The caller's own `filter[>ID]`.
    private let ownCursor: Int64?
    private let mayChain: Bool
    private(set) var cursor: Int64?
    private var phase = Phase.single
    private var rowsPerPage = KeysetPaging.rowsPerPageUsual
    private var chainLengthMax = Batch.commandsPerRequestMax
    private var chains = true
    private var bounds: Bool
    /// The chain that is on its way.
    private var pending: BatchRequest?
    /// A chain ended in an empty page: the next page, asked for alone, tells whether that was the end.
    private var verifying = false
    private(set) var rowCount = 0
    private(set) var pagesAccepted = 0

    private enum Phase: Sendable { case single, chain, done }

    /// What the platform gives.
    static let rowsPerPageUsual = 50
    /// A portal ends a request after 60 s: a chain is made as long as should take half of that.
    static let chainSeconds = 30.0

    /// Why the rows stop following the order asked for.
    enum Trouble: Error { case unordered, ignoresFilter }

    /// - Returns: nil when the caller's own order, start or filter does not go with it.
    init?(_ method: MethodFacts, _ parameters: JSONObject) {
        guard let facts = method.keyset else { return nil }
        var base = PageParameters(parameters, method)
        guard base["order"].isAbsent, base["sort"].isAbsent, base["start"].isAbsent else { return nil }
        var filter = base["filter"]?.objectValue ?? JSONObject()
        if let given = base["filter"], !given.isAbsent, given.objectValue == nil { return nil }
        // One activity may be found through several bindings, and then comes several times.
        guard PageParameters.key("BINDINGS", in: filter) == nil else { return nil }
        if let key = PageParameters.key(">\(facts.filterField)", in: filter) {
            guard let own = filter.remove(key)?.scalarText.flatMap({ Int64($0) }) else { return nil }
            cursor = own
        }
        base["order"] = facts.orderTravelsAsWords ? "ASC" : .object([facts.filterField: "ASC"])
        if facts.orderTravelsAsWords { base["sort"] = .string(facts.filterField) }
        base["start"] = -1
        if var select = base["select"]?.arrayValue, !select.isEmpty {
            let names = select.map { $0.stringValue?.asciiLowercased() }
            if !names.contains(facts.filterField.asciiLowercased()), !names.contains("*") {
                select.append(.string(facts.filterField))
                base["select"] = .array(select)
            }
        }
        self.method = method.name
        self.facts = facts
        ownCursor = cursor
        self.filter = filter
        mayChain = !base.looksLikeReference
        bounds = PageParameters.key("<\(facts.filterField)", in: filter) == nil
        scan = RowScan(key: method.resultKey, idField: facts.rowField)
        self.base = base
    }

    /// The caller's parameters in the same order, for going on by offset.
    var parametersByOffset: JSONObject {
        var parameters = base
        var filter = filter
        if let ownCursor { filter[">\(facts.filterField)"] = .integer(ownCursor) }
        if !filter.isEmpty { parameters["filter"] = .object(filter) }
        parameters["start"] = .integer(Int64(rowCount))
        return parameters.object
    }

    mutating func next() throws(Failure) -> Pager.Step {
        switch phase {
        case .done: return .finished
        case .single:
            return .call(try Call(method, api: .classic, parameters: page(after: cursor.map { .integer($0) })))
        case .chain:
            let request = chain()
            pending = request
            return .batch(request)
        }
    }

    /// The next chain takes half as long.
    mutating func tookTooLong() { chainLengthMax = max(1, chainLengthMax / 2) }

    private func page(after value: JSONValue?, below bound: JSONValue? = nil) -> JSONObject {
        var filter = filter
        if let value { filter[">\(facts.filterField)"] = value }
        if let bound { filter["<\(facts.filterField)"] = bound }
        var parameters = base
        if !filter.isEmpty { parameters["filter"] = .object(filter) }
        return parameters.object
    }

    private func chain() -> BatchRequest {
        var commands: [BatchCommand] = []
        var texts: [String] = []
        for place in 0..<chainLengthMax {
            var parameters = page(after: cursor.map { .integer($0) })
            if place > 0 {
                let way = (scan.key.map { [$0] } ?? []) + [String(rowsPerPage - 1), facts.rowField]
                let last =
                    "\(BatchReference.portalMarker)\(BatchRequest.key(place - 1))]"
                    + way.map { "[\($0)]" }.joined()
                parameters = page(after: .string(last), below: bounds ? .string(last + "000000000") : nil)
            }
            commands.append(BatchCommand(BatchRequest.key(place), method))
            texts.append("\(method)?\(String(decoding: Form.encode(parameters), as: UTF8.self))")
        }
        // A page that fails leaves those after it without their reference: stop there.
        return BatchRequest(commands, texts: texts, halt: true)
    }

    mutating func receive(_ reply: Reply) throws(Failure) -> Result<[RowPage], Trouble> {
        guard phase == .chain, let pending else { return try receiveSingle(reply) }
        return try receiveChain(reply, to: pending)
    }

    private mutating func receiveSingle(_ reply: Reply) throws(Failure) -> Result<[RowPage], Trouble> {
        guard let page = scan.page(of: reply) else { throw Pager.notAList(method) }
        if let trouble = trouble(with: page) { return .failure(trouble) }
        if rowCount == 0 { rowsPerPage = max(rowsPerPage, page.count) }
        if verifying, page.count > 0 { distrustChain() }
        verifying = false
        accept(page)
        if phase == .single, chains, mayChain { phase = .chain }
        limitChain(reply.time?.duration, pages: 1)
        return .success([page])
    }

    private mutating func receiveChain(
        _ reply: Reply, to request: BatchRequest
    ) throws(Failure) -> Result<[RowPage], Trouble> {
        var pages: [Int: RowPage] = [:]
        let scan = scan
        let base = reply.resultRange.lowerBound
        let batch = try BatchReply(reply, to: request) { (scanner, place) throws(JSONFailure) in
            pages[place] = try scan.read(&scanner)?.shifted(by: base)
            return scanner.offset..<scanner.offset
        }
        var accepted: [RowPage] = []
        for (place, entry) in batch.entries.enumerated() where phase == .chain {
            if case .failed(let failure) = entry.outcome, place == 0 { throw failure }
            guard case .result = entry.outcome, let page = pages[place] else {
                // The chain broke off: once more from here, without what may have broken it.
                if place == 0 { throw Pager.notAList(method) }
                if place == 1 { distrustChain() }
                break
            }
            if place > 0, page.count == 0 {
                verifying = true
                phase = .single
            } else if let trouble = trouble(with: page) {
                if place == 0 { return .failure(trouble) }
                distrustChain()
            } else {
                accept(page)
                accepted.append(page)
                continue
            }
            break
        }
        if phase == .chain, !chains { phase = .single }
        limitChain(reply.time?.duration, pages: batch.entries.count)
        return .success(accepted)
    }

    /// Nil when each row comes after the one before it, in this page and across pages.
    private func trouble(with page: RowPage) -> Trouble? {
        guard page.count > 0 else { return nil }
        guard page.isAscending, let first = page.firstID else { return .unordered }
        if let cursor, first <= cursor { return .ignoresFilter }
        return nil
    }

    private mutating func accept(_ page: RowPage) {
        rowCount += page.count
        pagesAccepted += 1
        if let last = page.lastID { cursor = last }
        if page.count < rowsPerPage { phase = .done }
    }

    /// What the portal makes of our references is not what we thought: first without the second condition, then
    /// without chains.
    private mutating func distrustChain() {
        if bounds { bounds = false } else { chains = false }
    }

    private mutating func limitChain(_ duration: Double?, pages: Int) {
        guard let duration, duration > 0, pages > 0 else { return }
        let perPage = duration / Double(pages)
        guard perPage * Double(chainLengthMax) > KeysetPaging.chainSeconds else { return }
        chainLengthMax = min(chainLengthMax, max(1, Int(KeysetPaging.chainSeconds / perPage)))
    }
}

extension Optional<JSONValue> {
    /// Missing, null, or an empty list or object, which is how an empty Lua table arrives.
    var isAbsent: Bool { self?.isAbsent ?? true }
}

extension JSONValue {
    var isAbsent: Bool { isNull || arrayValue?.isEmpty == true || objectValue?.isEmpty == true }
}
