import Testing
import Wire

@testable import Host

@Suite struct CronTests {
    private func due(
        _ spec: String, _ zone: String, after start: String, _ count: Int
    ) throws -> [String] {
        let rules = try TimeZoneRules(name: zone)
        let schedule = CronSchedule(try CronExpression(spec), in: rules)
        var at = try #require(Timestamp(parsingISO8601: start))
        var found: [String] = []
        for _ in 0..<count {
            at = try #require(schedule.next(after: at), "\(spec)")
            found.append(at.iso8601(offsetSeconds: rules.offsetSeconds(at: at.unixSeconds)))
        }
        return found
    }

    @Test(
        "The next times are those that the expression says",
        arguments: [
            ("*/15 9-10 * * 1-5", "2026-03-06T10:31:00Z", ["2026-03-06T10:45:00", "2026-03-09T09:00:00"]),
            ("0 12 29 2 *", "2026-01-01T00:00:00Z", ["2028-02-29T12:00:00", "2032-02-29T12:00:00"]),
            ("0 12 29 2 *", "2096-03-01T00:00:00Z", ["2104-02-29T12:00:00"]),
            ("0 12 29 2 */7", "1880-03-01T00:00:00Z", ["1920-02-29T12:00:00"]),
            ("0 0 31 * *", "2026-01-31T00:00:00Z", ["2026-03-31T00:00:00", "2026-05-31T00:00:00"]),
            ("0 0 30 * *", "2026-01-30T00:00:00Z", ["2026-03-30T00:00:00"]),
            // Both day fields: either of them. 13 March 2026 is a Friday.
            ("0 0 13 * fri", "2026-03-06T00:00:00Z", ["2026-03-13T00:00:00", "2026-03-20T00:00:00"]),
            ("0 0 15 * mon", "2026-03-10T00:00:00Z", ["2026-03-15T00:00:00", "2026-03-16T00:00:00"]),
            // A day field that begins with * restricts nothing by itself: both match.
            ("0 0 */2 * mon", "2026-03-01T00:00:00Z", ["2026-03-09T00:00:00", "2026-03-23T00:00:00"]),
            ("0 0 30 2 mon", "2026-01-28T00:00:00Z", ["2026-02-02T00:00:00"]),
            ("0 0 * * 0", "2026-03-02T00:00:00Z", ["2026-03-08T00:00:00"]),
            ("0 0 * * 7", "2026-03-02T00:00:00Z", ["2026-03-08T00:00:00"]),
            ("0 0 * * Fri-Sun", "2026-03-05T00:00:00Z", ["2026-03-06T00:00:00", "2026-03-07T00:00:00"]),
            ("0 0 1 JAN,jul *", "2026-02-01T00:00:00Z", ["2026-07-01T00:00:00", "2027-01-01T00:00:00"]),
            ("5-20/10,59 * * * *", "2026-03-02T00:05:00Z", ["2026-03-02T00:15:00", "2026-03-02T00:59:00"]),
            ("@hourly", "2026-03-02T00:00:00Z", ["2026-03-02T01:00:00"]),
            ("@daily", "2026-03-02T00:00:00Z", ["2026-03-03T00:00:00"]),
            ("@weekly", "2026-03-02T00:00:00Z", ["2026-03-08T00:00:00"]),
            ("@monthly", "2026-03-02T00:00:00Z", ["2026-04-01T00:00:00"]),
            ("@Yearly", "2026-03-02T00:00:00Z", ["2027-01-01T00:00:00"]),
            ("\t0  0 1 1 * ", "2026-03-02T00:00:00Z", ["2027-01-01T00:00:00"]),
        ])
    func tables(spec: String, start: String, expected: [String]) throws {
        #expect(try due(spec, "UTC", after: start, expected.count) == expected.map { $0 + "+00:00" })
    }

    @Test(
        "Daylight saving: a skipped time comes after the gap, once; a repeated one at its first showing; * goes on",
        arguments: [
            // Berlin skips 02:00 to 03:00 on 29 March and repeats it on 25 October 2026.
            (
                "30 2 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z",
                ["2026-03-29T03:00:00+02:00", "2026-03-30T02:30:00+02:00"]
            ),
            (
                "10,20 2,3 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z",
                ["2026-03-29T03:00:00+02:00", "2026-03-29T03:10:00+02:00", "2026-03-29T03:20:00+02:00"]
            ),
            (
                "30 2 * * *", "Europe/Berlin", "2026-10-24T12:00:00Z",
                ["2026-10-25T02:30:00+02:00", "2026-10-26T02:30:00+01:00"]
            ),
            ("30 2 * * *", "Europe/Berlin", "2026-10-25T01:10:00Z", ["2026-10-26T02:30:00+01:00"]),
            ("*/30 2 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z", ["2026-03-30T02:00:00+02:00"]),
            (
                "30 * * * *", "Europe/Berlin", "2026-03-29T00:00:00Z",
                ["2026-03-29T01:30:00+01:00", "2026-03-29T03:30:00+02:00"]
            ),
            (
                "30 * * * *", "Europe/Berlin", "2026-10-25T00:00:00Z",
                ["2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00", "2026-10-25T03:30:00+01:00"]
            ),
            // Half an hour, and at midnight.
            ("0 2 5 4 *", "Australia/Lord_Howe", "2026-04-01T00:00:00Z", ["2026-04-05T02:00:00+10:30"]),
            ("45 1 5 4 *", "Australia/Lord_Howe", "2026-04-01T00:00:00Z", ["2026-04-05T01:45:00+11:00"]),
            ("15 2 4 10 *", "Australia/Lord_Howe", "2026-10-01T00:00:00Z", ["2026-10-04T02:30:00+11:00"]),
            ("@daily", "America/Havana", "2026-03-07T12:00:00Z", ["2026-03-08T01:00:00-04:00"]),
            // A day that Samoa never had.
            (
                "0 9 30 12 *", "Pacific/Apia", "2011-12-01T00:00:00Z",
                ["2011-12-31T00:00:00+14:00", "2012-12-30T09:00:00+14:00"]
            ),
            ("* 9 30 12 *", "Pacific/Apia", "2011-12-01T00:00:00Z", ["2012-12-30T09:00:00+14:00"]),
        ])
    func daylight(spec: String, zone: String, start: String, expected: [String]) throws {
        #expect(try due(spec, zone, after: start, expected.count) == expected)
    }

    @Test(
        "What is no schedule is refused with its field and what is allowed",
        arguments: [
            ("60 * * * *", "the minute field '60' is not understood; it takes 0 to 59, *, ranges (a-b)"),
            ("* 24 * * *", "the hour field '24' is not understood; it takes 0 to 23"),
            ("* * 0 * *", "the day of month field '0' is not understood; it takes 1 to 31"),
            ("* * * 13 *", "the month field '13' is not understood; it takes 1 to 12 or jan to dec"),
            ("* * * * 8", "the day of week field '8' is not understood; it takes 0 to 7 or sun to sat"),
            ("* * * * monday", "the day of week field 'monday' is not understood"),
            ("* * * mon *", "the month field 'mon'"),
            ("9-5 * * * *", "the minute field '9-5' has a range that runs backwards"),
            ("5/15 * * * *", "the minute field '5/15' has a step without a range: write 5-59/15"),
            ("*/0 * * * *", "the minute field '*/0' needs a step of 1 to 59"),
            ("*/60 * * * *", "needs a step of 1 to 59"), ("*/2/2 * * * *", "has more than one '/'"),
            ("1,,2 * * * *", "the minute field '1,,2'"), ("-1 * * * *", "the minute field '-1'"),
            ("1- * * * *", "the minute field '1-'"), ("+1 * * * *", "the minute field '+1'"),
            ("*-5 * * * *", "the minute field '*-5'"), ("99999999999999999999 * * * *", "the minute field"),
            ("* * * *", "it has five fields"), ("* * * * * *", "it has five fields"), ("", "it has five fields"),
            ("15m", "it has five fields"), ("@reboot", "@daily, @hourly"),
            ("0 0 30 2 *", "the schedule '0 0 30 2 *' never comes"), ("0 0 31 4,6,9,11 *", "never comes"),
            ("0 0 30 feb */2", "never comes"),
            (String(repeating: "1,", count: 250) + "1 * * * *", "at most 500 bytes"),
        ])
    func refused(spec: String, words: String) {
        let failure = #expect(throws: CronFailure.self) { try CronExpression(spec) }
        #expect(failure?.message.contains(words) == true, "\(failure?.message ?? "-")")
    }

    @Test("Near the ends of the calendar it ends, and does not loop")
    func ends() throws {
        let schedule = CronSchedule(try CronExpression("@yearly"), in: .utc)
        #expect(schedule.next(after: Timestamp(unixSeconds: .max)) == nil)
        #expect(schedule.next(after: Timestamp(unixSeconds: Timestamp.range.upperBound - 86_400)) == nil)
        let always = CronSchedule(try CronExpression("* * * * *"), in: try TimeZoneRules(name: "America/New_York"))
        #expect(always.next(after: Timestamp(unixSeconds: .max)) == nil)
        #expect(always.next(after: Timestamp(unixSeconds: .min)) != nil)
    }
}
