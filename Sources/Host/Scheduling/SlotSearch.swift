public import Wire

/// Computes open appointment slots: a value, with the time and the zone given to it.
///
/// A slot starts by the clock on the wall at the start of the working hours or a whole number of steps after it, lasts
/// real minutes, and lies within the working hours of one day. Where clocks are put forward the skipped times do not
/// exist; where they are put back the repeated ones are offered twice, an hour apart.
public struct SlotSearch: Sendable {
    /// More busy times than any calendar has: a query gone wrong.
    public static let busyCountMax = 100_000

    private let calendar: WorkCalendar
    private let rules: SlotRules
    private let zone: TimeZoneRules
    private let busy: BusyList
    private let today: CivilDate
    /// The first moment a slot may start.
    private let earliest: Int64

    /// - Parameters:
    ///   - busy: in any order, overlapping as they like, at most `busyCountMax`.
    ///   - now: Unix seconds.
    /// - Throws: `.durationTooLong` when no working day is long enough, `.busy` for too many busy times.
    public init(
        calendar: WorkCalendar, rules: SlotRules, busy: [BusyTime], zone: TimeZoneRules, now: Int64
    ) throws(SlotFailure) {
        guard rules.durationMinutes <= calendar.hours.minutes else {
            throw SlotFailure(
                code: .durationTooLong,
                message: "\(rules.durationMinutes) minutes do not fit into the working hours \(calendar.hours)")
        }
        guard busy.count <= SlotSearch.busyCountMax else {
            throw SlotFailure(
                code: .busy, message: "\(busy.count) busy times are more than \(SlotSearch.busyCountMax)")
        }
        self.calendar = calendar
        self.rules = rules
        self.zone = zone
        self.busy = BusyList(busy, bufferSeconds: Int64(rules.bufferMinutes) * 60, zone: zone)
        let moment = Timestamp(unixSeconds: now)
        today = zone.dateTime(at: moment.unixSeconds).date
        earliest = moment.adding(seconds: Int64(rules.leadMinutes) * 60).unixSeconds
    }

    /// The open slots in the order they start, at most `countMax`.
    public func open() -> [Slot] { Array(starts(on: rules.date, rules.partOfDay).prefix(rules.countMax)).map(slot) }

    /// The open slots of any day and part of day that start nearest to `wanted`, nearest first; of two equally near
    /// ones the earlier first.
    public func nearest(to wanted: Int64, countMax: Int) -> [Slot] {
        let wanted = Timestamp(unixSeconds: wanted).unixSeconds
        func distance(_ start: Int64) -> UInt64 { (start - wanted).magnitude }
        return starts(on: nil, nil)
            .sorted { (distance($0), $0) < (distance($1), $1) }
            .prefix(max(0, countMax)).map(slot)
    }

    /// Whether an appointment could start at `start`, in Unix seconds: at any minute, not only at a step.
    public func fits(start: Int64) -> SlotFit {
        let start = Timestamp(unixSeconds: start).unixSeconds
        guard start >= earliest else {
            return .refused(
                .past,
                rules.leadMinutes == 0
                    ? "this time is over" : "an appointment must be made \(rules.leadMinutes) minutes ahead")
        }
        let date = zone.dateTime(at: start).date
        guard date <= today.adding(days: rules.daysAhead) else {
            return .refused(.tooFar, "appointments are made until \(today.adding(days: rules.daysAhead))")
        }
        guard calendar.isWorkday(date) else { return .refused(.holiday, "\(date) is a day off") }
        let wanted = start..<(start + durationSeconds)
        let isWithinHours = WorkDay(date, calendar.hours, zone).hours.contains {
            $0.lowerBound <= wanted.lowerBound && wanted.upperBound <= $0.upperBound
        }
        guard isWithinHours else { return .refused(.outsideHours, "working hours are \(calendar.hours)") }
        guard busy.first(meeting: wanted) == nil else { return .refused(.busy, "somebody else has this time") }
        return .fits
    }

    private var durationSeconds: Int64 { Int64(rules.durationMinutes) * 60 }

    /// The appointment that would start at `start`, open or not.
    func slot(_ start: Int64) -> Slot { Slot(start: start, end: start + durationSeconds, zone: zone) }

    private func starts(on date: CivilDate?, _ partOfDay: SlotRules.PartOfDay?) -> [Int64] {
        var found: [Int64] = []
        for number in 0...rules.daysAhead {
            let day = today.adding(days: number)
            guard date == nil || date == day, calendar.isWorkday(day) else { continue }
            collect(WorkDay(day, calendar.hours, zone), partOfDay, &found)
        }
        // Days come in order, but where midnight itself is repeated the end of one follows the start of the next.
        let isAscending = zip(found, found.dropFirst()).allSatisfy { $0 < $1 }
        return isAscending ? found : found.sorted()
    }

    private func collect(_ day: WorkDay, _ partOfDay: SlotRules.PartOfDay?, _ found: inout [Int64]) {
        let latestEnd = day.hours.last?.upperBound ?? .min
        for period in day.periods {
            let hours = day.hours.first { $0.contains(period.points.lowerBound) } ?? period.points
            let step = Int64(rules.stepMinutes) * 60
            // The first step of the wall clock that this period shows.
            let shown = period.points.lowerBound + Int64(period.offsetSeconds) - day.localStart
            var start = period.points.lowerBound + (step - shown % step) % step
            while start < period.points.upperBound, start < latestEnd {
                let range = start..<(start + durationSeconds)
                if start >= earliest, range.upperBound <= hours.upperBound,
                    partOfDay?.contains(minute: day.minute(start, period.offsetSeconds)) ?? true,
                    busy.first(meeting: range) == nil
                {
                    found.append(start)
                }
                start += step
            }
        }
    }
}

/// The working hours of one date as points in time: one stretch on most days, more over a change of clocks.
struct WorkDay {
    struct Period {
        let points: Range<Int64>
        let offsetSeconds: Int
    }

    /// The start of the working hours by the clock on the wall, as `CivilDateTime.localSeconds`.
    let localStart: Int64
    private let localMidnight: Int64
    /// Stretches with one offset each, ascending.
    private(set) var periods: [Period] = []
    /// Stretches of work without a break, ascending.
    private(set) var hours: [Range<Int64>] = []

    init(_ date: CivilDate, _ hours: WorkingHours, _ zone: TimeZoneRules) {
        localMidnight = Int64(date.dayNumber) * 86_400
        localStart = localMidnight + Int64(hours.startMinute) * 60
        let localEnd = localMidnight + Int64(hours.endMinute) * 60
        // No clock is 26 hours from Greenwich.
        var at = localStart - 26 * 3600
        var offset = zone.offsetSeconds(at: at)
        while at < localEnd + 26 * 3600 {
            let change = zone.transition(after: at)
            let start = max(localStart - Int64(offset), at)
            let end = min(localEnd - Int64(offset), change?.unixSeconds ?? .max)
            if start < end { add(Period(points: start..<end, offsetSeconds: offset)) }
            guard let change else { break }
            at = change.unixSeconds
            offset = change.offsetSeconds
        }
    }

    /// The minute of the day that the clock on the wall shows.
    func minute(_ point: Int64, _ offsetSeconds: Int) -> Int {
        Int(point + Int64(offsetSeconds) - localMidnight) / 60
    }

    private mutating func add(_ period: Period) {
        periods.append(period)
        if let last = hours.last, last.upperBound == period.points.lowerBound {
            hours[hours.count - 1] = last.lowerBound..<period.points.upperBound
        } else {
            hours.append(period.points)
        }
    }
}
