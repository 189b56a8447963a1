import Testing
import Wire

@Suite struct B24CallTests {
    @Test("A method is called by its path in any letter case, and brings the useful part of its result")
    func paths() async throws {
        let harness = try RecipeHarness()
        let cases: [(lua: String, expected: JSONValue)] = [
            ("return b24.crm.deal.get { id = 1 }.TITLE", "Deep clean, 3-bedroom"),
            ("return b24.CRM.Deal.GET { ID = 1 }.TITLE", "Deep clean, 3-bedroom"),
            ("local crm = b24.crm; return crm.deal.get { id = 1 }.ID", "1"),
            ("return #b24.crm.deal.list { filter = { STAGE_ID = \"NEW\" } }", 8),
            ("return b24.crm.item.get { entityTypeId = 2, id = 1 }.title", "Deep clean, 3-bedroom"),
            ("return b24.user.current().NAME", "Olivia"),
            ("return b24.tasks.task.get { taskId = 1 }.title", "Order more glass cleaner"),
            ("return math.type(b24.crm.deal.add { fields = { TITLE = \"x\" } })", "integer"),
        ]
        for (lua, expected) in cases { #expect(try await harness.reply(lua) == expected, "\(lua)") }
    }

    @Test("The second result tells the page: total, next and time")
    func page() async throws {
        let harness = try RecipeHarness { $0.pageRows = 5 }
        let page = try await harness.reply("local _, page = b24.crm.deal.list(); return page")
        #expect(page["total"] == 15)
        #expect(page["next"] == 5)
        #expect(page["time"]?["duration"] != nil)
        let last = try await harness.reply("local _, page = b24.crm.deal.list { start = 10 }; return page")
        #expect(last["next"] == nil)
    }

    @Test("b24.call leaves the result untouched")
    func untouched() async throws {
        let harness = try RecipeHarness()
        let lua = "local r, page = b24.call(\"CRM.item.list\", { entityTypeId = 2 }); return { #r.items, page.total }"
        #expect(try await harness.reply(lua) == [15, 15])
        #expect(try await harness.reply("return b24.call(\"server.time\")").stringValue != nil)
    }

    @Test("What cannot be called is refused before any request, with its place and what was meant")
    func refusedBefore() async throws {
        let harness = try RecipeHarness()
        let cases: [(lua: String, message: String)] = [
            ("b24.crm.deal.lst {}", "there is no method 'crm.deal.lst'; did you mean crm.deal.list"),
            ("b24.call(\"crm.deal.lst\")", "there is no method 'crm.deal.lst'; did you mean crm.deal.list"),
            ("b24.v3.crm.deal.get {}", "crm.deal.get has no REST 3.0 form; call b24.crm.deal.get"),
            ("b24.crm.deal.get(7)", "expected table, got number"),
            ("b24.crm.deal.get \"7\"", "expected table, got string"),
            ("b24.call()", "bad argument 'method' to b24.call: expected string, got nothing"),
            ("b24.call(\"crm.deal.get\", 7)", "bad argument 'parameters' to b24.call: expected table, got number"),
            ("b24.crm.deal.add { fields = { TITLE = print } }", "fields.TITLE"),
            ("b24.crm.deal.add { fields = { TITLE = 0/0 } }", "fields.TITLE"),
            ("b24.crm.deal.add { fields = { TITLE = \"\\xff\" } }", "fields.TITLE"),
            ("local t = {}; t.t = t; b24.crm.deal.add(t)", "t: the table contains itself"),
        ]
        for (lua, message) in cases {
            let run = try await harness.handler("\n" + lua)
            let failure = try #require(run.failure, "\(lua)")
            #expect(failure.message.contains(message), "\(lua): \(failure.message)")
            #expect(failure.message.contains("recipe.lua:2: "), "\(failure.message)")
            #expect(run.requests == 0, "\(lua)")
        }
    }

    @Test("A parameter that the method does not know is warned of, once for each method and name")
    func strangeParameters() async throws {
        let harness = try RecipeHarness()
        let run = try await harness.handler(
            """
            for _ = 1, 2 do b24.crm.deal.list { selct = { "ID" }, filter = { ID = 1 } } end
            b24.all("crm.deal.list", { selct = { "ID" }, filter = { ID = 1 } })
            b24.all("crm.lead.list", { fliter = { ID = 1 } })
            pcall(b24.many, "crm.lead.add", { { fieds = {} }, { fieds = {} } })
            b24.batch { { "crm.deal.get", { id = 1, idd = 1 } } }
            """)
        #expect(run.failure == nil)
        #expect(
            run.log == [
                "warn crm.deal.list knows no parameter 'selct'; did you mean select?",
                "warn crm.lead.list knows no parameter 'fliter'; did you mean filter?",
                "warn crm.lead.add knows no parameter 'fieds'; did you mean fields?",
                "warn crm.deal.get knows no parameter 'idd'; did you mean id?",
            ])
    }

    @Test("A method the host does not know is called on request")
    func unknown() async throws {
        let harness = try RecipeHarness()
        let run = try await harness.handler("b24.call(\"acme.own.method\", {}, { unknown = true })")
        #expect(run.requests == 1)
        #expect(run.failure?.fields["code"] == "ERROR_METHOD_NOT_FOUND")
        #expect(run.failure?.fields["status"] == 404)
    }

    @Test("pcall around a failing call gives a table a recipe can decide by, and one readable line")
    func caught() async throws {
        let harness = try RecipeHarness()
        let reply = try await harness.reply(
            """

            local ok, e = pcall(b24.crm.deal.get, { id = 4711 })
            return { ok = ok, code = e.code, message = e.message, method = e.method, status = e.status,
              retryable = e.retryable, text = tostring(e) }
            """)
        #expect(reply["ok"] == false)
        #expect(reply["method"] == "crm.deal.get")
        #expect(reply["status"] == 400)
        #expect(reply["retryable"] == false)
        #expect(reply["message"]?.stringValue?.contains("Not found") == true)
        #expect(reply["code"]?.stringValue != nil)
        #expect(reply["text"]?.stringValue?.contains("\n") == false)
    }

    @Test("An uncaught failure has place, method, the portal's words and what to do")
    func uncaught() async throws {
        let harness = try RecipeHarness()
        let failure = try #require(try await harness.handler("\n\nb24.crm.deal.get { id = 4711 }").failure)
        #expect(failure.message.hasSuffix("recipe.lua:3: crm.deal.get: Not found (HTTP 400)"), "\(failure.message)")
        #expect(failure.hint?.isEmpty == false)
        #expect(failure.kind == .failed)
    }

    @Test("Customers' words travel unharmed, whatever they are made of")
    func words() async throws {
        let harness = try RecipeHarness()
        let words = [
            "Zoë & Søn <b>", "a=b&c[d]=e+f%20", "\"quotes\" 'and' \\", "tab\tline\nend", "😀", "$result[x]", "\0",
        ]
        for word in words {
            let reply = try await harness.reply(
                """
                local id = b24.crm.deal.add { fields = { TITLE = event.data.word } }
                return b24.crm.deal.get { id = id }.TITLE
                """, ["word": .string(word)])
            #expect(reply == .string(word), "\(word.debugDescription)")
        }
    }
}
