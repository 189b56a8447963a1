internal import Wire

/// How an event repeats: the part of iCalendar's RRULE that the calendar knows.
///
/// A month that has no such day (the 31st, 29 February) is passed over, as RFC 5545 says.
struct RecurrenceRule: Sendable, Equatable {
    enum Frequency: String, Sendable {
        case daily = "DAILY"
        case weekly = "WEEKLY"
        case monthly = "MONTHLY"
        case yearly = "YEARLY"
    }

    var frequency: Frequency
    /// At least 1.
    var interval = 1
    /// Occurrences in all, those taken out by an exception date included; nil for no limit.
    var count: Int?
    /// The last day that may have one.
    var until: CivilDate?
    /// For weekly rules, in the week's order; empty means the day the event starts on.
    var weekdays: [Weekday] = []

    /// Steps a walk takes at most: a daily event of a hundred years.
    static let stepsMax = 40_000
    static let intervalMax = 1000

    /// The days within `range` on which an event that starts on `start` takes place, exceptions left in.
    func days(from start: CivilDate, in range: ClosedRange<CivilDate>) -> [CivilDate] {
        var found: [CivilDate] = []
        var emitted = 0
        for step in 0..<Self.stepsMax {
            let (period, candidates) = days(inPeriod: step, from: start)
            for day in candidates where day >= start {
                if let count, emitted >= count { return found }
                if let until, day > until { return found }
                emitted += 1
                if day > range.upperBound { return found }
                if day >= range.lowerBound { found.append(day) }
            }
            if period > range.upperBound { return found }
        }
        return found
    }

    /// The last day; nil when the rule never ends.
    func lastDay(from start: CivilDate) -> CivilDate? {
        guard count != nil else { return until }
        return days(from: start, in: start...CivilDate(dayNumber: .max)).last ?? start
    }

    /// The first day of the `step`th period (day, week, month, year) and the days in it that the rule names.
    private func days(inPeriod step: Int, from start: CivilDate) -> (CivilDate, [CivilDate]) {
        switch frequency {
        case .daily:
            let day = start.adding(days: step * interval)
            return (day, weekdays.isEmpty || weekdays.contains(day.weekday) ? [day] : [])
        case .weekly:
            let monday = start.adding(days: step * interval * 7 - start.weekday.place)
            let wanted = weekdays.isEmpty ? [start.weekday] : weekdays
            return (monday, wanted.map { monday.adding(days: $0.place) })
        case .monthly:
            let months = start.year * 12 + start.month - 1 + step * interval
            return Self.dayInMonth(year: months / 12, month: months % 12 + 1, day: start.day)
        case .yearly:
            return Self.dayInMonth(year: start.year + step * interval, month: start.month, day: start.day)
        }
    }

    private static func dayInMonth(year: Int, month: Int, day: Int) -> (CivilDate, [CivilDate]) {
        guard let first = CivilDate(year: year, month: month, day: 1) else { return (CivilDate(dayNumber: .max), []) }
        return (first, CivilDate(year: year, month: month, day: day).map { [$0] } ?? [])
    }
}

extension Weekday {
    /// 0 for Monday to 6 for Sunday.
    var place: Int { Weekday.allCases.firstIndex(of: self) ?? 0 }
}
