import Foundation
import Testing
import Wire

@testable import Host

@Suite struct RecipeDeclarationTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("declared-\(UUID())")

    private func load(_ lua: String, _ settings: [GivenSetting] = []) async throws -> RecipeDeclaration {
        switch try await result(lua, settings) {
        case .success(let declaration): return declaration
        case .failure(let failure): throw failure
        }
    }

    private func result(
        _ lua: String, _ settings: [GivenSetting] = []
    ) async throws -> Result<RecipeDeclaration, RunFailure> {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(lua.utf8).write(to: folder.appendingPathComponent("recipe.lua"))
        return await RecipeDeclaration.load(
            try RecipeFolder(folder.path), settings: settings, clock: { Timestamp(unixSeconds: 0) })
    }

    @Test("A recipe says what it is without doing anything")
    func whole() async throws {
        let declared = try await load(
            """
            recipe {
              name = "booking", title = "Books", scopes = { "crm" }, hosts = { "API.example.com", "*.example.org" },
              settings = { key = { type = "secret", required = true }, days = { type = "integer", default = 3 } },
              limits = { cpu = "2s", calls = 20 }, retry = { max = 2, first = "30s" }, echoes = true,
            }
            print("nobody hears")
            log.info("nor this")
            on("book", { title = "Books a slot", input = { at = { type = "string", required = true } } }, print)
            on("ONCRMDEALADD", print)
            every("*/15 9-18 * * 1-5", { tz = "Europe/Berlin", title = "Looks" }, print)
            every("@daily", print)
            """, [GivenSetting("key", .json("a-long-key")), GivenSetting("days", .text("4"))])
        #expect(declared.problems == [])
        #expect(declared.name == "booking")
        #expect(declared.title == "Books")
        #expect(declared.scopes == ["crm"])
        #expect(declared.hosts.map(\.text) == ["api.example.com", "*.example.org"])
        #expect(declared.settings.map(\.name) == ["days", "key"])
        #expect(declared.limits.map { "\($0.name)=\($0.value)" } == ["calls=20", "cpu=2s"])
        #expect(declared.retry.max == 2)
        #expect(declared.retry.firstMS == 30_000)
        #expect(declared.retry.mostMS == RetryRule().mostMS)
        #expect(declared.echoes)
        #expect(declared.handlers.map(\.event) == ["book", "ONCRMDEALADD"])
        #expect(declared.handlers.map(\.title) == ["Books a slot", nil])
        #expect(declared.handlers.first?.input.map(\.name) == ["at"])
        #expect(declared.schedules.map(\.event) == ["every:1", "every:2"])
        #expect(declared.schedules.map(\.title) == ["Looks", nil])
        #expect(declared.schedules.map(\.schedule.zone.name) == ["Europe/Berlin", "UTC"])
    }

    @Test("A recipe that declares nothing has its folder's name and the defaults")
    func bare() async throws {
        let declared = try await load("on(\"go\", print)")
        #expect(declared.name == folder.lastPathComponent)
        #expect(declared.retry == RetryRule())
        #expect(!declared.echoes)
        #expect(declared.limits.isEmpty)
        #expect(declared.problems == [])
        #expect(try await load("on(\"go\", print)", [GivenSetting("x", .json(1))]).problems.count == 1)
    }

    @Test("All that is wrong with the settings is found, and none of their values told")
    func problems() async throws {
        let declared = try await load(
            """
            recipe { name = "a", settings = {
              count = { type = "integer" }, key = { type = "secret", required = true, help = "the shop's" },
              open = { type = "boolean" }, word = { type = "string", required = true },
            } }
            on("go", print)
            """,
            [
                GivenSetting("count", .json("sevenish")), GivenSetting("open", .text("sevenish")),
                GivenSetting("wrod", .json("sevenish")),
            ])
        #expect(
            declared.problems == [
                "the recipe has no setting 'wrod'; its settings are count, key, open, word",
                "'count' must be a whole number", "the setting 'key' (the shop's) is missing",
                "'open' must be true or false", "the setting 'word' is missing",
            ])
        #expect(declared.handlers.count == 1)
    }

    @Test(
        "An effect at load time is refused, also where the recipe catches the refusal",
        arguments: [
            "b24.user.current {}", "pcall(function() b24.user.current {} end)", "store.set(\"a\", 1)",
            "for _ in b24.each(\"crm.deal.list\", {}) do end", "sleep(\"1ms\")",
            "pcall(store.get, \"a\")",
        ])
    func effects(lua: String) async throws {
        guard case .failure(let failure) = try await result(lua) else {
            Issue.record("was done: \(lua)")
            return
        }
        #expect(failure.message.contains("a recipe does nothing at load time: put it into on(…) or every(…)"))
    }

    @Test("A recipe that does not end, or takes too much, is stopped by the limits of loading")
    func endless() async throws {
        for lua in ["while true do end", "local t = {} while true do t[#t + 1] = (\"x\"):rep(1 << 20) .. #t end"] {
            guard case .failure(let failure) = try await result(lua) else {
                Issue.record("it ended: \(lua)")
                continue
            }
            #expect(failure.kind == .limit, "\(failure.message)")
        }
    }

    @Test(
        "What makes no sense in a declaration is refused with its line",
        arguments: [
            ("recipe { name = \"a\", limits = { cup = 1 } }", "limits: there is no limit 'cup'; the limits are memory"),
            ("recipe { name = \"a\", limits = { cpu = 2 } }", "limits: '2' is no value for the limit 'cpu'"),
            ("recipe { name = \"a\", limits = { calls = true } }", "limits.calls must be a text or a whole number"),
            ("recipe { name = \"a\", limits = 3 }", "limits must be a table"),
            (
                "recipe { name = \"a\", retry = { mux = 3 } }",
                "retry has the unknown key 'mux'; keys are max, first, most"
            ),
            ("recipe { name = \"a\", retry = { max = -1 } }", "retry.max must be a whole number from 0 to 100"),
            ("recipe { name = \"a\", retry = { max = 1.5 } }", "retry.max must be a whole number from 0 to 100"),
            ("recipe { name = \"a\", retry = { first = 10 } }", "retry.first must be a duration"),
            ("recipe { name = \"a\", retry = { most = \"8d\" } }", "retry.most must be a duration of 1ms to 7d"),
            ("recipe { name = \"a\", retry = { first = \"2h\", most = \"1h\" } }", "retry.first is longer than"),
            ("recipe { name = \"a\", retry = \"never\" }", "retry must be a table"),
            ("recipe { name = \"a\", echoes = 1 }", "echoes must be true or false"),
            ("recipe { name = \"a\", hosts = { \"https://x.com\" } }", "hosts takes names such as"),
            ("recipe { name = \"a\", hosts = { \"*.com\" } }", "hosts takes names such as"),
            ("recipe { name = \"a\", hosts = \"x.com\" }", "hosts must be a list of texts"),
            ("recipe { name = \"a\", scopes = { 1 } }", "scopes must be a list of texts"),
            ("recipe { name = \"a\", title = 1 }", "title must be a text"),
            ("recipe { name = \"a\", lmits = {} }", "unknown key 'lmits'"),
            ("recipe { name = \"a\", lmits = {} }", "did you mean limits?"),
            ("every(\"60 * * * *\", print)", "bad argument 'spec' to every: the minute field '60' is not understood"),
            ("every(\"@daily\", { tz = \"Europe/Berln\" }, print)", "tz: no time zone Europe/Berln"),
            ("every(\"@daily\", { zone = \"UTC\" }, print)", "unknown key 'zone'; keys are tz, title"),
            ("every(\"@daily\", { tz = 1 }, print)", "tz must be a zone"),
            ("every(\"@daily\")", "every(\"@daily\", …) needs a function"),
            ("every(\"@daily\", {})", "needs a function"),
            ("every(\"0 0 30 2 *\", print)", "never comes"),
            ("on(\"every:1\", print)", "is the name of a schedule"),
            ("for i = 1, 101 do every(\"@daily\", print) end", "a recipe has at most 100 schedules"),
        ])
    func refused(lua: String, words: String) async throws {
        guard case .failure(let failure) = try await result("\n" + lua) else {
            Issue.record("was taken: \(lua)")
            return
        }
        #expect(failure.message.contains("recipe.lua:2: "), "\(failure.message)")
        #expect(failure.message.contains(words), "\(failure.message)")
    }

    @Test("The waits of a retry double from the first to the most, and end")
    func waits() throws {
        let rule = try RetryRule(["max": 5, "first": "10s", "most": "1m"])
        #expect((0...6).map { rule.waitMS(before: $0) } == [nil, 10_000, 20_000, 40_000, 60_000, 60_000, nil])
        #expect(try RetryRule(["max": 0]).waitMS(before: 1) == nil)
        #expect(try RetryRule(["max": 100]).waitMS(before: 100) == RetryRule().mostMS)
        #expect(try RetryRule(["first": "2h"]).mostMS == 7_200_000)
    }

    @Test("A host pattern allows its host, or all below it")
    func hosts() throws {
        let cases: [(pattern: String, host: String, isAllowed: Bool)] = [
            ("api.example.com", "api.example.com", true), ("api.example.com", "example.com", false),
            ("api.example.com", "xapi.example.com", false), ("*.example.com", "a.example.com", true),
            ("*.example.com", "a.b.example.com", true), ("*.example.com", "example.com", false),
            ("*.example.com", "evilexample.com", false), ("*.example.com", ".example.com", false),
            ("localhost", "localhost", true),
        ]
        for (pattern, host, isAllowed) in cases {
            let parsed = try #require(HostPattern(pattern))
            #expect(parsed.allows(host) == isAllowed, "\(pattern) and \(host)")
        }
        for text in ["", "*", "*.", "a..b", "-a.com", "a-.com", "a b.com", "a.com:80", "a/b", "ä.com", "a.*.com"] {
            #expect(HostPattern(text) == nil, "\(text)")
        }
    }
}
