import Portal
import Testing
import Wire

@testable import Host

@Suite struct PlanTests {
    /// What a plan must not change.
    private func state(_ harness: RecipeHarness) throws -> [JSONValue] {
        try ["crm.deal.list", "crm.contact.list", "crm.lead.list", "crm.company.list"].map {
            try harness.ask($0, ["select": ["*", "PHONE"], "order": ["ID": "ASC"]])
        } + [
            try harness.ask("calendar.event.get", ["type": "user", "ownerId": 1]), try harness.ask("tasks.task.list"),
        ]
    }

    @Test("A plan does the reads and none of the writes: the portal stays as it was")
    func nothingIsWritten() async throws {
        let harness = try RecipeHarness()
        let before = try state(harness)
        let run = try await harness.handler(
            """
            local deal = b24.crm.deal.get { id = 1 }
            local contact = b24.crm.contact.add { fields = { NAME = "Ann" } }
            b24.crm.deal.update { id = 1, fields = { TITLE = deal.TITLE .. "!", CONTACT_ID = contact } }
            b24.crm.deal.delete { id = 2 }
            b24.tasks.task.add { fields = { TITLE = "x", RESPONSIBLE_ID = 1 } }
            b24.calendar.event.add { type = "user", ownerId = 1, name = "x", from = "2026-12-01", to = "2026-12-02" }
            b24.crm.item.update { entityTypeId = 2, id = 3, fields = { title = "y" } }
            b24.batch { a = { "crm.lead.add", { fields = { TITLE = "x" } } }, b = { "crm.lead.get", { id = 1 } } }
            b24.call("acme.unknown", { x = 1 }, { unknown = true })
            return run.mode
            """, mode: .plan)
        #expect(run.failure == nil, "\(run.failure?.message ?? "")")
        #expect(run.reply == "plan")
        #expect(
            run.report.plan.map(\.name) == [
                "crm.contact.add", "crm.deal.update", "crm.deal.delete", "tasks.task.add", "calendar.event.add",
                "crm.item.update", "crm.lead.add", "acme.unknown",
            ])
        #expect(try state(harness) == before)
    }

    @Test("Updates and deletions show what was there before")
    func before() async throws {
        let harness = try RecipeHarness()
        let run = try await harness.handler(
            """
            b24.crm.deal.update { id = 1, fields = { TITLE = "after", STAGE_ID = "NEW" } }
            b24.crm.deal.delete { id = 2 }
            b24.crm.item.update { entityTypeId = 2, id = 3, fields = { title = "after" } }
            b24.crm.deal.update { id = 4711, fields = { TITLE = "nobody" } }
            """, mode: .plan)
        let plan = run.report.plan
        try #require(plan.count == 4, "\(run.failure?.message ?? "")")
        #expect(plan[0].before?["TITLE"] == "Deep clean, 3-bedroom")
        #expect(plan[0].described.contains("TITLE: \"Deep clean, 3-bedroom\" -> \"after\""))
        #expect(!plan[0].described.contains("STAGE_ID"))
        #expect(plan[1].before?["ID"] == "2")
        #expect(plan[2].before?["id"] == 3)
        #expect(plan[3].before == nil)
    }

    @Test("Answers to planned writes have the method's shape, and their identifiers can be used")
    func plausibleAnswers() async throws {
        let harness = try RecipeHarness()
        let cases: [(lua: String, expected: JSONValue)] = [
            ("return math.type(b24.crm.deal.add { fields = { TITLE = \"x\" } })", "integer"),
            ("return b24.crm.deal.update { id = 1, fields = {} }", true),
            ("return b24.crm.deal.delete { id = 1 }", true),
            ("return math.type(b24.crm.item.add { entityTypeId = 2, fields = { title = \"x\" } }.id)", "integer"),
            ("return b24.crm.item.add { entityTypeId = 2, fields = { title = \"x\" } }.title", "x"),
            ("return math.type(b24.calendar.event.add { type = \"user\", ownerId = 1, name = \"x\" })", "integer"),
            ("return b24.crm.deal.add {} ~= b24.crm.deal.add {}", true),
            (
                "local c = b24.crm.contact; return c.update { id = c.add { fields = {} }, fields = {} }",
                true
            ),
        ]
        for (lua, expected) in cases {
            #expect(try await harness.reply(lua, mode: .plan) == expected, "\(lua)")
        }
    }

    @Test("A record that was planned can be read, changed and deleted like one that is there")
    func plannedRecords() async throws {
        let harness = try RecipeHarness()
        let run = try await harness.handler(
            """
            local deal = b24.crm.deal.add { fields = { TITLE = "x", STAGE_ID = "NEW" } }
            local item = b24.crm.item.add { entityTypeId = 2, fields = { title = "y" } }.id
            b24.crm.deal.update { id = deal, fields = { TITLE = "z" } }
            local both = b24.batch { d = { "crm.deal.get", { id = deal } }, u = { "user.current" } }
            b24.crm.deal.delete { id = deal }
            return { both.d.TITLE, both.d.STAGE_ID, both.d.ID == tostring(deal), both.u.NAME,
              b24.crm.item.get { entityTypeId = 2, id = item }.title, (pcall(b24.crm.deal.get, { id = deal })) }
            """, mode: .plan)
        #expect(
            run.reply == ["z", "NEW", true, "Olivia", "y", false], "\(run.reply.text) \(run.failure?.message ?? "")")
        #expect(run.report.plan.count == 4)
        #expect(run.report.plan.dropFirst(2).first?.before?["TITLE"] == "x")
    }

    @Test("In a batch, references lead into planned writes and into what was read")
    func batch() async throws {
        let harness = try RecipeHarness()
        let run = try await harness.handler(
            """
            return b24.batch {
              c = { "crm.contact.add", { fields = { NAME = "Ann" } } },
              d = { "crm.deal.add", { fields = { TITLE = "x", CONTACT_ID = ref "c", UF_LINK = ref("c", "C_") } } },
              old = { "crm.deal.get", { id = 1 } },
              e = { "crm.deal.add", { fields = { TITLE = ref "old.TITLE" } } },
            }
            """, mode: .plan)
        let plan = run.report.plan
        try #require(plan.count == 3, "\(run.failure?.message ?? "")")
        let contact = run.reply["c"] ?? .null
        let deal = plan.first { $0.arguments["fields"]?["CONTACT_ID"] != nil }
        #expect(contact.integerValue != nil)
        #expect(deal?.arguments["fields"]?["CONTACT_ID"] == contact)
        #expect(deal?.arguments["fields"]?["UF_LINK"] == .string("C_\(contact.text)"))
        #expect(plan.contains { $0.arguments["fields"]?["TITLE"] == "Deep clean, 3-bedroom" })
        #expect(try harness.count("crm.contact.list", ["NAME": "Ann"]) == 0)
    }

    @Test("The recipe sees what it stored, and afterwards nothing was stored")
    func store() async throws {
        let harness = try RecipeHarness()
        _ = try await harness.reply("store.set(\"old\", 1); store.set(\"gone\", 2)")
        let run = try await harness.handler(
            """
            store.set("new", { a = 1 })
            store.set("old", 3)
            store.delete("gone")
            return {
              new = store.get("new").a, old = store.get("old"), gone = store.get("gone") == nil, keys = store.keys(),
              swapped = store.swap("old", 3, 4), refused = store.swap("old", 3, 5),
            }
            """, mode: .plan)
        #expect(
            run.reply == [
                "gone": true, "keys": ["new", "old"], "new": 1, "old": 3, "refused": false, "swapped": true,
            ], "\(run.reply.text) \(run.failure?.message ?? "")")
        #expect(run.report.plan.map(\.name) == ["store.set", "store.set", "store.delete", "store.set"])
        #expect(run.report.plan[1].before == 1)
        let after = "return { store.get(\"old\"), store.get(\"gone\"), store.get(\"new\") == nil }"
        #expect(try await harness.reply(after) == [1, 2, true])
    }

    @Test("A sleep is listed and not slept")
    func sleeping() async throws {
        let harness = try RecipeHarness()
        let run = try await harness.handler("sleep(\"2d\")", limits: ["wall": "30s"], mode: .plan)
        #expect(run.failure == nil)
        #expect(run.report.plan.map(\.name) == ["sleep"])
    }
}
