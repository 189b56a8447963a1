import Bridge
import Measuring
import Wire

/// JSON and form text between bytes and Lua tables, garbage collection included, against lua-cjson and against Lua.
@main
struct JSONBenchmark {
    static func main() async throws {
        let cyrillic = Pages.deals(cyrillic: true).encoded()
        try await json("plain", Pages.deals().encoded())
        try await json("escaped", Pages.escaped(cyrillic))
        try await json("UTF-8", cyrillic)
        try await forms(Pages.deals(10))
    }

    private static func json(_ name: String, _ text: [UInt8]) async throws {
        let stock = try StockState()
        stock.set("text", text)
        try stock.run("cjson = require 'cjson' value = cjson.decode(text)")
        let ours = try await state(holding: text, LuaJSONModule.declarations)
        let size = "\(name), \(text.count / 1024) KB"
        let rounds = 50
        try await Comparison(
            "JSON to Lua tables, 50 deals of 60 fields, \(size)", against: "lua-cjson", rounds: rounds,
            goal: .atLeast(2.0)
        ).print(
            theirs: { try stock.run("local d = cjson.decode for i = 1, \(rounds) do d(text) end") },
            ours: { try await ours.run("local d = json.decode for i = 1, \(rounds) do d(text) end") })
        try await Comparison(
            "Lua tables to JSON, \(size)", against: "lua-cjson", rounds: rounds, goal: .atLeast(1.0)
        ).print(
            theirs: { try stock.run("local e = cjson.encode for i = 1, \(rounds) do e(value) end") },
            ours: { try await ours.run("local e = json.encode for i = 1, \(rounds) do e(value) end") })
    }

    /// A value of each side's own: a table for Lua, an object for the host, which makes forms of its calls.
    private static func forms(_ page: JSONValue) async throws {
        guard case .object(let object) = page else { return }
        let lua = try await state(holding: page.encoded(), LuaJSONModule.declarations)
        try await lua.run(FormInLua.source)
        let rounds = 20
        try await Comparison(
            "a form with PHP nesting, 10 deals of 60 fields", against: "pure Lua", rounds: rounds, goal: .atLeast(25)
        ).print(
            theirs: { try await lua.run("for i = 1, \(rounds) do form_in_lua(value) end") },
            ours: { for _ in 0..<rounds { precondition(Form.encode(object).count > 1000) } })
    }

    private static func state(
        holding text: [UInt8], _ declarations: [FunctionDeclaration]
    ) async throws -> SandboxedState {
        let state = try SandboxedState(declarations)
        try state.lua.setGlobal("text", .string(String(decoding: text, as: UTF8.self)))
        try await state.run("value = json.decode(text)")
        return state
    }
}
