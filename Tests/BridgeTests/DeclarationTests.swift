import Testing

@testable import Bridge

@Suite("A declaration")
struct DeclarationTests {
    static var open: FunctionDeclaration {
        FunctionDeclaration(
            "slots.open", "Lists the free appointment slots.",
            parameters: [
                Parameter("options", .table, "Days, duration, zone."),
                Parameter("limit", .integer, optional: true, "At most so many."),
            ],
            results: [ResultDoc("slots", .table, "A list of starts and ends.")], errors: ["The zone is unknown."],
            cost: "two requests", example: "local free = slots.open{days = 3}",
            body: .immediate { call throws(LuaFailure) in try call.push(call.isAbsent(2)) })
    }

    @Test("makes a LuaCATS stub")
    func stub() {
        #expect(
            LuaStubs.luaCATS([DeclarationTests.open]) == """
                ---@meta

                slots = slots or {}

                ---Lists the free appointment slots.
                ---Cost: two requests.
                ---Fails: The zone is unknown.
                ---```lua
                ---local free = slots.open{days = 3}
                ---```
                ---@param options table Days, duration, zone.
                ---@param limit? integer At most so many.
                ---@return table slots A list of starts and ends.
                function slots.open(options, limit) end

                """)
    }

    @Test("makes a page of help")
    func help() {
        let text = LuaHelp.text(for: DeclarationTests.open)
        #expect(text.hasPrefix("slots.open(options[, limit]) → slots\n\n  Lists the free appointment slots.\n"))
        #expect(text.contains("limit (integer, optional): At most so many."))
    }

    @Test("makes the binding in its table, with its optional parameter")
    func binding() async throws {
        let log = Script.Log()
        let run = try Script("").makeRun(log)
        defer { run.close() }
        try run.install([DeclarationTests.open])
        try await run.run(LuaSource("print(slots.open{}, slots.open({}, 1))", name: "r.lua"))
        #expect(log.text == "true\tfalse\n")
    }

    @Test("of a path makes every dotted name callable, in any case, next to its explicit members")
    func path() async throws {
        let log = Script.Log()
        let run = try Script("").makeRun(log)
        defer { run.close() }
        let version = FunctionDeclaration(
            "b24.version", "Says.", example: "",
            body: .immediate { call throws(LuaFailure) in try call.push("1") })
        try run.install(pathNamed: "b24", [version]) { name, call throws(LuaFailure) in
            let text = try name + " " + call.value(1).text
            return { .returns { call throws(LuaFailure) in try call.push(text) } }
        }
        try await run.run(LuaSource("print(b24.crm.Deal.list{1}) print(b24.version(), b24.crm.deal)", name: "r.lua"))
        #expect(log.text == "crm.Deal.list [1]\n1\tb24.crm.deal\n")
    }
}
