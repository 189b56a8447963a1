import Testing
import Wire

@testable import Host

@Suite("When schedules fire") struct CronTests {
    private func times(
        _ spec: String, _ zone: String, from start: String, _ count: Int
    ) throws -> [String] {
        let rules = try TimeZoneRules(name: zone)
        let schedule = CronSchedule(expression: try CronExpression(spec), zone: rules)
        var at = try #require(Timestamp(parsingISO8601: start)).unixSeconds
        var times: [String] = []
        for _ in 0..<count {
            at = try #require(schedule.next(after: at))
            times.append(Timestamp(unixSeconds: at).iso8601(offsetSeconds: rules.offsetSeconds(at: at)))
        }
        return times
    }

    @Test(
        "A schedule fires at the times its fields name",
        arguments: [
            ("*/15 9-10 * * 1-5", "UTC", "2026-11-27T10:31:00Z", ["2026-11-27T10:45:00", "2026-11-30T09:00:00"]),
            ("0 8 1,15 * *", "UTC", "2026-11-02T00:00:00Z", ["2026-11-15T08:00:00", "2026-12-01T08:00:00"]),
            ("0 0 29 2 *", "UTC", "2026-01-01T00:00:00Z", ["2028-02-29T00:00:00", "2032-02-29T00:00:00"]),
            ("0 0 31 * *", "UTC", "2026-01-31T00:00:00Z", ["2026-03-31T00:00:00", "2026-05-31T00:00:00"]),
            // Both day fields: either counts.
            ("0 12 13 * fri", "UTC", "2026-11-10T13:00:00Z", ["2026-11-13T12:00:00", "2026-11-20T12:00:00"]),
            ("0 9 * * 7", "UTC", "2026-11-27T00:00:00Z", ["2026-11-29T09:00:00", "2026-12-06T09:00:00"]),
            ("@monthly", "Europe/Berlin", "2026-11-27T00:00:00Z", ["2026-12-01T00:00:00", "2027-01-01T00:00:00"]),
            ("30 9 * jan,jul mon#", "", "", []),
        ] as [(String, String, String, [String])])
    func named(spec: String, zone: String, start: String, expected: [String]) throws {
        guard !expected.isEmpty else {
            #expect(throws: FieldFailure.self) { try CronExpression(spec) }
            return
        }
        let found = try times(spec, zone, from: start, expected.count).map { String($0.prefix(19)) }
        #expect(found == expected)
    }

    @Test("On the days when clocks change, a skipped time fires at the change and a repeated one once")
    func clockChanges() throws {
        // Berlin skips 2:00 to 3:00 on 29 March 2026, and shows 2:00 to 3:00 twice on 25 October.
        #expect(
            try times("30 2 * * *", "Europe/Berlin", from: "2026-03-28T12:00:00Z", 2)
                == ["2026-03-29T03:00:00+02:00", "2026-03-30T02:30:00+02:00"])
        #expect(
            try times("30 2 * * *", "Europe/Berlin", from: "2026-10-24T12:00:00Z", 2)
                == ["2026-10-25T02:30:00+02:00", "2026-10-26T02:30:00+01:00"])
        // By elapsed time: each half hour, also through the repeated one.
        #expect(
            try times("*/30 * * * *", "Europe/Berlin", from: "2026-10-25T00:15:00Z", 4)
                == [
                    "2026-10-25T02:30:00+02:00", "2026-10-25T02:00:00+01:00", "2026-10-25T02:30:00+01:00",
                    "2026-10-25T03:00:00+01:00",
                ])
    }

    @Test(
        "What is no schedule is refused with the field and what it takes",
        arguments: [
            ("", "fields"), ("* * * *", "4 fields"), ("60 * * * *", "minute"), ("* 24 * * *", "hour"),
            ("* * 0 * *", "day of the month"), ("* * * 13 *", "month"), ("* * * * 8", "day of the week"),
            ("*/0 * * * *", "minute"), ("5-1 * * * *", "minute"), ("1,,2 * * * *", "minute"), ("a * * * *", "minute"),
            ("0 0 30 2 *", "no month"), ("0 0 31 4,6 *", "no month"), ("1/2/3 * * * *", "minute"),
            ("@often", "fields"), ("+5 * * * *", "minute"),
        ])
    func refused(spec: String, word: String) {
        let failure = #expect(throws: FieldFailure.self) { try CronExpression(spec) }
        #expect(failure?.message.contains(word) == true, "\(failure?.message ?? "")")
    }

    @Test(
        "Every time comes after the one before, and matches what a look at each minute finds",
        arguments: ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"])
    func oracle(zone: String) throws {
        let rules = try TimeZoneRules(name: zone)
        var random = SeededGenerator(seed: 42)
        for _ in 0..<60 {
            let spec =
                "\(["*", "*/7", "0", "15,45", "30-40"].randomElement(using: &random) ?? "*") "
                + "\(["*", "2", "1-3", "*/5"].randomElement(using: &random) ?? "*") "
                + "\(["*", "1", "28-31", "29"].randomElement(using: &random) ?? "*") "
                + "\(["*", "3,10", "4,11", "2"].randomElement(using: &random) ?? "*") "
                + "\(["*", "sun", "1-5"].randomElement(using: &random) ?? "*")"
            let expression = try CronExpression(spec)
            let schedule = CronSchedule(expression: expression, zone: rules)
            // The spring and the autumn of 2026.
            for start in [1_774_569_600, 1_775_260_800, 1_792_800_000, 1_793_491_200] as [Int64] {
                let found = schedule.next(after: start)
                var at = start - start % 60 + 60
                var expected: Int64?
                while expected == nil, at < start + 9 * 86_400 {
                    let moment = rules.dateTime(at: at)
                    let matches =
                        expression.hasMinute(moment.time.minute) && expression.hasHour(moment.time.hour)
                        && expression.hasDay(
                            month: moment.date.month, day: moment.date.day,
                            weekday: (moment.date.dayNumber % 7 + 11) % 7)
                    if matches { expected = at }
                    at += 60
                }
                // A skipped time fires at the change, before what the minutes show.
                guard let expected, let found else { continue }
                #expect(found > start)
                let isAtChange = rules.transition(after: start).map { $0.unixSeconds == found } ?? false
                #expect(found == expected || isAtChange, "\(spec) in \(zone) after \(start)")
            }
        }
    }
}
