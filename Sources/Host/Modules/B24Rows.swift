import Bitrix24
import Bridge
import Wire

/// `b24.each` and `b24.all`: every row of a list.
enum B24Rows {
    private static let parameters = [
        Parameter("method", .string, "a list method, such as \"crm.deal.list\""),
        Parameter(
            "parameters", .table, optional: true, "filter, select and the like; order and start choose slower paging"),
    ]

    static let each = HostFunction(
        "b24.each", "Iterates over every row of a list, however many there are: none twice, none lost.",
        parameters: parameters,
        results: [ResultDoc("iterator", .function, "for row in …")],
        errors: ["the method is no list", "the portal refuses"],
        cost: "one request for 50 rows, then one for 2450 where the method can be read by identifier, nine at once",
        example: "for deal in b24.each(\"crm.deal.list\", { filter = { CLOSED = \"N\" } }) do print(deal.TITLE) end",
        immediate: { (run, call) throws(LuaFailure) in
            let reader = try RecipeRows(call, run)
            try call.pushIterator {
                run.operation { () async throws(EffectFailure) in
                    guard let page = try await reader.nextPage() else {
                        return { (call) throws(LuaFailure) in try call.pushNil() }
                    }
                    return { (call) throws(LuaFailure) in try call.push(json: page, nulls: .absent) }
                }
            }
        })

    static let all = HostFunction(
        "b24.all", "Every row of a list in one table; for long lists b24.each needs less memory.",
        parameters: parameters,
        results: [ResultDoc("rows", .table, "a list of rows")],
        errors: ["the method is no list", "the portal refuses", "the rows do not fit into memory"],
        cost: "as b24.each",
        example: "local users = b24.all(\"user.get\")",
        waiting: { (run, call) throws(LuaFailure) in
            let reader = try RecipeRows(call, run)
            return run.operation { () async throws(EffectFailure) in
                var rows = Array("[".utf8)
                while let page = try await reader.nextPage() {
                    let inner = page.dropFirst().dropLast()
                    guard rows.count + inner.count <= bytesMax else {
                        throw .host(
                            HostFailure(
                                .recipe, "b24.all: the rows have more than \(bytesMax) bytes as JSON",
                                hint: "walk them with b24.each, or select fewer fields"))
                    }
                    if rows.count > 1 { rows.append(UInt8(ascii: ",")) }
                    rows += inner
                }
                rows.append(UInt8(ascii: "]"))
                return { (call) throws(LuaFailure) in try call.push(json: rows[...], nulls: .absent) }
            }
        })

    private static let bytesMax = 64 << 20
}

/// Reads a list for a recipe. Confined to one run.
private final class RecipeRows {
    private let run: RunContext
    private var reader: RowReader

    init(_ call: borrowing LuaCall, _ run: RunContext) throws(LuaFailure) {
        let method = try call.string(1)
        try B24Module.known(method, nil)
        var parameters = JSONObject()
        if !call.isAbsent(2) {
            switch try call.value(2) {
            case .object(let object): parameters = object
            case .array(let list) where list.isEmpty: break
            default: throw call.badArgument(2, expected: "table of named parameters")
            }
        }
        try run.remark(on: parameters.keys, of: Catalog.lookup(method))
        self.run = run
        do throws(Failure) {
            reader = try RowReader(method, parameters, profiles: run.pagingProfiles)
        } catch {
            throw LuaFailure(EffectFailure.portal(error))
        }
    }

    /// The next page as a JSON array; nil at the end.
    func nextPage() async throws(EffectFailure) -> ArraySlice<UInt8>? {
        let run = run
        return try await reader.nextPage { (calls) async throws(EffectFailure) in
            try await run.replies(to: calls)
        }?.rows
    }
}
