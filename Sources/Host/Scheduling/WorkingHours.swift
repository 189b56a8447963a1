/// From when to when people work, by the clock on the wall, within one day.
public struct WorkingHours: Sendable, Equatable {
    /// Minutes after midnight, 0 to 1439.
    public let startMinute: Int
    /// Minutes after midnight, up to 1440; after `startMinute`.
    public let endMinute: Int

    public init(startMinute: Int, endMinute: Int) throws(SlotFailure) {
        guard startMinute >= 0, endMinute <= 1440 else {
            throw SlotFailure(code: .hours, message: "working hours lie between 0:00 and 24:00")
        }
        guard startMinute < endMinute else {
            throw SlotFailure(
                code: .hoursReversed,
                message: "working hours end (\(clock(endMinute))) before they start (\(clock(startMinute)))")
        }
        self.startMinute = startMinute
        self.endMinute = endMinute
    }

    /// Reads hours as `calendar.settings.get` and `calendar.user.settings.get` write them: `9`, `9.00`, `9.30`, `19`.
    ///
    /// What follows the point are *minutes*, not a fraction: the portal's own list offers 9:00 and 9:30, written
    /// `9.00` and `9.30`. One digit has lost its zero on the way through a number: `9.3` is 9:30. `9:30` and `09:30`
    /// mean the same; `24` ends the day.
    public init(start: String, end: String) throws(SlotFailure) {
        try self.init(startMinute: WorkingHours.minute(start), endMinute: WorkingHours.minute(end))
    }

    public var minutes: Int { endMinute - startMinute }

    private static func minute(_ text: String) throws(SlotFailure) -> Int {
        let parts = text.split(whereSeparator: { $0 == " " }).joined()
            .split(omittingEmptySubsequences: false) { $0 == "." || $0 == ":" }
        guard let hourText = parts.first, let hour = number(hourText), parts.count <= 2 else { throw unreadable(text) }
        var minute = 0
        if parts.count == 2 {
            guard let digits = number(parts[1]) else { throw unreadable(text) }
            minute = parts[1].count == 1 ? digits * 10 : digits
        }
        guard hour <= 24, minute <= 59, hour < 24 || minute == 0 else { throw unreadable(text) }
        return hour * 60 + minute
    }

    private static func number(_ digits: Substring) -> Int? {
        (1...2).contains(digits.count) && digits.allSatisfy { $0.isASCII && $0.isNumber } ? Int(digits) : nil
    }

    private static func unreadable(_ text: String) -> SlotFailure {
        SlotFailure(code: .hours, message: "working hours are written like 9, 9.30 or 19, not \"\(text.prefix(20))\"")
    }
}

extension WorkingHours: CustomStringConvertible {
    /// `09:00–19:00`
    public var description: String { "\(clock(startMinute))–\(clock(endMinute))" }
}

/// `09:30` for minute 570 of a day.
func clock(_ minute: Int) -> String {
    func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(twoDigits(minute / 60)):\(twoDigits(minute % 60))"
}
