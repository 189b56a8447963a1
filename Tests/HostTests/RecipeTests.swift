import Foundation
import Testing
import Wire

@testable import Host

@Suite struct RecipeTests {
    private let declaration = """
        recipe { name = "shop", settings = {
          word = { type = "string", default = "Hello" }, count = { type = "integer" }, share = { type = "number" },
          open = { type = "boolean", default = true }, key = { type = "secret" }, from = { type = "time" },
          days = { type = "list" }, more = { type = "table" },
          place = { type = "string", required = true, help = "the town" },
        } }
        on("go", function() return settings end)

        """

    @Test("Settings of every type come as what they are, defaults where nothing is given")
    func settings() async throws {
        let harness = try RecipeHarness()
        let run = try await harness.run(
            declaration, event: RunEvent(name: "go", data: [:]),
            settings: [
                "count": "7", "share": "0.5", "open": "no", "key": "s3cret-key", "from": "09:30", "days": "MO,TU",
                "more": "{\"a\":1}", "place": "Riga",
            ])
        #expect(run.failure == nil, "\(run.failure?.message ?? "")")
        let expected: JSONObject = [
            "word": "Hello", "count": 7, "share": 0.5, "open": false, "key": "s3cret-key", "from": "09:30",
            "days": ["MO", "TU"], "more": ["a": 1], "place": "Riga",
        ]
        for (name, value) in expected { #expect(run.reply[name] == value, "\(name)") }
    }

    @Test("What a recipe without events returns is the reply; woken by an event, its handlers give it")
    func returned() async throws {
        let harness = try RecipeHarness()
        #expect(try await harness.run("return { 1, 2 }").reply == [1, 2])
        #expect(try await harness.run("local x = 1").report.reply == nil)
        let woken = "on(\"go\", function() return \"handled\" end) return \"left\""
        #expect(try await harness.run(woken, event: RunEvent(name: "go", data: [:])).reply == "handled")
        #expect(try await harness.run(woken).reply == "left")
        let function = try await harness.run("return print")
        #expect(function.failure?.message.contains("function") == true, "\(function.failure?.message ?? "-")")
    }

    @Test("Data that a handler's input does not declare is warned of; a handler without input takes any")
    func undeclared() async throws {
        let harness = try RecipeHarness()
        let lua = """
            on("go", { input = { name = { type = "string" } } }, function(event) return event.data.nmae end)
            on("go", function() end)
            """
        let run = try await harness.run(lua, event: RunEvent(name: "go", data: ["nmae": "Kim", "zzzzzz": 1]))
        #expect(run.reply == "Kim")
        #expect(
            run.log == [
                "warn event 'go': its data has 'nmae', which the handler's input does not declare; did you mean name?",
                "warn event 'go': its data has 'zzzzzz', which the handler's input does not declare",
            ])
    }

    @Test("A setting that is missing, wrong or unknown is trouble of the configuration, and its value is not repeated")
    func wrongSettings() async throws {
        let harness = try RecipeHarness()
        let cases: [(settings: [String: String], words: String)] = [
            ([:], "the setting 'place' (the town) is missing: give --set place=VALUE"),
            (["place": "Riga", "count": "sevenish"], "'count' must be a whole number"),
            (["place": "Riga", "share": "sevenish"], "'share' must be a number"),
            (["place": "Riga", "open": "sevenish"], "'open' must be true or false"),
            (["place": "Riga", "from": "sevenish"], "'from' must be a time of day"),
            (["place": "Riga", "more": "sevenish"], "'more' must be a table"),
            (["place": "Riga", "key": "short"], "'key' must be a secret of at least 6 characters"),
            (["place": "Riga", "color": "sevenish"], "the recipe has no setting 'color'; its settings are"),
        ]
        for (settings, words) in cases {
            let run = try await harness.run(declaration, event: RunEvent(name: "go", data: [:]), settings: settings)
            #expect(run.failure?.kind == .configuration, "\(settings)")
            #expect(run.failure?.message.contains(words) == true, "\(settings): \(run.failure?.message ?? "-")")
            #expect(run.failure?.message.contains("recipe.lua:1: ") == true, "\(run.failure?.message ?? "-")")
            #expect(!run.shown.contains("sevenish"))
        }
        let stray = try await harness.run("print(1)", settings: ["color": "red"])
        #expect(stray.failure?.kind == .configuration)
    }

    @Test(
        "A declaration that makes no sense is refused with its place",
        arguments: [
            ("recipe {}", "a recipe needs a name"),
            ("recipe { name = \"a b\" }", "a name is 1 to 64 letters"),
            ("recipe { name = \"a\", tilte = \"x\" }", "unknown key 'tilte'"),
            ("recipe { name = \"a\" } recipe { name = \"a\" }", "recipe{} is called twice"),
            (
                "recipe { name = \"a\", settings = { x = { type = \"text\" } } }",
                "settings.x has the unknown type 'text'"
            ),
            ("recipe { name = \"a\", settings = { x = {} } }", "settings.x needs a type"),
            (
                "recipe { name = \"a\", settings = { x = { type = \"integer\", default = \"1\" } } }",
                "the default of settings.x"
            ),
            ("on(\"x\")", "bad argument 'options' to on"),
            ("on(\"x\", {}, 7)", "bad argument 'handler' to on: expected function, got number"),
            ("on(\"x\", { inptu = {} }, print)", "unknown key 'inptu'"),
        ])
    func badDeclarations(lua: String, words: String) async throws {
        let run = try await RecipeHarness().run(lua)
        #expect(run.failure?.message.contains(words) == true, "\(run.failure?.message ?? "-")")
        #expect(run.failure?.message.contains("recipe.lua:1: ") == true, "\(run.failure?.message ?? "-")")
    }

    @Test("A secret appears in no log line, no error, no field of an error and no plan, however it is spelled")
    func secrets() async throws {
        let harness = try RecipeHarness()
        let secret = "s3\"cret/kéy+1"
        let cases = [
            "log.info(\"key \" .. settings.key)", "log.info(\"key\", { key = settings.key })",
            "log.info(\"key\", { [settings.key] = { settings.key } })", "error(settings.key)",
            "error { code = settings.key, message = \"key \" .. settings.key, more = { settings.key } }",
            "b24.call(settings.key)", "b24.crm.deal.add { fields = { TITLE = settings.key } }",
            "b24.crm.deal.get { id = settings.key }", "store.set(\"k\", settings.key)",
            "b24.batch { [settings.key] = { \"crm.deal.get\", { id = 4711 } } }", "require(settings.key)",
            "local t = {}; t[settings.key].x = 1",
        ]
        for mode in [RunMode.live, .plan] {
            for lua in cases {
                let run = try await harness.run(
                    "recipe { name = \"a\", settings = { key = { type = \"secret\" } } }\n\(lua)",
                    settings: ["key": secret], mode: mode)
                for spelling in [secret, JSONValue.string(secret).text.dropFirst().dropLast().description, "s3%22cret"]
                {
                    #expect(!run.shown.contains(spelling), "\(mode) \(lua): \(run.shown)")
                }
            }
        }
    }

    @Test("Data of an event is checked against the handler's input, and defaults are filled in")
    func input() async throws {
        let harness = try RecipeHarness()
        let lua = """
            on("go", { title = "Goes", input = {
              who = { type = "string", required = true, help = "the name" },
              count = { type = "integer", default = 1 }, note = { type = "string" },
            } }, function(event) return { event.data.who, event.data.count, event.data.note == nil, event.name } end)
            """
        let cases: [(data: JSONValue, reply: JSONValue, words: String)] = [
            (["who": "Ann"], ["Ann", 1, true, "go"], ""),
            (["who": "Ann", "count": 2.0, "note": .null], ["Ann", 2, true, "go"], ""),
            (["who": "Ann", "other": 1], ["Ann", 1, true, "go"], ""),
            ([:], .null, "event 'go': 'who' is missing (the name)"),
            (["who": .null], .null, "event 'go': 'who' is missing"),
            (["who": 7], .null, "event 'go': 'who' must be a string"),
            (["who": "Ann", "count": 1.5], .null, "event 'go': 'count' must be a whole number"),
            (["Ann"], .null, "event 'go': its data must be an object"),
        ]
        for (data, reply, words) in cases {
            let run = try await harness.run(lua, event: RunEvent(name: "go", data: data))
            #expect(run.reply == reply, "\(data.text)")
            #expect(words.isEmpty == (run.failure == nil), "\(run.failure?.message ?? "")")
            if !words.isEmpty { #expect(run.failure?.message.contains(words) == true, "\(run.failure?.message ?? "")") }
        }
    }

    @Test("Several handlers of an event run in order; the first answer that is one is the reply")
    func handlers() async throws {
        let harness = try RecipeHarness()
        let lua = """
            on("go", function() print("one") end)
            on("go", function() print("two") return "second" end)
            on("other", function() print("no") end)
            on("go", function() print("three") return "third" end)
            """
        let run = try await harness.run(lua, event: RunEvent(name: "go", data: [:]))
        #expect(run.printed == "one\ntwo\nthree\n")
        #expect(run.reply == "second")
        let nobody = try await harness.run(lua, event: RunEvent(name: "Go", data: [:]))
        #expect(nobody.failure?.message.contains("no handler for the event 'Go'") == true)
        #expect(nobody.failure?.hint == "it handles go, other")
        let none = try await harness.run("print(1)", event: RunEvent(name: "go", data: [:]))
        #expect(none.failure?.hint?.contains("without --event") == true)
    }

    @Test("A mistake in the recipe is shown with file, line and what it is")
    func mistakes() async throws {
        let harness = try RecipeHarness()
        let cases: [(lua: String, words: String)] = [
            ("\nlocal x = = 1", "recipe.lua:2: "),
            ("\n\nif x then", "recipe.lua:3: "),
            (
                "on(\"go\", function()\n  local x = nil\n  return x.y\nend)",
                "recipe.lua:3: attempt to index a nil value"
            ),
            ("on(\"go\", function()\n  error(\"no luck\")\nend)", "recipe.lua:2: no luck"),
            ("on(\"go\", function()\n  error({ code = \"C\", message = \"no luck\" })\nend)", "no luck"),
            ("on(\"go\", function() error({}) end)", ""),
            ("on(\"go\", function() error(nil) end)", ""),
            ("on(\"go\", function() error(setmetatable({}, { __tostring = function() return \"odd\" end })) end)", ""),
            ("\nunknown_function()", "recipe.lua:2: attempt to call a nil value (global 'unknown_function')"),
        ]
        for (lua, words) in cases {
            let run = try await harness.run(lua, event: RunEvent(name: "go", data: [:]))
            let failure = try #require(run.failure, "\(lua)")
            #expect(words.isEmpty || failure.message.contains(words), "\(lua): \(failure.message)")
            #expect(!failure.message.isEmpty)
            #expect(failure.kind == .failed)
        }
        let table = try await harness.run("error({ code = \"C\", message = \"no luck\", more = 1 })")
        #expect(table.failure?.fields["code"] == "C")
        #expect(table.failure?.fields["more"] == 1)
    }

    @Test("require finds modules of the recipe's folder once, and nothing outside of it")
    func modules() async throws {
        let harness = try RecipeHarness()
        _ = try harness.file("home/part.lua", "print(\"loaded\") return { word = \"part\" }")
        _ = try harness.file("home/deep/part.lua", "return { word = \"deep\" }")
        _ = try harness.file("home/one.lua", "return require \"two\"")
        _ = try harness.file("home/two.lua", "return require \"one\"")
        _ = try harness.file("home/broken.lua", "\nreturn = 1")
        _ = try harness.file("secret.lua", "return \"outside\"")
        let link = harness.folder.appendingPathComponent("home/link.lua")
        try FileManager.default.createSymbolicLink(
            at: link, withDestinationURL: harness.folder.appendingPathComponent("secret.lua"))
        let folderLink = harness.folder.appendingPathComponent("home/up")
        try FileManager.default.createSymbolicLink(at: folderLink, withDestinationURL: harness.folder)

        let good = try harness.file(
            "home/recipe.lua",
            "print(require(\"part\").word, require(\"part\") == require(\"part\"), require(\"deep.part\").word)")
        #expect(try await harness.run(file: good).printed == "loaded\npart\ttrue\tdeep\n")

        let cases: [(module: String, words: String)] = [
            ("link", "leads out of the recipe's folder"), ("up.secret", "leads out of the recipe's folder"),
            ("../secret", "secret"), ("..secret", "secret"), ("/etc/passwd", "passwd"), ("nothing", "nothing"),
            ("one", "one"), ("broken", "broken.lua:2: "), ("", ""), ("a\\0b", ""),
        ]
        for (module, words) in cases {
            let file = try harness.file("home/recipe.lua", "\nprint(require(\"\(module)\"))")
            let run = try await harness.run(file: file)
            #expect(run.failure != nil, "\(module)")
            #expect(words.isEmpty || run.failure?.message.contains(words) == true, "\(run.failure?.message ?? "-")")
            #expect(!run.printed.contains("outside"), "\(module)")
        }
    }

    @Test("A recipe that is not there says which file was meant")
    func missing() async throws {
        let harness = try RecipeHarness()
        let path = harness.folder.appendingPathComponent("nobody.lua").path
        let failure = #expect(throws: HostFailure.self) { try RecipeFolder(path) }
        #expect(failure?.message.contains("nobody.lua: No such file") == true, "\(failure?.message ?? "-")")
    }
}
