import Bitrix24
import Portal
import Testing
import Wire

@Suite struct B24OnceTests {
    private let losses: [PortalFault.Kind] = [
        .dropAfter, .dropBefore, .truncated, .cutJSON, .html,
        .errorAfter(status: 500, code: "INTERNAL_SERVER_ERROR", description: ""),
        .errorBefore(status: 502, code: "", description: ""),
    ]

    @Test("An add whose fields carry an origin is settled, whatever became of its answer")
    func origin() async throws {
        let harness = try RecipeHarness()
        for (place, kind) in losses.enumerated() {
            try harness.fail("crm.lead.add", kind, count: 1)
            let run = try await harness.handler(
                """
                local origin = { TITLE = "o\(place)", ORIGINATOR_ID = "shop", ORIGIN_ID = "\(place)" }
                return b24.crm.lead.add { fields = origin }
                """, limits: ["writes": "1"])
            #expect(run.failure == nil, "\(kind): \(run.failure?.message ?? "")")
            let rows = try harness.ask("crm.lead.list", ["filter": ["TITLE": .string("o\(place)")], "select": ["ID"]])
            #expect(rows.arrayValue?.count == 1, "\(kind)")
            #expect(rows[0]?["ID"] == .string(run.reply.text), "\(kind)")
        }
    }

    @Test("b24.call with once adds one record, gives what the method gives, and tells nobody's fields apart")
    func call() async throws {
        let harness = try RecipeHarness()
        for (place, kind) in losses.enumerated() {
            try harness.fail("batch", kind, count: 1)
            let reply = try await harness.reply(
                """
                return b24.call("crm.item.add", { entityTypeId = 2, fields = { title = "c\(place)" } }, { once = true })
                """)
            #expect(reply["item"]?["title"] == .string("c\(place)"), "\(kind)")
            #expect(try harness.count("crm.deal.list", ["TITLE": .string("c\(place)")]) == 1, "\(kind)")
        }
        #expect(
            try await harness.failure("b24.call(\"crm.deal.delete\", { id = 1 }, { once = true })").contains("origin"))
        _ = try await harness.reply("return b24.crm.lead.add { fields = { TITLE = \"bare\" } }")
        let bare = try harness.ask("crm.lead.list", ["filter": ["TITLE": "bare"], "select": ["*"]])
        #expect(bare[0]?["ORIGIN_ID"]?.stringValue ?? "" == "")
    }

    @Test("A write of REST 3.0 is repeated under its key, and done once")
    func idempotencyKey() async throws {
        let harness = try RecipeHarness()
        for (place, kind) in losses.enumerated() {
            try harness.fail("tasks.task.add", kind, count: 1)
            let reply = try await harness.reply(
                """
                local fields = { title = "v\(place)", creatorId = 1, responsibleId = 1 }
                return b24.v3.tasks.task.add { fields = fields }.title
                """)
            #expect(reply == .string("v\(place)"), "\(kind)")
            let tasks = try harness.ask("tasks.task.list", ["filter": ["TITLE": .string("v\(place)")]])
            #expect(tasks["tasks"]?.arrayValue?.count == 1, "\(kind)")
        }
        // The same call twice is two records.
        let twice = try await harness.reply(
            """
            local fields = { title = "w", creatorId = 1, responsibleId = 1 }
            return b24.v3.tasks.task.add { fields = fields }.id ~= b24.v3.tasks.task.add { fields = fields }.id
            """)
        #expect(twice == true)
    }

    @Test("A list of REST 3.0 is done item by item, each once, whatever answers are lost; a bad item harms itself only")
    func listsOfV3() async throws {
        let harness = try RecipeHarness()
        for (kind, skip) in [(PortalFault.Kind.dropAfter, 1), (.truncated, 2), (.html, 4)] {
            try harness.fail("tasks.task.add", kind, skip: skip, count: 1)
        }
        let reply = try await harness.reply(
            """
            local list = {}
            for i = 1, 6 do list[i] = { fields = { title = "many " .. i, creatorId = 1, responsibleId = 1 } } end
            list[3].fields.title = ""
            local done, failures = b24.many("tasks.task.add", list, { v3 = true, once = true, partial = true })
            return { #done, done[1].title, done[6].title, done[3] == json.null, #failures, failures[1].item }
            """)
        #expect(reply == [6, "many 1", "many 6", true, 1, 3])
        let tasks = try harness.ask("tasks.task.list", ["filter": ["%TITLE": "many "]])["tasks"]?.arrayValue
        let titles = try #require(tasks).compactMap { $0["title"]?.stringValue }
        #expect(titles.sorted() == ["many 1", "many 2", "many 4", "many 5", "many 6"])
    }

    @Test("A batch of REST 3.0 is told by its methods, its option or the name v3, and leads references")
    func batch() async throws {
        let harness = try RecipeHarness()
        let cases = [
            """
            local r = b24.batch {
              a = { "v3.tasks.task.add", { fields = { title = "b", creatorId = 1, responsibleId = 1 } } },
              b = { "v3.tasks.task.get", { id = ref "a.item.id" } },
              c = { "v3.tasks.task.list", { filter = { { "id", "in", ref "d.*.id" } }, select = { "id" } } },
              d = { "v3.tasks.task.list", { select = { "id" } } },
            }
            return { r.b.title, #r.c == #r.d }
            """,
            """
            local r = b24.batch({
              { "tasks.task.add", { fields = { title = "b", creatorId = 1, responsibleId = 1 } } },
              { "tasks.task.get", { id = ref "1.item.id" } },
            }, { v3 = true })
            return { r[2].title, true }
            """,
        ]
        for lua in cases {
            let run = try await harness.handler(lua)
            #expect(run.reply == ["b", true], "\(run.failure?.message ?? "")")
            #expect(run.requests == 1)
            let planned = try await harness.handler(lua, mode: .plan)
            #expect(planned.failure == nil, "\(planned.failure?.message ?? "")")
            #expect(planned.report.plan.count == 1)
        }
    }

    @Test("A failing or impossible batch of REST 3.0 says what is wrong")
    func refusedBatches() async throws {
        let harness = try RecipeHarness()
        let cases: [(lua: String, words: String)] = [
            (
                "b24.batch { a = { \"v3.tasks.task.list\" }, b = { \"crm.deal.list\" } }",
                "command 'b': crm.deal.list is classic, others are REST 3.0"
            ),
            ("b24.batch({ { \"v3.tasks.task.list\" } }, { partial = true })", "whole or not at all"),
            ("b24.batch { a = { \"v3.tasks.task.get\", { id = 4711 } } }", "4711"),
            (
                "local c = {} for i = 1, 51 do c[i] = { \"v3.tasks.task.list\" } end b24.batch(c)",
                "51 commands are more than the 50"
            ),
        ]
        for (lua, words) in cases {
            let message = try await harness.failure(lua)
            #expect(message.contains(words), "\(message)")
        }
    }

    @Test("A failure inside a batch names its command, and a lost batch the writes in it")
    func named() async throws {
        let harness = try RecipeHarness()
        let inside = try await harness.failure(
            "b24.batch { good = { \"user.current\" }, bad = { \"crm.deal.get\", { id = 4711 } } }")
        #expect(inside.contains("command 'bad', crm.deal.get: Not found"))
        try harness.fail("batch", .dropAfter, count: 1)
        let lost = try await harness.handler(
            """
            b24.batch { me = { "user.current" }, d = { "crm.deal.add", { fields = { TITLE = "x" } } },
              c = { "crm.contact.add", { fields = { NAME = "x" } } } }
            """)
        let hint = lost.failure?.hint ?? ""
        #expect(hint.contains("'d' (crm.deal.add)") && hint.contains("'c' (crm.contact.add)"), "\(hint)")
        #expect(hint.contains("crm.deal.list") && hint.contains("crm.contact.list") && !hint.contains("user"))
        #expect(lost.failure?.fields["uncertain"] == true)
    }
}
