/// A point in time, to the nanosecond, without leap seconds.
public struct Timestamp: Sendable, Hashable, Comparable {
    /// Since 1970-01-01T00:00:00Z; negative before. Always within `range`.
    public let unixSeconds: Int64
    /// 0 to 999 999 999, forward from `unixSeconds`.
    public let nanoseconds: Int32

    /// The Unix seconds of the years 1 to 9999: what a text can say, and far from where sums overflow.
    public static let range: ClosedRange<Int64> = -62_135_596_800...253_402_300_799

    /// - Parameters:
    ///   - unixSeconds: kept within `range`.
    ///   - nanoseconds: kept within 0 to 999 999 999.
    public init(unixSeconds: Int64, nanoseconds: Int32 = 0) {
        self.unixSeconds = unixSeconds.withinCalendar
        self.nanoseconds = max(0, min(999_999_999, nanoseconds))
    }

    /// Nil where the text is no date with time and offset: without an offset nobody can tell which point is meant.
    /// `ISO8601` reads the others.
    public init?(parsingISO8601 text: String) {
        guard let parsed = ISO8601(text), let offset = parsed.offsetSeconds else { return nil }
        self.init(
            unixSeconds: parsed.dateTime.localSeconds - Int64(offset), nanoseconds: parsed.nanoseconds)
    }

    public func adding(seconds: Int64) -> Timestamp {
        let (sum, isOver) = unixSeconds.addingReportingOverflow(seconds)
        return Timestamp(unixSeconds: isOver ? (seconds < 0 ? .min : .max) : sum, nanoseconds: nanoseconds)
    }

    /// The clock on the wall where the offset from Greenwich is `offsetSeconds`, east positive.
    public func dateTime(offsetSeconds: Int = 0) -> CivilDateTime {
        CivilDateTime(localSeconds: unixSeconds + Int64(offsetSeconds))
    }

    /// `2026-05-14T10:26:32+02:00`, to the second; the offset, east positive, in whole minutes.
    public func iso8601(offsetSeconds: Int = 0) -> String {
        let minutes = abs(offsetSeconds) / 60
        let sign = offsetSeconds < 0 ? "-" : "+"
        return "\(dateTime(offsetSeconds: offsetSeconds))\(sign)\(padded(minutes / 60, 2)):\(padded(minutes % 60, 2))"
    }

    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        (left.unixSeconds, left.nanoseconds) < (right.unixSeconds, right.nanoseconds)
    }
}

extension Int64 {
    var withinCalendar: Int64 { Swift.max(Timestamp.range.lowerBound, Swift.min(Timestamp.range.upperBound, self)) }
}
