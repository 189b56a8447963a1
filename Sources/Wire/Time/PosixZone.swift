/// The rule in a tz file's footer for all years after its table, such as `CET-1CEST,M3.5.0,M10.5.0/3` (POSIX.1-2024
/// section 8.3, with the hours up to 167 of RFC 8536).
struct PosixZone: Sendable, Equatable {
    /// When a period begins each year.
    struct Change: Sendable, Equatable {
        enum Day: Sendable, Equatable {
            /// `Jn`: 1 to 365, February 29th never counted.
            case julian(Int)
            /// `n`: 0 to 365, February 29th counted.
            case zeroBased(Int)
            /// `Mm.w.d`: the w-th (5: last) weekday d (0: Sunday) of month m.
            case weekday(month: Int, week: Int, day: Int)
        }

        let day: Day
        /// By the clock until then, from midnight; -604 799 to 604 799.
        let secondOfDay: Int
    }

    /// Seconds east of Greenwich.
    let standardOffset: Int
    let daylight: Daylight?

    struct Daylight: Sendable, Equatable {
        let offset: Int
        let start: Change
        let end: Change
    }

    func offset(at unixSeconds: Int64) -> Int {
        guard let daylight else { return standardOffset }
        let year = CivilDateTime(localSeconds: unixSeconds.withinCalendar + Int64(standardOffset)).date.year
        // The last change before: one of this year's or, early in January, of the year before.
        let before = changes(daylight, years: (year - 1)...(year + 1)).last { $0.unixSeconds <= unixSeconds }
        return before?.offsetSeconds ?? standardOffset
    }

    func transition(after unixSeconds: Int64) -> (unixSeconds: Int64, offsetSeconds: Int)? {
        guard let daylight else { return nil }
        let year = CivilDateTime(localSeconds: unixSeconds.withinCalendar + Int64(standardOffset)).date.year
        return changes(daylight, years: (year - 1)...(year + 1)).first { $0.unixSeconds > unixSeconds }
    }

    private func changes(
        _ daylight: Daylight, years: ClosedRange<Int>
    ) -> [(unixSeconds: Int64, offsetSeconds: Int)] {
        years.flatMap { year in
            let start = PosixZone.localSeconds(daylight.start, year: year) - Int64(standardOffset)
            let end = PosixZone.localSeconds(daylight.end, year: year) - Int64(daylight.offset)
            return [(start, daylight.offset), (end, standardOffset)]
        }.sorted { $0.0 < $1.0 }
    }

    /// When the change comes, by the clock until then.
    private static func localSeconds(_ change: Change, year: Int) -> Int64 {
        let year = max(CivilDate.yearRange.lowerBound, min(CivilDate.yearRange.upperBound, year))
        let newYear = firstDay(year: year, month: 1)
        let day: Int
        switch change.day {
        case .julian(let number):
            day = newYear + number - 1 + (CivilDate.isLeap(year: year) && number >= 60 ? 1 : 0)
        case .zeroBased(let number):
            day = newYear + number
        case .weekday(let month, let week, let weekday):
            let first = firstDay(year: year, month: month)
            // 1970-01-01 was a Thursday, day 4 of a week that starts on Sunday.
            let firstWeekday = ((first + 4) % 7 + 7) % 7
            let inMonth = (weekday - firstWeekday + 7) % 7 + (week - 1) * 7
            day = first + (inMonth < CivilDate.dayCount(year: year, month: month) ? inMonth : inMonth - 7)
        }
        return Int64(day) * 86_400 + Int64(change.secondOfDay)
    }

    private static func firstDay(year: Int, month: Int) -> Int {
        CivilDate(year: year, month: month, day: 1)?.dayNumber ?? 0
    }
}
