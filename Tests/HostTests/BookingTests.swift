import Testing
import Wire

@testable import Host

/// The shipped recipe, event by event, as an assistant on the telephone would use it. It is Monday, 08:00 in New York.
@Suite struct BookingTests {
    private let start: JSONValue = "2026-11-23T10:00:00-05:00"

    private func fire(
        _ harness: RecipeHarness, _ event: String, _ data: JSONValue, settings: [String: String] = [:]
    ) async throws -> RecipeHarness.Run {
        let recipe = RecipeHarness.repository("recipes/booking/recipe.lua")
        let run = try await harness.run(
            file: recipe, event: RunEvent(name: event, data: data), settings: settings)
        if let failure = run.failure { Issue.record("\(event): \(failure.message)") }
        return run
    }

    private func customer(_ changes: JSONObject = [:]) -> JSONValue {
        var data: JSONObject = [
            "session_id": "call-1", "start": start, "name": "Ann Miller", "phone": "(202) 555-0199",
            "service": "Deep clean",
        ]
        for (key, value) in changes { data[key] = value == .null ? nil : value }
        return .object(data)
    }

    @Test("A whole conversation: times, a booking for a new customer, one deal for the least busy cleaner")
    func conversation() async throws {
        let harness = try RecipeHarness()
        let offered = try await fire(harness, "get_available_slots", [:])
        #expect(offered.requests == 1)
        #expect(offered.reply["slots"]?[0]?["start"] == "2026-11-23T09:00:00-05:00")
        #expect(offered.reply["text"]?.stringValue?.hasPrefix("I can offer Monday 23 November at 09:00, 10:00") == true)

        let booked = try await fire(harness, "book_slot", customer())
        #expect(booked.requests <= 3)
        #expect(booked.reply["booked"] == true)
        #expect(booked.reply["new_contact"] == true)
        let contact = try harness.ask("crm.contact.get", ["id": booked.reply["contact_id"] ?? .null])
        #expect(contact["NAME"] == "Ann")
        #expect(contact["LAST_NAME"] == "Miller")
        #expect(contact["PHONE"]?[0]?["VALUE"] == "+12025550199")
        let event = try harness.ask("calendar.event.getbyid", ["id": booked.reply["event_id"] ?? .null])
        #expect(event["NAME"] == "Deep clean: Ann Miller")
        #expect(event["UF_CRM_CAL_EVENT"]?[0]?.stringValue == "C_\(booked.reply["contact_id"]?.text ?? "")")

        let ended = try await fire(harness, "session_ended", ["session_id": "call-1"])
        #expect(ended.requests <= 3)
        #expect(ended.reply["deal_created"] == true)
        // Jack is the one cleaner without a deal in a first stage.
        #expect(ended.reply["assigned_to"] == "Jack Whitfield")
        #expect(ended.reply["open_deals_before"] == 0)
        let deal = try harness.ask("crm.deal.get", ["id": ended.reply["deal_id"] ?? .null])
        #expect(deal["ASSIGNED_BY_ID"] == "6")
        #expect(deal["STAGE_ID"] == "NEW")
        #expect(deal["CONTACT_ID"]?.stringValue == booked.reply["contact_id"]?.text)
    }

    @Test("Slots that are booked are no longer offered, and a day or a part of it can be asked for")
    func offers() async throws {
        let harness = try RecipeHarness()
        _ = try await fire(harness, "book_slot", customer())
        let cases: [(data: JSONValue, first: JSONValue, count: Int)] = [
            (["date": "2026-11-23"], "2026-11-23T09:00:00-05:00", 8),
            (["date": "2026-11-23", "part": "afternoon"], "2026-11-23T12:00:00-05:00", 5),
            (["date": "2026-11-23", "part": "evening"], "2026-11-23T17:00:00-05:00", 1),
            (["date": "2026-11-23", "limit": 2], "2026-11-23T09:00:00-05:00", 2),
            (["date": "2026-11-24", "part": "morning"], .null, 0),
            (["date": "2026-12-24"], .null, 0),
        ]
        for (data, first, count) in cases {
            let reply = try await fire(harness, "get_available_slots", data).reply
            #expect(reply["slots"]?[0]?["start"] ?? .null == first, "\(data.text)")
            #expect(reply["slots"]?.arrayValue?.count == count, "\(data.text): \(reply["slots"]?.text ?? "")")
            #expect(reply["text"]?.stringValue?.isEmpty == false)
        }
    }

    @Test("A customer we know is recognised by phone and by e-mail, and not entered again")
    func knownCustomers() async throws {
        let harness = try RecipeHarness()
        let contacts = try harness.count("crm.contact.list")
        let victor = try harness.ask("crm.contact.list", ["filter": ["NAME": "Victor"]])[0]?["ID"]?.stringValue
        let emma = try harness.ask("crm.contact.list", ["filter": ["NAME": "Emma"]])[0]?["ID"]?.stringValue
        let cases: [(changes: JSONObject, expected: String?)] = [
            (["phone": "202-555-0131"], victor),
            (["phone": "+1 (202) 555 0131", "start": "2026-11-23T11:00:00-05:00"], victor),
            (["phone": .null, "email": "emma.larsen@mail.example", "start": "2026-11-23T12:00:00-05:00"], emma),
            (
                ["phone": "202-555-0188", "email": "emma.larsen@mail.example", "start": "2026-11-23T13:00:00-05:00"],
                emma
            ),
            (
                ["phone": "202-555-0131", "email": "emma.larsen@mail.example", "start": "2026-11-23T14:00:00-05:00"],
                victor
            ),
        ]
        for (changes, expected) in cases {
            let run = try await fire(harness, "book_slot", customer(changes))
            #expect(run.reply["booked"] == true, "\(changes)")
            #expect(run.reply["new_contact"] == false, "\(changes)")
            #expect(run.reply["contact_id"]?.text == expected, "\(changes)")
            #expect(run.requests <= 3)
        }
        #expect(try harness.count("crm.contact.list") == contacts)
    }

    @Test("A new customer may leave only an e-mail address, or have only one name")
    func newCustomers() async throws {
        let harness = try RecipeHarness()
        let run = try await fire(
            harness, "book_slot", customer(["phone": .null, "email": "new@mail.example", "name": "Cher"]))
        #expect(run.reply["new_contact"] == true)
        let contact = try harness.ask("crm.contact.get", ["id": run.reply["contact_id"] ?? .null])
        #expect(contact["NAME"] == "Cher")
        #expect(contact["EMAIL"]?[0]?["VALUE"] == "new@mail.example")
        #expect(contact["PHONE"] == nil)
    }

    @Test("What cannot be booked is answered with a reason, nearest times where there are some, and nothing is written")
    func refusals() async throws {
        let harness = try RecipeHarness()
        let cases: [(changes: JSONObject, reason: JSONValue, nearest: JSONValue)] = [
            // The crew briefing is on Tuesday at 09:00, the walk-through from 10:00 to 11:30.
            (["start": "2026-11-24T10:30:00-05:00"], "busy", "2026-11-24T12:00:00-05:00"),
            (["start": "2026-11-23T06:00:00-05:00"], "past", "2026-11-23T09:00:00-05:00"),
            (["start": "2026-11-23T19:00:00-05:00"], "outside_hours", "2026-11-23T17:00:00-05:00"),
            (["start": "2026-11-23T17:30:00-05:00"], "outside_hours", "2026-11-23T17:00:00-05:00"),
            (["start": "2026-12-24T10:00:00-05:00"], "too_far", "2026-11-24T17:00:00-05:00"),
            (["phone": "12"], "phone", .null),
            (["phone": "call me"], "phone", .null),
            (["phone": .null], "contact", .null),
        ]
        let contacts = try harness.count("crm.contact.list")
        for (changes, reason, nearest) in cases {
            let run = try await fire(harness, "book_slot", customer(changes))
            #expect(run.reply["booked"] == false, "\(changes)")
            #expect(run.reply["reason"] == reason, "\(changes): \(run.reply["reason"]?.text ?? "")")
            #expect(
                run.reply["slots"]?[0]?["start"] ?? .null == nearest, "\(changes): \(run.reply["slots"]?.text ?? "")")
            #expect(run.reply["text"]?.stringValue?.isEmpty == false)
            #expect(run.report.writes == 0, "\(changes)")
            #expect(run.requests <= 1, "\(changes)")
        }
        #expect(try harness.count("crm.contact.list") == contacts)
    }

    @Test("The same time is not given away twice")
    func taken() async throws {
        let harness = try RecipeHarness()
        _ = try await fire(harness, "book_slot", customer())
        let again = try await fire(harness, "book_slot", customer(["session_id": "call-2", "name": "Bo Late"]))
        #expect(again.reply["booked"] == false)
        #expect(again.reply["reason"] == "busy")
        #expect(again.reply["slots"]?.arrayValue?.count == 3)
    }

    @Test("What is switched off is not done, politely")
    func switchedOff() async throws {
        let harness = try RecipeHarness()
        let cases: [(setting: String, event: String, data: JSONValue)] = [
            ("bitrix_enable_slot_check", "get_available_slots", [:]),
            ("bitrix_enable_booking", "book_slot", customer()),
            ("bitrix_create_deal_on_conversation_end", "session_ended", ["session_id": "call-1"]),
        ]
        for (setting, event, data) in cases {
            let run = try await fire(harness, event, data, settings: [setting: "false"])
            #expect(run.requests == 0, "\(event)")
            #expect(run.reply != .null, "\(event)")
        }
    }

    @Test("A session without a booking opens no deal; one with a booking opens one, however often it ends")
    func deals() async throws {
        let harness = try RecipeHarness()
        let deals = try harness.count("crm.deal.list")
        let nothing = try await fire(harness, "session_ended", ["session_id": "call-1"])
        #expect(nothing.reply["deal_created"] == false)
        #expect(nothing.requests == 0)
        _ = try await fire(harness, "book_slot", customer())
        let first = try await fire(harness, "session_ended", ["session_id": "call-1"])
        let second = try await fire(harness, "session_ended", ["session_id": "call-1"])
        #expect(second.reply["deal_created"] == false)
        #expect(second.reply["deal_id"] == first.reply["deal_id"])
        #expect(try harness.count("crm.deal.list") == deals + 1)
    }

    @Test("When nobody has the position, the deal goes to the calendar's owner and the log says so")
    func nobody() async throws {
        let harness = try RecipeHarness()
        _ = try await fire(harness, "book_slot", customer())
        let run = try await fire(
            harness, "session_ended", ["session_id": "call-1"],
            settings: ["bitrix_employee_position_name": "astronaut", "bitrix_owner_id": "2"])
        #expect(run.reply["assigned_to"] == .null)
        #expect(run.log.contains { $0.hasPrefix("warn nobody has the position astronaut") })
        let deal = try harness.ask("crm.deal.get", ["id": run.reply["deal_id"] ?? .null])
        #expect(deal["ASSIGNED_BY_ID"] == "2")
        #expect(run.reply["text"]?.stringValue?.contains("owner") == true)
    }

    @Test("Data that the events do not take is refused before anything happens")
    func badData() async throws {
        let harness = try RecipeHarness()
        let recipe = RecipeHarness.repository("recipes/booking/recipe.lua")
        let cases: [(event: String, data: JSONValue, message: String)] = [
            ("book_slot", ["start": start, "name": "Ann"], "'session_id' is missing"),
            ("book_slot", customer(["name": 7]), "'name' must be a string"),
            ("book_slot", customer(["start": "tomorrow"]), "start must be ISO 8601"),
            ("get_available_slots", ["date": "soon"], "date must be YYYY-MM-DD"),
            ("get_available_slots", ["part": "night"], "part must be morning, afternoon or evening"),
            ("session_ended", [:], "'session_id' is missing"),
        ]
        for (event, data, message) in cases {
            let run = try await harness.run(file: recipe, event: RunEvent(name: event, data: data))
            #expect(run.failure?.message.contains(message) == true, "\(event): \(run.failure?.message ?? "")")
            #expect(run.requests == 0)
        }
    }

    @Test("A conversation planned writes nothing and shows what it would write")
    func planned() async throws {
        let harness = try RecipeHarness()
        let recipe = RecipeHarness.repository("recipes/booking/recipe.lua")
        let run = try await harness.run(
            file: recipe, event: RunEvent(name: "book_slot", data: customer()), mode: .plan)
        #expect(run.reply["booked"] == true)
        #expect(run.report.plan.map(\.name) == ["crm.contact.add", "calendar.event.add", "store.set"])
        #expect(try harness.count("crm.contact.list", ["NAME": "Ann"]) == 0)
        let invented = run.reply["contact_id"]?.text ?? ""
        #expect(run.report.plan[1].arguments["crm_fields"] == [.string("C_\(invented)")])
    }
}
