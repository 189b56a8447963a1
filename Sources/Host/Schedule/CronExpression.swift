/// Five fields as cron has them: minute, hour, day of the month, month, day of the week.
///
///     */15 9-18 * * 1-5     every quarter of an hour from 9:00 to 18:45, Monday to Friday
///     0 8 1,15 * *          at 8:00 on the first and the fifteenth
///     @daily                at midnight; also @hourly, @weekly, @monthly, @yearly
///
/// Fields are `*`, numbers, ranges `a-b`, steps `*/n` or `a-b/n`, and lists of those; months and days may be named by
/// their first three letters, and 0 and 7 are both Sunday. When both day fields are restricted, a day that matches
/// either counts, as in Vixie cron (crontab(5)).
struct CronExpression: Sendable, Equatable {
    let text: String
    private let minutes: UInt64
    private let hours: UInt64
    private let days: UInt64
    private let months: UInt64
    private let weekdays: UInt64
    private let restrictsDays: Bool
    private let restrictsWeekdays: Bool

    /// Whether it goes by elapsed time: no hour is named.
    let isByInterval: Bool

    private static let names = [
        "@hourly": "0 * * * *", "@daily": "0 0 * * *", "@midnight": "0 0 * * *", "@weekly": "0 0 * * 0",
        "@monthly": "0 0 1 * *", "@yearly": "0 0 1 1 *", "@annually": "0 0 1 1 *",
    ]
    private static let monthNames = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]
    private static let weekdayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]

    init(_ text: String) throws(FieldFailure) {
        self.text = text
        let written = Self.names[text.lowercased()] ?? text
        let fields = written.lowercased().split(whereSeparator: { $0 == " " || $0 == "\t" }).map(String.init)
        guard fields.count == 5 else {
            throw FieldFailure(
                "'\(text)' has \(fields.count) fields, a schedule has five: minute hour day month weekday, "
                    + "such as \"*/15 9-18 * * 1-5\"; or @hourly, @daily, @weekly, @monthly, @yearly")
        }
        minutes = try Self.set(fields[0], 0...59, "minute")
        hours = try Self.set(fields[1], 0...23, "hour")
        days = try Self.set(fields[2], 1...31, "day of the month")
        months = try Self.set(fields[3], 1...12, "month", names: Self.monthNames, from: 1)
        var weekdays = try Self.set(fields[4], 0...7, "day of the week", names: Self.weekdayNames, from: 0)
        if weekdays & 1 << 7 != 0 { weekdays |= 1 }
        self.weekdays = weekdays
        restrictsDays = !fields[2].hasPrefix("*")
        restrictsWeekdays = !fields[4].hasPrefix("*")
        isByInterval = fields[1] == "*"
        guard restrictsWeekdays || hasPossibleDay else {
            throw FieldFailure("'\(text)' names a day that no month of it has")
        }
    }

    private var hasPossibleDay: Bool {
        (1...12).contains { month in
            guard months & 1 << UInt64(month) != 0 else { return false }
            let last = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
            return (1...last).contains { days & 1 << UInt64($0) != 0 }
        }
    }

    func hasMinute(_ minute: Int) -> Bool { minutes & 1 << UInt64(minute) != 0 }

    func hasHour(_ hour: Int) -> Bool { hours & 1 << UInt64(hour) != 0 }

    /// - Parameter weekday: 0 is Sunday.
    func hasDay(month: Int, day: Int, weekday: Int) -> Bool {
        guard months & 1 << UInt64(month) != 0 else { return false }
        let isDay = days & 1 << UInt64(day) != 0
        let isWeekday = weekdays & 1 << UInt64(weekday) != 0
        return restrictsDays && restrictsWeekdays ? isDay || isWeekday : isDay && isWeekday
    }

    // -- Fields -------------------------------------------------------------------------------------------------------

    private static func set(
        _ field: String, _ range: ClosedRange<Int>, _ what: String, names: [String] = [], from first: Int = 0
    ) throws(FieldFailure) -> UInt64 {
        var set: UInt64 = 0
        for part in field.split(separator: ",", omittingEmptySubsequences: false) {
            for value in try values(String(part), range, what, names, first) { set |= 1 << UInt64(value) }
        }
        return set
    }

    private static func values(
        _ part: String, _ range: ClosedRange<Int>, _ what: String, _ names: [String], _ first: Int
    ) throws(FieldFailure) -> StrideThrough<Int> {
        let pieces = part.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        var step = 1
        if pieces.count == 2 {
            guard let number = Int(pieces[1]), (1...range.upperBound).contains(number) else {
                throw refusal(part, range, what)
            }
            step = number
        }
        guard pieces.count <= 2 else { throw refusal(part, range, what) }
        if pieces[0] == "*" { return stride(from: range.lowerBound, through: range.upperBound, by: step) }
        let ends = pieces[0].split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        guard (1...2).contains(ends.count), let low = number(ends[0], names, first), range.contains(low) else {
            throw refusal(part, range, what)
        }
        // A step alone runs to the end: 5/15 is 5-59/15.
        var high = pieces.count == 2 ? range.upperBound : low
        if ends.count == 2 {
            guard let end = number(ends[1], names, first), range.contains(end), end >= low else {
                throw refusal(part, range, what)
            }
            high = end
        }
        return stride(from: low, through: high, by: step)
    }

    private static func number(_ text: String, _ names: [String], _ first: Int) -> Int? {
        if let place = names.firstIndex(of: text) { return place + first }
        return text.utf8.allSatisfy { (48...57).contains($0) } ? Int(text) : nil
    }

    private static func refusal(_ part: String, _ range: ClosedRange<Int>, _ what: String) -> FieldFailure {
        FieldFailure(
            "'\(part)' is no \(what): it takes \(range.lowerBound) to \(range.upperBound), ranges such as "
                + "\(range.lowerBound)-\(range.lowerBound + 4), steps such as */2, lists of those, and *")
    }
}
