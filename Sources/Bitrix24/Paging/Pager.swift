public import Wire

/// Reads all rows of a list method in as few requests as the method allows: a state machine that says what to send and
/// takes the replies.
///
///     var pager = try Pager("crm.lead.list", parameters: parameters)
///     while true {
///         switch try pager.next() {
///         case .finished: return
///         case .call(let call): pages = try pager.receive(reply to call)
///         case .batch(let request): pages = try pager.receive(reply to request.call)
///         }
///     }
///
/// By identifier where the documentation allows it and the caller gives no order and no `start` of his own; otherwise
/// by offset; a list that comes whole is one request. 41 537 rows by identifier are 18 requests. A caller's order, or a
/// filter on the identifier that is no whole number, leads to paging by offset.
public struct Pager: Sendable {
    public enum Step: Sendable {
        case call(Call)
        /// Send `request.call`.
        case batch(BatchRequest)
        case finished
    }

    /// Rows in the reply just received.
    public struct Page: Sendable, Equatable {
        /// Where the JSON array of the rows stands in the reply's bytes.
        public let rows: Range<Int>
        public let count: Int
    }

    private var mode: Mode
    private let call: Call

    private enum Mode: Sendable {
        case keyset(KeysetPaging)
        case offset(OffsetPaging)
        case limit(LimitPaging)
    }

    /// - Throws: a failure of the category `.invalid` for methods that change something, or whose pages only the
    ///   caller can ask for.
    public init(_ method: String, api: RESTVersion? = nil, parameters: JSONObject) throws(Failure) {
        call = try Call(method, api: api, parameters: parameters)
        guard let facts = call.facts else {
            mode = .offset(OffsetPaging(call, parameters, resultKey: nil))
            return
        }
        guard facts.access == .read else {
            throw Failure(
                local: "NOT_A_LIST", "the method changes something: it is no list to be read", method: facts.name,
                hint: "Call it by itself.")
        }
        // An object that happens to hold a list, such as a user's departments, is no list of rows.
        guard facts.resultType != "object" || facts.kind == .list || facts.isPaged else {
            throw Pager.notAList(facts.name)
        }
        switch facts.paging {
        case .page, .cursor, .nav:
            throw Failure(
                local: "PAGES_BY_HAND", "the pages of this method follow rules of its own", method: facts.name,
                hint: "Call it page by page: \(facts.documentation ?? "see its documentation")")
        case .pagination, .offset:
            mode = .limit(LimitPaging(call, parameters, resultKey: facts.resultKey))
        case .start, .none:
            let documented = PageParameters(parameters, facts)
            if let keyset = KeysetPaging(facts, parameters) {
                mode = .keyset(keyset)
            } else if !documented.isDocumented("start"), documented.isDocumented("offset") {
                mode = .limit(LimitPaging(call, parameters, resultKey: facts.resultKey))
            } else {
                mode = .offset(OffsetPaging(call, parameters, resultKey: facts.resultKey))
            }
        }
    }

    /// What to send now. Until a reply is received it is the same again, so that a failed request can be repeated; all
    /// of them are reads.
    public mutating func next() throws(Failure) -> Step {
        switch mode {
        case .keyset(var paging):
            let step = try paging.next()
            mode = .keyset(paging)
            return step
        case .offset(var paging):
            let step = try paging.next()
            mode = .offset(paging)
            return step
        case .limit(var paging):
            let step = try paging.next()
            mode = .limit(paging)
            return step
        }
    }

    /// Takes the reply to what `next` said and tells which of its bytes are rows, in order.
    ///
    /// - Throws: a failure, also that of a command inside a batch. The state stays as it was: where the failure is
    ///   retryable, `next` says what to repeat.
    public mutating func receive(_ reply: Reply) throws(Failure) -> [Page] {
        switch mode {
        case .keyset(var paging):
            switch try paging.receive(reply) {
            case .success(let pages):
                mode = .keyset(paging)
                return Pager.pages(pages)
            case .failure(let trouble):
                try fallBack(from: paging, trouble)
                return []
            }
        case .offset(var paging):
            let pages = try paging.receive(reply)
            mode = .offset(paging)
            return Pager.pages(pages)
        case .limit(var paging):
            let pages = try paging.receive(reply)
            mode = .limit(paging)
            return Pager.pages(pages)
        }
    }

    /// A request timed out: batches become half as long.
    public mutating func tookTooLong() {
        switch mode {
        case .keyset(var paging):
            paging.tookTooLong()
            mode = .keyset(paging)
        case .offset(var paging):
            paging.tookTooLong()
            mode = .offset(paging)
        case .limit: break
        }
    }

    /// The method does not keep the order, or takes no notice of the filter, on this portal. With nothing or only the
    /// first page given out, paging by offset can go on from there; later it could repeat rows or lose some.
    private mutating func fallBack(from paging: KeysetPaging, _ trouble: KeysetPaging.Trouble) throws(Failure) {
        guard paging.pagesAccepted <= 1, paging.rowCount == 0 || trouble == .ignoresFilter else {
            throw Pager.broken(call.method, "rows stop coming in the order of their identifiers")
        }
        let parameters =
            paging.rowCount == 0 ? (try? JSONValue(parsing: call.body))?.objectValue : paging.parametersByOffset
        mode = .offset(OffsetPaging(call, parameters ?? JSONObject(), resultKey: call.facts?.resultKey))
    }

    private static func pages(_ pages: [RowPage]) -> [Page] {
        pages.filter { $0.count > 0 }.map { Page(rows: $0.range, count: $0.count) }
    }

    static func notAList(_ method: String) -> Failure {
        Failure(
            local: "NOT_A_LIST", "the result is not a list of rows", method: method,
            hint: "Call it by itself, with b24.call.")
    }

    static func broken(_ method: String, _ message: String) -> Failure {
        Failure(
            local: "PAGING_BROKEN", message, method: method,
            hint: "Read it page by page with b24.call, and tell us about the method.")
    }

    static func hash(_ bytes: ArraySlice<UInt8>) -> Int {
        var hasher = Hasher()
        bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
        return hasher.finalize()
    }
}
