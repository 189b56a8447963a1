import Bridge
import CLua
import Wire

/// Fails the first allocation of a whole run, then the second … until none is left to fail, and says what leaked.
enum FailingAllocations {
    private static let recipe = """
        on(function(event)
            local ok, failure = pcall(refuse)
            return {got = event.x, failure = tostring(failure), list = {1, 2}}
        end)
        require 'module'
        print(later('abc'), {}, os.date('!%c'), math.random())
        for v in coroutine.wrap(function() for i = 1, 3 do coroutine.yield((later('x' .. i))) end end) do print(v) end
        for element, position in pages() do print(element, position) end
        local t = {} for i = 1, 100 do t[i] = {id = i} end
        table.sort(t, function(a, b) return a.id > b.id end)
        print(b24.crm.deal.list{filter = {ID = 1}}, ('x'):rep(100):gsub('x', 'yy'), string.format('%5d', 1))
        local x <close> = setmetatable({}, {__close = function() print('closed') end})
        pcall(error, 'caught')
        """
    private static let failing = "error(setmetatable({}, {__tostring = function() return 'shown' end}))"

    /// Prints "<allocations> <leaks> <outcomes>" for single failures and for all failures from one on.
    static func tryEach() async {
        for onwards in [false, true] {
            var nth = 1
            var leaks = 0
            var outcomes: Set<String> = []
            while true {
                clua_fail_allocation(nth, onwards)
                outcomes.insert(await wholeRun())
                let counted = clua_allocations()
                clua_fail_allocation(0, false)
                if clua_left_alive() != 0 || LiveObjects.count != 0 { leaks += 1 }
                if counted < nth { break }
                nth += 1
            }
            print(nth - 1, leaks, outcomes.sorted().joined(separator: ","))
        }
    }

    private static func wholeRun() async -> String {
        do throws(LuaFailure) {
            let run = try LuaRun(limits: LuaLimits(), sources: Modules(), hooks: LuaHooks())
            defer { run.close() }
            let kept = Kept()
            try run.install(functions(kept))
            try run.install(pathNamed: "b24", []) { name, call throws(LuaFailure) in
                let text = try name + call.value(1).text
                return { .returns { call throws(LuaFailure) in try call.push(text) } }
            }
            try run.setGlobal("settings", ["list": [1, 2, 3], "key": "value"])
            try await run.run(LuaSource(recipe, name: "recipe.lua"))
            if let handler = kept.handler { _ = try await run.call(handler, [["x": 1]]) }
            kept.handler = nil
            try await run.run(LuaSource(failing, name: "failing.lua"))
            return "no failure"
        } catch {
            if case .limit(let name) = error.kind { return name.rawValue }
            return error.message
        }
    }

    private final class Kept {
        var handler: LuaReference?
    }

    private struct Modules: LuaSources {
        func source(of module: String) throws(LuaFailure) -> LuaSource? {
            LuaSource("return later('module')", name: "module.lua")
        }
    }

    private static func functions(_ kept: Kept) -> [FunctionDeclaration] {
        [
            FunctionDeclaration(
                "on", "Keeps a handler.", example: "",
                body: .immediate { call throws(LuaFailure) in kept.handler = try call.function(1) }),
            FunctionDeclaration(
                "later", "Gives text and a value.", parameters: [Parameter("text", .string, "Any.")], example: "",
                body: .async { call throws(LuaFailure) in
                    let text = try call.string(1)
                    return {
                        .returns { call throws(LuaFailure) in
                            try call.push(text + "!")
                            try call.push(["a": [1, nil, "x"], "b": []])
                        }
                    }
                }),
            FunctionDeclaration(
                "refuse", "Fails.", example: "",
                body: .async { _ throws(LuaFailure) in
                    { .fails(LuaFailure(kind: .host, message: "refused", fields: ["status": 403])) }
                }),
            FunctionDeclaration(
                "pages", "Gives three pages.", example: "",
                body: .immediate { call throws(LuaFailure) in
                    var page = 0
                    try call.pushIterator {
                        page += 1
                        let elements: JSONValue? = page > 3 ? nil : page == 2 ? [] : [.integer(Int64(page)), "x"]
                        return {
                            .returns { call throws(LuaFailure) in
                                if let elements { try call.push(elements) } else { try call.pushNil() }
                            }
                        }
                    }
                }),
        ]
    }
}
