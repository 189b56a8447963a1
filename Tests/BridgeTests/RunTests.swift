import CLua
import Testing
import Wire

@testable import Bridge

@Suite("A run")
struct RunTests {
    static let outputs: [(script: String, output: String)] = [
        ("print(add(1, 2)) print(later('a') .. later('b'))", "3\na!b!\n"),
        ("print(pcall(later, 'a'))", "true\ta!\n"),
        ("print(coroutine.wrap(function() return later('in') end)())", "in!\n"),
        (
            """
            local c = coroutine.wrap(function() for i = 1, 3 do coroutine.yield((later('x' .. i))) end end)
            for v in c do print(v) end
            """, "x1!\nx2!\nx3!\n"
        ),
        (
            """
            local function deep() return later('deep') end
            local inner = coroutine.create(function() return coroutine.wrap(deep)() end)
            print(coroutine.resume(inner)) print(coroutine.status(inner), coroutine.isyieldable())
            """, "true\tdeep!\ndead\tfalse\n"
        ),
        ("for element, position in pages() do print(element, position) end", "1\t1\nx\t2\n3\t3\nx\t4\n"),
        (
            "local v <close> = setmetatable({}, {__close = function() print(later('closed')) end}) print('body')",
            "body\nclosed!\n"
        ),
        ("print(coroutine.running() ~= nil, select(2, coroutine.running()))", "true\ttrue\n"),
        (
            """
            local m = {__close = error}
            local function f() local x <close> = setmetatable({}, m) coroutine.yield() end
            local c = coroutine.create(f)
            coroutine.resume(c) print(coroutine.close(c) == false, coroutine.status(c))
            """, "true\tdead\n"
        ),
        (
            "local t = {} print(t, print, t, coroutine.create(print))",
            "table: #1\tfunction: #2\ttable: #1\tthread: #3\n"
        ),
        ("print(require 'a', require 'a')", "load\ta\na!\ta!\n"),
        ("print(os.time(), os.date('%Y-%m-%d %H:%M'), os.date('!%H'))", "86400\t1970-01-02 02:00\t00\n"),
        ("print(os.time{year = 1970, month = 1, day = 2, hour = 2})", "86400\n"),
        ("math.randomseed(42) local a = math.random(100) math.randomseed(42) print(a == math.random(100))", "true\n"),
        ("local e = {x = 1} local f = load('x = x + 1 return x', 'c', 't', e) print(f(), e.x)", "2\t2\n"),
        ("print(#settings.list, settings.name, next(settings.none))", "2\tn\tnil\n"),
    ]

    @Test("prints what the script says", arguments: outputs)
    func prints(_ row: (script: String, output: String)) async throws {
        var script = Script(row.script)
        script.modules = ["a": "print('load', ...) return later('a')"]
        script.now = 86400
        script.offsetSeconds = 7200
        #expect(try await script.output() == row.output)
    }

    @Test("calls a handler that it kept, and gives its reply")
    func handler() async throws {
        let run = try Script("").makeRun()
        defer { run.close() }
        var kept: LuaReference?
        try run.install([
            FunctionDeclaration(
                "on", "Keeps.", parameters: [Parameter("handler", .function, "Called.")], example: "",
                body: .immediate { call throws(LuaFailure) in kept = try call.function(1) })
        ])
        try await run.run(LuaSource("on(function(e) return {got = later(e.name)} end)", name: "r.lua"))
        let handler = try #require(kept)
        #expect(try await run.call(handler, [["name": "a"]]) == ["got": "a!"])
        #expect(try await run.call(handler, [["name": "b"]]) == ["got": "b!"])
    }

    @Test("gives back the slots of the references that nobody holds")
    func references() throws {
        let run = try Script("").makeRun()
        defer { run.close() }
        var slots: Set<Int32> = []
        for _ in 0..<100 {
            try run.enter { state throws(LuaFailure) in
                lua_pushboolean(state, 1)
                let reference = LuaReference(slot: clua_ref(state), queue: run.core.released)
                slots.insert(reference.slot)
            }
        }
        #expect(slots.count <= 2)
    }

    @Test("keeps the main stack as it was, whatever happened in it")
    func stackTop() async throws {
        let run = try Script("").makeRun()
        defer { run.close() }
        for text in ["print(1)", "error('x')", "error({})", "x = = 1", "later('a')"] {
            try? await run.run(LuaSource(text, name: "r.lua"))
            #expect(try lua_gettop(clua_main(run.opened())) == 0, "after \(text)")
        }
    }

    @Test("refuses a second call while it is busy, and any after it was closed")
    func oneAtATime() async throws {
        let run = try Script("").makeRun()
        run.close()
        await #expect(throws: LuaFailure.self) { try await run.run(LuaSource("", name: "r.lua")) }
    }
}
