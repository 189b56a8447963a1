import Testing
import Wire

@testable import Bridge

@Suite("A failure")
struct FailureTests {
    static let lines: [(script: String, line: String)] = [
        ("\nerror('boom')", "recipe.lua:2: boom"),
        ("error({message = 'text', code = 'X'})", "recipe.lua:1: text"),
        ("error(nil)", "recipe.lua:1: error without a value (nil)"),
        ("error(setmetatable({}, {__tostring = function() return 'shown' end}))", "recipe.lua:1: shown"),
        ("\n\nlocal t = nil; t.x = 1", "recipe.lua:3: attempt to index a nil value (local 't')"),
        ("x = = 2", "recipe.lua:1: unexpected symbol near '='"),
        ("require 'broken'", "broken.lua:2: syntax error near 'syntax'"),
        ("\nrefuse()", "recipe.lua:2: refused"),
        ("local ok, e = pcall(refuse) error(e)", "recipe.lua:1: refused"),
        ("\nadd(1, {})", "recipe.lua:2: bad argument 'b' to add: expected integer, got table"),
        ("add(1)", "recipe.lua:1: bad argument 'b' to add: expected integer, got nothing"),
        ("add(1.5, 1)", "recipe.lua:1: bad argument 'a' to add: expected integer, got number"),
        ("later('\\xff')", "recipe.lua:1: bad argument 'text' to later: the text is not valid UTF-8"),
        (
            "require '../secret'",
            "recipe.lua:1: require: '../secret' is no module name: "
                + "names are words between dots, as in \"lib.dialog\""
        ),
        ("require 'nothing'", "recipe.lua:1: require: there is no module 'nothing'"),
        ("require 'cycle'", "cycle.lua:1: require: module 'cycle' requires itself, directly or through others"),
        (
            "table.sort({2, 1}, function() later('x') end)",
            "recipe.lua:1: later has to wait for its answer, and inside "
                + "the comparator of table.sort nothing can wait: call it before, and use the result"
        ),
        ("forbid()", "recipe.lua:1: too many calls"),
        ("pcall(forbid) print('never')", "recipe.lua:1: too many calls"),
    ]

    @Test("is one line with its place", arguments: lines)
    func oneLine(_ row: (script: String, line: String)) async throws {
        var script = Script(row.script)
        script.modules = ["broken": "\nbad syntax", "cycle": "require 'cycle'"]
        #expect(try await script.failure()?.description == row.line)
    }

    @Test("is a table in the script, with text that joins and the fields that were given")
    func table() async throws {
        let text = "local _, e = pcall(refuse) print(e.code, e.status, e.message, e.where, 'x ' .. e) print(e)"
        let output = try await Script(text).output()
        #expect(output == "NO\t403\trefused\trecipe.lua:1\tx recipe.lua:1: refused\nrecipe.lua:1: refused\n")
    }

    @Test("comes back with its kind, fields and traceback")
    func comesBack() async throws {
        let failure = try #require(try await Script("local function f() refuse() end\nf()").failure())
        #expect(failure.kind == .host)
        #expect(failure.fields["status"] == 403)
        #expect(failure.traceback?.contains("recipe.lua:2: in main chunk") == true)
        #expect(try await Script("x = = 1").failure()?.kind == .syntax)
        #expect(try await Script("add()").failure()?.fields["argument"] == "a")
    }
}
