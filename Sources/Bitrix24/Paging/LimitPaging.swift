import Wire

/// Reads a list whose method takes a limit and an offset: `pagination` of REST 3.0, or two parameters. A page
/// shorter than the limit is the last one; where no limit is known, the first page tells the method's own.
struct LimitPaging: Sendable {
    private let scan: RowScan
    private let method: String
    private let api: RESTVersion
    private var parameters: PageParameters
    private let nested: Bool
    private var limit: Int?
    private var offset: Int
    private var isDone = false
    private var firstPage: Int?

    /// What REST 3.0 gives without a limit.
    static let limitUsual = 50

    /// No portal has as many rows; products of two such numbers do not overflow.
    static let numberMax = 1 << 30

    init(_ call: Call, _ parameters: JSONObject, resultKey: String?) {
        method = call.method
        api = call.api
        self.parameters = PageParameters(parameters, call.facts)
        scan = RowScan(key: resultKey, idField: nil)
        nested = call.api == .v3
        let place: JSONValue? = nested ? self.parameters["pagination"] : .object(parameters)
        let given = { (name: String) -> Int? in
            let key = place?.objectValue.flatMap { PageParameters.key(name, in: $0) }
            let number = key.flatMap { place?[$0]?.scalarText }.flatMap { Int($0) }
            return number.map { min(max($0, 0), LimitPaging.numberMax) }
        }
        limit = given("limit").map { max(1, $0) } ?? (nested ? LimitPaging.limitUsual : nil)
        let pages = nested ? max(0, (given("page") ?? 1) - 1) : 0
        offset = max(0, given("offset") ?? pages * (limit ?? LimitPaging.limitUsual))
    }

    mutating func next() throws(Failure) -> Pager.Step {
        if isDone { return .finished }
        if nested {
            parameters["pagination"] = [
                "limit": .integer(Int64(limit ?? LimitPaging.limitUsual)), "offset": .integer(Int64(offset)),
            ]
        } else if offset > 0 {
            parameters["offset"] = .integer(Int64(offset))
        }
        return .call(try Call(method, api: api, parameters: parameters.object))
    }

    mutating func receive(_ reply: Reply) throws(Failure) -> [RowPage] {
        guard let page = scan.page(of: reply) else { throw Pager.notAList(method) }
        if page.count > 0 {
            let hash = Pager.hash(reply.bytes[page.range])
            guard firstPage != hash else { throw Pager.broken(method, "the portal gives its first page again") }
            if firstPage == nil { firstPage = hash }
        }
        if page.count == 0 || page.count < limit ?? 1 { isDone = true }
        if limit == nil { limit = page.count }
        offset += page.count
        return [page]
    }
}
