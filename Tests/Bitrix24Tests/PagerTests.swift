import Bitrix24
import Testing
import Wire

struct PagerTests {
    @Test(arguments: [0, 1, 49, 50, 51, 99, 100, 101, 149, 150, 2_549, 2_550, 2_551, 2_600, 5_050])
    func `reads every row once by identifier`(count: Int64) throws {
        var portal = PagingPortal(ids: (0..<count).map { $0 * 3 + 7 })
        var pager = try Pager("crm.lead.list", parameters: JSONObject())
        #expect(try readAll(&pager, from: &portal) == portal.ids)
    }

    @Test func `reads 41 537 rows in 18 requests without a row too many`() throws {
        var portal = PagingPortal(ids: 1...41_537)
        var pager = try Pager("crm.lead.list", parameters: JSONObject())
        #expect(try readAll(&pager, from: &portal) == portal.ids)
        #expect(portal.requests == 18)
        #expect(portal.rounds == 3)
        // Each request also asks for the last rows of its stretch, of which it wants the identifier only.
        #expect(portal.rowsSent <= 41_537 + 18 * 50)
    }

    @Test func `asks for the first page and the last identifier, without a count`() throws {
        var portal = PagingPortal(ids: 1...3)
        var pager = try Pager("crm.lead.list", parameters: ["filter": ["EVEN": "Y"], "select": ["TITLE"]])
        #expect(try readAll(&pager, from: &portal) == [2])
        #expect(
            portal.bodies == [
                #"{"c0":"crm.lead.list?filter[EVEN]=Y&select[0]=TITLE&select[1]=ID&start=-1&order[ID]=ASC","#
                    + #""c1":"crm.lead.list?filter[EVEN]=Y&select[0]=ID&start=-1&order[ID]=DESC"}"#
            ])
    }

    struct Shape: Sendable {
        var method: String
        var filterField: String
        var rowField: String
        var resultKey: String?
        var idsAreText: Bool
    }

    @Test(arguments: [
        Shape(method: "crm.deal.list", filterField: "ID", rowField: "ID", resultKey: nil, idsAreText: true),
        Shape(method: "crm.item.list", filterField: "id", rowField: "id", resultKey: "items", idsAreText: false),
        Shape(method: "tasks.task.list", filterField: "ID", rowField: "id", resultKey: "tasks", idsAreText: true),
        Shape(
            method: "crm.stagehistory.list", filterField: "ID", rowField: "ID", resultKey: "items", idsAreText: false),
    ])
    func `knows the shape of`(shape: Shape) throws {
        var portal = PagingPortal(ids: 1...1_234)
        portal.filterField = shape.filterField
        portal.rowField = shape.rowField
        portal.resultKey = shape.resultKey
        portal.idsAreText = shape.idsAreText
        var pager = try Pager(shape.method, api: .classic, parameters: JSONObject())
        #expect(try readAll(&pager, from: &portal) == portal.ids)
        #expect(portal.requests == 2)
    }

    @Test func `goes on after the caller's own filter on the identifier`() throws {
        var pager = try Pager("crm.lead.list", parameters: ["FILTER": [">id": "100", "<ID": 400]])
        let body = try firstBody(&pager)
        #expect(body["FILTER"] == ["<ID": "400", ">ID": "100"])
        #expect(body["filter"] == nil)
    }

    private func firstBody(_ pager: inout Pager) throws -> JSONValue {
        guard case .calls(let calls) = try pager.next() else { throw TestProblem(message: "no call") }
        let body = try JSONValue(parsing: calls[0].body)
        guard let first = body["cmd"]?["c0"]?.stringValue else { return body }
        return .object(try Form.decode(String(first.split(separator: "?", maxSplits: 1)[1])))
    }

    @Test func `the caller's upper bound stays beside ours`() throws {
        var portal = PagingPortal(ids: 1...1_000)
        var pager = try Pager("crm.lead.list", parameters: ["filter": [">ID": 100, "<ID": 400]])
        #expect(try readAll(&pager, from: &portal) == Array(101...399))
    }

    @Test(arguments: [PagingPortal.Embedded.left, .empty])
    func `loses nothing where references inside texts mean something else`(embedded: PagingPortal.Embedded) throws {
        for count: Int64 in [50, 51, 100, 150, 151, 777, 5_000] {
            var portal = PagingPortal(ids: 1...count)
            portal.embedded = embedded
            var pager = try Pager("crm.lead.list", parameters: JSONObject())
            #expect(try readAll(&pager, from: &portal) == portal.ids)
            #expect(portal.requests <= 8)
        }
    }

    @Test func `a portal that ignores the filter is read by offset`() throws {
        var portal = PagingPortal(ids: 1...777)
        portal.ignoresFilter = true
        var pager = try Pager("crm.lead.list", parameters: JSONObject())
        #expect(try readAll(&pager, from: &portal) == portal.ids)
    }

    @Test func `going on by offset keeps the caller's own filter`() throws {
        var portal = PagingPortal(ids: 200...900)
        portal.ignoresFilter = true
        var pager = try Pager("crm.lead.list", parameters: ["filter": [">ID": 100]])
        #expect(try readAll(&pager, from: &portal) == portal.ids)
        #expect(portal.bodies.last?.contains("filter[%3EID]=100") == true)
    }

    @Test func `a portal that ignores the order is read by offset`() throws {
        var portal = PagingPortal(ids: 1...777)
        portal.ignoresOrder = true
        var pager = try Pager("crm.lead.list", parameters: JSONObject())
        #expect(try readAll(&pager, from: &portal) == portal.ids.reversed())
    }

    @Test func `a portal that ignores the start is found out`() throws {
        var portal = PagingPortal(ids: 1...777)
        portal.ignoresStart = true
        var pager = try Pager("crm.lead.list", parameters: ["order": ["TITLE": "ASC"]])
        let failure = #expect(throws: Failure.self) { try readAll(&pager, from: &portal, requestsMax: 50) }
        #expect(failure?.code == "PAGING_BROKEN")
    }

    @Test(arguments: [["order": ["ID": "DESC"]], ["ORDER": ["TITLE": "ASC"]], ["start": 0]] as [JSONObject])
    func `the caller's own order or start is paged by offset`(parameters: JSONObject) throws {
        var portal = PagingPortal(ids: 1...5_001)
        var pager = try Pager("crm.lead.list", parameters: parameters)
        #expect(try readAll(&pager, from: &portal) == portal.ids.reversed())
        // Each page begins with the last row of the one before.
        #expect(portal.requests == 4)
    }

    @Test(
        arguments: [
            ["filter": [">ID": ["1"]]], ["filter": "x"], ["START": 450], ["filter": ["BINDINGS": [["OWNER_ID": 1]]]],
        ] as [JSONObject])
    func `what does not go with paging by identifier is sent as it is`(parameters: JSONObject) throws {
        var pager = try Pager("crm.activity.list", parameters: parameters)
        #expect(try firstBody(&pager) == .object(parameters))
    }

    @Test func `rows that come and go hide no row that stays`() throws {
        for seed: UInt64 in 1...10 {
            var random = SeededRandom(seed: seed)
            let kept = (1...3_000).map { Int64($0 * 10) }
            var portal = PagingPortal(ids: kept)
            var passing: Set<Int64> = []
            let keptSet = Set(kept)
            portal.beforePage = { portal in
                for _ in 0..<5 {
                    let id = Int64.random(in: 1...40_000, using: &random)
                    if keptSet.contains(id) { continue }
                    portal.toggle(id)
                    passing.insert(id)
                }
            }
            var pager = try Pager("crm.lead.list", parameters: JSONObject())
            let read = try readAll(&pager, from: &portal)
            #expect(Set(read).count == read.count)
            #expect(zip(read, read.dropFirst()).allSatisfy { $0 < $1 })
            #expect(read.filter { keptSet.contains($0) } == kept)
            #expect(read.allSatisfy { keptSet.contains($0) || passing.contains($0) })
        }
    }

    @Test func `a list that comes whole is one request`() throws {
        var portal = PagingPortal(ids: 1...20)
        portal.resultKey = "categories"
        var pager = try Pager("crm.category.list", parameters: ["entityTypeId": 2])
        #expect(try readAll(&pager, from: &portal).count == 20)
        #expect(portal.requests == 1)
    }

    @Test(arguments: [
        ("vote.AttachedVote.getAnswerVoted", "PAGES_BY_HAND"), ("crm.lead.add", "NOT_A_LIST"),
        ("user.current", "NOT_A_LIST"), ("a/b", "BAD_METHOD_NAME"),
    ])
    func `refuses`(method: String, code: String) {
        let failure = #expect(throws: Failure.self) { try Pager(method, parameters: JSONObject()) }
        #expect(failure?.code == code)
    }

    @Test(arguments: [#"{"result":{"ID":"1"}}"#, #"{"result":7}"#, #"{"result":{"a":[],"b":[]}}"#])
    func `refuses a result that is no list`(body: String) throws {
        var pager = try Pager("crm.category.list", parameters: ["entityTypeId": 2])
        guard case .calls(let calls) = try pager.next() else { throw TestProblem(message: "no call") }
        guard case .reply(let reply) = Answer(RawAnswer(status: 200, bytes: Array(body.utf8)), to: calls[0]) else {
            throw TestProblem(message: "no reply")
        }
        let failure = #expect(throws: Failure.self) { try pager.receive([reply]) }
        #expect(failure?.code == "NOT_A_LIST")
    }

    @Test func `a failed command in a chain is thrown, and what to repeat stays`() throws {
        var portal = PagingPortal(ids: 1...200)
        var pager = try Pager("crm.lead.list", parameters: JSONObject())
        _ = try pager.receive(try #require(try portal.answer(try pager.next())))
        guard case .calls(let calls) = try pager.next() else { throw TestProblem(message: "no batch") }
        let body = """
            {"result":{"result":[],"result_error":{"c0":{"error":"OPERATION_TIME_LIMIT","error_description":"x"}}}}
            """
        guard case .reply(let reply) = Answer(RawAnswer(status: 200, bytes: Array(body.utf8)), to: calls[0]) else {
            throw TestProblem(message: "no reply")
        }
        let failure = #expect(throws: Failure.self) { try pager.receive([reply]) }
        #expect(failure?.category == .operatingLimit)
        #expect(failure?.retryable == true)
        #expect(try readAll(&pager, from: &portal) == Array(51...200))
    }

    @Test func `reads REST 3.0 by pagination`() throws {
        var pager = try Pager("timeman.record.list", parameters: ["select": ["id"], "pagination": ["limit": 2]])
        var offsets: [JSONValue?] = []
        var ids: [Int64] = []
        while case .calls(let calls) = try pager.next() {
            let offset = try JSONValue(parsing: calls[0].body)["pagination"]?["offset"]
            offsets.append(offset)
            let first = offset?.integerValue ?? 0
            let rows = (first..<min(first + 2, 5)).map { JSONValue.object(["id": .integer($0)]) }
            let body = JSONValue.object(["result": ["items": .array(rows)]]).encoded()
            guard case .reply(let reply) = Answer(RawAnswer(status: 200, bytes: body), to: calls[0]) else { break }
            for page in try pager.receive([reply]) {
                ids +=
                    try JSONValue(parsing: Array(page.rows)).arrayValue?.compactMap {
                        $0["id"]?.integerValue
                    } ?? []
            }
        }
        #expect(ids == [0, 1, 2, 3, 4])
        #expect(offsets == [0, 1, 2, 3, 4])
    }

    @Test func `after a time-out chains are half as long`() throws {
        var portal = PagingPortal(ids: 1...5_000)
        var pager = try Pager("crm.lead.list", parameters: JSONObject())
        _ = try pager.receive(try #require(try portal.answer(try pager.next())))
        pager.tookTooLong()
        guard case .calls(let calls) = try pager.next() else { throw TestProblem(message: "no batch") }
        #expect(try JSONValue(parsing: calls[0].body)["cmd"]?.objectValue?.count == 25)
    }
}

/// SplitMix64: the same numbers for the same seed.
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
