public import Wire

/// Reads all rows of a list method in as few requests as the method allows: a state machine that says what to send and
/// takes the replies.
///
///     var pager = try Pager("crm.lead.list", parameters: parameters)
///     while case .calls(let calls) = try pager.next() {
///         let pages = try pager.receive(replies to calls)
///     }
///
/// By identifier where the documentation allows it and the caller gives no order and no `start` of his own; by the
/// method's own cursor where it has one; otherwise by offset. 41 537 rows by identifier are 18 requests in three
/// rounds. A caller's order, or a filter on the identifier that is no whole number, leads to paging by offset.
public struct Pager: Sendable {
    public enum Step: Sendable {
        /// Independent reads, to be sent at once or one after another; each is answered by its reply.
        case calls([Call])
        case finished
    }

    /// Rows whose turn has come.
    public struct Page: Sendable, Equatable {
        /// A JSON array.
        public let rows: ArraySlice<UInt8>
        public let count: Int
    }

    private var mode: Mode
    private let call: Call
    private let address: PageAddress?

    private enum Mode: Sendable {
        case keyset(KeysetPaging)
        case cursor(CursorPaging)
        case offset(OffsetPaging)
    }

    /// - Parameter profile: what was learnt before about the method on this portal.
    /// - Throws: a failure of the category `.invalid` for methods that change something, or whose pages only the
    ///   caller can ask for.
    public init(
        _ method: String, api: RESTVersion? = nil, parameters: JSONObject, profile: PagingProfile = PagingProfile()
    ) throws(Failure) {
        call = try Call(method, api: api, parameters: parameters)
        let parameters = PageParameters(parameters, call.facts)
        guard let facts = call.facts else {
            address = .start
            mode = .offset(OffsetPaging(call, parameters, .start, profile))
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
        address = PageAddress(facts, parameters)
        if let keyset = KeysetPaging(facts, parameters, profile) {
            mode = .keyset(keyset)
        } else if let cursor = CursorPaging(call, parameters, profile) {
            mode = .cursor(cursor)
        } else if let address {
            var parameters = parameters
            if let field = facts.keyset?.rowField { parameters.select(field) }
            // In the order of identifiers, new rows come last and shift no others.
            if address == .start, let query = KeysetQuery(facts, parameters) { parameters = query.byOffset(from: 0) }
            mode = .offset(OffsetPaging(call, parameters, address, profile))
        } else {
            throw Failure(
                local: "PAGES_BY_HAND", "the pages of this method follow rules of its own", method: facts.name,
                hint: "Call it page by page: \(facts.documentation ?? "see its documentation")")
        }
    }

    /// What was learnt about the method, for reading it the next time.
    public var profile: PagingProfile {
        switch mode {
        case .keyset(let paging): paging.profile
        case .cursor(let paging): paging.profile
        case .offset(let paging): paging.profile
        }
    }

    /// What to send now. Until replies are received it is the same again, so that failed requests can be repeated; all
    /// of them are reads.
    public mutating func next() throws(Failure) -> Step {
        switch mode {
        case .keyset(var paging):
            let step = try paging.next()
            mode = .keyset(paging)
            return step
        case .cursor(var paging):
            let step = try paging.next()
            mode = .cursor(paging)
            return step
        case .offset(var paging):
            let step = try paging.next()
            mode = .offset(paging)
            return step
        }
    }

    /// Takes the replies to what `next` said, in its order, and gives out the rows whose turn has come.
    ///
    /// - Throws: a failure, also that of a command inside a batch. The state stays as it was: where the failure is
    ///   retryable, `next` says what to repeat.
    public mutating func receive(_ replies: [Reply]) throws(Failure) -> [Page] {
        switch mode {
        case .keyset(var paging):
            switch try paging.receive(replies) {
            case .success(let pages):
                mode = .keyset(paging)
                return pages
            case .failure(let trouble):
                try fallBack(from: paging, trouble)
                return []
            }
        case .cursor(var paging):
            guard let reply = replies.first else { return [] }
            guard let pages = try paging.receive(reply) else {
                try fallBack(from: paging)
                return []
            }
            mode = .cursor(paging)
            return pages
        case .offset(var paging):
            guard let reply = replies.first else { return [] }
            let pages = try paging.receive(reply)
            mode = .offset(paging)
            return pages
        }
    }

    /// A request took too long, or brought too much: batches become half as long.
    public mutating func tookTooLong() {
        switch mode {
        case .keyset(var paging):
            paging.tookTooLong()
            mode = .keyset(paging)
        case .offset(var paging):
            paging.tookTooLong()
            mode = .offset(paging)
        case .cursor: break
        }
    }

    /// The method does not keep the order, or takes no notice of the filter, on this portal. With nothing or only the
    /// first page given out, paging by offset can go on from there; later it could repeat rows or lose some.
    private mutating func fallBack(from paging: KeysetPaging, _ trouble: KeysetPaging.Trouble) throws(Failure) {
        let first = paging.firstPage
        guard paging.pagesAccepted <= 1, first == nil || trouble == .ignoresFilter else {
            throw Pager.broken(call.method, "rows stop coming in the order of their identifiers")
        }
        var profile = paging.profile
        profile.keepsKeyset = false
        var parameters = PageParameters((try? JSONValue(parsing: call.body))?.objectValue ?? JSONObject(), call.facts)
        var seen = SeenRows()
        if let first {
            parameters = paging.query.byOffset(from: max(0, first.identities.count - 1))
            for identity in first.identities { seen.insert(identity) }
        } else if let field = call.facts?.keyset?.rowField {
            parameters.select(field)
        }
        mode = .offset(OffsetPaging(call, parameters, .start, profile, seen: seen))
    }

    private mutating func fallBack(from paging: CursorPaging) throws(Failure) {
        guard paging.rowCount == 0, let address else {
            throw Pager.broken(call.method, "rows stop coming in the order of their identifiers")
        }
        var profile = paging.profile
        profile.keepsKeyset = false
        let parameters = PageParameters((try? JSONValue(parsing: call.body))?.objectValue ?? JSONObject(), call.facts)
        mode = .offset(OffsetPaging(call, parameters, address, profile))
    }

    static func moving(_ method: String) -> Failure {
        Failure(
            local: "PAGING_MOVED", "rows come and go faster than the list can be read", method: method,
            hint: "Read it again at a quieter time, or read a part of it with a filter.")
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
