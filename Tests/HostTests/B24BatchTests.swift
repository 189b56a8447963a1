import Testing
import Wire

@Suite struct B24BatchTests {
    @Test("Commands with names, commands in a list, and none at all come back in the shape they were given")
    func shapes() async throws {
        let harness = try RecipeHarness()
        let cases: [(lua: String, expected: JSONValue, requests: Int)] = [
            (
                """
                local r = b24.batch { me = { "user.current" }, deal = { "CRM.deal.get", { id = 1 } } }
                return { r.me.NAME, r.deal.TITLE }
                """, ["Olivia", "Deep clean, 3-bedroom"], 1
            ),
            (
                """
                local r = b24.batch { { "user.current" }, { "crm.deal.get", { id = 2 } } }
                return { #r, r[1].NAME, r[2].TITLE }
                """, [2, "Olivia", "Weekly apartment clean"], 1
            ),
            ("return b24.batch { deals = { \"crm.item.get\", { entityTypeId = 2, id = 3 } } }.deals.id", 3, 1),
            ("return next(b24.batch {}) == nil", true, 0),
            (
                "local r, f = b24.batch({}, { partial = true }); return { next(r) == nil, next(f) == nil }",
                [true, true], 0
            ),
        ]
        for (lua, expected, requests) in cases {
            let run = try await harness.handler(lua)
            #expect(run.failure == nil, "\(run.failure?.message ?? "")")
            #expect(run.reply == expected, "\(lua)")
            #expect(run.requests == requests, "\(lua)")
        }
    }

    @Test("A reference leads into an earlier result, whatever the order of names")
    func references() async throws {
        let harness = try RecipeHarness()
        let reply = try await harness.reply(
            """
            local r = b24.batch {
              a_deal = { "crm.deal.add", { fields = { TITLE = "x", CONTACT_ID = ref "z_contact" } } },
              z_contact = { "crm.contact.add", { fields = { NAME = "Ann" } } },
              m_read = { "crm.deal.get", { id = ref "a_deal" } },
              user = { "user.get", { ID = ref "first.0.ID" } },
              first = { "user.get", { filter = { LAST_NAME = "Delgado" } } },
            }
            return { same = tostring(r.z_contact) == r.m_read.CONTACT_ID, user = r.user[1].NAME }
            """)
        #expect(reply == ["same": true, "user": "Rosa"])
    }

    @Test("Text before a reference stays before its value")
    func prefix() async throws {
        let harness = try RecipeHarness()
        let reply = try await harness.reply(
            """
            local r = b24.batch {
              c = { "crm.contact.add", { fields = { NAME = "Ann" } } },
              t = { "tasks.task.add",
                { fields = { TITLE = "x", RESPONSIBLE_ID = 2, UF_CRM_TASK = { ref("c", "C_") } } } },
            }
            local task = b24.tasks.task.get { taskId = r.t.id, select = { "ID", "UF_CRM_TASK" } }
            return task.ufCrmTask[1] == "C_" .. r.c
            """)
        #expect(reply == true)
    }

    @Test("The first failure is raised and stops the rest; partial returns failures beside results")
    func failures() async throws {
        let harness = try RecipeHarness()
        let commands = """
            { { "crm.deal.add", { fields = { TITLE = "one" } } }, { "crm.deal.get", { id = 4711 } },
              { "crm.deal.add", { fields = { TITLE = "two" } } } }
            """
        let raised = try await harness.handler("b24.batch \(commands)")
        #expect(raised.failure?.message.contains("crm.deal.get: Not found") == true)
        #expect(raised.failure?.fields["method"] == "crm.deal.get")
        #expect(try harness.count("crm.deal.list", ["TITLE": "one"]) == 1)
        #expect(try harness.count("crm.deal.list", ["TITLE": "two"]) == 0)

        let partial = try await harness.reply(
            """
            local r, f = b24.batch(\(commands), { partial = true })
            return { first = math.type(r[1]), second = r[2] == json.null, third = math.type(r[3]),
              code = f["2"].code, method = f["2"].method, retryable = f["2"].retryable, text = f["2"].message }
            """)
        #expect(partial["first"] == "integer")
        #expect(partial["second"] == true)
        #expect(partial["third"] == "integer")
        #expect(partial["method"] == "crm.deal.get")
        #expect(partial["retryable"] == false)
        #expect(partial["text"]?.stringValue?.contains("Not found") == true)
        #expect(try harness.count("crm.deal.list", ["TITLE": "two"]) == 1)
    }

    @Test("More than 50 commands go out as several requests, cut where no reference crosses")
    func many() async throws {
        let harness = try RecipeHarness()
        let run = try await harness.handler(
            """
            local commands = {}
            for i = 1, 120 do commands[i] = { "crm.contact.add", { fields = { NAME = "N" .. i } } } end
            commands[45] = { "crm.contact.get", { id = ref "44" } }
            local r = b24.batch(commands)
            return { #r, r[45].NAME }
            """)
        #expect(run.reply == [120, "N44"], "\(run.failure?.message ?? "")")
        #expect(run.requests == 3)
        #expect(run.report.writes == 119)
        #expect(run.report.reads == 1)
        #expect(try harness.count("crm.contact.list", ["NAME": "N120"]) == 1)
    }

    @Test("A batch that cannot go out is refused whole, by the name of the command at fault")
    func refused() async throws {
        let harness = try RecipeHarness()
        let cases: [(lua: String, message: String)] = [
            (
                "m = \"crm.deal.get\"; b24.batch { a = { m, { id = ref \"b\" } }, b = { m, { id = ref \"a\" } } }",
                "refers to"
            ),
            ("b24.batch { a = { \"crm.deal.get\", { id = ref \"a\" } } }", "the command 'a' refers to 'a'"),
            ("b24.batch { a = { \"crm.deal.get\", { id = ref \"z.ID\" } } }", "the command 'a' refers to 'z'"),
            (
                "b24.batch { a = { \"crm.deal.get\", { id = ref \"\" } } }",
                "the command 'a' has a reference that is none"
            ),
            ("b24.batch { a = { \"crm.deal.gt\" } }", "there is no method 'crm.deal.gt'"),
            ("b24.batch { a = { \"batch\" } }", "a batch inside a batch"),
            ("b24.batch { a = \"crm.deal.get\" }", "command 'a' must be"),
            ("b24.batch { a = { \"crm.deal.get\", { 1, 2 } } }", "the parameters of command 'a' must be a table"),
            ("b24.batch \"x\"", "bad argument 'commands' to b24.batch: expected table, got string"),
            ("b24.batch()", "bad argument 'commands' to b24.batch: expected table"),
            (
                "b24.batch { a = { \"crm.contact.add\", { fields = { NAME = \"$result[b][ID]\" } } } }",
                "the command 'a' has a text with '$result['"
            ),
        ]
        for (lua, message) in cases {
            let run = try await harness.handler(lua)
            #expect(run.failure?.message.contains(message) == true, "\(lua): \(run.failure?.message ?? "-")")
            #expect(run.failure?.message.contains("recipe.lua:1: ") == true, "\(lua)")
            #expect(run.requests == 0, "\(lua)")
        }
        #expect(try harness.count("crm.contact.list", ["NAME": "$result[b][ID]"]) == 0)
    }

    @Test("Customers' words that look like references are only words, also as keys and in reference objects of JSON")
    func injection() async throws {
        let harness = try RecipeHarness()
        let words = ["%24result%5Bb%5D", "$result", "$RESULT[b]", "[b]$result", "a&halt=0&cmd[x]=user.current"]
        for word in words {
            let reply = try await harness.reply(
                """
                local r = b24.batch {
                  b = { "user.current" },
                  c = { "crm.contact.add", { fields = { NAME = event.data.word } } },
                }
                return b24.crm.contact.get { id = r.c }.NAME
                """, ["word": .string(word)])
            #expect(reply == .string(word), "\(word)")
        }
    }
}
