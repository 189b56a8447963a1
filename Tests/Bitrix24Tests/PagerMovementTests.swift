import Bitrix24
import Testing
import Wire

/// Rows that appear and vanish between the pages of a list that is read by offset.
struct PagerMovementTests {
    /// Reads 1 500 rows in an order of the caller's own while some of the others come and go before every page.
    private func check(seed: UInt64, editsMax: Int, change: (inout PagingPortal) -> Void) throws {
        var random = SeededRandom(seed: seed)
        let kept = (1...1_500).map { Int64($0 * 10) }
        let keptSet = Set(kept)
        // Half of the rows between may go, so that more vanish at first than appear.
        let passing: [Int64] = stride(from: 7, to: 15_000, by: 7).filter { $0 % 10 != 0 }
        var portal = PagingPortal(ids: kept + passing)
        change(&portal)
        portal.beforePage = { (portal: inout PagingPortal) in
            for _ in 0..<Int.random(in: 0...editsMax, using: &random) {
                let id = Int64.random(in: 1...16_000, using: &random)
                if !keptSet.contains(id) { portal.toggle(id) }
            }
        }
        var pager = try Pager("crm.lead.list", parameters: ["order": ["ID": "DESC"]])
        let read = try readAll(&pager, from: &portal)
        #expect(Set(read).count == read.count, "a row twice, seed \(seed)")
        #expect(read.filter { keptSet.contains($0) } == kept.reversed(), "a row lost, seed \(seed)")
    }

    @Test(arguments: [0, 1, 3, 30])
    func `every row that was there the whole time comes exactly once`(editsMax: Int) throws {
        for seed: UInt64 in 1...12 {
            try check(seed: seed, editsMax: editsMax) { _ in }
            try check(seed: seed, editsMax: editsMax) {
                $0.hasTotals = false; $0.hasNext = true
            }
        }
    }

    @Test func `where pages cannot overlap, a change of the total tells that rows moved`() throws {
        for seed: UInt64 in 1...12 {
            var random = SeededRandom(seed: seed)
            let kept = (1...1_500).map { Int64($0 * 10) }
            let passing = (1...600).map { Int64(15_000 - $0 * 10 - 3) }
            var portal = PagingPortal(ids: kept + passing)
            portal.beginsAnywhere = false
            var left = passing
            // Rows only vanish, from the side the reading comes from: each would hide another.
            portal.beforePage = { (portal: inout PagingPortal) in
                guard Int.random(in: 0..<3, using: &random) == 0, let id = left.first else { return }
                left.removeFirst()
                portal.toggle(id)
            }
            var pager = try Pager("crm.lead.list", parameters: ["order": ["ID": "DESC"]])
            let read = try readAll(&pager, from: &portal)
            #expect(Set(read).count == read.count)
            #expect(Set(kept).isSubset(of: Set(read)))
        }
    }

    @Test func `rows without identifiers that move are a failure`() throws {
        var portal = PagingPortal(ids: 1...300)
        portal.rowField = "CODE"
        portal.beforePage = { $0.toggle(1_000 + Int64($0.commands)) }
        var pager = try Pager("crm.lead.list", parameters: ["order": ["ID": "DESC"]])
        let failure = #expect(throws: Failure.self) { try readAll(&pager, from: &portal, requestsMax: 50) }
        #expect(failure?.code == "PAGING_MOVED")
    }

    @Test func `rows without identifiers that stay are read`() throws {
        var portal = PagingPortal(ids: 1...300)
        portal.rowField = "CODE"
        var pager = try Pager("crm.lead.list", parameters: ["order": ["ID": "DESC"]])
        #expect(try readAll(&pager, from: &portal) == portal.ids.reversed())
    }

    @Test func `a list that never stays long enough is given up`() throws {
        var portal = PagingPortal(ids: 1...5_000)
        var high: Int64 = 10_000
        portal.beforePage = { (portal: inout PagingPortal) in
            for _ in 0..<60 {
                high += 1
                portal.toggle(high)
            }
        }
        var pager = try Pager("crm.lead.list", parameters: ["order": ["ID": "DESC"]])
        let failure = #expect(throws: Failure.self) { try readAll(&pager, from: &portal) }
        #expect(failure?.code == "PAGING_MOVED")
    }
}
