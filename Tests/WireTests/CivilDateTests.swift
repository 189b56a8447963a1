import Testing
import Wire

@Suite struct CivilDateTests {
    @Test func `every day from 1600 to 2500 has its number, its successor and its weekday`() throws {
        var date = try #require(CivilDate(year: 1600, month: 1, day: 1))
        // A Saturday, 135 140 days before 1970-01-01.
        #expect(date.dayNumber == -135_140)
        #expect(date.weekday == .saturday)
        var weekday = 5
        while date.year < 2500 {
            let next = date.adding(days: 1)
            #expect(next.dayNumber == date.dayNumber + 1)
            #expect(next > date)
            let sameMonth = CivilDate(year: date.year, month: date.month, day: date.day + 1)
            let sameYear = CivilDate(year: date.year, month: date.month + 1, day: 1)
            #expect(next == sameMonth ?? sameYear ?? CivilDate(year: date.year + 1, month: 1, day: 1))
            weekday = (weekday + 1) % 7
            #expect(next.weekday == Weekday.allCases[weekday])
            date = next
        }
    }

    @Test(arguments: [
        (2026, 2, 29), (2100, 2, 29), (1900, 2, 29), (2026, 4, 31), (2026, 0, 1), (2026, 13, 1), (2026, 1, 0),
        (2026, 1, 32), (0, 1, 1), (10_000, 1, 1), (-1, 1, 1),
    ])
    func `dates that do not exist cannot be made`(year: Int, month: Int, day: Int) {
        #expect(CivilDate(year: year, month: month, day: day) == nil)
    }

    @Test func `leap days exist in their years`() {
        for year in [2000, 2024, 2400] { #expect(CivilDate(year: year, month: 2, day: 29) != nil) }
    }

    @Test func `far away days stay within the calendar`() {
        #expect(CivilDate(dayNumber: .max / 2).description == "9999-12-31")
        #expect(CivilDate(dayNumber: .min / 2).description == "0001-01-01")
        #expect(CivilDate(dayNumber: 0).description == "1970-01-01")
    }

    @Test func `a clock counts across midnight in both directions`() throws {
        let date = try #require(CivilDate(year: 2026, month: 3, day: 1))
        let time = try #require(CivilTime(hour: 0, minute: 10, second: 5))
        let start = CivilDateTime(date: date, time: time)
        #expect(start.adding(seconds: -606).description == "2026-02-28T23:59:59")
        #expect(start.adding(seconds: 86_400).description == "2026-03-02T00:10:05")
        #expect(CivilDateTime(localSeconds: -1).description == "1969-12-31T23:59:59")
        #expect(CivilDateTime(localSeconds: start.localSeconds) == start)
        #expect(CivilTime(hour: 24, minute: 0) == nil)
        #expect(CivilTime(hour: 23, minute: 59, second: 60) == nil)
    }
}
