import Wire

/// Reads a list page by page, each beginning after a row of the one before, by whatever the method takes for that:
/// `LAST_ID`; a condition on the identifier, of REST 3.0; its `cursor`; or a cursor the portal gives with the page.
/// Rows that appear or vanish meanwhile neither repeat nor hide others.
struct CursorPaging: Sendable {
    private enum Style: Sendable {
        /// The identifier of the last row in a parameter of its own, pages going down; or up, in `FIRST_ID`.
        case parameter(String, isDown: Bool)
        /// `filter: [["id", ">", 7]]` in the order of `id`.
        /// Source: https://apidocs.bitrix24.com/api-reference/rest-v3/index.html
        case condition
        /// `cursor: {"field": "id", "value": 7, "order": "ASC", "limit": 50}`.
        /// Source: https://apidocs.bitrix24.com/api-reference/rest-v3/main/main-eventlog-tail.html
        case tail(isDown: Bool)
        /// `nextCursor` of a reply goes into the next request as it is.
        case given(key: String, path: [String])
    }

    private let call: Call
    private let style: Style
    private let scan: RowScan
    private let pages: PageFacts
    private let filter: [JSONValue]
    private let idField: String
    private var parameters: PageParameters
    private var cursor: Int64?
    private var seen = SeenRows()
    private var isDone = false
    /// A shorter page than the longest is the last one.
    private var pageRowsSeen: Int
    private let hasOwnLimit: Bool
    private(set) var rowCount = 0
    private(set) var profile: PagingProfile

    /// - Returns: nil when the method has no such cursor, or the caller's own order or page does not go with it.
    init?(_ call: Call, _ parameters: PageParameters, _ profile: PagingProfile) {
        guard let facts = call.facts, let keyset = facts.keyset ?? CursorPaging.unnamed(facts) else { return nil }
        self.call = call
        self.profile = profile
        var parameters = parameters
        pages = facts.pages
        idField = keyset.rowField
        let path = pages.path
        var filter: [JSONValue] = []
        hasOwnLimit = !parameters.value(at: path + ["limit"]).isAbsent
        pageRowsSeen = hasOwnLimit ? 0 : profile.pageRowsSeen
        switch (facts.paging, call.api) {
        case (.cursor, _) where pages.next != nil:
            guard let next = pages.next else { return nil }
            style = .given(key: next.key, path: path + [next.parameter])
            if let rows = pages.rowsMax, !hasOwnLimit {
                parameters.set(.integer(Int64(rows)), at: path + ["limit"])
            }
        case (.cursor, .v3):
            guard parameters.value(at: path + ["field"]).map({ $0 == .string(keyset.rowField) }) ?? true else {
                return nil
            }
            let order = parameters.value(at: path + ["order"])?.stringValue?.asciiLowercased()
            style = .tail(isDown: order == "desc")
            cursor = parameters.value(at: path + ["value"])?.integerValue ?? 0
        case (.cursor, .classic):
            let isUp = !parameters["first_id"].isAbsent
            guard !isUp || parameters["last_id"].isAbsent else { return nil }
            style = .parameter(isUp ? "first_id" : keyset.filterField.asciiLowercased(), isDown: !isUp)
            if let rows = pages.rowsMax, !hasOwnLimit { parameters["limit"] = .integer(Int64(rows)) }
        case (.pagination, .v3):
            guard profile.keepsKeyset, parameters["order"].isAbsent,
                parameters.value(at: path + ["offset"]) == nil, parameters.value(at: path + ["page"]) == nil
            else { return nil }
            guard parameters["filter"].isAbsent || parameters["filter"]?.arrayValue != nil else { return nil }
            style = .condition
            filter = parameters["filter"]?.arrayValue ?? []
            parameters["order"] = .object([keyset.rowField: "ASC"])
            if let rows = pages.rowsMax, !hasOwnLimit {
                parameters.set(.integer(Int64(rows)), at: path + ["limit"])
            }
        default: return nil
        }
        parameters.select(keyset.rowField)
        self.filter = filter
        self.parameters = parameters
        scan = RowScan(key: pages.rowsKey ?? facts.resultKey, idField: keyset.rowField, keepsIdentities: true)
    }

    /// A method whose cursor comes with the page has no identifier to go by.
    private static func unnamed(_ facts: MethodFacts) -> KeysetFacts? {
        guard facts.pages.next != nil else { return nil }
        return KeysetFacts(
            filterField: "id", rowField: "id", orderTravelsAsWords: false, filtersBeside: false)
    }

    mutating func next() throws(Failure) -> Pager.Step {
        if isDone { return .finished }
        var parameters = parameters
        switch style {
        case .parameter(let name, _):
            if let cursor { parameters[name] = .integer(cursor) }
        case .condition:
            if let cursor {
                parameters["filter"] = .array(filter + [[.string(idField), ">", .integer(cursor)]])
            }
        case .tail(let isDown):
            parameters.set(.string(idField), at: pages.path + ["field"])
            parameters.set(.integer(cursor ?? 0), at: pages.path + ["value"])
            parameters.set(isDown ? "DESC" : "ASC", at: pages.path + ["order"])
        case .given: break
        }
        return .calls([try Call(call.method, api: call.api, parameters: parameters.object)])
    }

    /// - Returns: nil when the portal does not keep to the order or the condition; nothing was taken then.
    mutating func receive(_ reply: Reply) throws(Failure) -> [Pager.Page]? {
        guard let page = scan.page(of: reply) else { throw Pager.notAList(call.method) }
        if case .condition = style, page.count > 0 {
            guard page.isAscending, let first = page.firstID, cursor.map({ first > $0 }) ?? true else { return nil }
        }
        guard page.count == 0 || !page.identities.isEmpty || isGiven else {
            throw Pager.broken(call.method, "its rows have no '\(idField)' to go on from")
        }
        let fresh = page.identities.indices.filter { !seen.contains(page.identities[$0]) }
        guard let first = isGiven && page.identities.isEmpty ? 0 : fresh.first, page.count > 0 else {
            try endOrGoOn(reply, found: false)
            return []
        }
        // Rows already given out come first: a page begins where the one before ended.
        guard isGiven || fresh.count == page.count - first else {
            throw Pager.broken(call.method, "its pages overlap in several places")
        }
        for place in fresh { seen.insert(page.identities[place]) }
        rowCount += page.count - first
        try advance(page, reply)
        if page.count < pageRowsSeen, !isGiven { isDone = true }
        pageRowsSeen = max(pageRowsSeen, page.count)
        if !hasOwnLimit { profile.pageRowsSeen = pageRowsSeen }
        return page.rows(from: first, in: reply.bytes).map { [$0] } ?? []
    }

    private var isGiven: Bool {
        if case .given = style { true } else { false }
    }

    private mutating func advance(_ page: RowPage, _ reply: Reply) throws(Failure) {
        switch style {
        case .given: try endOrGoOn(reply, found: true)
        case .condition: cursor = page.lastID
        case .parameter(_, let isDown), .tail(let isDown):
            guard let first = page.firstID, let last = page.lastID else {
                throw Pager.broken(call.method, "its rows have no '\(idField)' to go on from")
            }
            cursor = isDown ? last : max(first, last)
            if let kind = pages.kind { goOn(kind, page, reply) }
        }
    }

    /// Notifications that ask for a confirmation come first: the next page is told which of both the last row was.
    /// Source: https://apidocs.bitrix24.com/api-reference/chats/notifications/im-notify-get.html
    private mutating func goOn(_ kind: (parameter: String, rowField: String), _ page: RowPage, _ reply: Reply) {
        let rows = (try? JSONValue(parsing: Array(reply.bytes[page.range])))?.arrayValue
        let last = rows?.last?[kind.rowField]?.scalarText
        parameters[kind.parameter.asciiLowercased()] = last == "1" ? 1 : 3
    }

    private mutating func endOrGoOn(_ reply: Reply, found: Bool) throws(Failure) {
        guard case .given(let key, let path) = style else {
            isDone = true
            return
        }
        let part = reply.part(key)
        let next = part == reply.resultRange ? nil : try? JSONValue(parsing: Array(reply.bytes[part]))
        guard let next, !next.isAbsent else {
            isDone = true
            return
        }
        guard next != parameters.value(at: path) else {
            throw Pager.broken(call.method, "the portal gives the same cursor again")
        }
        parameters.set(next, at: path)
    }
}
