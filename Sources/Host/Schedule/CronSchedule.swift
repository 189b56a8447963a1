public import Wire

/// A cron expression by the clocks of a zone.
///
/// When the clocks change, a schedule with a time of day (no `*` in minutes and hours) is due once for each time it
/// names: a time that the clocks skip is due at the first instant after the gap, and several skipped times are due
/// there together, once; a time that they show twice is due at the first of them. A schedule that has a `*` in the
/// minutes or hours goes on by elapsed time instead: it is due whenever the clocks show a time of it, so twice where
/// they show it twice, and not where they skip it.
public struct CronSchedule: Sendable {
    public let expression: CronExpression
    public let zone: TimeZoneRules

    public init(_ expression: CronExpression, in zone: TimeZoneRules) {
        self.expression = expression
        self.zone = zone
    }

    /// The first instant later than `time`, a whole second, at which it is due; nil where the calendar ends before.
    public func next(after time: Timestamp) -> Timestamp? {
        let instant = time.unixSeconds
        let next = expression.isRepeating ? nextShown(after: instant) : nextNamed(after: instant)
        return next.flatMap { Timestamp.range.contains($0) ? Timestamp(unixSeconds: $0) : nil }
    }

    /// Follows the clocks from one change to the next.
    private func nextShown(after instant: Int64) -> Int64? {
        var start = instant + 1
        while true {
            let offset = Int64(zone.offsetSeconds(at: start))
            // The expression looks a bounded number of years ahead, and a change of clocks moves past none of them.
            guard let local = expression.next(from: CivilDateTime(localSeconds: start + offset)) else { return nil }
            let candidate = local.localSeconds - offset
            guard let change = zone.transition(after: start), change.unixSeconds <= candidate else { return candidate }
            start = change.unixSeconds
        }
    }

    /// Goes through the times it names, in the order of the wall's clock, which is also the order of their instants.
    private func nextNamed(after instant: Int64) -> Int64? {
        var local = zone.dateTime(at: instant)
        // Of times that share an instant, or come again, at most a day's minutes are passed over.
        while let named = expression.next(from: local) {
            let due =
                switch zone.resolve(local: named) {
                case .unique(let point): point
                case .gap(let transition, _): transition
                case .overlap(let earlier, _): earlier
                }
            if due > instant { return due }
            local = named.adding(seconds: 60)
            guard local > named else { return nil }
        }
        return nil
    }
}
