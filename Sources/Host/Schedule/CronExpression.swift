import Wire

/// When something is due, by the clock on a wall: `*/15 9-18 * * 1-5`, or `@hourly`, `@daily`, `@weekly`, `@monthly`,
/// `@yearly`.
///
/// Where day of month and day of week are both restricted (neither begins with `*`), either matches, as in Vixie cron.
public struct CronExpression: Sendable, Equatable {
    /// As it was written.
    public let text: String
    /// It has a `*` in the minutes or hours and so means every so often, not a time of day.
    let isRepeating: Bool
    // A bit for each value that matches.
    private let minutes: UInt64
    private let hours: UInt64
    private let days: UInt64
    private let months: UInt64
    private let weekdays: UInt64
    private let eitherDayMatches: Bool

    /// The longest that makes sense names every minute; this is a mistake.
    static let bytesMax = 500
    /// 29 February on a given day of the week is at most 40 years away (1880 to 1920).
    private static let yearsAheadMax = 41

    private static let nicknames = [
        "@hourly": "0 * * * *", "@daily": "0 0 * * *", "@weekly": "0 0 * * 0", "@monthly": "0 0 1 * *",
        "@yearly": "0 0 1 1 *",
    ]

    public init(_ text: String) throws(CronFailure) {
        guard text.utf8.count <= Self.bytesMax else {
            throw CronFailure(message: "a schedule has at most \(Self.bytesMax) bytes")
        }
        let named = Self.nicknames[text.lowercased()]
        let fields = (named ?? text).split { $0 == " " || $0 == "\t" }
        guard fields.count == CronField.all.count else {
            let names = Self.nicknames.keys.sorted().joined(separator: ", ")
            throw CronFailure(
                message: "the schedule '\(text)' is not understood: it has five fields (minute, hour, day of month, "
                    + "month, day of week) such as \"*/15 9-18 * * 1-5\", or is one of \(names)")
        }
        self.text = text
        minutes = try CronField.minute.set(fields[0])
        hours = try CronField.hour.set(fields[1])
        days = try CronField.day.set(fields[2])
        months = try CronField.month.set(fields[3])
        weekdays = try CronField.weekday.set(fields[4])
        isRepeating = fields[0].hasPrefix("*") || fields[1].hasPrefix("*")
        eitherDayMatches = !fields[2].hasPrefix("*") && !fields[4].hasPrefix("*")
        guard eitherDayMatches || hasPossibleDate else {
            throw CronFailure(message: "the schedule '\(text)' never comes: no month of it has such a day")
        }
    }

    private var hasPossibleDate: Bool {
        (1...12).contains { month in
            // Any leap year will do.
            months & 1 << UInt64(month) != 0
                && days.trailingZeroBitCount <= CivilDate.dayCount(year: 2000, month: month)
        }
    }

    /// Whether it is due when the wall's clock shows this time, to the minute.
    func matches(_ local: CivilDateTime) -> Bool {
        matches(local.date) && hours & 1 << UInt64(local.time.hour) != 0
            && minutes & 1 << UInt64(local.time.minute) != 0
    }

    private func matches(_ date: CivilDate) -> Bool {
        guard months & 1 << UInt64(date.month) != 0 else { return false }
        // Bitrix24's week begins on Monday, cron's on Sunday.
        let weekday = ((date.dayNumber + 4) % 7 + 7) % 7
        let (fitsDay, fitsWeekday) = (days & 1 << UInt64(date.day) != 0, weekdays & 1 << UInt64(weekday) != 0)
        return eitherDayMatches ? fitsDay || fitsWeekday : fitsDay && fitsWeekday
    }

    /// The first full minute on the wall's clock, `from` itself included, at which it is due; nil when the calendar
    /// (to the year 9999) ends before.
    func next(from: CivilDateTime) -> CivilDateTime? {
        let isWhole = from.time.second == 0
        let start = isWhole ? from : from.adding(seconds: Int64(60 - from.time.second))
        guard start.time.second == 0 else { return nil }
        if matches(start.date), let time = time(from: start.time) { return CivilDateTime(date: start.date, time: time) }
        guard let date = date(after: start.date), let time = time(from: .midnight) else { return nil }
        return CivilDateTime(date: date, time: time)
    }

    private func time(from: CivilTime) -> CivilTime? {
        for hour in from.hour...23 where hours & 1 << UInt64(hour) != 0 {
            let first = hour == from.hour ? from.minute : 0
            let later = minutes & (UInt64.max << UInt64(first))
            if later != 0 { return CivilTime(hour: hour, minute: later.trailingZeroBitCount) }
        }
        return nil
    }

    private func date(after date: CivilDate) -> CivilDate? {
        let lastYear = min(date.year + Self.yearsAheadMax, CivilDate.yearRange.upperBound)
        for year in date.year...lastYear {
            for month in 1...12 where months & 1 << UInt64(month) != 0 {
                guard year > date.year || month >= date.month else { continue }
                let firstDay = year == date.year && month == date.month ? date.day + 1 : 1
                let lastDay = CivilDate.dayCount(year: year, month: month)
                guard firstDay <= lastDay else { continue }
                for day in firstDay...lastDay {
                    if let found = CivilDate(year: year, month: month, day: day), matches(found) { return found }
                }
            }
        }
        return nil
    }
}
