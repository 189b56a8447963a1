import Testing

@testable import Bridge

@Suite("The limits of a run")
struct LimitTests {
    static let cases: [(script: String, limit: LimitName)] = [
        ("while true do end", .cpu),
        ("pcall(function() while true do end end)", .cpu),
        ("local t = {} while true do t[#t + 1] = {} end", .memory),
        ("park()", .wall),
        ("pcall(park) coroutine.wrap(park)()", .wall),
    ]

    static var park: FunctionDeclaration {
        FunctionDeclaration(
            "park", "Waits until it is cancelled.", example: "park()",
            body: .async { _ throws(LuaFailure) in
                {
                    try? await Task.sleep(for: .seconds(3600))
                    return .returns { _ throws(LuaFailure) in }
                }
            })
    }

    @Test("end it with their name, also inside pcall and while it waits", arguments: cases)
    func named(_ row: (script: String, limit: LimitName)) async throws {
        var script = Script(row.script)
        script.limits = LuaLimits(memoryBytesMax: 2 << 20, cpuMSMax: 50, wallMSMax: 2000)
        let run = try script.makeRun()
        defer { run.close() }
        try run.install([LimitTests.park])
        do throws(LuaFailure) {
            try await run.run(LuaSource(script.text, name: "recipe.lua"))
            Issue.record("the run ended well")
        } catch {
            #expect(error.kind == .limit(row.limit))
        }
    }

    private func bounding(_ run: LuaRun, by limits: LuaLimits) -> FunctionDeclaration {
        FunctionDeclaration(
            "bound", "Bounds the run anew.", example: "bound()",
            body: .immediate { [unowned run] _ throws(LuaFailure) in try run.bound(by: limits) })
    }

    @Test("hold from where they are set anew, also for what waits", arguments: cases)
    func anew(_ row: (script: String, limit: LimitName)) async throws {
        let run = try Script("").makeRun()
        defer { run.close() }
        let limits = LuaLimits(memoryBytesMax: 2 << 20, cpuMSMax: 50, wallMSMax: 2000)
        try run.install([LimitTests.park, bounding(run, by: limits)])
        do throws(LuaFailure) {
            try await run.run(LuaSource("bound() " + row.script, name: "recipe.lua"))
            Issue.record("the run ended well")
        } catch {
            #expect(error.kind == .limit(row.limit))
            #expect(error.message.contains("2 MB") || error.message.contains("50 ms") || error.message.contains("2 s"))
        }
    }

    @Test("can be set wider")
    func wider() async throws {
        var script = Script("")
        script.limits = LuaLimits(memoryBytesMax: 2 << 20, valueBytesMax: 1000)
        let run = try script.makeRun()
        defer { run.close() }
        try run.install([bounding(run, by: LuaLimits(memoryBytesMax: 64 << 20))])
        let text = "bound() local text = (\"x\"):rep(8 << 20) return #text"
        #expect(try await run.reply(of: LuaSource(text, name: "recipe.lua")) == .integer(8 << 20))
        #expect(run.limits.memoryBytesMax == 64 << 20)
    }

    @Test("do not cancel the caller's task")
    func callerLives() async throws {
        var script = Script("park()")
        script.limits.wallMSMax = 20
        let run = try script.makeRun()
        defer { run.close() }
        try run.install([LimitTests.park])
        try? await run.run(LuaSource(script.text, name: "recipe.lua"))
        #expect(!Task.isCancelled)
    }

    @Test("cancelling the task ends a waiting run and a busy one", arguments: ["park()", "while true do end"])
    func cancelled(_ text: String) async throws {
        let task = Task { () -> LuaFailure? in
            do throws(LuaFailure) {
                let run = try Script("").makeRun()
                defer { run.close() }
                try run.install([LimitTests.park])
                try await run.run(LuaSource(text, name: "recipe.lua"))
                return nil
            } catch {
                return error
            }
        }
        task.cancel()
        #expect(await task.value?.kind == .cancelled)
    }

    static let texts: [(script: String, text: String)] = [
        ("local x = 1\nwhile true do end", "recipe.lua:2: limit 'cpu' reached: 50 ms of processor time"),
        (
            "local t = {}\nlocal s = 'x'\nwhile true do\n s = s .. s end",
            "recipe.lua:4: limit 'memory' reached: 2 MB of memory"
        ),
        ("\nlocal function wait()\n park()\nend\nwait()", "recipe.lua:3: limit 'wall' reached: 2 s from start to end"),
        (
            "local t = {}\nfor i = 1, 300 do t = {t} end\njson.encode(t)",
            "recipe.lua:3: limit 'depth' reached: 100 levels of tables in one value "
                + "(\(String(repeating: "[1]", count: 19))[1…)"
        ),
    ]

    @Test("say in one wording which it was, how much it allows, and where", arguments: texts)
    func wording(_ row: (script: String, text: String)) async throws {
        var script = Script(row.script)
        script.limits = LuaLimits(memoryBytesMax: 2 << 20, cpuMSMax: 50, wallMSMax: 2000)
        let run = try script.makeRun()
        defer { run.close() }
        try run.install([LimitTests.park])
        try run.installJSON()
        let failure = await #expect(throws: LuaFailure.self) {
            try await run.run(LuaSource(script.text, name: "recipe.lua"))
        }
        #expect(failure?.description == row.text)
    }
}
