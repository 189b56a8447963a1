import Bitrix24
import Testing
import Wire

/// Portals that depart from what is documented: found out, and read right all the same.
struct PagerTroubleTests {
    struct Departure: Sendable, CustomTestStringConvertible {
        var name: String
        var change: @Sendable (inout PagingPortal) -> Void
        var testDescription: String { name }
    }

    static let departures = [
        Departure(name: "pages of 20 rows") { $0.pageSize = 20 },
        Departure(name: "pages of 70 rows") { $0.pageSize = 70 },
        Departure(name: "an upper bound ignored") { $0.ignoresBound = true },
        Departure(name: "no descending order") { $0.keepsAscending = true },
        Departure(name: "references in texts left alone") { $0.embedded = .left },
        Departure(name: "references in texts emptied") { $0.embedded = .empty },
        Departure(name: "filters ignored") { $0.ignoresFilter = true },
        Departure(name: "filters ignored, and pages that begin only where pages begin") {
            $0.ignoresFilter = true
            $0.beginsAnywhere = false
        },
        Departure(name: "filters ignored, and nothing counted") {
            $0.ignoresFilter = true
            $0.hasTotals = false
        },
        Departure(name: "rows hidden") { $0.hidden = [7, 8, 9, 200, 3_000] },
        Departure(name: "no references at all") { $0.ignoresReferences = true },
    ]

    @Test(arguments: departures)
    func `reads every row once in spite of`(departure: Departure) throws {
        for count: Int64 in [0, 1, 19, 20, 49, 50, 51, 69, 70, 140, 1_000, 6_000] {
            var portal = PagingPortal(ids: (0..<count).map { $0 + 7 })
            departure.change(&portal)
            var pager = try Pager("crm.lead.list", parameters: JSONObject())
            let read = try readAll(&pager, from: &portal)
            #expect(read == portal.ids.filter { !portal.hidden.contains($0) }, "\(count) rows")

            // What was learnt makes the next time no worse, and right again.
            let (before, first) = (portal.requests, portal.requests)
            var again = try Pager("crm.lead.list", parameters: JSONObject(), profile: pager.profile)
            #expect(try readAll(&again, from: &portal) == read, "\(count) rows, the second time")
            #expect(portal.requests - before <= first + 1, "\(count) rows: \(pager.profile)")
        }
    }

    private func answered(_ body: String, _ pager: inout Pager) throws -> [Int] {
        guard case .calls(let calls) = try pager.next(), let call = calls.first,
            case .reply(let reply) = Answer(RawAnswer(status: 200, bytes: Array(body.utf8)), to: call)
        else { throw TestProblem(message: "no reply") }
        return try pager.receive([reply]).map(\.count)
    }

    @Test func `identifiers may lie as far apart as they can`() throws {
        var pager = try Pager("crm.lead.list", parameters: JSONObject())
        let (first, last) = (#"{"ID":"-9223372036854775808"}"#, #"{"ID":"9223372036854775807"}"#)
        let body = #"{"result":{"result":{"c0":[\#(first),\#(last)],"c1":[\#(last)]},"result_error":[]}}"#
        #expect(try answered(body, &pager) == [2])
        guard case .finished = try pager.next() else { throw TestProblem(message: "goes on") }
    }

    @Test(arguments: ["9223372036854775807", "4611686018427387904"])
    func `a next page beyond all rows stops nothing`(next: String) throws {
        var pager = try Pager("crm.lead.list", parameters: ["order": ["TITLE": "ASC"]])
        let rows = (1...50).map { #"{"ID":"\#($0)"}"# }.joined(separator: ",")
        #expect(try answered(#"{"result":[\#(rows)],"next":\#(next),"total":\#(next)}"#, &pager) == [50])
        #expect(try answered(#"{"result":[{"ID":"50"},{"ID":"51"}],"total":51}"#, &pager) == [1])
        guard case .finished = try pager.next() else { throw TestProblem(message: "goes on") }
    }

    @Test func `a next page before all rows is a failure`() throws {
        var pager = try Pager("crm.lead.list", parameters: ["order": ["TITLE": "ASC"], "start": 50])
        #expect(throws: Failure.self) {
            _ = try answered(#"{"result":[{"ID":"1"}],"next":-9223372036854775808}"#, &pager)
        }
    }

    @Test func `identifiers with gaps of any width take few requests`() throws {
        let blocks: [ClosedRange<Int64>] = [1...100, 5_000_000...5_004_999, 900_000_000...900_000_060]
        var portal = PagingPortal(ids: blocks.flatMap { Array($0) })
        var pager = try Pager("crm.lead.list", parameters: JSONObject())
        #expect(try readAll(&pager, from: &portal) == portal.ids)
        #expect(portal.rounds <= 12)
    }

    @Test func `thin lists are divided by how thin they are`() throws {
        var random = SeededRandom(seed: 4)
        var id: Int64 = 0
        let ids = (0..<20_000).map { _ in
            id += Int64.random(in: 1...2_000, using: &random)
            return id
        }
        var portal = PagingPortal(ids: ids)
        var pager = try Pager("crm.lead.list", parameters: JSONObject())
        #expect(try readAll(&pager, from: &portal) == portal.ids)
        #expect(portal.requests <= 20)
        #expect(portal.rounds <= 6)
    }

    @Test func `a last row that no page brings is a failure, not an end`() throws {
        var portal = PagingPortal(ids: 1...300)
        portal.ghost = 1_000
        var pager = try Pager("crm.lead.list", parameters: JSONObject())
        let failure = #expect(throws: Failure.self) { try readAll(&pager, from: &portal, requestsMax: 100) }
        #expect(failure?.code == "PAGING_BROKEN")
    }
}
