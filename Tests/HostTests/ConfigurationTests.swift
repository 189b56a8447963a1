import Bitrix24
import Foundation
import Testing
import Wire

@testable import Host

@Suite struct ConfigurationTests {
    private static let webhook = "https://acme.bitrix24.com/rest/1/abcdefgh12345678/"

    /// Loads a configuration that stands in a folder of its own, with two recipes and a file of a secret.
    private func load(
        _ lua: String, _ variables: [String: String] = [:], secretMode: Int = 0o600
    ) async throws -> Result<HostConfiguration, ConfigurationFailure> {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            // Lua cuts long names of files in its messages.
            "c\(UInt32.random(in: 0 ... .max))")
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = [
            "host.lua": lua, "recipes/one/recipe.lua": "on(\"go\", print)", "recipes/two.lua": "on(\"go\", print)",
            "recipes/README.md": "# Recipes", "recipes/empty/notes.txt": "", "key.txt": "from-a-file\n",
            "cert.pem": "c", "key.pem": "k", "part.lua": "return { level = \"warn\" }",
        ]
        for (name, text) in files {
            let url = folder.appendingPathComponent(name)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: url)
        }
        try FileManager.default.setAttributes(
            [.posixPermissions: secretMode], ofItemAtPath: folder.appendingPathComponent("key.txt").path)
        let result = await ConfigurationFile.load(folder.appendingPathComponent("host.lua").path) { variables[$0] }
        let prefix = folder.path + "/"
        guard case .failure(let failure) = result else { return result }
        return .failure(
            ConfigurationFailure(
                problems: failure.problems.map { $0.replacingOccurrences(of: prefix, with: "") },
                warnings: failure.warnings.map { $0.replacingOccurrences(of: prefix, with: "") }))
    }

    private func problems(_ lua: String, _ variables: [String: String] = [:]) async throws -> [String] {
        switch try await load(lua, variables) {
        case .success: []
        case .failure(let failure): failure.problems
        }
    }

    private func configuration(_ lua: String, _ variables: [String: String] = [:]) async throws -> HostConfiguration {
        switch try await load(lua, variables) {
        case .success(let configuration): configuration
        case .failure(let failure): throw HostFailure(.configuration, failure.problems.joined(separator: "\n"))
        }
    }

    @Test("Every section is read into its type")
    func whole() async throws {
        let read = try await configuration(
            """
            host {
              listen = "0.0.0.0:443", tls = { certificate = "cert.pem", key = "key.pem" },
              url = "https://hooks.example.com/", store = "data/host.db",
              portals = {
                acme = { webhook = env "HOOK", application_token = env "TOKEN" },
                shop = { grant = "shop.bitrix24.com", client_id = "local.1", plan = "enterprise" },
              },
              recipes = {
                one = { path = "recipes/one", portal = "shop", limits = { cpu = "3s" },
                        settings = { minutes = 60, key = file "key.txt", days = { "MO" }, on = true } },
              },
              api_keys = { site = env "TOKEN" }, console = { password = env "TOKEN" },
              limits = { cpu = "10s", calls = 50 }, runs = { at_once = 8 }, inbox = { events_max = 1000 },
              retention = { runs = "7d", failed = "14d" },
              http = { hosts = { "api.example.com" }, private = { "10.0.0.5", "fd00::1" } },
              llm = { gemini = { key = env "TOKEN", model = "g" }, openai = { url = "http://[::1]/v1", model = "o" } },
              log = { level = require("part").level, format = "json" },
            }
            """,
            ["HOOK": Self.webhook, "TOKEN": "a-long-token"])
        #expect(read.listening == .init(host: "0.0.0.0", port: 443))
        #expect(read.tls?.certificatePath.hasSuffix("/cert.pem") == true)
        #expect(read.tls?.keyPath.hasSuffix("/key.pem") == true)
        #expect(read.url == "https://hooks.example.com")
        guard case .file(let store) = read.store else { Issue.record("no file"); return }
        #expect(store.hasSuffix("/data/host.db") && store.hasPrefix("/"))
        #expect(read.portals.map(\.name) == ["acme", "shop"])
        #expect(read.portals.map(\.origin) == ["https://acme.bitrix24.com", "shop.bitrix24.com"])
        #expect(read.portals.map(\.plan) == [.standard, .enterprise])
        #expect(read.portals.first?.applicationToken?.exposed == "a-long-token")
        guard case .grant("shop.bitrix24.com", "local.1") = read.portals[1].access else {
            Issue.record("no grant"); return
        }
        #expect(read.recipes.map(\.name) == ["one"])
        #expect(read.recipes.first?.portal == "shop")
        #expect(read.recipes.first?.settings.map(\.name) == ["days", "key", "minutes", "on"])
        #expect(read.recipes.first?.settings.map(\.isSecret) == [false, true, false, false])
        #expect(read.recipes.first?.limits.lua.cpuMSMax == 3000)
        #expect(read.recipes.first?.limits.callsMax == 50)
        #expect(read.limits.lua.cpuMSMax == 10_000)
        #expect(read.apiKeys.map(\.name) == ["site"])
        #expect(read.consolePassword?.exposed == "a-long-token")
        #expect(read.runsAtOnce == 8)
        #expect(read.inboxEventsMax == 1000)
        #expect(read.retention == .init(runsMS: 7 * 86_400_000, failedRunsMS: 14 * 86_400_000))
        #expect(read.http.hosts.map(\.text) == ["api.example.com"])
        #expect(read.http.privateAddresses == ["10.0.0.5", "fd00::1"])
        #expect(read.models.map(\.kind) == [.gemini, .openai])
        #expect(read.models.map { $0.key == nil } == [false, true])
        #expect(read.log == .init(level: .warn, format: .json))
        #expect(read.warnings == [])
        #expect(read.redactor.redact("it is abcdefgh12345678 and from-a-file") == "it is [secret] and [secret]")
    }

    @Test("An empty declaration has the defaults; the webhook of the environment is the portal 'default'")
    func defaults() async throws {
        let bare = try await configuration("host {}")
        #expect(bare.listening == .init(host: "127.0.0.1", port: 8080))
        #expect(bare.portals.isEmpty && bare.recipes.isEmpty && bare.url == nil && bare.tls == nil)
        let read = try await configuration(
            "host { recipes = { \"recipes/*\" } }", ["BITRIX24_WEBHOOK_URL": Self.webhook])
        #expect(read.portals.map(\.name) == ["default"])
        #expect(read.recipes.map(\.name) == ["one", "two"])
        #expect(read.recipes.map(\.portal) == ["default", "default"])
        // A table of portals, even an empty one, is all there are.
        let none = try await configuration("host { portals = {} }", ["BITRIX24_WEBHOOK_URL": Self.webhook])
        #expect(none.portals.isEmpty)
        let postgres = try await configuration("host { store = \"postgres://me:pass@db/host\" }")
        guard case .postgres(let url) = postgres.store else { Issue.record("no postgres"); return }
        #expect("\(url)" == "***")
        #expect("\(postgres)".contains("me:pass") == false)
    }

    @Test("An entry of its own goes before a pattern that finds the recipe too")
    func overrides() async throws {
        let read = try await configuration(
            "host { recipes = { \"recipes/*\", special = { path = \"recipes/one\", settings = { a = 1 } } } }")
        #expect(read.recipes.map(\.name) == ["two", "special"])
    }

    @Test("All problems are found at once, each with the line of the call and its path")
    func all() async throws {
        let found = try await problems(
            """
            local level = "loud"
            host { lsten = "x", listen = 8080, log = { level = level, fromat = "json" }, runs = { at_once = 0 },
              tls = { certificate = "missing.pem" }, llm = { gemini = {}, openai = { model = 1 } },
              portals = { acme = {}, ["b c"] = {}, both = { webhook = "x", grant = "y" },
                url = { webhook = "https://x" } },
              recipes = { "nowhere", 7, x = { portal = "acme" }, y = { path = "recipes/one", portl = "a" }, z = 1 },
            }
            """)
        #expect(
            found
                == [
                    "lsten is unknown; did you mean listen?", "listen must be a text",
                    "tls.certificate cannot be read: missing.pem: No such file or directory", "tls.key is missing",
                    "portals.acme needs webhook or grant",
                    "portals: a name is 1 to 64 letters, digits, '-' or '_', not 'b c'",
                    "portals.both has both webhook and grant; one of them says how it is called",
                    "portals.url.webhook is no webhook's address: the path of a webhook begins with /rest/",
                    "runs.at_once must be a whole number from 1 to 10000",
                    "log.fromat is unknown; did you mean format?",
                    "log.level must be \"debug\" or \"info\" or \"warn\" or \"error\"", "llm.gemini.key is missing",
                    "llm.gemini.model is missing", "llm.openai.url is missing", "llm.openai.model must be a text",
                    "recipes.x.path is missing", "recipes.y.portl is unknown; did you mean portal?",
                    "recipes.z must be a table", "recipes.z.path is missing",
                    "recipes[1]: cannot read nowhere: No such file or directory",
                    "recipes[2] must be a path such as \"recipes/hello\" or \"recipes/*\"",
                ].map { "host.lua:2: \($0)" })
    }

    @Test(
        "A value that makes no sense is refused under its path",
        arguments: [
            ("listen = \"8080\"", "listen must be an address and a port"),
            ("listen = \"1.2.3.4:70000\"", "listen must be"), ("listen = \"::1:80\"", "listen must be"),
            ("url = \"hooks.example.com\"", "url must be an address"),
            ("store = \"mysql://x\"", "store must be a file, or"), ("store = \"\"", "store is empty"),
            ("limits = { cup = 1 }", "limits.cup is unknown; did you mean cpu?"),
            ("limits = { cpu = \"fast\" }", "limits.cpu: limits: 'fast' is no value"),
            ("limits = 1", "limits must be a table"),
            ("retention = { runs = \"30\" }", "retention.runs must be a duration"),
            ("inbox = { events_max = 1.5 }", "inbox.events_max must be a whole number"),
            ("http = { hosts = \"x\" }", "http.hosts must be a list"),
            ("http = { hosts = { \"https://x\" } }", "http.hosts[1] must be a host"),
            ("http = { private = { \"10.0.0\" } }", "http.private[1] must be an address"),
            ("api_keys = { site = \"short\" }", "api_keys.site must be a secret of 6 to 4096"),
            ("console = { password = \"has blanks in it\" }", "console.password must be a secret"),
            ("console = { password = true }", "console.password must be a text"),
            ("portals = { a = { grant = \"x\", plan = \"free\" } }", "portals.a.plan must be \"standard\" or"),
            ("portals = { a = { webhook = \"\(webhook)\", client_id = \"x\" } }", "portals.a.client_id belongs to"),
            ("recipes = \"recipes/*\"", "recipes must be a table"),
            ("recipes = { \"recipes/e*\" }", "recipes[1]: no recipe is at recipes/e*"),
            ("recipes = { \"recipes/one\", \"recipes/../recipes/one\" }", "'one' and 'one' are the same file"),
            (
                "recipes = { one = { path = \"recipes/one\", portal = \"x\" } }",
                "recipes.one.portal names no portal: 'x'"
            ),
            (
                "portals = { acme = { grant = \"x\" } }, recipes = { o = { path = \"recipes/one\", portal = \"ac\" } }",
                "did you mean acme?"
            ),
            (
                "portals = { a = { grant = \"x\" }, b = { grant = \"y\" } }, recipes = { \"recipes/one\" }",
                "recipes: 'one' has to say its portal, one of a, b"
            ),
        ])
    func refused(section: String, words: String) async throws {
        let found = try await problems("\nhost { \(section) }")
        #expect(found.count == 1, "\(found)")
        #expect(found.first?.hasPrefix("host.lua:2: ") == true, "\(found)")
        #expect(found.first?.contains(words) == true, "\(found)")
    }

    @Test(
        "A file that does not declare one host says where it went wrong",
        arguments: [
            ("", "host.lua: it calls no host { … }"), ("\nhost {} host {}", "host.lua:2: host { … } is called twice"),
            ("\nhost(1)", "host.lua:2: host takes a table"), ("\nlocal = 1", "host.lua:2: "),
            (
                "\nhost { runs = print }",
                "host.lua:2: bad argument 'configuration' to host: runs: a function has no JSON"
            ),
            ("while true do end", "host.lua:1: limit 'cpu' reached"), ("b24.user.current {}", "host.lua:1: "),
            ("error(\"no\")", "host.lua:1: no"), ("io.open(\"x\")", "host.lua:1: "),
        ])
    func broken(lua: String, words: String) async throws {
        let found = try await problems(lua)
        #expect(found.count == 1, "\(found)")
        #expect(found.first?.hasPrefix(words) == true, "\(found)")
    }

    @Test("A secret that is not there is named once, and nothing is said of what was made of it")
    func missing() async throws {
        let found = try await problems(
            """
            host {
              portals = { acme = { webhook = env "HOOK" } }, limits = { cpu = env "CPU" },
              recipes = { one = { path = env "PLACE" .. "/one", portal = "acme", settings = { key = env "KEY" } } },
              console = { password = file "nothing.txt" }, log = { level = env("LEVEL", "info") },
            }
            """)
        #expect(
            found == [
                "host.lua:2: the environment variable HOOK is not set",
                "host.lua:2: the environment variable CPU is not set",
                "host.lua:3: the environment variable PLACE is not set",
                "host.lua:3: the environment variable KEY is not set",
                "host.lua:4: cannot read nothing.txt: No such file or directory",
            ])
    }

    @Test("No sentence holds what env or file gave, short or long, wherever it was put")
    func secrets() async throws {
        let variables = ["LONG": "very-secret-words", "TINY": "3yo"]
        let places = [
            "listen = SECRET", "url = SECRET", "store = SECRET .. \"://\"", "limits = { cpu = SECRET }",
            "log = { level = SECRET }", "http = { hosts = { \"http://\" .. SECRET } }", "tls = { key = SECRET }",
            "recipes = { SECRET }", "recipes = { one = { path = \"recipes/one\", portal = SECRET } }",
            "portals = { a = { webhook = \"https://\" .. SECRET } }", "[SECRET] = 1", "portals = { [SECRET] = 1 }",
        ]
        for place in places {
            for name in ["LONG", "TINY"] {
                // A name or a path that somebody makes of a short text cannot be told from other words.
                let isBare = place.contains("[SECRET]") || place.hasPrefix("tls") || place.hasPrefix("recipes = { S")
                if name == "TINY", isBare { continue }
                let found = try await problems(
                    "host { \(place.replacingOccurrences(of: "SECRET", with: "env \"\(name)\"")) }", variables)
                #expect(!found.isEmpty, "\(place)")
                for sentence in found { #expect(!sentence.contains(variables[name] ?? ""), "\(sentence)") }
            }
        }
        let raised = try await problems("error(env \"LONG\")", variables)
        #expect(raised == ["host.lua:1: [secret]"])
        let settings = try await configuration(
            "host { recipes = { one = { path = \"recipes/one\", settings = { k = { \"a\" .. env \"LONG\" } } } } }",
            variables
        ).recipes.first?.settings
        #expect(settings?.first?.isSecret == true)
        #expect("\(String(describing: settings))".contains("secret-words") == false)
    }

    @Test("A file of a secret that others can read is warned of")
    func readable() async throws {
        let lua = "host { console = { password = file \"key.txt\" } }"
        for (mode, count) in [(0o600, 0), (0o640, 1), (0o644, 1), (0o604, 1)] {
            guard case .success(let read) = try await load(lua, secretMode: mode) else {
                Issue.record("is refused")
                continue
            }
            #expect(read.consolePassword?.exposed == "from-a-file")
            #expect(read.warnings.count == count, "\(String(mode, radix: 8))")
            #expect(read.warnings.allSatisfy { $0.contains("key.txt can be read by others: chmod 600") })
        }
    }

    @Test("A recipe may ask for less than is allowed and not for more; its own entry goes before both")
    func allowed() throws {
        var limits = RunLimits()
        try limits.allow("cpu", "10s")
        var lower = limits
        try lower.set(asked: [("cpu", "2s"), ("calls", "20000")])
        #expect(lower.lua.cpuMSMax == 2000)
        #expect(lower.callsMax == 20_000)
        var higher = limits
        let failure = #expect(throws: HostFailure.self) { try higher.set(asked: [("cpu", "20s")]) }
        #expect(failure?.message == "the recipe asks for cpu = 20s, and 10s is allowed")
        var entry = limits
        try entry.set("cpu", "30s")
        try entry.set(asked: [("cpu", "2s")])
        #expect(entry.lua.cpuMSMax == 30_000)
    }
}
