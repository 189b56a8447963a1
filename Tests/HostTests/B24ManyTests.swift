import Bitrix24
import Portal
import Testing
import Wire

@Suite struct B24ManyTests {
    private func leads(_ count: Int, _ title: String) -> String {
        "(function() local l = {}; for i = 1, \(count) do "
            + "l[i] = { fields = { TITLE = \"\(title) \" .. i } } end; return l end)()"
    }

    /// The titles on the portal must be exactly `title 1` to `title count`.
    private func checkExact(_ harness: RecipeHarness, _ title: String, _ count: Int) throws {
        let titles = try harness.portal.withEngine { (engine) throws(PortalFailure) in
            try engine.state.texts(
                "select json_extract(fields, '$.TITLE') from crm_item_1 where json_extract(fields, '$.TITLE') like ?",
                [.text("\(title) %")]
            ).map { $0[0] }
        }
        #expect(titles.count == count)
        #expect(Set(titles) == Set((1...count).map { "\(title) \($0)" }))
    }

    @Test("A list is packed by 50, and results come in its order")
    func results() async throws {
        let harness = try RecipeHarness()
        let run = try await harness.handler(
            """
            local ids = b24.many("crm.lead.add", \(leads(120, "packed")))
            return { #ids, b24.crm.lead.get { id = ids[1] }.TITLE, b24.crm.lead.get { id = ids[120] }.TITLE }
            """)
        #expect(run.reply == [120, "packed 1", "packed 120"], "\(run.failure?.message ?? "")")
        #expect(run.requests == 5)
        #expect(run.report.writes == 120)
        #expect(try await harness.reply("return #b24.many(\"crm.lead.add\", {})") == 0)
        #expect(
            try await harness.reply(
                "return b24.many(\"crm.item.add\", { { entityTypeId = 2, fields = { title = \"x\" } } })[1].title")
                == "x")
    }

    @Test("Failures are told item by item, and raised unless partial")
    func failures() async throws {
        let harness = try RecipeHarness()
        let list = "{ { id = 1, fields = { TITLE = \"a\" } }, { id = 4711, fields = { TITLE = \"b\" } } }"
        let partial = try await harness.reply(
            """
            local r, f = b24.many("crm.deal.update", \(list), { partial = true })
            return { r[1], r[2] == json.null, #f, f[1].item, f[1].uncertain, f[1].retryable, f[1].message }
            """)
        #expect(partial[0] == true && partial[1] == true && partial[2] == 1 && partial[3] == 2)
        #expect(partial[4] == false && partial[5] == false)
        #expect(partial[6]?.stringValue?.contains("item 2, crm.deal.update: Not found") == true)
        let raised = try await harness.handler("b24.many(\"crm.deal.update\", \(list))")
        #expect(raised.failure?.message.contains("1 of 2 items failed; item 2, crm.deal.update") == true)
        #expect(raised.failure?.fields["done"] == 1)
        let caught = try await harness.reply(
            """
            local _, e = pcall(b24.many, "crm.deal.update", \(list))
            return { #e.failures, e.failures[1].item, e.failed, e.done }
            """)
        #expect(caught == [1, 2, 1, 1])
    }

    @Test("Whatever becomes of answers, once leaves each record on the portal exactly once")
    func once() async throws {
        let harness = try RecipeHarness()
        let cases: [(kind: PortalFault.Kind, count: Int)] = [
            (.dropAfter, 2), (.dropBefore, 2), (.truncated, 1), (.cutJSON, 1), (.html, 1),
            (.errorAfter(status: 500, code: "INTERNAL_SERVER_ERROR", description: ""), 2),
            (.errorBefore(status: 502, code: "", description: ""), 2),
            (.errorBefore(status: 503, code: "QUERY_LIMIT_EXCEEDED", description: ""), 1),
        ]
        for (place, (kind, count)) in cases.enumerated() {
            let title = "once\(place)"
            try harness.fail("batch", kind, skip: 1, count: count)
            let run = try await harness.handler(
                "return #b24.many(\"crm.lead.add\", \(leads(230, title)), { once = true })",
                // What is sent again counts once.
                limits: ["writes": "230"])
            #expect(run.reply == 230, "\(kind): \(run.failure?.message ?? "")")
            #expect(run.report.writes == 230, "\(kind)")
            try checkExact(harness, title, 230)
        }
    }

    @Test("What a command alone meets inside its batch is settled command by command")
    func commands() async throws {
        let harness = try RecipeHarness()
        let cases: [PortalFault.Kind] = [
            .errorAfter(status: 500, code: "INTERNAL_SERVER_ERROR", description: ""),
            .errorBefore(status: 500, code: "INTERNAL_SERVER_ERROR", description: ""),
            .errorBefore(status: 503, code: "QUERY_LIMIT_EXCEEDED", description: ""),
        ]
        for (place, kind) in cases.enumerated() {
            let title = "inner\(place)"
            try harness.portal.withEngine { (engine) throws(PortalFailure) in
                engine.state.faults.add(PortalFault("crm.lead.add", kind, skip: 10, count: 30, isInBatch: true))
            }
            let run = try await harness.handler(
                "return #b24.many(\"crm.lead.add\", \(leads(120, title)), { once = true })")
            #expect(run.reply == 120, "\(kind): \(run.failure?.message ?? "")")
            try checkExact(harness, title, 120)
        }
    }

    @Test("Origins of the recipe's own make a second run add nothing")
    func rerun() async throws {
        let harness = try RecipeHarness()
        let body = """
            local l = {}
            for i = 1, 60 do l[i] = { fields = { TITLE = "own " .. i, ORIGIN_ID = "shop-" .. i } } end
            return b24.many("crm.lead.add", l, { once = true })
            """
        try harness.fail("batch", .dropAfter, skip: 1, count: 1)
        let first = try await harness.handler(body)
        let second = try await harness.handler(body)
        #expect(first.reply == second.reply)
        #expect(second.requests == 1)
        try checkExact(harness, "own", 60)
    }

    @Test("Without once, items whose answer was lost are uncertain, and say where to look")
    func uncertain() async throws {
        let harness = try RecipeHarness()
        try harness.fail("batch", .dropAfter, skip: 1, count: 1)
        let reply = try await harness.reply(
            """
            local r, f = b24.many("crm.lead.add", \(leads(120, "plain")), { partial = true })
            return { #f, f[1].item, f[1].uncertain, f[1].retryable, f[1].hint, r[50] ~= json.null, r[51] == json.null }
            """)
        // Several are on their way at once: which one the portal lost is not said.
        #expect([50, 20].contains(reply[0]))
        #expect(reply[2] == true && reply[3] == false)
        #expect(reply[4]?.stringValue?.contains("crm.lead.list") == true)
        try checkExact(harness, "plain", 120)
    }

    @Test("What is refused for everybody ends the rest unsent")
    func refusedForAll() async throws {
        let harness = try RecipeHarness()
        try harness.fail("batch", .errorBefore(status: 401, code: "NO_AUTH_FOUND", description: "no"))
        let run = try await harness.handler(
            "local _, f = b24.many(\"crm.lead.add\", \(leads(900, "none")), { partial = true })\nreturn #f")
        #expect(run.reply == 900)
        #expect(run.requests <= 8)
    }

    @Test("A plan lists every write and answers plausibly")
    func plan() async throws {
        let harness = try RecipeHarness()
        let run = try await harness.handler(
            "return #b24.many(\"crm.lead.add\", \(leads(60, "planned")), { once = true })", mode: .plan)
        #expect(run.reply == 60)
        #expect(run.report.plan.count == 60)
        #expect(run.requests == 0)
    }

    @Test("A list that passes the limit of writes is refused before its first")
    func limit() async throws {
        let harness = try RecipeHarness()
        let run = try await harness.handler(
            "b24.many(\"crm.lead.add\", \(leads(60, "much")))", limits: ["writes": "59"])
        #expect(run.failure?.kind == .limit)
        #expect(run.failure?.message.contains("59 writing commands; none of these 60 was sent") == true)
        #expect(run.requests == 0)
        let plan = try await harness.handler(
            "b24.many(\"crm.lead.add\", \(leads(120, "much")))", limits: ["writes": "110"], mode: .plan)
        #expect(plan.failure?.message.contains("limit 'writes' reached: 110 writing commands") == true)
        #expect(plan.failure?.message.contains("sent") == false)
        // Whole batches of 50.
        #expect(plan.report.plan.count == 100)
    }

    @Test("What cannot be done is refused in words before any request")
    func refused() async throws {
        let harness = try RecipeHarness()
        let cases: [(lua: String, message: String)] = [
            ("b24.many(\"crm.lead.ad\", {})", "there is no method 'crm.lead.ad'"),
            ("b24.many(\"tasks.task.add\", { {} }, { once = true })", "no origin"),
            ("b24.many(\"crm.lead.add\", { fields = {} })", "expected a list, got a table with names"),
            ("b24.many(\"crm.lead.add\", { 1 })", "item 1 must be a table of named parameters"),
            ("b24.many(\"crm.lead.add\", {}, { onec = true })", "there is no option 'onec'"),
            ("b24.many(\"crm.lead.add\", {}, { once = 1 })", "the option 'once' must be true or false"),
            ("b24.many(\"batch\", { {} })", "a batch inside a batch"),
        ]
        for (lua, message) in cases {
            let run = try await harness.handler(lua)
            #expect(run.failure?.message.contains(message) == true, "\(lua): \(run.failure?.message ?? "")")
            #expect(run.requests == 0, "\(lua)")
        }
    }
}
