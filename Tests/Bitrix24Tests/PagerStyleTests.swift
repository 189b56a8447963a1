import Bitrix24
import Testing
import Wire

/// Each way of the catalog in which a method may divide a long answer.
struct PagerStyleTests {
    struct Style: Sendable, CustomTestStringConvertible {
        var method: String
        var api: RESTVersion?
        var parameters: JSONObject = [:]
        var rowsMax = 50
        /// From the parameters and the sorted identifiers to those of the page, and the result around it.
        var page: @Sendable (JSONValue, [Int64], Int) -> ([Int64], @Sendable (JSONValue) -> JSONValue)
        var testDescription: String { "\(method) \(parameters.isEmpty ? "" : JSONValue.object(parameters).text)" }
    }

    private static func integer(_ value: JSONValue?) -> Int? { value?.integerValue.map { Int($0) } }

    private static func window(
        _ offset: Int?, _ limit: Int?, _ ids: [Int64], _ max: Int
    ) -> [Int64] {
        Array(ids.dropFirst(offset ?? 0).prefix(min(limit ?? 20, max)))
    }

    static let styles: [Style] = [
        Style(method: "im.recent.list", rowsMax: 200) { body, ids, max in
            (window(integer(body["OFFSET"]), integer(body["LIMIT"]), ids, max), { ["items": $0, "hasMore": false] })
        },
        // A portal that gives less than the documented cap.
        Style(method: "im.recent.list", rowsMax: 30) { body, ids, max in
            (window(integer(body["OFFSET"]), integer(body["LIMIT"]), ids, max), { ["items": $0] })
        },
        Style(method: "imopenlines.config.list.get", rowsMax: 200) { body, ids, max in
            let params = body["PARAMS"]
            return (window(integer(params?["offset"]), integer(params?["limit"]), ids, max), { $0 })
        },
        Style(method: "sign.b2e.personal.tail") { body, ids, max in
            (window(integer(body["offset"]), integer(body["limit"]), ids, max), { $0 })
        },
        Style(method: "timeman.record.list", rowsMax: 200) { body, ids, max in
            let pagination = body["pagination"]
            return (window(integer(pagination?["offset"]), integer(pagination?["limit"]), ids, max), { ["items": $0] })
        },
        Style(method: "im.dialog.messages.get", parameters: ["DIALOG_ID": "chat1"]) { body, ids, max in
            let below = body["LAST_ID"]?.integerValue ?? .max
            let rows = ids.reversed().filter { $0 < below }.prefix(min(integer(body["LIMIT"]) ?? 20, max))
            return (Array(rows), { ["chat_id": 1, "messages": $0, "users": [["id": 1]], "files": []] })
        },
        Style(method: "im.dialog.messages.get", parameters: ["DIALOG_ID": "chat1", "FIRST_ID": 0]) { body, ids, max in
            let above = body["FIRST_ID"]?.integerValue ?? 0
            let rows = ids.filter { $0 > above }.prefix(min(integer(body["LIMIT"]) ?? 20, max))
            return (rows.reversed(), { ["messages": $0, "users": [], "files": []] })
        },
        Style(method: "im.notify.get") { body, ids, max in
            let below = body["LAST_ID"]?.integerValue ?? .max
            if below < .max, integer(body["LAST_TYPE"]) != 3 { return ([-1], { ["notifications": $0] }) }
            let rows = ids.reversed().filter { $0 < below }.prefix(min(integer(body["LIMIT"]) ?? 50, max))
            return (Array(rows), { ["total_count": 1, "notifications": $0, "users": []] })
        },
        Style(method: "tasks.task.list", api: .v3, rowsMax: 1_000) { body, ids, max in
            let condition = body["filter"]?[0]
            let above = condition?[1] == ">" ? condition?[2]?.integerValue ?? 0 : 0
            let rows = body["order"]?["id"] == "ASC" ? ids : ids.reversed()
            return (
                window(nil, integer(body["pagination"]?["limit"]), rows.filter { $0 > above }, max), { ["items": $0] }
            )
        },
        // Neither condition nor order is kept.
        Style(method: "tasks.task.list", api: .v3, rowsMax: 1_000) { body, ids, max in
            let pagination = body["pagination"]
            return (
                window(integer(pagination?["offset"]), integer(pagination?["limit"]), ids.reversed(), max),
                { ["items": $0] }
            )
        },
        Style(method: "main.eventlog.tail") { body, ids, max in
            let above = body["cursor"]?["value"]?.integerValue ?? 0
            return (window(nil, integer(body["cursor"]?["limit"]), ids.filter { $0 > above }, max), { ["items": $0] })
        },
        Style(method: "note.collection.list", rowsMax: 200) { body, ids, max in
            let above = body["pagination"]?["afterCursor"]?["id"]?.integerValue ?? 0
            let rest = ids.filter { $0 > above }
            let rows = window(nil, integer(body["pagination"]?["limit"]), rest, max)
            let next: JSONValue =
                rows.count < rest.count ? ["position": 1, "id": .integer(rows.last ?? 0)] : .null
            return (rows, { ["items": $0, "nextCursor": next] })
        },
        Style(method: "biconnector.source.list") { body, ids, max in
            (window(((integer(body["page"]) ?? 1) - 1) * max, max, ids, max), { $0 })
        },
        Style(method: "task.items.getlist") { body, ids, max in
            let pages = body["NAV_PARAMS"]
            let size = min(integer(pages?["nPageSize"]) ?? 10, max)
            // Beyond the last page the old task methods give the last one again.
            let last = Swift.max(1, (ids.count + size - 1) / size)
            let number = min(integer(pages?["iNumPage"]) ?? 1, last)
            return (window((number - 1) * size, size, ids, max), { $0 })
        },
        Style(method: "task.item.list") { body, ids, max in
            let pages = body["PARAMS"]?["NAV_PARAMS"]
            let size = min(integer(pages?["nPageSize"]) ?? 10, max)
            return (window(((integer(pages?["iNumPage"]) ?? 1) - 1) * size, size, ids, max), { $0 })
        },
    ]

    @Test(arguments: styles)
    func `brings every row once`(style: Style) throws {
        var profile = PagingProfile()
        for count: Int64 in [3, 0, 1, 19, 20, 30, 49, 50, 51, 199, 200, 201, 1_000, 2_345, 7] {
            let ids = (0..<count).map { $0 * 3 + 5 }
            var pager = try Pager(style.method, api: style.api, parameters: style.parameters, profile: profile)
            var read: [Int64] = []
            var requests = 0
            while case .calls(let calls) = try pager.next(), requests < 1_000 {
                requests += 1
                let (rows, wrapped) = style.page(try JSONValue(parsing: calls[0].body), ids, style.rowsMax)
                let result = wrapped(.array(rows.map { ["id": .integer($0), "notify_type": 2] }))
                let body = JSONValue.object(["result": result]).encoded()
                guard case .reply(let reply) = Answer(RawAnswer(status: 200, bytes: body), to: calls[0]) else {
                    throw TestProblem(message: "no reply")
                }
                for page in try pager.receive([reply]) {
                    read +=
                        try JSONValue(parsing: Array(page.rows)).arrayValue?.compactMap { $0["id"]?.integerValue } ?? []
                }
            }
            #expect(read.sorted() == ids, "\(count) rows")
            profile = pager.profile
        }
    }

    @Test func `conditions stand where the caller's stand`() throws {
        func first(_ parameters: JSONObject) throws -> JSONObject {
            var pager = try Pager("user.get", parameters: parameters)
            guard case .calls(let calls) = try pager.next() else { throw TestProblem(message: "no call") }
            let body = try JSONValue(parsing: calls[0].body)
            let command = try #require(body["cmd"]?["c0"]?.stringValue)
            return try Form.decode(String(command.split(separator: "?", maxSplits: 1)[1]))
        }
        let beside = try first(["ACTIVE": true, ">ID": 7])
        #expect(beside[">ID"] == "7" && beside["FILTER"] == nil && beside["sort"] == "ID" && beside["order"] == "ASC")
        let nested = try first(["FILTER": ["ACTIVE": true, ">ID": 7]])
        #expect(nested["FILTER"]?[">ID"] == "7" && nested[">ID"] == nil)
    }
}
