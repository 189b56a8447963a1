import Testing
import Wire

@testable import Portal

/// The harness stands at 14 May 2026, 10:00 in Riga (UTC+3 in summer).
@Suite struct CalendarTests {
    /// Adds an event for user 1 and gives its first row.
    private func add(_ harness: PortalHarness, _ parameters: JSONObject) throws -> (id: Int, row: JSONValue) {
        var call: JSONObject = ["type": "user", "ownerId": 1, "name": "Visit", "auto_detect_section": "Y"]
        for (key, value) in parameters { call[key] = value }
        let reply = try harness.call("calendar.event.add", .object(call))
        let id = try #require(reply.result.lenientInteger, "\(reply.text)")
        return (id, try harness.call("calendar.event.getbyid", ["id": .integer(Int64(id))]).result)
    }

    private func list(_ harness: PortalHarness, _ parameters: JSONObject = [:]) throws -> [JSONValue] {
        var call: JSONObject = ["type": "user", "ownerId": 1]
        for (key, value) in parameters { call[key] = value }
        return try harness.call("calendar.event.get", .object(call)).result.arrayValue ?? []
    }

    @Test func aRowHasTheDocumentedShape() throws {
        let harness = try PortalHarness()
        let (id, row) = try add(
            harness,
            [
                "from": "2024-12-11T17:59:00", "to": "2024-12-11T18:59:00", "timezone_from": "Europe/Riga",
                "accessibility": "free", "crm_fields": ["CO_1", "L_5"], "remind": [["type": "min", "count": 50]],
            ])
        #expect(row["ID"] == .string(String(id)))
        #expect(row["DATE_FROM"] == "12/11/2024 05:59:00 pm")
        #expect(row["DATE_TO"] == "12/11/2024 06:59:00 pm")
        #expect(row["DATE_FROM_TS_UTC"] == "1733932740")
        #expect(row["DATE_TO_TS_UTC"] == "1733936340")
        #expect(row["TZ_OFFSET_FROM"] == "7200")
        #expect(row["DT_LENGTH"] == 3600)
        #expect(row["DT_SKIP_TIME"] == "N")
        #expect(row["IS_MEETING"] == false)
        #expect(row["RRULE"] == "")
        #expect(row["DATE_FROM_FORMATTED"] == "Wed Dec 11 2024 17:59:00")
        #expect(row["UF_CRM_CAL_EVENT"] == ["CO_1", "L_5"])
        #expect(row["REMIND"] == [["type": "min", "count": 50]])
    }

    @Test func datesFollowTheSiteNotISO() throws {
        let harness = try PortalHarness { $0.office.dateFormat = .russian }
        let (_, row) = try add(harness, ["from": "2024-12-02T11:00:00", "to": "2024-12-02T12:00:00"])
        #expect(row["DATE_FROM"] == "02.12.2024 11:00:00")
        let midnight = CivilDateTime(date: try #require(CivilDate(year: 2024, month: 1, day: 2)), time: .midnight)
        #expect(SiteDateFormat.english.dateTime(midnight) == "01/02/2024 12:00:00 am")
        #expect(SiteDateFormat.english.dateTime(midnight.adding(seconds: 43_200)) == "01/02/2024 12:00:00 pm")
    }

    /// The offset in the value wins, then `timezone_from`, then the zone of the calling user.
    @Test(
        arguments: [
            (
                [
                    "from": "2026-07-01T10:00:00+02:00", "to": "2026-07-01T11:00:00+02:00",
                    "timezone_from": "America/New_York",
                ],
                "1782892800", "America/New_York", "1782896400"
            ),
            (
                ["from": "2026-07-01T10:00:00", "to": "2026-07-01T11:00:00", "timezone_from": "America/New_York"],
                "1782914400", "America/New_York", "1782918000"
            ),
            (["from": "2026-07-01T10:00:00", "to": "2026-07-01T11:00:00"], "1782889200", "Europe/Riga", "1782892800"),
            (
                [
                    "from": "2026-07-01 10:00", "to": "2026-07-01 12:00", "timezone_from": "Europe/Riga",
                    "timezone_to": "Europe/London",
                ],
                "1782889200", "Europe/Riga", "1782903600"
            ),
            (["from_ts": 1_782_889_200, "to_ts": 1_782_892_800], "1782889200", "Europe/Riga", "1782892800"),
        ] as [(JSONObject, String, String, String)])
    func zonesAreReadInOrder(_ times: JSONObject, _ from: String, _ zone: String, _ to: String) throws {
        let (_, row) = try add(try PortalHarness(), times)
        #expect(row["DATE_FROM_TS_UTC"] == .string(from))
        #expect(row["DATE_TO_TS_UTC"] == .string(to))
        #expect(row["TZ_FROM"] == .string(zone))
    }

    @Test func aNaiveTimeIsInTheCallersZoneNotTheOwners() throws {
        let harness = try PortalHarness()
        let state = harness.engine.state
        try UserRecord.insert(["NAME": "Ann", "TIME_ZONE": "America/New_York"], in: state)
        let call = MethodCall(
            name: "calendar.event.add", userID: 2,
            parameters: [
                "type": "user", "ownerId": 2, "name": "Own", "from": "2026-07-01T10:00:00",
                "to": "2026-07-01T11:00:00", "auto_detect_section": "Y",
            ])
        _ = try CalendarWrites.add(state, call)
        let own = try #require(try CalendarEvent.owned(by: .user(2), in: state).first)
        #expect(own.from == 1_782_914_400)
        _ = try harness.call(
            "calendar.event.add",
            [
                "type": "user", "ownerId": 2, "name": "By 1", "from": "2026-07-01T10:00:00",
                "to": "2026-07-01T11:00:00", "auto_detect_section": "Y",
            ])
        #expect(try CalendarEvent.owned(by: .user(2), in: state).last?.from == 1_782_889_200)
    }

    @Test func allDayEventsAreDatesWhoseLastDayCountsWhole() throws {
        let times: JSONObject = ["from": "2026-05-20", "to": "2026-05-21", "skip_time": "Y"]
        let (_, row) = try add(try PortalHarness(), times)
        #expect(row["DATE_FROM"] == "05/20/2026")
        #expect(row["DT_SKIP_TIME"] == "Y")
        #expect(row["DT_LENGTH"] == 172_800)
        #expect(row["DATE_FROM_TS_UTC"] == "1779235200")
        #expect(row["DATE_TO_TS_UTC"] == "1779321600")
        let other = try PortalHarness { $0.office.allDayEnd = .nextMidnight }
        #expect(try add(other, times).row["DATE_TO_TS_UTC"] == "1779408000")
    }

    @Test(
        arguments: [
            ("calendar.event.add", ["ownerId": 1, "name": "x", "from": "2026-05-20", "to": "2026-05-20"], "type"),
            ("calendar.event.add", ["type": "user", "name": "x", "from": "2026-05-20", "to": "2026-05-20"], "ownerId"),
            ("calendar.event.add", ["type": "user", "ownerId": 1, "from": "2026-05-20", "to": "2026-05-20"], "name"),
            ("calendar.event.add", ["type": "user", "ownerId": 1, "name": "x", "to": "2026-05-20"], "from"),
            ("calendar.event.add", ["type": "user", "ownerId": 1, "name": "x", "from": "2026-05-20"], "to"),
            (
                "calendar.event.add",
                ["type": "user", "ownerId": 1, "name": "x", "from": "2026-05-20", "to": "2026-05-20"],
                "section"
            ),
            ("calendar.event.get", ["ownerId": 1], "type"), ("calendar.event.getbyid", [:], "id"),
            ("calendar.event.update", ["type": "user", "ownerId": 1], "id"),
            ("calendar.accessibility.get", ["from": "2026-05-20", "to": "2026-05-20"], "users"),
            ("calendar.section.add", ["type": "user", "ownerId": 1], "name"),
        ] as [(String, JSONObject, String)])
    func aMissingParameterIsNamedUnderAnEmptyCode(_ method: String, _ parameters: JSONObject, _ name: String) throws {
        let reply = try PortalHarness().call(method, .object(parameters))
        #expect(reply.status == 400)
        #expect(reply.error == "")
        #expect(reply.description == "The required parameter \"\(name)\" for the method \"\(method)\" is not set")
    }

    @Test(
        arguments: [
            (["section": 99], "You specified an invalid calendar section ID or the user does not have access to it"),
            (["crm_fields": "C_5"], "The list of event links to CRM must be an array"),
            (["from": "tomorrow"], "Invalid value for the parameter \"from\""),
            (["timezone_from": "Mars/Olympus"], "Invalid value for the parameter \"timezone_from\""),
            (["rrule": ["FREQ": "HOURLY"]], "Invalid value for the parameter \"rrule\""),
            (["ownerId": 55], "Access denied"),
        ] as [(JSONObject, String)])
    func wrongValuesAreRefusedInTheCalendarsWords(_ changes: JSONObject, _ sentence: String) throws {
        var call: JSONObject = [
            "type": "user", "ownerId": 1, "name": "x", "from": "2026-05-20T10:00:00", "to": "2026-05-20T11:00:00",
            "auto_detect_section": "Y",
        ]
        for (key, value) in changes { call[key] = value }
        let reply = try PortalHarness().call("calendar.event.add", .object(call))
        #expect(reply.description == sentence)
        #expect(reply.error == "")
    }

    @Test func twoEventsAtTheSameTimeAreFine() throws {
        let harness = try PortalHarness()
        for _ in 0..<2 { _ = try add(harness, ["from": "2026-05-20T10:00:00", "to": "2026-05-20T11:00:00"]) }
        #expect(try list(harness).count == 2)
    }

    @Test func theListGoesOneMonthBackAndThreeAheadAndKnowsNoPages() throws {
        let harness = try PortalHarness()
        for day in ["2026-04-13", "2026-04-14", "2026-08-14", "2026-08-15"] {
            _ = try add(
                harness, ["name": .string(day), "from": .string(day + "T12:00:00"), "to": .string(day + "T13:00:00")])
        }
        #expect(try list(harness).compactMap { $0["NAME"]?.stringValue } == ["2026-04-14", "2026-08-14"])
        for _ in 0..<60 { _ = try add(harness, ["from": "2026-05-20T10:00:00", "to": "2026-05-20T11:00:00"]) }
        let reply = try harness.form("calendar.event.get", "type=user&ownerId=1&from=2026-05-20&to=2026-05-20")
        #expect(reply.result.arrayValue?.count == 60)
        #expect(reply.json["next"] == nil)
        #expect(reply.json["total"] == nil)
    }

    @Test func aSeriesComesBackAsItsOccurrencesByTheWallClock() throws {
        let harness = try PortalHarness()
        let (id, row) = try add(
            harness,
            [
                "from": "2026-10-19T09:00:00", "to": "2026-10-19T09:30:00",
                "rrule": ["FREQ": "WEEKLY", "BYDAY": ["MO", "WE"], "COUNT": 4, "INTERVAL": 1],
            ])
        #expect(row["RRULE"]?["BYDAY"] == ["MO": "MO", "WE": "WE"])
        #expect(row["RRULE"]?["COUNT"] == 4)
        #expect(row["RRULE"]?["UNTIL"] == "10/28/2026")
        let found = try list(harness, ["from": "2026-10-01", "to": "2026-11-30"])
        // Riga's clocks go back on 25 October: nine o'clock stays nine o'clock.
        #expect(
            found.compactMap { $0["DATE_FROM"]?.stringValue } == [
                "10/19/2026 09:00:00 am", "10/21/2026 09:00:00 am", "10/26/2026 09:00:00 am", "10/28/2026 09:00:00 am",
            ])
        #expect(
            found.compactMap { $0["DATE_FROM_TS_UTC"]?.lenientInteger } == [
                1_792_389_600, 1_792_562_400, 1_792_998_000, 1_793_170_800,
            ])
        #expect(Set(found.compactMap { $0["ID"]?.stringValue }) == [String(id)])
    }

    @Test func oneOccurrenceCanBeChangedAndTheRestKept() throws {
        let harness = try PortalHarness()
        let (id, _) = try add(
            harness,
            ["from": "2026-05-18T09:00:00", "to": "2026-05-18T10:00:00", "rrule": ["FREQ": "DAILY", "COUNT": 3]])
        let reply = try harness.call(
            "calendar.event.update",
            [
                "id": .integer(Int64(id)), "type": "user", "ownerId": 1, "name": "Moved", "recurrence_mode": "this",
                "current_date_from": "2026-05-19", "from": "2026-05-19T15:00:00", "to": "2026-05-19T16:00:00",
            ])
        #expect(reply.result["id"] == .integer(Int64(id)))
        #expect(reply.result["originalDate"] == "05/19/2026 09:00:00 am")
        let rows = try list(harness)
        #expect(
            rows.map { "\($0["NAME"]?.stringValue ?? "") \($0["DATE_FROM"]?.stringValue ?? "")" } == [
                "Visit 05/18/2026 09:00:00 am", "Visit 05/20/2026 09:00:00 am", "Moved 05/19/2026 03:00:00 pm",
            ])
        #expect(rows.first?["EXDATE"] == "05/19/2026")
    }

    @Test func changingTheRestOfASeriesEndsTheOldOne() throws {
        let harness = try PortalHarness()
        let (id, _) = try add(
            harness,
            ["from": "2026-05-18T09:00:00", "to": "2026-05-18T10:00:00", "rrule": ["FREQ": "DAILY", "COUNT": 4]])
        _ = try harness.call(
            "calendar.event.update",
            [
                "id": .integer(Int64(id)), "type": "user", "ownerId": 1, "name": "Later", "recurrence_mode": "next",
                "current_date_from": "2026-05-20",
            ])
        #expect(try list(harness).compactMap { $0["NAME"]?.stringValue } == ["Visit", "Visit", "Later", "Later"])
        let wrong = try harness.call(
            "calendar.event.update",
            ["id": .integer(Int64(id)), "type": "user", "ownerId": 1, "recurrence_mode": "some"])
        #expect(wrong.description == "An invalid editing type for the recurring event is specified")
    }

    @Test func aMeetingStandsInEveryAttendeesCalendar() throws {
        let harness = try PortalHarness()
        let state = harness.engine.state
        for name in ["Ann", "Ben"] { try UserRecord.insert(["NAME": .string(name)], in: state) }
        let (id, row) = try add(
            harness,
            [
                "from": "2026-05-20T10:00:00", "to": "2026-05-20T11:00:00", "is_meeting": "Y", "attendees": [1, 2, 3],
                "meeting": ["notify": true],
            ])
        #expect(row["MEETING_STATUS"] == "H")
        #expect(row["MEETING"]?["HOST_NAME"] == "Local Administrator")
        #expect(row["ATTENDEES_CODES"] == ["U1", "U2", "U3"])
        let copy = try #require(try list(harness, ["ownerId": 2]).first)
        #expect(copy["PARENT_ID"] == .string(String(id)))
        #expect(copy["ID"] != copy["PARENT_ID"])
        #expect(copy["MEETING_STATUS"] == "Q")
        let saysNo = MethodCall(
            name: "calendar.meeting.status.set", userID: 2,
            parameters: ["eventId": .integer(Int64(id)), "status": "N"])
        _ = try MeetingStatus.set(state, saysNo)
        let busy = try harness.call(
            "calendar.accessibility.get", ["users": [2, 3], "from": "2026-05-20", "to": "2026-05-20"])
        #expect(busy.result["2"] == [], "who said no is free")
        #expect(busy.result["3"]?.arrayValue?.count == 1)
        // `is_meeting` without `attendees` leaves only the organizer.
        _ = try harness.call(
            "calendar.event.update", ["id": .integer(Int64(id)), "type": "user", "ownerId": 1, "is_meeting": "Y"])
        #expect(try list(harness, ["ownerId": 3]).isEmpty)
        #expect(try harness.call("calendar.event.delete", ["id": .integer(Int64(id))]).result == true)
        #expect(try list(harness).isEmpty)
    }

    @Test func accessibilityAnswersAnObjectByUserAndNoFreeSlots() throws {
        let harness = try PortalHarness()
        _ = try add(harness, ["from": "2026-05-20T10:00:00", "to": "2026-05-20T11:00:00"])
        _ = try add(harness, ["from": "2026-05-21T10:00:00", "to": "2026-05-21T11:00:00", "accessibility": "free"])
        let reply = try harness.form(
            "calendar.accessibility.get", "users[]=1&users[]=34&from=2026-05-20&to=2026-05-21")
        #expect(reply.result["34"] == [])
        let rows = try #require(reply.result["1"]?.arrayValue)
        #expect(rows.map { $0["ACCESSIBILITY"] } == ["busy", "free"])
        #expect(rows[0]["~USER_OFFSET_FROM"] == 10_800)
        #expect(rows[0]["DATE_FROM_TS_UTC"] == "1779260400")
    }

    @Test func nearestIsTheCallersOwnUnlessAskedTwiceForAnother() throws {
        let harness = try PortalHarness()
        _ = try add(harness, ["from": "2026-05-20T10:00:00", "to": "2026-05-20T11:00:00"])
        _ = try add(harness, ["from": "2026-05-16T10:00:00", "to": "2026-05-16T11:00:00", "name": "Sooner"])
        _ = try add(harness, ["from": "2026-05-14T08:00:00", "to": "2026-05-14T09:00:00", "name": "Over"])
        let reply = try harness.call("calendar.event.get.nearest", ["type": "user", "ownerId": 99, "days": 10])
        #expect(reply.result.arrayValue?.compactMap { $0["NAME"]?.stringValue } == ["Sooner", "Visit"])
        let company = try harness.call(
            "calendar.event.get.nearest", ["type": "company_calendar", "ownerId": 0, "forCurrentUser": false])
        #expect(company.result == [])
        #expect(try harness.call("calendar.event.get.nearest", ["maxEventsCount": 1]).result.arrayValue?.count == 1)
    }

    @Test(arguments: [(OfficeSettings.MissingEvent.null, "null"), (.false, "false")])
    func aMissingEventAnswersWhatThePortalIsSetTo(_ setting: OfficeSettings.MissingEvent, _ text: String) throws {
        let reply = try PortalHarness { $0.office.missingEvent = setting }.call("calendar.event.getbyid", ["id": 77])
        #expect(reply.result.text == text)
        #expect(try PortalHarness().call("calendar.event.delete", ["id": 77]).status == 400)
        #expect(try PortalHarness().call("calendar.event.delete").description == "Event id not specified")
    }

    @Test func sectionsAreMadeChangedAndDeleted() throws {
        let harness = try PortalHarness()
        let made = try harness.form(
            "calendar.section.add", "type=user&ownerId=1&name=Jobs&color=%239cbeee&export[ALLOW]=true")
        let id = try #require(made.result.lenientInteger)
        _ = try add(harness, ["from": "2026-05-20T10:00:00", "to": "2026-05-20T11:00:00", "section": made.result])
        let row = try #require(try harness.form("calendar.section.get", "type=user&ownerId=1").result[0])
        #expect(row["ID"] == .string(String(id)))
        #expect(row["NAME"] == "Jobs")
        #expect(row["EXPORT"] == ["ALLOW": true])
        #expect(row["PERM"]?["edit"] == true)
        #expect(row["DATE_CREATE"] == "2026-05-14 10:00:00")
        let update = try harness.call(
            "calendar.section.update", ["type": "user", "ownerId": 1, "id": made.result, "name": "Visits"])
        #expect(update.result == made.result)
        let gone = try harness.call("calendar.section.delete", ["type": "user", "ownerId": 1, "id": made.result])
        #expect(gone.result == true)
        #expect(try list(harness).isEmpty)
    }

    @Test func settingsAreOfTwoMindsAboutHours() throws {
        let harness = try PortalHarness()
        let company = try harness.call("calendar.settings.get").result
        #expect(company["work_time_start"] == "9")
        #expect(company["week_holidays"] == ["SA", "SU"])
        #expect(company["denied_superpose_types"] == [])
        let own = try harness.call("calendar.user.settings.get").result
        #expect(own["work_time_start"] == "9.00")
        #expect(own["timezoneName"] == "Europe/Riga")
        #expect(own["timezoneOffsetUTC"] == 10_800)
        #expect(
            try harness.call("calendar.user.settings.set", ["settings": ["work_time_start": "9.30"]]).result == true)
        #expect(try harness.call("calendar.user.settings.get").result["work_time_start"] == "9.30")
    }
}

@Suite struct RecurrenceRuleTests {
    private func day(_ text: String) throws -> CivilDate { try #require(ISO8601(text)?.date) }

    @Test(arguments: [
        (RecurrenceRule(frequency: .daily, interval: 2, count: 3), "2026-01-01", "2026-01-01 2026-01-03 2026-01-05"),
        (
            RecurrenceRule(frequency: .weekly, count: 3, weekdays: [.tuesday, .friday]), "2026-01-01",
            "2026-01-02 2026-01-06 2026-01-09"
        ),
        (
            RecurrenceRule(frequency: .weekly, interval: 2, count: 3, weekdays: [.thursday]), "2026-01-01",
            "2026-01-01 2026-01-15 2026-01-29"
        ),
        (RecurrenceRule(frequency: .monthly, count: 3), "2026-01-31", "2026-01-31 2026-03-31 2026-05-31"),
        (RecurrenceRule(frequency: .monthly, interval: 11, count: 2), "2026-02-10", "2026-02-10 2027-01-10"),
        (RecurrenceRule(frequency: .yearly, count: 2), "2024-02-29", "2024-02-29 2028-02-29"),
    ])
    func daysFollowTheRule(_ rule: RecurrenceRule, _ start: String, _ expected: String) throws {
        let days = rule.days(from: try day(start), in: try day("2020-01-01")...day("2040-01-01"))
        #expect(days.map(\.description).joined(separator: " ") == expected)
    }

    @Test func aRangeInTheMiddleGivesTheSameDaysAsTheWhole() throws {
        let start = try day("2026-01-07")
        let whole = try day("2026-01-01")...day("2028-12-31")
        let part = try day("2026-09-14")...day("2027-02-02")
        for frequency in [RecurrenceRule.Frequency.daily, .weekly, .monthly, .yearly] {
            for interval in 1...3 {
                for count in [nil, 5, 40] as [Int?] {
                    let weekdays: [Weekday] = frequency == .weekly ? [.monday, .wednesday, .sunday] : []
                    let rule = RecurrenceRule(
                        frequency: frequency, interval: interval, count: count, until: try day("2027-06-30"),
                        weekdays: weekdays)
                    let all = rule.days(from: start, in: whole)
                    #expect(rule.days(from: start, in: part) == all.filter(part.contains))
                    #expect(all == all.sorted())
                    if let count { #expect(all.count <= count) }
                }
            }
        }
    }
}
