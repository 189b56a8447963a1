/// A time of day by the clock on the wall, 00:00:00 to 23:59:59.
public struct CivilTime: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// 0 to 86 399.
    public let secondOfDay: Int

    public static let midnight = CivilTime(secondOfDay: 0)

    /// Kept within one day.
    public init(secondOfDay: Int) { self.secondOfDay = max(0, min(86_399, secondOfDay)) }

    /// Nil for a time that no clock shows; a leap second (60) is none of ours.
    public init?(hour: Int, minute: Int, second: Int = 0) {
        guard (0...23).contains(hour), (0...59).contains(minute), (0...59).contains(second) else { return nil }
        secondOfDay = hour * 3600 + minute * 60 + second
    }

    public var hour: Int { secondOfDay / 3600 }
    public var minute: Int { secondOfDay / 60 % 60 }
    public var second: Int { secondOfDay % 60 }

    public static func < (left: CivilTime, right: CivilTime) -> Bool { left.secondOfDay < right.secondOfDay }

    /// `09:30:00`
    public var description: String { "\(padded(hour, 2)):\(padded(minute, 2)):\(padded(second, 2))" }
}

/// Date and time by the clock on the wall, in no zone.
public struct CivilDateTime: Sendable, Hashable, Comparable, CustomStringConvertible {
    public let date: CivilDate
    public let time: CivilTime

    public init(date: CivilDate, time: CivilTime) {
        self.date = date
        self.time = time
    }

    /// That many seconds after 1970-01-01 00:00 on the same clock, kept within the years 1 to 9999.
    public init(localSeconds: Int64) {
        let kept = localSeconds.withinCalendar
        let day = kept.dividedRoundingDown(by: 86_400)
        date = CivilDate(dayNumber: Int(day))
        time = CivilTime(secondOfDay: Int(kept - day * 86_400))
    }

    /// Seconds from 1970-01-01 00:00 to here on the same clock.
    public var localSeconds: Int64 { Int64(date.dayNumber) * 86_400 + Int64(time.secondOfDay) }

    public func adding(seconds: Int64) -> CivilDateTime {
        CivilDateTime(localSeconds: localSeconds + seconds.withinCalendar)
    }

    public static func < (left: CivilDateTime, right: CivilDateTime) -> Bool {
        (left.date, left.time) < (right.date, right.time)
    }

    /// `2026-03-29T09:30:00`
    public var description: String { "\(date)T\(time)" }
}

extension Int64 {
    func dividedRoundingDown(by divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
