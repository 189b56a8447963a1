import Testing
import Wire

@testable import Host

/// Runs that a schedule wakes, and bounds that a recipe asks for.
@Suite struct ScheduledRunTests {
    private func woken(_ name: String, _ data: JSONValue = [:]) -> RunEvent { RunEvent(name: name, data: data) }

    @Test("every:N calls the Nth schedule's function with the time it was due, by hand with now")
    func schedules() async throws {
        let harness = try RecipeHarness()
        let lua = """
            on("go", function() return "event" end)
            every("@daily", function(event) return { "first", event.name, event.data.at } end)
            every("@hourly", { tz = "Europe/Berlin" }, function(e) return { "second", e.name, e.data.at } end)
            """
        #expect(try await harness.run(lua, event: woken("every:1", ["at": 12])).reply == ["first", "every:1", 12])
        #expect(
            try await harness.run(lua, event: woken("every:2")).reply
                == ["second", "every:2", .integer(RecipeHarness.monday)])
        #expect(try await harness.run(lua, event: woken("go")).reply == "event")
        for name in ["every:0", "every:3", "every:01", "every:", "every"] {
            let failure = try await harness.run(lua, event: woken(name)).failure
            #expect(failure?.message.contains("no handler for the event '\(name)'") == true, "\(name)")
            #expect(failure?.hint == "it handles go, every:1, every:2")
        }
        #expect(try await harness.run(lua).report.idleEvents == "go, every:1, every:2")
    }

    @Test(
        "A recipe's limits bound its run, and yield to the operator's",
        arguments: [
            ("calls = 1", "for i = 1, 3 do b24.user.current {} end", "calls", "5"),
            ("writes = 1", "for i = 1, 3 do store.set(\"k\", i) end", "writes", "5"),
            ("log = 40", "for i = 1, 3 do log.info(\"a line of some length\") end", "log", "1KB"),
            ("output = 10", "for i = 1, 3 do print(\"12345\") end", "output", "1KB"),
            ("depth = 2", "json.encode({ { { 1 } } })", "depth", "9"),
            ("size = \"1KB\"", "json.encode((\"x\"):rep(2000))", "size", "9KB"),
            ("memory = \"2MB\"", "local s = (\"x\"):rep(4 << 20)", "memory", "32MB"),
            ("cpu = \"10ms\"", "for i = 1, 20000000 do local x = i * i end", "cpu", "1m"),
            ("wall = \"30ms\"", "sleep(\"100ms\")", "wall", "1m"),
        ])
    func limits(asked: String, body: String, name: String, enough: String) async throws {
        let harness = try RecipeHarness()
        let recipe = "recipe { name = \"a\", limits = { \(asked) } }\n"
        for (lua, event) in [
            (recipe + body, nil), (recipe + "on(\"go\", function() \(body) end)", woken("go")),
        ] {
            let bounded = try await harness.run(lua, event: event)
            #expect(bounded.failure?.kind == .limit, "\(asked): \(bounded.failure?.message ?? "ended well")")
            #expect(bounded.failure?.message.contains("limit '\(name)' reached") == true)
            let allowed = try await harness.run(lua, event: event, limits: [name: enough])
            #expect(allowed.failure == nil, "\(asked): \(allowed.failure?.message ?? "")")
        }
    }
}
