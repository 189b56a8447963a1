import Testing
import Wire

@testable import Host

/// Compares the slots with what trying every minute finds.
@Suite struct SlotsOracleTests {
    private struct Question {
        let zone: TimeZoneRules
        let calendar: WorkCalendar
        let rules: SlotRules
        let busy: [BusyTime]
        let now: Int64

        /// Around a change of clocks in half of the cases.
        init(_ random: inout some RandomNumberGenerator) throws {
            let names = [
                "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "America/Havana",
                "Africa/Cairo", "Pacific/Chatham", "UTC", "America/Nuuk", "Asia/Beirut", "America/Sao_Paulo",
            ]
            zone = try TimeZoneRules(name: names.randomElement(using: &random) ?? "UTC")
            var near = Int64.random(in: 1_767_225_600...1_893_456_000, using: &random)
            if Bool.random(using: &random), let change = zone.transition(after: near) { near = change.unixSeconds }
            now = near + Int64.random(in: -100_000...20_000, using: &random)

            let start = Int.random(in: 0...23, using: &random) * 60 + [0, 0, 30, 7].randomElement(using: &random)!
            let end = min(1440, start + Int.random(in: 20...1440, using: &random))
            let date = zone.dateTime(at: now).date
            let someDays = (0...3).compactMap { number -> WorkCalendar.YearDay? in
                let day = date.adding(days: number)
                return Int.random(in: 0..<5, using: &random) == 0 ? .init(day: day.day, month: day.month) : nil
            }
            calendar = WorkCalendar(
                hours: try WorkingHours(startMinute: start, endMinute: end),
                weekHolidays: Bool.random(using: &random) ? [] : [.saturday, .sunday],
                yearHolidays: Set(someDays), yearWorkdays: Bool.random(using: &random) ? [] : Set(someDays.prefix(1)))
            rules = try SlotRules(
                durationMinutes: Int.random(in: 1...min(end - start, 200), using: &random),
                stepMinutes: Bool.random(using: &random) ? nil : Int.random(in: 5...90, using: &random),
                bufferMinutes: Bool.random(using: &random) ? 0 : Int.random(in: 0...45, using: &random),
                leadMinutes: Bool.random(using: &random) ? 0 : Int.random(in: 0...900, using: &random),
                daysAhead: Int.random(in: 0...2, using: &random), countMax: 10_000,
                date: Int.random(in: 0..<4, using: &random) == 0 ? date.adding(days: 1) : nil,
                partOfDay: Int.random(in: 0..<4, using: &random) == 0
                    ? SlotRules.PartOfDay.allCases.randomElement(using: &random) : nil)
            let now = now
            busy = (0..<Int.random(in: 0...8, using: &random)).map { number in
                if number == 7 { return .allDay(first: date.adding(days: 1), last: date.adding(days: 1)) }
                let start = now + Int64.random(in: -20_000...200_000, using: &random)
                return .interval(start: start, end: start + Int64.random(in: -60...9000, using: &random))
            }
        }

        func isWorked(_ point: Int64, on date: CivilDate) -> Bool {
            let local = zone.dateTime(at: point)
            let minute = local.time.secondOfDay / 60
            return local.date == date && minute >= calendar.hours.startMinute && minute < calendar.hours.endMinute
        }

        func isBusy(_ start: Int64, _ end: Int64) -> Bool {
            let buffer = Int64(rules.bufferMinutes) * 60
            return busy.contains { time in
                switch time {
                case .interval(let first, let last):
                    first < last && first < end + buffer && start - buffer < last
                case .allDay(let first, let last):
                    // Every minute that shows one of these dates is busy, and so is what is too near to it.
                    stride(from: start - buffer, to: end + buffer, by: 60).contains { point in
                        let date = zone.dateTime(at: point).date
                        return first <= date && date <= last
                    }
                }
            }
        }

        func isWorkday(_ date: CivilDate) -> Bool {
            let day = WorkCalendar.YearDay(day: date.day, month: date.month)!
            return calendar.yearWorkdays.contains(day)
                || !calendar.yearHolidays.contains(day) && !calendar.weekHolidays.contains(date.weekday)
        }

        /// Everything but the step.
        func isOpen(_ start: Int64) -> Bool {
            let end = start + Int64(rules.durationMinutes) * 60
            let date = zone.dateTime(at: start).date
            let today = zone.dateTime(at: now).date
            return start >= now + Int64(rules.leadMinutes) * 60 && date.dayNumber - today.dayNumber <= rules.daysAhead
                && isWorkday(date) && stride(from: start, to: end, by: 60).allSatisfy { isWorked($0, on: date) }
                && !isBusy(start, end)
        }

        func isStep(_ start: Int64) -> Bool {
            let local = zone.dateTime(at: start)
            let minute = local.time.secondOfDay / 60
            let isPart =
                switch rules.partOfDay {
                case nil: true
                case .morning: minute < 720
                case .afternoon: (720..<1020).contains(minute)
                case .evening: minute >= 1020
                }
            return (minute - calendar.hours.startMinute) % rules.stepMinutes == 0 && isPart
                && (rules.date == nil || rules.date == local.date)
        }
    }

    @Test(arguments: UInt64(0)..<60)
    func `slots are those that trying every minute finds`(seed: UInt64) throws {
        var random = SplitMix(seed: seed)
        let question = try Question(&random)
        let search = try SlotSearch(
            calendar: question.calendar, rules: question.rules, busy: question.busy, zone: question.zone,
            now: question.now)
        let minutes = stride(
            from: question.now / 60 * 60, to: question.now + Int64(question.rules.daysAhead + 1) * 86_400 + 7200, by: 60
        )
        let expected = minutes.filter { question.isStep($0) && question.isOpen($0) }
        #expect(search.open().map(\.start) == expected, "seed \(seed) \(question)")
        for start in minutes where Int.random(in: 0..<20, using: &random) == 0 {
            #expect((search.fits(start: start) == .fits) == question.isOpen(start), "seed \(seed) at \(start)")
        }
    }
}
