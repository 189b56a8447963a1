import Net
import Portal
import Testing
import Wire

@testable import Host

/// Portals that misbehave: every trouble ends in one clear failure with its place, without the secret, and with
/// nothing done twice.
@Suite struct BadPortalTests {
    private func checkClear(_ run: RecipeHarness.Run, line: Int = 1, _ comment: String) {
        guard let failure = run.failure else {
            Issue.record("did not fail: \(comment)")
            return
        }
        #expect(failure.message.contains("recipe.lua:\(line): "), "\(comment): \(failure.message)")
        #expect(!failure.message.contains("\n"), "\(comment): \(failure.message)")
        #expect(failure.hint?.isEmpty == false, "\(comment)")
        #expect(!run.shown.contains(RecipeHarness.secret), "\(comment): \(run.shown)")
    }

    @Test("A read that a portal answers badly is asked again, and fails with what is wrong")
    func badReads() async throws {
        let cases: [(kind: PortalFault.Kind, code: String, words: String, requests: Int)] = [
            (.html, "NOT_JSON", "a web page instead of JSON", 2),
            (.truncated, "NO_ANSWER", "broke off", 6),
            (.cutJSON, "TRUNCATED_ANSWER", "ends in the middle", 2),
            (.dropBefore, "NO_ANSWER", "closed", 6),
            (
                .errorBefore(status: 500, code: "INTERNAL_SERVER_ERROR", description: "oops"), "INTERNAL_SERVER_ERROR",
                "oops", 6
            ),
            (.errorBefore(status: 403, code: "ACCESS_DENIED", description: "no"), "ACCESS_DENIED", "no", 1),
        ]
        let harness = try RecipeHarness()
        for (kind, code, words, requests) in cases {
            try harness.fail("crm.deal.get", kind)
            let run = try await harness.handler("b24.crm.deal.get { id = 1 }")
            checkClear(run, "\(kind)")
            #expect(run.failure?.fields["code"]?.stringValue == code, "\(kind)")
            #expect(run.failure?.message.contains(words) == true, "\(kind): \(run.failure?.message ?? "")")
            // A connection that breaks when it is used again is replaced by the HTTP client at once, for reads.
            #expect((requests...2 * requests).contains(run.requests), "\(kind): \(run.requests)")
            try harness.portal.withEngine { (engine) throws(PortalFailure) in engine.faults.removeAll() }
        }
    }

    @Test("A read that fails a few times and then succeeds is no failure")
    func recoveringReads() async throws {
        let harness = try RecipeHarness()
        let cases: [(kind: PortalFault.Kind, count: Int)] = [
            (.html, 1), (.cutJSON, 1), (.truncated, 2), (.dropBefore, 2), (.dropAfter, 2),
            (.errorBefore(status: 500, code: "", description: ""), 2),
            (.errorAfter(status: 502, code: "", description: ""), 2),
        ]
        for (kind, count) in cases {
            try harness.fail("crm.deal.get", kind, count: count)
            let run = try await harness.handler("return b24.crm.deal.get { id = 1 }.ID")
            #expect(run.reply == "1", "\(kind): \(run.failure?.message ?? "")")
            #expect(run.requests == count + 1, "\(kind)")
        }
    }

    @Test("A write of unknown outcome is not repeated, and is called uncertain")
    func uncertainWrites() async throws {
        let harness = try RecipeHarness()
        let cases: [(kind: PortalFault.Kind, written: Int)] = [
            (.errorAfter(status: 500, code: "INTERNAL_SERVER_ERROR", description: ""), 1),
            (.errorBefore(status: 500, code: "INTERNAL_SERVER_ERROR", description: ""), 0),
            (.dropAfter, 1), (.dropBefore, 0), (.truncated, 1), (.cutJSON, 1), (.html, 0),
        ]
        for (place, (kind, written)) in cases.enumerated() {
            let title = "uncertain \(place)"
            try harness.fail("crm.deal.add", kind, count: 1)
            let run = try await harness.handler("b24.crm.deal.add { fields = { TITLE = \"\(title)\" } }")
            checkClear(run, "\(kind)")
            #expect(run.failure?.fields["uncertain"] == true, "\(kind)")
            #expect(run.failure?.fields["retryable"] == false, "\(kind)")
            #expect(run.failure?.hint?.contains("crm.deal.list") == true, "\(kind)")
            #expect(run.requests == 1, "\(kind): \(run.requests)")
            #expect(try harness.count("crm.deal.list", ["TITLE": .string(title)]) == written, "\(kind)")
        }
    }

    @Test("A batch with writes of unknown outcome is not repeated either")
    func uncertainBatch() async throws {
        let harness = try RecipeHarness()
        try harness.fail("batch", .dropAfter, count: 1)
        let run = try await harness.handler(
            "b24.batch { { \"user.current\" }, { \"crm.deal.add\", { fields = { TITLE = \"once\" } } } }")
        checkClear(run, "batch")
        #expect(run.failure?.fields["uncertain"] == true)
        #expect(run.requests == 1)
        #expect(try harness.count("crm.deal.list", ["TITLE": "once"]) == 1)
    }

    @Test("A portal that is too busy is asked again a second later, also for writes, which then happen once")
    func busy() async throws {
        let harness = try RecipeHarness()
        let busy = PortalFault.Kind.errorBefore(
            status: 503, code: "QUERY_LIMIT_EXCEEDED", description: "Too many requests")
        try harness.fail("*", busy, count: 1)
        let run = try await harness.handler("return b24.crm.deal.add { fields = { TITLE = \"patient\" } }")
        #expect(run.reply.integerValue != nil, "\(run.failure?.message ?? "")")
        #expect(run.requests == 2)
        #expect(try harness.count("crm.deal.list", ["TITLE": "patient"]) == 1)
    }

    @Test("A portal that nobody answers for fails clearly")
    func refusedConnection() async throws {
        let harness = try RecipeHarness()
        // A port that was free a moment ago.
        let gone = try RecipeHarness()
        let address = gone.address.webhook
        gone.portal.stop()
        for lua in ["b24.user.current()", "b24.crm.deal.add { fields = {} }"] {
            let run = try await harness.handler(lua, on: try RecipeHarness.connection(to: address))
            checkClear(run, lua)
            #expect(run.failure?.fields["code"] == "NO_ANSWER")
            #expect(run.failure?.fields["uncertain"] == false)
        }
    }

    @Test("A portal that never answers is left when the run's wall time is over, and no pcall hides that")
    func silence() async throws {
        let harness = try RecipeHarness()
        try harness.fail("crm.deal.get", .never)
        let run = try await harness.handler(
            "pcall(b24.crm.deal.get, { id = 1 }); pcall(b24.crm.deal.get, { id = 1 })", limits: ["wall": "150ms"])
        #expect(run.failure?.kind == .limit)
        #expect(run.failure?.message.contains("wall") == true, "\(run.failure?.message ?? "")")
        // None, where the machine was too busy to send it in time.
        #expect(run.requests <= 1)
    }

    @Test("A portal that was renamed is followed with the same POST, and remembered")
    func renamed() async throws {
        let old = try RecipeHarness()
        let new = try RecipeHarness()
        try old.fail("*", .redirect(to: new.address.url))
        let run = try await old.handler(
            """
            local id = b24.crm.deal.add { fields = { TITLE = "moved" } }
            return b24.crm.deal.get { id = id }.TITLE
            """)
        #expect(run.reply == "moved", "\(run.failure?.message ?? "")")
        #expect(run.requests == 1)
        #expect(try old.count("crm.deal.list", ["TITLE": "moved"]) == 0)
        #expect(try new.count("crm.deal.list", ["TITLE": "moved"]) == 1)
    }

    @Test(
        "A redirect that is no renaming is not followed",
        arguments: [
            "http://portal.example/", "https://127.0.0.1:1/elsewhere", "nonsense://",
        ])
    func strangeRedirect(target: String) async throws {
        let harness = try RecipeHarness()
        try harness.fail("*", .redirect(to: target))
        let run = try await harness.handler("b24.crm.deal.add { fields = {} }")
        checkClear(run, target)
        #expect(run.failure?.fields["code"] == "PORTAL_MOVED")
        #expect(run.requests == 1)
    }

    @Test("An answer larger than we take is refused once, with what to do")
    func large() async throws {
        let harness = try RecipeHarness()
        try harness.fail("crm.deal.list", .large(bytes: 20 << 20))
        let run = try await harness.handler("b24.crm.deal.list()")
        checkClear(run, "large")
        #expect(run.failure?.fields["code"] == "ANSWER_TOO_LARGE")
        #expect(run.requests == 1)
    }

    @Test("A wrong secret is trouble of the configuration, and is not shown")
    func wrongSecret() async throws {
        let harness = try RecipeHarness()
        let wrong = harness.address.webhook.replacing(RecipeHarness.secret, with: "wrong0wrong0wrong")
        let run = try await harness.handler("b24.user.current()", on: try RecipeHarness.connection(to: wrong))
        checkClear(run, "wrong secret")
        #expect(run.failure?.kind == .configuration)
        #expect(!run.shown.contains("wrong0wrong0wrong"))
        #expect(run.requests == 1)
    }

    @Test("A recipe that got over a refused webhook and then fails of itself has failed of itself")
    func ownFailure() async throws {
        let harness = try RecipeHarness()
        let wrong = harness.address.webhook.replacing(RecipeHarness.secret, with: "wrong0wrong0wrong")
        let connection = try RecipeHarness.connection(to: wrong)
        let run = try await harness.handler("pcall(b24.user.current); error(\"my own\")", on: connection)
        #expect(run.failure?.kind == .failed)
        let again = try await harness.handler(
            "local ok, e = pcall(b24.user.current); error(e)", on: connection)
        #expect(again.failure?.kind == .configuration)
    }

    @Test("Without a portal a call says how to name one")
    func noPortal() async throws {
        let harness = try RecipeHarness()
        let file = try harness.file("recipe.lua", "b24.user.current()")
        let report = await RecipeRun.run(
            RunRequest(recipe: try RecipeFolder(file.path)),
            in: RunEnvironment(portal: nil, store: harness.store, output: { _ in }, log: { _ in }))
        #expect(report.failure?.kind == .configuration)
        #expect(report.failure?.message.contains("no portal is configured") == true)
        #expect(report.failure?.hint?.contains("BITRIX24_WEBHOOK_URL") == true)
    }

    @Test("Strange values in an answer reach the recipe, or fail clearly; the process lives")
    func strangeValues() async throws {
        let deep = String(repeating: "[", count: 10_000) + String(repeating: "]", count: 10_000)
        let cases: [(name: String, body: [UInt8], lua: String, expected: JSONValue?)] = [
            ("NUL", Array(#"{"result":{"A":"x\u0000y"}}"#.utf8), "#b24.crm.deal.get { id = 1 }.A", 3),
            ("lone surrogate", Array(#"{"result":{"A":"\ud800"}}"#.utf8), "type(b24.crm.deal.get { id = 1 }.A)", nil),
            ("invalid UTF-8", Array(#"{"result":{"A":""#.utf8) + [0xFF, 0xFE] + Array(#""}}"#.utf8), "1", nil),
            ("10 000 levels", Array("{\"result\":\(deep)}".utf8), "1", nil),
            ("a huge number", Array(#"{"result":1e999}"#.utf8), "1", nil),
            ("no result", Array(#"{"time":{}}"#.utf8), "1", nil),
            ("null", Array(#"{"result":null}"#.utf8), "b24.crm.deal.get { id = 1 } == json.null", true),
            ("an empty answer", [], "1", nil),
            ("a list instead of an envelope", Array("[1,2]".utf8), "1", nil),
        ]
        for (name, body, lua, expected) in cases {
            let server = HTTPServer(HTTPServer.Configuration()) { _, responder in
                responder.respond(status: 200, headers: [(name: "Content-Type", value: "application/json")], body: body)
            }
            let port = try server.start()
            defer { server.stop() }
            let harness = try RecipeHarness()
            let connection = try RecipeHarness.connection(
                to: "http://127.0.0.1:\(port)/rest/1/\(RecipeHarness.secret)/")
            defer { connection.close() }
            let read = expected == nil ? "b24.crm.deal.get { id = 1 } return \(lua)" : "return \(lua)"
            let run = try await harness.handler(read, on: connection)
            if let expected {
                #expect(run.reply == expected, "\(name): \(run.failure?.message ?? "")")
            } else if run.failure != nil {
                checkClear(run, name)
            } else {
                #expect(name == "lone surrogate" || name == "a huge number", "\(name) was taken")
            }
        }
    }

    @Test("Values too deep, too large or without a JSON form do not leave the recipe, whatever they are for")
    func strangeArguments() async throws {
        let harness = try RecipeHarness()
        let cases: [(lua: String, words: String)] = [
            ("local t = {}; for _ = 1, 10000 do t = { t } end; b24.crm.deal.add { fields = t }", "depth"),
            ("b24.crm.deal.add { fields = { TITLE = (\"x\"):rep(17 << 20) } }", "size"),
            ("b24.crm.deal.add { fields = { TITLE = coroutine.create(print) } }", "fields.TITLE"),
            ("store.set(\"k\", { f = print })", "f"),
            ("b24.batch { a = { \"crm.deal.add\", { fields = { TITLE = \"\\xff\" } } } }", "UTF-8"),
        ]
        for (lua, words) in cases {
            let run = try await harness.handler(lua)
            #expect(run.failure?.message.contains(words) == true, "\(lua): \(run.failure?.message ?? "-")")
            #expect(run.requests == 0)
        }
    }
}
