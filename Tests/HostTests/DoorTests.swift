import Testing
import Wire

@testable import Host

@Suite struct DoorTests {
    @Test("Requests are counted one by one, reads and writes by their commands, also inside batches")
    func counting() async throws {
        let harness = try RecipeHarness()
        let cases: [(lua: String, requests: Int, reads: Int, writes: Int)] = [
            ("b24.user.current(); b24.crm.deal.get { id = 1 }", 2, 2, 0),
            ("b24.crm.deal.update { id = 1, fields = { TITLE = \"x\" } }", 1, 0, 1),
            (
                "b24.batch { { \"user.current\" }, { \"crm.deal.add\", { fields = {} } }, { \"crm.lead.add\" } }", 1, 1,
                2
            ),
            ("pcall(b24.call, \"acme.unknown\", {}, { unknown = true })", 1, 0, 1),
            ("store.set(\"a\", 1); store.get \"a\"; time.now()", 0, 0, 0),
        ]
        for (lua, requests, reads, writes) in cases {
            let run = try await harness.handler(lua)
            #expect(run.failure == nil, "\(run.failure?.message ?? "")")
            #expect(run.requests == requests, "\(lua)")
            #expect(run.report.reads == reads, "\(lua)")
            #expect(run.report.writes == writes, "\(lua)")
        }
    }

    @Test("A limit of calls or writes ends the run before the call that goes over it, and no pcall hides that")
    func limits() async throws {
        let loop = "for i = 1, 10 do pcall(b24.crm.deal.add, { fields = { TITLE = \"limit\" } }) end"
        let cases: [(lua: String, limit: String, value: String, requests: Int, words: String)] = [
            (loop, "calls", "3", 3, "limit 'calls' reached: 3"),
            (loop, "writes", "4", 4, "limit 'writes' reached: 4"),
            ("for i = 1, 10 do pcall(b24.user.current) end", "writes", "0", 10, ""),
            (
                "pcall(b24.batch, { { \"crm.deal.add\" }, { \"crm.deal.add\" }, { \"crm.deal.add\" } })", "writes", "2",
                0,
                "limit 'writes' reached: 2"
            ),
            (
                "pcall(b24.all, \"crm.deal.list\", { order = { ID = \"DESC\" } })", "calls", "0", 0,
                "limit 'calls' reached: 0"
            ),
        ]
        for (lua, limit, value, requests, words) in cases {
            let harness = try RecipeHarness()
            let run = try await harness.handler(lua, limits: [limit: value])
            #expect(run.requests == requests, "\(lua)")
            guard !words.isEmpty else {
                #expect(run.failure == nil)
                continue
            }
            #expect(run.failure?.kind == .limit)
            #expect(run.failure?.message.contains(words) == true, "\(run.failure?.message ?? "-")")
            #expect(run.failure?.hint?.contains("--limit \(limit)=") == true)
        }
    }

    @Test("Every other limit has its name in the failure")
    func otherLimits() async throws {
        let harness = try RecipeHarness()
        let cases: [(lua: String, limit: String, value: String)] = [
            ("while true do end", "cpu", "50ms"),
            ("local t = {}; for i = 1, 1e9 do t[i] = (\"x\"):rep(100) .. i end", "memory", "2MB"),
            ("sleep(\"1h\")", "wall", "50ms"),
            ("for i = 1, 100 do log.info(\"hello hello hello\") end", "log", "200"),
            ("for i = 1, 100 do print(\"hello hello hello\") end", "output", "200"),
        ]
        for (lua, limit, value) in cases {
            let run = try await harness.handler("pcall(function() \(lua) end)", limits: [limit: value])
            #expect(run.failure?.kind == .limit, "\(limit)")
            #expect(run.failure?.message.contains(limit) == true, "\(limit): \(run.failure?.message ?? "-")")
        }
        let line = try await harness.handler("log.info((\"x\"):rep(1000))", limits: ["log_line": "50"])
        #expect(line.log.first?.contains("limit 'log_line'") == true)
        #expect(line.failure == nil)
    }
}
