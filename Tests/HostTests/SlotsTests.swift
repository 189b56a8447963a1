import Testing
import Wire

@testable import Host

@Suite struct SlotsTests {
    static let berlin = "Europe/Berlin"

    static func point(_ text: String) throws -> Int64 {
        try #require(Timestamp(parsingISO8601: text)).unixSeconds
    }

    static func calendar(_ start: String = "9", _ end: String = "18") throws -> WorkCalendar {
        WorkCalendar(hours: try WorkingHours(start: start, end: end))
    }

    static func search(
        _ calendar: WorkCalendar, _ rules: SlotRules, busy: [BusyTime] = [], zone: String = berlin, now: String
    ) throws -> SlotSearch {
        try SlotSearch(
            calendar: calendar, rules: rules, busy: busy, zone: TimeZoneRules(name: zone), now: point(now))
    }

    static func texts(_ slots: [Slot]) -> [String] { slots.map(\.startText) }

    @Test func `a working day is cut into appointments around what is busy`() throws {
        // Friday. Busy from 10:30 to 11:00 and, given in another zone, from 13:00 to 14:00.
        let busy: [BusyTime] = [
            .interval(start: try Self.point("2026-05-15T13:00:00+02:00"), end: try Self.point("2026-05-15T12:00:00Z")),
            .interval(
                start: try Self.point("2026-05-15T10:30:00+02:00"), end: try Self.point("2026-05-15T11:00:00+02:00")),
        ]
        let search = try Self.search(
            Self.calendar(), SlotRules(daysAhead: 0), busy: busy, now: "2026-05-15T06:00:00+02:00")
        #expect(
            Self.texts(search.open()).map { String($0.dropFirst(11).prefix(5)) }
                == ["09:00", "11:00", "12:00", "14:00", "15:00", "16:00", "17:00"])
        #expect(search.open().first?.endText == "2026-05-15T10:00:00+02:00")
    }

    @Test func `nothing starts in the past, and lead time counts from now`() throws {
        let now = "2026-05-15T14:00:01+02:00"
        let plain = try Self.search(Self.calendar(), SlotRules(daysAhead: 0), now: now)
        #expect(Self.texts(plain.open()).first == "2026-05-15T15:00:00+02:00")
        let exact = try Self.search(Self.calendar(), SlotRules(daysAhead: 0), now: "2026-05-15T14:00:00+02:00")
        #expect(Self.texts(exact.open()).first == "2026-05-15T14:00:00+02:00")
        let ahead = try Self.search(Self.calendar(), SlotRules(leadMinutes: 120, daysAhead: 0), now: now)
        #expect(Self.texts(ahead.open()) == ["2026-05-15T17:00:00+02:00"])
    }

    @Test func `buffer keeps its distance to both sides of what is busy`() throws {
        let busy = [
            BusyTime.interval(
                start: try Self.point("2026-05-15T12:00:00+02:00"), end: try Self.point("2026-05-15T13:00:00+02:00"))
        ]
        let search = try Self.search(
            Self.calendar(), SlotRules(stepMinutes: 30, bufferMinutes: 15, daysAhead: 0), busy: busy,
            now: "2026-05-15T06:00:00+02:00")
        #expect(
            Self.texts(search.open()).map { String($0.dropFirst(11).prefix(5)) } == [
                "09:00", "09:30", "10:00", "10:30", "13:30", "14:00", "14:30", "15:00", "15:30", "16:00", "16:30",
                "17:00",
            ])
    }

    @Test func `weekends and holidays are left out, working days among them are not`() throws {
        var calendar = try Self.calendar()
        calendar.yearHolidays = try WorkCalendar.yearDays("1.01, 2.01,5.01")
        calendar.yearWorkdays = try WorkCalendar.yearDays("3.01")
        // Wednesday 2025-12-31. Saturday the 3rd is worked, Monday the 5th is not.
        let search = try Self.search(
            calendar, SlotRules(durationMinutes: 540, daysAhead: 7), now: "2025-12-31T00:00:00+01:00")
        #expect(
            Self.texts(search.open()).map { String($0.prefix(10)) }
                == ["2025-12-31", "2026-01-03", "2026-01-06", "2026-01-07"])
        #expect(
            search.fits(start: try Self.point("2026-01-05T09:00:00+01:00"))
                == .refused(.holiday, "2026-01-05 is a day off"))
    }

    @Test func `a date and a part of the day narrow the choice, a maximum cuts it`() throws {
        let now = "2026-05-11T06:00:00+02:00"
        func starts(_ rules: SlotRules) throws -> [String] {
            Self.texts(try Self.search(Self.calendar("9", "20"), rules, now: now).open()).map { String($0.prefix(16)) }
        }
        let date = try #require(CivilDate(year: 2026, month: 5, day: 13))
        #expect(
            try starts(SlotRules(date: date, partOfDay: .evening))
                == ["2026-05-13T17:00", "2026-05-13T18:00", "2026-05-13T19:00"])
        #expect(try starts(SlotRules(countMax: 2, partOfDay: .morning)) == ["2026-05-11T09:00", "2026-05-11T10:00"])
        #expect(try starts(SlotRules(date: date, partOfDay: .afternoon)).count == 5)
        #expect(try starts(SlotRules(daysAhead: 1, date: date)) == [])
    }

    @Test func `on daylight saving days times are those of the clock on the wall`() throws {
        let nights = WorkCalendar(hours: try WorkingHours(start: "0", end: "5"), weekHolidays: [])
        let spring = try Self.search(nights, SlotRules(daysAhead: 0), now: "2026-03-29T00:00:00+01:00")
        #expect(
            Self.texts(spring.open()) == [
                "2026-03-29T00:00:00+01:00", "2026-03-29T01:00:00+01:00", "2026-03-29T03:00:00+02:00",
                "2026-03-29T04:00:00+02:00",
            ])
        let autumn = try Self.search(nights, SlotRules(daysAhead: 0), now: "2026-10-25T00:00:00+02:00")
        #expect(
            Self.texts(autumn.open()) == [
                "2026-10-25T00:00:00+02:00", "2026-10-25T01:00:00+02:00", "2026-10-25T02:00:00+02:00",
                "2026-10-25T02:00:00+01:00", "2026-10-25T03:00:00+01:00", "2026-10-25T04:00:00+01:00",
            ])
        #expect(autumn.open()[2].endText == "2026-10-25T02:00:00+01:00")
    }

    @Test func `an all-day event takes the whole day of the zone, however long it is`() throws {
        let day = try #require(CivilDate(year: 2026, month: 5, day: 14))
        let calendar = WorkCalendar(hours: try WorkingHours(start: "0", end: "24"), weekHolidays: [])
        let search = try Self.search(
            calendar, SlotRules(daysAhead: 2), busy: [.allDay(first: day, last: day)], zone: "America/New_York",
            now: "2026-05-13T22:00:00-04:00")
        #expect(
            Self.texts(search.open()).prefix(3)
                == ["2026-05-13T22:00:00-04:00", "2026-05-13T23:00:00-04:00", "2026-05-15T00:00:00-04:00"])
    }

    @Test(arguments: [
        ("2026-05-15T10:15:00+02:00", SlotFit.fits), ("2026-05-15T13:00:00+02:00", .fits),
        ("2026-05-14T10:00:00+02:00", .refused(.past, "this time is over")),
        ("2026-05-18T08:59:00+02:00", .refused(.outsideHours, "working hours are 09:00–18:00")),
        ("2026-05-15T17:01:00+02:00", .refused(.outsideHours, "working hours are 09:00–18:00")),
        ("2026-05-15T11:01:00+02:00", .refused(.busy, "somebody else has this time")),
        ("2026-05-15T12:59:59+02:00", .refused(.busy, "somebody else has this time")),
        ("2026-05-16T10:00:00+02:00", .refused(.holiday, "2026-05-16 is a day off")),
        ("2026-06-15T10:00:00+02:00", .refused(.tooFar, "appointments are made until 2026-05-29")),
    ])
    func `one time fits or is refused for a reason`(start: String, expected: SlotFit) throws {
        let busy = [
            BusyTime.interval(
                start: try Self.point("2026-05-15T12:00:00+02:00"), end: try Self.point("2026-05-15T13:00:00+02:00"))
        ]
        let search = try Self.search(Self.calendar(), SlotRules(), busy: busy, now: "2026-05-15T09:30:00+02:00")
        #expect(search.fits(start: try Self.point(start)) == expected)
    }

    @Test func `the nearest free slots come nearest first`() throws {
        let search = try Self.search(
            Self.calendar(), SlotRules(date: CivilDate(year: 2026, month: 5, day: 20), partOfDay: .evening),
            now: "2026-05-15T06:00:00+02:00")
        let near = search.nearest(to: try Self.point("2026-05-15T10:30:00+02:00"), countMax: 3)
        #expect(
            Self.texts(near)
                == ["2026-05-15T10:00:00+02:00", "2026-05-15T11:00:00+02:00", "2026-05-15T09:00:00+02:00"])
        #expect(search.nearest(to: 0, countMax: 0).isEmpty)
    }

    @Test func `times at the ends of the number range are answered, not trapped on`() throws {
        let zone = try TimeZoneRules(name: Self.berlin)
        let busy = [BusyTime.interval(start: .min, end: .max), .interval(start: .max, end: .min)]
        for now in [Int64.min, 0, .max] {
            let search = try SlotSearch(
                calendar: Self.calendar(), rules: SlotRules(leadMinutes: 525_600), busy: busy, zone: zone, now: now)
            #expect(search.open().isEmpty)
            #expect(search.nearest(to: .min, countMax: 5).isEmpty)
            for start in [Int64.min, .max] {
                if case .fits = search.fits(start: start) { Issue.record("cannot fit") }
            }
        }
    }

    @Test func `rules that make no sense are refused with a sentence`() throws {
        let cases: [(SlotFailure.Code, () throws -> Any)] = [
            (.duration, { try SlotRules(durationMinutes: 0) }), (.duration, { try SlotRules(durationMinutes: -5) }),
            (.duration, { try SlotRules(durationMinutes: 1441) }), (.step, { try SlotRules(stepMinutes: 0) }),
            (.buffer, { try SlotRules(bufferMinutes: -1) }), (.lead, { try SlotRules(leadMinutes: -1) }),
            (.daysAhead, { try SlotRules(daysAhead: -1) }), (.daysAhead, { try SlotRules(daysAhead: 367) }),
            (.count, { try SlotRules(countMax: 0) }), (.hoursReversed, { try WorkingHours(start: "18", end: "9") }),
            (.hoursReversed, { try WorkingHours(start: "9", end: "9") }),
            (
                .durationTooLong,
                {
                    try Self.search(Self.calendar(), SlotRules(durationMinutes: 541), now: "2026-05-15T00:00:00Z")
                }
            ),
        ]
        for (code, make) in cases {
            let failure = #expect(throws: SlotFailure.self) { try make() }
            #expect(failure?.code == code)
            #expect((failure?.message.count ?? 0) > 15)
        }
    }
}

@Suite struct WorkCalendarTests {
    @Test(arguments: [
        ("9", "19", 540, 1140), ("9.00", "18.30", 540, 1110), ("9.30", "24", 570, 1440), ("9.3", "18.5", 570, 1130),
        ("09:15", "17:45", 555, 1065), ("0", "0.05", 0, 5), (" 8 ", "20.00", 480, 1200),
    ])
    func `hours are read as Bitrix24 writes them`(start: String, end: String, first: Int, last: Int) throws {
        let hours = try WorkingHours(start: start, end: end)
        #expect(hours.startMinute == first)
        #expect(hours.endMinute == last)
    }

    @Test(arguments: ["", "nine", "9.60", "24.30", "25", "-9", "9.", ".5", "9.300", "9.30.00", "9,30", "９"])
    func `other hours are refused`(text: String) {
        let failure = #expect(throws: SlotFailure.self) { try WorkingHours(start: text, end: "24") }
        #expect(failure?.code == .hours)
    }

    @Test func `the portal's settings are read, a user's own hours win`() throws {
        let settings = try JSONValue(
            parsing: #"""
                {"work_time_start":"9","work_time_end":"19","year_holidays":"1.01,2.01,7.01","year_workdays":"31.12",
                 "week_holidays":["SA","SU"],"week_start":"MO"}
                """#)
        let portal = try WorkCalendar(settings: settings)
        #expect(portal.hours.description == "09:00–19:00")
        #expect(portal.weekHolidays == [.saturday, .sunday])
        #expect(portal.yearHolidays.count == 3)
        let user = try WorkCalendar(settings: settings, user: ["work_time_start": "10.30", "work_time_end": 16])
        #expect(user.hours.description == "10:30–16:00")
        #expect(try WorkCalendar(settings: [:]).hours.description == "09:00–18:00")
    }

    @Test(arguments: ["1", "1.13", "32.01", "30.02", "1.01.2026", "x", "1.", "1,01"])
    func `lists of days with something else in them are refused`(text: String) {
        let failure = #expect(throws: SlotFailure.self) { try WorkCalendar.yearDays(text) }
        #expect(failure?.code == .days)
    }

    @Test func `a 29th of February is a day, an empty list is empty`() throws {
        #expect(try WorkCalendar.yearDays("29.02").count == 1)
        #expect(try WorkCalendar.yearDays("").isEmpty)
        #expect(try WorkCalendar.yearDays("01.05,1.05, ").count == 1)
    }
}

@Suite struct BusyTimeTests {
    @Test func `rows of the calendar become busy times`() throws {
        let row: JSONValue = ["DATE_FROM_TS_UTC": "1733929200", "DATE_TO_TS_UTC": "1733932800", "DT_SKIP_TIME": "N"]
        #expect(BusyTime(row: row) == .interval(start: 1_733_929_200, end: 1_733_932_800))
        let day = try #require(CivilDate(year: 2024, month: 12, day: 11))
        let utc: JSONValue = ["DATE_FROM_TS_UTC": 1_733_875_200, "DATE_TO_TS_UTC": 1_733_875_200, "DT_SKIP_TIME": "Y"]
        #expect(BusyTime(row: utc) == .allDay(first: day, last: day))
        let riga: JSONValue = [
            "DATE_FROM_TS_UTC": "1733868000", "DATE_TO_TS_UTC": "1733954400", "DT_SKIP_TIME": "Y",
            "TZ_OFFSET_FROM": "7200", "TZ_OFFSET_TO": "7200",
        ]
        #expect(BusyTime(row: riga) == .allDay(first: day, last: day.adding(days: 1)))
    }

    @Test(
        arguments: [
            ["DATE_FROM_TS_UTC": "1", "DATE_TO_TS_UTC": "2", "ACCESSIBILITY": "free"],
            ["DATE_FROM_TS_UTC": "1", "DATE_TO_TS_UTC": "2", "DELETED": "Y"],
            ["DATE_FROM_TS_UTC": "1", "DATE_TO_TS_UTC": "2", "MEETING_STATUS": "N"], ["DATE_FROM_TS_UTC": "1"], [:],
            "x",
        ] as [JSONValue])
    func `rows that take no time are none`(row: JSONValue) { #expect(BusyTime(row: row) == nil) }
}
