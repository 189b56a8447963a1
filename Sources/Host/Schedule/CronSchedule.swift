import Wire

/// When a cron expression fires, by a zone's clock on the wall.
///
/// On the days when clocks change: a time that the clock skips fires once, at the change; one that it shows twice fires
/// once, the first time. A schedule that names no hour goes on by elapsed time instead.
struct CronSchedule: Sendable {
    let expression: CronExpression
    let zone: TimeZoneRules

    /// A leap day may be eight years away.
    private static let daysMax = 9 * 366

    /// The first time after `after`, both in seconds since 1970; nil beyond the end of the calendar.
    func next(after: Int64) -> Int64? {
        expression.isByInterval ? byInterval(after) : byClock(after)
    }

    /// Goes through the local times, and asks when each is.
    private func byClock(_ after: Int64) -> Int64? {
        let start = zone.dateTime(at: after).localSeconds
        var local = start - start.remainder(60)
        let end = local + Int64(Self.daysMax) * 86_400
        while local <= end {
            let moment = CivilDateTime(localSeconds: local)
            guard has(moment.date) else {
                local = (Int64(moment.date.dayNumber) + 1) * 86_400
                continue
            }
            guard expression.hasHour(moment.time.hour) else {
                local += Int64(60 - moment.time.minute) * 60
                continue
            }
            if expression.hasMinute(moment.time.minute) {
                let instant: Int64 =
                    switch zone.resolve(local: moment) {
                    case .unique(let instant): instant
                    case .gap(let transition, _): transition
                    case .overlap(let earlier, _): earlier
                    }
                if instant > after { return instant }
            }
            local += 60
        }
        return nil
    }

    /// Goes through the instants, and looks what the clock shows.
    private func byInterval(_ after: Int64) -> Int64? {
        var instant = after - after.remainder(60) + 60
        let end = instant + Int64(Self.daysMax) * 86_400
        while instant <= end {
            let moment = zone.dateTime(at: instant)
            guard has(moment.date) else {
                // To the next hour at most: where the day ends on this day of all days is for the clock to show.
                instant += Int64(60 - moment.time.minute) * 60
                continue
            }
            if expression.hasMinute(moment.time.minute) { return instant }
            instant += 60
        }
        return nil
    }

    private func has(_ date: CivilDate) -> Bool {
        // Day 0 is 1 January 1970, a Thursday.
        expression.hasDay(month: date.month, day: date.day, weekday: (date.dayNumber % 7 + 11) % 7)
    }
}

extension Int64 {
    /// Of a division that rounds down.
    fileprivate func remainder(_ divisor: Int64) -> Int64 { ((self % divisor) + divisor) % divisor }
}
