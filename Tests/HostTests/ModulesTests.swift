import Foundation
import Testing
import Wire

@testable import Host

@Suite struct ModulesTests {
    /// What each line of Lua gives.
    private func check(_ harness: RecipeHarness, _ cases: [(lua: String, expected: JSONValue)]) async throws {
        for (lua, expected) in cases {
            let run = try await harness.handler(lua)
            #expect(run.reply == expected, "\(lua): \(run.reply.text) \(run.failure?.message ?? "")")
        }
    }

    /// How each line of Lua fails: with these words, with its place, and without asking the portal.
    private func checkFailures(_ harness: RecipeHarness, _ cases: [(lua: String, words: String)]) async throws {
        for (lua, words) in cases {
            let run = try await harness.handler(lua)
            let message = run.failure?.message ?? "did not fail"
            #expect(message.contains(words), "\(lua): \(message)")
            #expect(message.contains("recipe.lua:1: "), "\(lua): \(message)")
            #expect(!message.contains("\n"))
        }
    }

    @Test("The store keeps values, compares before it swaps, and lists keys in order")
    func store() async throws {
        let harness = try RecipeHarness()
        try await check(
            harness,
            [
                ("store.set(\"a\", { 1, { b = json.null } }); return store.get(\"a\")", [1, ["b": .null]]),
                ("store.set(\"b\", false); return store.get(\"b\") == false", true),
                ("store.set(\"c\", json.array {}); return store.get(\"c\")", []),
                ("return store.get(\"none\") == nil", true),
                ("store.set(\"a\", nil); return store.get(\"a\") == nil", true),
                ("store.delete(\"a\"); store.delete(\"b\"); store.delete(\"c\"); return store.keys()", []),
                (
                    "store.set(\"k:2\", 1); store.set(\"k:10\", 1); store.set(\"j\", 1); return store.keys \"k:\"",
                    ["k:10", "k:2"]
                ),
                ("store.set(\"%_\", 1); return store.keys(\"%\")", ["%_"]),
                ("return { store.swap(\"s\", nil, { b = 1, a = 2 }), store.swap(\"s\", nil, 2) }", [true, false]),
                ("return { store.swap(\"s\", { a = 2, b = 1 }, 2), store.swap(\"s\", 2, nil) }", [true, true]),
                ("return store.get(\"s\") == nil", true),
                ("store.update(\"n\", function(n) return (n or 0) + 1 end); return store.get(\"n\")", 1),
                (
                    "return store.update(\"t\", function(t) t = t or {}; t.x = 1.5; t.y = json.null; return t end).x",
                    1.5
                ),
                ("return store.update(\"t\", function(t) t.x = t.x + 1; return t end).x", 2.5),
                ("store.update(\"t\", function() return nil end); return store.get(\"t\") == nil", true),
                ("local n = 0; for k, v in store.each(\"k:\") do n = n + v end; return n", 2),
                ("store.set(\"\", 7); return store.get(\"\")", 7),
                ("store.set(\"deep\", { a = { b = { c = \"ü\" } } }); return store.get(\"deep\").a.b.c", "ü"),
            ])
        try await checkFailures(
            harness,
            [
                ("store.set((\"x\"):rep(513), 1)", "at most 512 bytes"),
                ("store.get((\"x\"):rep(513))", "at most 512 bytes"),
                ("store.set(\"x\", (\"x\"):rep(2 << 20))", "at most 1048576 bytes"),
                ("store.set(\"x\", { f = print })", "f"), ("store.set()", "bad argument 'key' to store.set"),
                ("store.get({})", "bad argument 'key' to store.get"), ("store.set(\"\\xff\", 1)", "not valid UTF-8"),
            ])
        #expect(try await harness.reply("return store.get(\"x\") == nil") == true)
    }

    @Test("Recipes do not see each other's values; a file keeps them for later runs")
    func storeIsolation() async throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("store-\(UUID()).db").path
        defer { for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) } }
        let first = try RecipeHarness(store: KeyValueStore(.file(path)))
        _ = try await first.run("recipe { name = \"one\" }\nstore.set(\"k\", \"mine\")")
        let other = try await first.run("recipe { name = \"two\" }\nprint(store.get(\"k\"), #store.keys())")
        #expect(other.printed == "nil\t0\n")
        // The recipe moves to another folder: its name, and its values, go with it.
        try FileManager.default.removeItem(at: first.folder)
        let later = try RecipeHarness(store: KeyValueStore(.file(path)))
        let again = try await later.run("recipe { name = \"one\" }\nprint(store.get(\"k\"))")
        #expect(again.printed == "mine\n")
    }

    @Test("A store that cannot be opened says which file it is")
    func brokenStore() async throws {
        let harness = try RecipeHarness(store: KeyValueStore(.file("/dev/null/store.db")))
        let run = try await harness.handler("store.set(\"a\", 1)")
        #expect(run.failure?.message.contains("the store failed") == true)
        #expect(run.failure?.hint?.contains("/dev/null/store.db") == true)
    }

    @Test("slots.open offers what the calendar leaves, and refuses options that make no sense")
    func slots() async throws {
        let harness = try RecipeHarness()
        func times(_ options: String) -> String {
            "local t = json.array {}; for i, s in ipairs(slots.open { \(options) }) do t[i] = s.time end; return t"
        }
        try await check(
            harness,
            [
                (times("date = \"2026-11-24\""), ["12:00", "13:00", "14:00", "16:00", "17:00"]),
                (times("date = \"2026-11-24\", buffer = 30"), ["12:00", "13:00", "17:00"]),
                (times("date = \"2026-11-24\", part = \"Afternoon\", limit = 2"), ["12:00", "13:00"]),
                (times("date = \"2026-11-24\", duration = 30, part = \"morning\""), ["09:30", "11:30"]),
                (times("date = \"2026-11-24\", duration = 90, step = 30, part = \"evening\""), []),
                (times("days = 0, lead = 420"), ["15:00", "16:00", "17:00"]),
                (times("days = 0, zone = \"Europe/Berlin\""), ["14:00", "15:00", "16:00", "17:00"]),
                ("return #slots.open { date = \"2026-11-22\" }", 0),
                (
                    "local s = slots.open { limit = 1 }[1]; return { s.day, s.finish, s.zone }",
                    ["Monday 23 November", "2026-11-23T10:00:00-05:00", "America/New_York"]
                ),
                ("return slots.fits { start = \"2026-11-23T10:17:00\" }.fits", true),
                ("return slots.fits { start = \"2026-11-23T15:00:00Z\" }.start", "2026-11-23T10:00:00-05:00"),
                ("return slots.fits { start = \"2026-11-29T10:00:00\", days = 10 }.reason", "holiday"),
                ("return #slots.fits { start = \"2026-11-23T03:00:00\" }.nearest", 3),
            ])
        #expect(try await harness.handler("slots.open {}").requests == 1)
        try await checkFailures(
            harness,
            [
                ("slots.open { duration = 0 }", "duration must be 1 to 1440 minutes, not 0"),
                ("slots.open { duration = \"long\" }", "duration must be a whole number"),
                ("slots.open { duration = 1.5 }", "duration must be a whole number"),
                ("slots.open { duration = 900 }", "900 minutes do not fit into the working hours"),
                ("slots.open { date = \"soon\" }", "date must be YYYY-MM-DD"),
                ("slots.open { date = 5 }", "date must be a string"),
                ("slots.open { zone = 5 }", "zone must be a string"),
                ("slots.open { part = \"night\" }", "part must be morning, afternoon or evening"),
                ("slots.open { zone = \"Mars/One\" }", "Mars/One"), ("slots.open { color = 1 }", "unknown key 'color'"),
                ("slots.fits {}", "start must be ISO 8601"), ("slots.fits { start = \"x\" }", "start must be ISO 8601"),
                ("slots.open()", "bad argument 'options' to slots.open"),
            ])
    }

    @Test("balance.least_busy names who has the fewest open deals, in two requests")
    func balance() async throws {
        let harness = try RecipeHarness()
        for position in ["cleaner", " CLEANER "] {
            let run = try await harness.handler("return balance.least_busy { position = \"\(position)\" }")
            #expect(run.reply["id"] == 6)
            #expect(run.reply["name"] == "Jack Whitfield")
            #expect(run.reply["open_deals"] == 0)
            #expect(run.requests <= 2)
        }
        for stage in ["NEW", "C1:NEW"] {
            _ = try harness.ask(
                "crm.deal.add",
                ["fields": ["STAGE_ID": .string(stage), "CATEGORY_ID": stage == "NEW" ? 0 : 1, "ASSIGNED_BY_ID": 6]])
        }
        let busier = try await harness.reply("return balance.least_busy { position = \"cleaner\" }")
        #expect(busier["open_deals"] == 2)
        let nobody = try await harness.reply("return { balance.least_busy { position = \"astronaut\" } == nil }")
        #expect(nobody == [true])
        let reason = try await harness.reply("return select(2, balance.least_busy { position = \"astronaut\" })")
        #expect(reason.stringValue?.contains("astronaut") == true)
        try await checkFailures(
            harness,
            [
                ("balance.least_busy {}", "position is missing"),
                ("balance.least_busy { position = \" \" }", "position is missing"),
                ("balance.least_busy()", "bad argument 'options'"),
            ])
    }

    @Test("vars.render reads only what is named, in one request")
    func variables() async throws {
        let harness = try RecipeHarness()
        let cases: [(lua: String, expected: JSONValue, requests: Int)] = [
            ("return vars.render(\"Hi {{CONTACT_NAME}}\", { deal = 1 })", "Hi Emma Larsen", 1),
            ("return vars.render(\"{{DEAL_ID}}\", { deal = \"1\" })", "1", 0),
            ("return vars.render(\"no names\")", "no names", 0),
        ]
        for (lua, expected, requests) in cases {
            let run = try await harness.handler(lua)
            #expect(run.reply == expected, "\(lua): \(run.reply.text) \(run.failure?.message ?? "")")
            #expect(run.requests == requests, "\(lua)")
        }
        try await checkFailures(
            harness,
            [
                ("vars.render(\"{{CONTACT_NAM}}\", { deal = 1 })", "CONTACT_NAME"),
                ("vars.render(\"{{DEAL_ID}}\")", "deal"),
                ("vars.render(\"x\", { deel = 1 })", "unknown key 'deel'"),
                ("vars.render(\"x\", { zone = \"Mars/One\" })", "Mars/One"), ("vars.render()", "bad argument 'text'"),
            ])
    }

    @Test("phone, time, uuid, json and log do what they say")
    func small() async throws {
        let harness = try RecipeHarness()
        try await check(
            harness,
            [
                ("return phone.e164(\"(202) 555-0143\")", "+12025550143"),
                ("return phone.e164(\"030 901820\", \"DE\")", "+4930901820"),
                ("return phone.e164(\"12\") == nil", true), ("return phone.e164(nil) == nil", true),
                ("return phone.e164(2025550143)", "+12025550143"),
                ("return time.now()", .integer(RecipeHarness.monday)),
                ("return os.time()", .integer(RecipeHarness.monday)),
                ("return time.iso(0)", "1970-01-01T00:00:00+00:00"),
                ("return time.iso(time.now(), \"America/New_York\")", "2026-11-23T08:00:00-05:00"),
                ("return time.parse(\"2026-11-23T08:00:00-05:00\")", .integer(RecipeHarness.monday)),
                ("return time.parse(\"2026-11-23T08:00:00\", \"America/New_York\")", .integer(RecipeHarness.monday)),
                ("return time.parse(\"yesterday\") == nil", true),
                (
                    "local d = time.date(0, \"Asia/Tokyo\"); return { d.hour, d.weekday, d.date, d.offset }",
                    [9, "TH", "1970-01-01", 32400]
                ),
                ("return uuid():match(\"^%x+%-%x+%-4%x+%-[89ab]%x+%-%x+$\") ~= nil", true),
                ("return uuid() ~= uuid()", true),
                ("return json.encode { b = json.null, a = { 1, 2.5 } }", "{\"a\":[1,2.5],\"b\":null}"),
                ("return json.decode(\"[1,{\\\"a\\\":null}]\")[2].a == json.null", true),
                ("return { run.mode, #run.id }", ["live", 16]),
            ])
        try await checkFailures(
            harness,
            [
                ("time.iso(0, \"Mars/One\")", "Mars/One"), ("time.date(\"x\")", "bad argument 'seconds'"),
                ("sleep(\"soon\")", "'soon' is no duration"), ("sleep(5)", "no duration"),
                ("json.decode(\"{\")", "JSON"), ("json.encode(print)", "function"),
                ("log.info()", "bad argument 'message' to log.info"),
            ])
        let log = try await harness.handler(
            "log.debug(\"d\"); log.info(\"i\", { a = 1, b = { \"x\" } }); log.warn(\"w\"); log.error(\"e\\nf\")")
        #expect(log.log == ["info i a=1 b=[\"x\"]", "warn w", "error e\\nf"])
    }
}
