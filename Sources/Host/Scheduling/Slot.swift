public import Wire

/// A possible appointment.
public struct Slot: Sendable, Equatable {
    /// Unix seconds.
    public let start: Int64
    /// Unix seconds, not included.
    public let end: Int64
    /// East of Greenwich, in seconds, when it starts and when it ends: they differ over a change of clocks.
    public let startOffsetSeconds: Int
    public let endOffsetSeconds: Int

    init(start: Int64, end: Int64, zone: TimeZoneRules) {
        self.start = start
        self.end = end
        startOffsetSeconds = zone.offsetSeconds(at: start)
        endOffsetSeconds = zone.offsetSeconds(at: end)
    }

    /// By the clock on the wall.
    public var localStart: CivilDateTime { CivilDateTime(localSeconds: start + Int64(startOffsetSeconds)) }
    public var localEnd: CivilDateTime { CivilDateTime(localSeconds: end + Int64(endOffsetSeconds)) }

    /// `2026-03-30T09:00:00+02:00`
    public var startText: String { Timestamp(unixSeconds: start).iso8601(offsetSeconds: startOffsetSeconds) }
    public var endText: String { Timestamp(unixSeconds: end).iso8601(offsetSeconds: endOffsetSeconds) }
}

/// Whether an appointment can be had at a certain time.
public enum SlotFit: Sendable, Equatable {
    case fits
    /// The reason that comes first, and a sentence for a person.
    case refused(Reason, String)

    public enum Reason: String, Sendable {
        /// Over, or too near to be arranged.
        case past
        /// After the last day that is offered.
        case tooFar = "too_far"
        case holiday
        case outsideHours = "outside_hours"
        case busy
    }
}
