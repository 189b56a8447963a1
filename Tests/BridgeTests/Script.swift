import Wire

@testable import Bridge

/// A script and what it prints: the harness of these tests.
struct Script {
    var text: String
    var limits = LuaLimits()
    var modules: [String: String] = [:]
    var now: Int64 = 0
    var offsetSeconds = 0

    init(_ text: String) { self.text = text }

    /// What the script printed. Throws what the run threw.
    func output() async throws -> String {
        let log = Log()
        let run = try makeRun(log)
        defer { run.close() }
        try await run.run(LuaSource(text, name: "recipe.lua"))
        return log.text
    }

    /// The failure of the run, or nil when it ended well.
    func failure() async throws -> LuaFailure? {
        do {
            _ = try await output()
            return nil
        } catch let failure as LuaFailure {
            return failure
        }
    }

    func makeRun(_ log: Log = Log()) throws(LuaFailure) -> LuaRun {
        let now = now
        let offset = offsetSeconds
        let run = try LuaRun(
            limits: limits, sources: Modules(texts: modules),
            hooks: LuaHooks(now: { (now, 0) }, zone: { _ in (offset, false) }, output: { log.append($0) }))
        try run.install(Script.functions)
        try run.setGlobal("settings", ["list": [1, 2], "name": "n", "none": [:]])
        return run
    }

    final class Log {
        private(set) var text = ""
        func append(_ bytes: UnsafeRawBufferPointer) { text += String(decoding: bytes, as: UTF8.self) }
    }

    struct Modules: LuaSources {
        let texts: [String: String]
        func source(of module: String) throws(LuaFailure) -> LuaSource? {
            texts[module].map { LuaSource($0, name: module + ".lua") }
        }
    }

    /// `add` answers at once, `later` after a suspension, `refuse` fails, `forbid` ends the run, `pages` iterates.
    static var functions: [FunctionDeclaration] {
        [
            FunctionDeclaration(
                "add", "Adds two integers.",
                parameters: [Parameter("a", .integer, "One."), Parameter("b", .integer, "Other.")],
                results: [ResultDoc("sum", .integer, "Their sum.")], example: "print(add(1, 2))",
                body: .immediate { call throws(LuaFailure) in try call.push(call.integer(1) + call.integer(2)) }),
            FunctionDeclaration(
                "later", "Gives the text back, later.", parameters: [Parameter("text", .string, "Any text.")],
                results: [ResultDoc("text", .string, "With a mark.")], cost: "waits", example: "print(later('a'))",
                body: .async { call throws(LuaFailure) in
                    let text = try call.string(1)
                    return {
                        await Task.yield()
                        return .returns { call throws(LuaFailure) in try call.push(text + "!") }
                    }
                }),
            FunctionDeclaration(
                "refuse", "Fails.", example: "refuse()",
                body: .async { _ throws(LuaFailure) in
                    { .fails(LuaFailure(kind: .host, message: "refused", fields: ["code": "NO", "status": 403])) }
                }),
            FunctionDeclaration(
                "forbid", "Ends the run.", example: "forbid()",
                body: .async { _ throws(LuaFailure) in
                    { .stops(LuaFailure(kind: .limit(.calls), message: "too many calls")) }
                }),
            FunctionDeclaration(
                "pages", "Iterates over three pages, the second empty.", example: "for e in pages() do end",
                body: .immediate { call throws(LuaFailure) in
                    var page = 0
                    try call.pushIterator {
                        page += 1
                        let elements: [JSONValue]? = page > 3 ? nil : page == 2 ? [] : [.integer(Int64(page)), "x"]
                        return {
                            .returns { call throws(LuaFailure) in
                                if let elements { try call.push(.array(elements)) } else { try call.pushNil() }
                            }
                        }
                    }
                }),
        ]
    }
}
