import Wire

/// Reads a list page by page as the portal counts: `start` in, `next` and `total` out. Once the total is known, pages
/// are asked for 50 to a batch. Rows that appear or vanish meanwhile can shift others across pages: only paging by
/// identifier is free of that.
/// Source: https://apidocs.bitrix24.com/settings/how-to-call-rest-api/list-methods-pecularities.html
struct OffsetPaging: Sendable {
    private let scan: RowScan
    private let method: String
    private let api: RESTVersion
    private var parameters: PageParameters
    private let mayBatch: Bool
    /// The starts asked for at once; the first request has the caller's own start, or none.
    private var starts: [Int]
    private var isFirst = true
    private var isDone = false
    private var chunkMax = Batch.commandsPerRequestMax
    private var pending: BatchRequest?
    private var firstPage: Int?

    init(_ call: Call, _ parameters: JSONObject, resultKey: String?) {
        method = call.method
        api = call.api
        self.parameters = PageParameters(parameters, call.facts)
        scan = RowScan(key: resultKey, idField: nil)
        mayBatch =
            api == .classic && call.facts != nil && call.facts?.movesFiles == false
            && !self.parameters.looksLikeReference
        starts = [max(0, self.parameters["start"]?.scalarText.flatMap { Int($0) } ?? 0)]
    }

    mutating func next() throws(Failure) -> Pager.Step {
        if isDone { return .finished }
        if isFirst { return .call(try Call(method, api: api, parameters: parameters.object)) }
        var commands: [BatchCommand] = []
        for start in starts {
            parameters["start"] = .integer(Int64(start))
            commands.append(BatchCommand(BatchRequest.key(commands.count), method, parameters.object))
        }
        pending = nil
        guard commands.count > 1 else { return .call(try Call(method, api: api, parameters: parameters.object)) }
        let request = try BatchRequest(commands, halt: true)
        pending = request
        return .batch(request)
    }

    mutating func tookTooLong() {
        chunkMax = max(1, chunkMax / 2)
        starts = Array(starts.prefix(chunkMax))
    }

    mutating func receive(_ reply: Reply) throws(Failure) -> [RowPage] {
        guard let pending else {
            guard let page = scan.page(of: reply) else { throw Pager.notAList(method) }
            try check(page, reply)
            try plan(after: starts[0], next: reply.next, total: reply.total)
            isFirst = false
            return [page]
        }
        return try receive(reply, to: pending)
    }

    private mutating func receive(_ reply: Reply, to request: BatchRequest) throws(Failure) -> [RowPage] {
        var pages: [Int: RowPage] = [:]
        let scan = scan
        let base = reply.resultRange.lowerBound
        let batch = try BatchReply(reply, to: request) { (scanner, place) throws(JSONFailure) in
            pages[place] = try scan.read(&scanner)?.shifted(by: base)
            return scanner.offset..<scanner.offset
        }
        var accepted: [RowPage] = []
        for (place, entry) in batch.entries.enumerated() {
            if case .failed(let failure) = entry.outcome, place == 0 { throw failure }
            guard case .result = entry.outcome, let page = pages[place] else {
                if place == 0 { throw Pager.notAList(method) }
                starts = Array(starts[place...])
                return accepted
            }
            try check(page, reply)
            accepted.append(page)
            let isLast = place == batch.entries.count - 1
            if isLast || entry.next == nil || page.count == 0 {
                try plan(after: starts[place], next: page.count == 0 ? nil : entry.next, total: entry.total)
                break
            }
        }
        return accepted
    }

    private mutating func plan(after start: Int, next: Int?, total: Int?) throws(Failure) {
        guard let next else {
            isDone = true
            return
        }
        guard next > start else {
            throw Pager.broken(method, "the next page would begin at \(next), not after \(start)")
        }
        let step = next - start
        starts = [next]
        guard mayBatch, let total, total > next else { return }
        starts = Array(stride(from: next, to: total, by: step).prefix(chunkMax))
    }

    /// A portal that takes no notice of `start` would give its first page for ever.
    private mutating func check(_ page: RowPage, _ reply: Reply) throws(Failure) {
        guard page.count > 0 else { return }
        let hash = Pager.hash(reply.bytes[page.range])
        guard firstPage != hash else { throw Pager.broken(method, "the portal gives its first page again") }
        if firstPage == nil { firstPage = hash }
    }
}
