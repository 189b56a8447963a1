import Testing
import Wire

@testable import Portal

@Suite struct B24RowsTests {
    /// A portal with a known number of leads.
    private func harness(leads: Int) throws -> RecipeHarness {
        let harness = try RecipeHarness()
        let before = try harness.count("crm.lead.list")
        try harness.portal.withEngine { (engine) throws(PortalFailure) in
            _ = try engine.addRecords(entityTypeID: 1, count: leads - before) { ["TITLE": .string("L\($0)")] }
        }
        return harness
    }

    @Test("each and all bring every row once, by identifier and by offset")
    func everyRow() async throws {
        let harness = try harness(leads: 123)
        let cases: [(name: String, arguments: String)] = [
            ("by identifier", "\"crm.lead.list\""),
            ("by identifier, with a selection", "\"CRM.LEAD.LIST\", { select = { \"TITLE\", \"ID\" } }"),
            ("by the caller's order", "\"crm.lead.list\", { order = { TITLE = \"DESC\" } }"),
        ]
        for (name, arguments) in cases {
            let reply = try await harness.reply(
                """
                local seen, count, twice = {}, 0, 0
                for lead in b24.each(\(arguments)) do
                  count = count + 1
                  if seen[lead.ID] then twice = twice + 1 end
                  seen[lead.ID] = true
                end
                return { count, twice, #b24.all(\(arguments)) }
                """)
            #expect(reply == [123, 0, 123], "\(name)")
        }
    }

    @Test("Lists of every paging kind come whole")
    func kinds() async throws {
        let harness = try RecipeHarness()
        let cases: [(arguments: String, count: JSONValue)] = [
            ("\"user.get\", { ADMIN_MODE = true }", 9),
            ("\"crm.item.list\", { entityTypeId = 2 }", 15),
            ("\"crm.deal.list\", { filter = { CATEGORY_ID = 1 } }", 3),
            ("\"tasks.task.list\"", 3),
            ("\"department.get\"", 3),
            ("\"crm.status.list\", { filter = { ENTITY_ID = \"DEAL_STAGE\" } }", 8),
            ("\"crm.lead.list\", { filter = { TITLE = \"nothing has this title\" } }", 0),
        ]
        for (arguments, count) in cases {
            #expect(try await harness.reply("return #b24.all(\(arguments))") == count, "\(arguments)")
            let each = "local n = 0; for _ in b24.each(\(arguments)) do n = n + 1 end; return n"
            #expect(try await harness.reply(each) == count, "\(arguments)")
        }
    }

    @Test("Filters hold on every page")
    func filters() async throws {
        let harness = try harness(leads: 200)
        let reply = try await harness.reply(
            """
            local low, high = 1e9, 0
            for lead in b24.each("crm.lead.list", { filter = { [">ID"] = 4, ["<=ID"] = 181 }, select = { "ID" } }) do
              low, high = math.min(low, tonumber(lead.ID)), math.max(high, tonumber(lead.ID))
            end
            return { low, high }
            """)
        #expect(reply == [5, 181])
    }

    @Test("Breaking out of a loop stops asking")
    func leaving() async throws {
        let harness = try harness(leads: 290)
        let run = try await harness.handler(
            "for lead in b24.each(\"crm.lead.list\") do break end; return #b24.all(\"user.get\") > 0"
        )
        #expect(run.reply == true)
        #expect(run.requests <= 3)
        let whole = try await harness.handler(
            "for _ in b24.each(\"crm.lead.list\", { order = { ID = \"DESC\" } }) do end")
        #expect(whole.requests <= 6)
    }

    @Test("Rows added and removed meanwhile cost no other row, and none comes twice")
    func changes() async throws {
        let harness = try harness(leads: 140)
        let reply = try await harness.reply(
            """
            local seen, twice, first = {}, 0, nil
            for lead in b24.each("crm.lead.list", { select = { "ID" } }) do
              if not first then
                first = true
                b24.crm.lead.delete { id = lead.ID }
                b24.crm.lead.add { fields = { TITLE = "late" } }
              end
              if seen[lead.ID] then twice = twice + 1 end
              seen[lead.ID] = true
            end
            local lost = 0
            for id = 1, 140 do if not seen[tostring(id)] then lost = lost + 1 end end
            return { twice, lost }
            """)
        #expect(reply == [0, 0])
    }

    @Test("What is no list is refused in words")
    func noLists() async throws {
        let harness = try RecipeHarness()
        let cases: [(lua: String, message: String)] = [
            ("b24.all(\"crm.deal.add\")", "it is no list to be read"),
            ("b24.all(\"server.time\")", "the result is not a list of rows"),
            ("b24.all(\"crm.del.list\")", "there is no method 'crm.del.list'"),
            ("b24.all(\"crm.deal.list\", { 1 })", "expected table of named parameters"),
            ("b24.all()", "bad argument 'method' to b24.all"),
            ("for _ in b24.each(\"crm.deal.add\") do end", "it is no list to be read"),
        ]
        for (lua, message) in cases {
            let failure = try await harness.failure(lua)
            #expect(failure.contains(message), "\(lua): \(failure)")
            #expect(failure.contains("recipe.lua:1: "), "\(failure)")
        }
    }

    @Test("A failure on a later page is raised inside the loop, and can be caught")
    func laterFailure() async throws {
        let harness = try harness(leads: 130)
        try harness.fail("batch", .errorBefore(status: 400, code: "NO", description: "not today"), skip: 1)
        let reply = try await harness.reply(
            """
            local count = 0
            local ok, e = pcall(function()
              for _ in b24.each("crm.lead.list") do count = count + 1 end
            end)
            return { ok, count, e.code }
            """)
        #expect(reply == [false, 50, "NO"])
    }
}
