public import Wire

/// What appointments are wanted. All lengths are real minutes; `init` keeps nothing that makes no sense.
public struct SlotRules: Sendable, Equatable {
    /// By the clock on the wall when the appointment starts.
    public enum PartOfDay: String, Sendable, CaseIterable {
        /// Before 12:00.
        case morning
        /// From 12:00, before 17:00.
        case afternoon
        /// From 17:00.
        case evening

        func contains(minute: Int) -> Bool {
            switch self {
            case .morning: minute < 12 * 60
            case .afternoon: minute >= 12 * 60 && minute < 17 * 60
            case .evening: minute >= 17 * 60
            }
        }
    }

    /// 1 to 1440.
    public let durationMinutes: Int
    /// From one possible start to the next, counted from the start of the working hours; 1 to 1440.
    public let stepMinutes: Int
    /// Free time kept before and after, towards what is busy; 0 to 1440.
    public let bufferMinutes: Int
    /// How long before its start an appointment can be made at the latest; 0 to 525 600.
    public let leadMinutes: Int
    /// The last day offered is this many days after today; 0, today only, to 366.
    public let daysAhead: Int
    /// How many slots at most; 1 to 10 000.
    public let countMax: Int
    /// This day only; it still has to lie within `daysAhead`.
    public let date: CivilDate?
    public let partOfDay: PartOfDay?

    /// - Parameter stepMinutes: nil for one appointment after the other: the duration.
    public init(
        durationMinutes: Int = 60, stepMinutes: Int? = nil, bufferMinutes: Int = 0, leadMinutes: Int = 0,
        daysAhead: Int = 14, countMax: Int = 200, date: CivilDate? = nil, partOfDay: PartOfDay? = nil
    ) throws(SlotFailure) {
        func check(
            _ code: SlotFailure.Code, _ name: String, _ value: Int, _ range: ClosedRange<Int>, _ unit: String
        ) throws(SlotFailure) {
            guard range.contains(value) else {
                throw SlotFailure(
                    code: code,
                    message: "\(name) must be \(range.lowerBound) to \(range.upperBound) \(unit), not \(value)")
            }
        }
        try check(.duration, "duration", durationMinutes, 1...1440, "minutes")
        try check(.step, "step", stepMinutes ?? durationMinutes, 1...1440, "minutes")
        try check(.buffer, "buffer", bufferMinutes, 0...1440, "minutes")
        try check(.lead, "lead", leadMinutes, 0...525_600, "minutes")
        try check(.daysAhead, "days_ahead", daysAhead, 0...366, "days")
        try check(.count, "count", countMax, 1...10_000, "slots")
        self.durationMinutes = durationMinutes
        self.stepMinutes = stepMinutes ?? durationMinutes
        self.bufferMinutes = bufferMinutes
        self.leadMinutes = leadMinutes
        self.daysAhead = daysAhead
        self.countMax = countMax
        self.date = date
        self.partOfDay = partOfDay
    }
}
