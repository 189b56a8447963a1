import Storage
import Testing
import Wire

@testable import Host

/// Events in, runs out, over a store that another process may have to go on with.
@Suite struct DurableRunTests {
    @Test(
        "An event that was accepted has its run, its reply and its stored value",
        arguments: ServingHarness.Engine.allCases)
    func oneEvent(engine: ServingHarness.Engine) async throws {
        let harness = try ServingHarness(engine)
        try await harness.serve(
            "counter",
            """
            on("count", function(event)
              local n = store.update("n", function(n) return (n or 0) + event.data.by end)
              return { n = n }
            end)
            """)
        for place in 1...3 {
            let runs = try await harness.fire("count", #"{"by": 2}"#)
            #expect(runs.map(\.state) == [.done])
            #expect(runs.first?.reply.map { String(decoding: $0, as: UTF8.self) } == #"{"n":\#(place * 2)}"#)
        }
    }

    @Test(
        "What a recipe asks of chance, of the clock and of its store is the same again when its run is replayed",
        arguments: ServingHarness.Engine.allCases)
    func replay(engine: ServingHarness.Engine) async throws {
        let harness = try ServingHarness(engine)
        try await harness.serve(
            "dice",
            """
            on("roll", function()
              local throw, key, at = math.random(1000000), uuid(), time.now()
              store.set("seen", (store.get("seen") or 0) + 1)
              sleep("1d")
              return { throw, key, at, store.get("seen"), math.random(1000000) }
            end)
            """)
        let asleep = try await harness.fire("roll")
        #expect(asleep.map(\.state) == [.parked])
        try await harness.wake()
        let first = try #require(try await harness.settledRuns().first)
        #expect(first.state == .done)
        #expect(first.steps == 4)
        let values = try JSONValue(parsing: first.reply ?? [])
        #expect(values[3] == 1)
        #expect(
            values[2]?.integerValue == first.startedMS / 1000 || values[2]?.integerValue == first.startedMS / 1000 + 1)
        #expect(values[1]?.stringValue?.utf8.count == 36)
    }

    @Test(
        "A run whose process stopped in a sleep goes on in the next process, and does nothing twice",
        arguments: ServingHarness.Engine.allCases)
    func restart(engine: ServingHarness.Engine) async throws {
        let harness = try ServingHarness(engine)
        try await harness.serve(
            "steps",
            """
            on("go", function()
              store.update("begun", function(n) return (n or 0) + 1 end)
              sleep("2h")
              store.update("ended", function(n) return (n or 0) + 1 end)
              return { store.get("begun"), store.get("ended") }
            end)
            """)
        #expect(try await harness.fire("go").map(\.state) == [.parked])
        try await harness.restart()
        try await harness.wake()
        let run = try #require(try await harness.settledRuns().first)
        #expect(run.state == .done)
        #expect(run.reply == Array("[1,1]".utf8))
    }

    @Test(
        "Code that asks for something else than the journal has stops the run, and says where",
        arguments: ServingHarness.Engine.allCases)
    func divergence(engine: ServingHarness.Engine) async throws {
        let harness = try ServingHarness(engine)
        try await harness.serve("odd", #"on("go", function() store.get("a"); sleep("1h") end)"#)
        let run = try #require(try await harness.fire("go").first)
        // The code is another, although the run says it is this one: as if a module had changed under it.
        let other = try await harness.serve("odd", #"on("go", function() store.get("b"); sleep("1h") end)"#)
        try await harness.change("UPDATE run SET code = \(other.code.id)")
        try await harness.wake()
        let ended = try #require(try await harness.settledRuns().first { $0.id == run.id })
        #expect(ended.state == .failed)
        #expect(ended.failure?.contains("leaves the journal at step 1") == true)
    }

    @Test(
        "Events of one record are handled in their order, those of others side by side",
        arguments: ServingHarness.Engine.allCases)
    func lanes(engine: ServingHarness.Engine) async throws {
        let harness = try ServingHarness(engine)
        try await harness.serve(
            "order",
            """
            on("seen", function(event)
              store.update(event.data.record, function(all)
                all = all or {}
                all[#all + 1] = event.data.n
                return all
              end)
            end)
            """)
        let inbox = harness.inbox
        try await withThrowingTaskGroup(of: Void.self) { group in
            for record in 1...4 {
                group.addTask {
                    for n in 1...20 {
                        let arrival = Inbox.Arrival(
                            name: "seen", source: .api, data: Array(#"{"record":"r\#(record)","n":\#(n)}"#.utf8),
                            lane: Int64(record))
                        guard case .accepted = await inbox.accept(arrival) else {
                            Issue.record("not accepted")
                            return
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        let last = try await harness.fire("seen", #"{"record":"r1","n":21}"#, lane: 1)
        #expect(last.map(\.state) == [.done])
        let runs = try await harness.settledRuns(81)
        #expect(runs.allSatisfy { $0.state == .done })
        for record in 1...4 {
            let stored = try await harness.value("order", "r\(record)")
            let expected = (1...(record == 1 ? 21 : 20)).map { JSONValue.integer(Int64($0)) }
            #expect(stored == .array(expected), "record \(record)")
        }
    }

    @Test(
        "A run that fails with a failure that may pass is tried again from there, and is dead after its last attempt",
        arguments: ServingHarness.Engine.allCases)
    func retries(engine: ServingHarness.Engine) async throws {
        let harness = try ServingHarness(engine)
        try await harness.serve(
            "stubborn",
            """
            recipe { name = "stubborn", retry = { max = 2, first = "1ms", most = "2ms" } }
            on("try", function(event)
              store.update("tries", function(n) return (n or 0) + 1 end)
              error { message = "not now", retryable = true }
            end)
            """)
        let runs = try await harness.fire("try")
        #expect(runs.map(\.state) == [.failed])
        #expect(runs.first?.attempt == 3)
        // The step before the failure was done once, and stood.
        #expect(try await harness.value("stubborn", "tries") == 1)
    }

    @Test(
        "What a recipe emits is handled, at once or later, and only once although its run is replayed",
        arguments: ServingHarness.Engine.allCases)
    func emits(engine: ServingHarness.Engine) async throws {
        let harness = try ServingHarness(engine)
        try await harness.serve(
            "chain",
            """
            on("first", function()
              emit("second", { from = "first" })
              sleep("1h")
              return "done"
            end)
            on("second", function(event)
              store.update(event.data.from, function(n) return (n or 0) + 1 end)
            end)
            """)
        #expect(try await harness.fire("first").map(\.state) == [.parked])
        try await harness.restart()
        try await harness.wake()
        let runs = try await harness.settledRuns(2)
        #expect(runs.map(\.state) == [.done, .done])
        #expect(try await harness.value("chain", "first") == 1)
    }

    @Test("A redelivered event is taken once", arguments: ServingHarness.Engine.allCases)
    func redelivery(engine: ServingHarness.Engine) async throws {
        let harness = try ServingHarness(engine)
        try await harness.serve("once", #"on("ONCRMDEALADD", function() end)"#)
        let arrival = Inbox.Arrival(name: "ONCRMDEALADD", source: .api, data: Array("{}".utf8), digest: 7)
        guard case .accepted = await harness.inbox.accept(arrival), case .known = await harness.inbox.accept(arrival)
        else {
            Issue.record("the second one was taken too")
            return
        }
    }
}
