public import Wire

/// When somebody has no time.
public enum BusyTime: Sendable, Equatable {
    /// Unix seconds, the end not included. Empty and reversed intervals take no time.
    case interval(start: Int64, end: Int64)
    /// Whole days by the clock of the zone that slots are computed in, the last one included.
    case allDay(first: CivilDate, last: CivilDate)
}

extension BusyTime {
    /// Reads a row of `calendar.accessibility.get` or `calendar.event.get`
    /// (https://apidocs.bitrix24.com/api-reference/calendar/calendar-accessibility-get.html): the UTC timestamps, since
    /// the dates next to them are in the portal's own format.
    ///
    /// Nil for a row that takes no time: marked free, deleted, declined, or without timestamps.
    public init?(row: JSONValue) {
        func number(_ name: String) -> Int64? {
            row[name].flatMap { $0.integerValue ?? $0.stringValue.flatMap { Int64($0) } }
        }
        guard row["ACCESSIBILITY"]?.stringValue != "free", row["DELETED"]?.stringValue != "Y",
            row["MEETING_STATUS"]?.stringValue != "N",
            let start = number("DATE_FROM_TS_UTC"), let end = number("DATE_TO_TS_UTC")
        else { return nil }
        guard row["DT_SKIP_TIME"]?.stringValue == "Y" else {
            self = .interval(start: start, end: end)
            return
        }
        // An all-day event is stamped with midnights, of UTC or of its zone where the row names one; the last day
        // stands there by its own midnight. The nearest midnight is the day that is meant.
        func day(_ stamp: Int64, _ offset: String) -> CivilDate {
            Timestamp(unixSeconds: stamp).adding(seconds: number(offset) ?? 0).adding(seconds: 43_200).dateTime().date
        }
        self = .allDay(first: day(start, "TZ_OFFSET_FROM"), last: day(end, "TZ_OFFSET_TO"))
    }
}

/// Busy intervals as one ascending list without overlaps, to ask it by halving.
struct BusyList: Sendable {
    private var intervals: [Range<Int64>] = []

    /// - Parameter bufferSeconds: what each interval grows by on both sides.
    init(_ times: [BusyTime], bufferSeconds: Int64, zone: TimeZoneRules) {
        let ranges = times.compactMap { BusyList.range($0, zone) }
            .map { ($0.lowerBound - bufferSeconds)..<($0.upperBound + bufferSeconds) }
            .sorted { $0.lowerBound < $1.lowerBound }
        intervals.reserveCapacity(ranges.count)
        for range in ranges {
            if let last = intervals.last, range.lowerBound <= last.upperBound {
                intervals[intervals.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                intervals.append(range)
            }
        }
    }

    /// The first busy interval that meets `range`; nil when all of it is free.
    func first(meeting range: Range<Int64>) -> Range<Int64>? {
        var low = 0
        var high = intervals.count
        while low < high {
            let middle = (low + high) / 2
            if intervals[middle].upperBound > range.lowerBound { high = middle } else { low = middle + 1 }
        }
        return low < intervals.count && intervals[low].lowerBound < range.upperBound ? intervals[low] : nil
    }

    private static func range(_ time: BusyTime, _ zone: TimeZoneRules) -> Range<Int64>? {
        switch time {
        case .interval(let start, let end):
            // A timestamp keeps within the calendar, far from where sums overflow.
            let first = Timestamp(unixSeconds: start).unixSeconds
            let last = Timestamp(unixSeconds: end).unixSeconds
            return first < last ? first..<last : nil
        case .allDay(let first, let last):
            guard first <= last else { return nil }
            return zone.startOfDay(first)..<zone.startOfDay(last.adding(days: 1))
        }
    }
}

extension TimeZoneRules {
    /// The first point in time of a date, in Unix seconds: where its midnight is skipped, the moment clocks change.
    func startOfDay(_ date: CivilDate) -> Int64 {
        switch resolve(local: CivilDateTime(date: date, time: .midnight)) {
        case .unique(let point): point
        case .gap(let transition, _): transition
        case .overlap(let earlier, _): earlier
        }
    }
}
