/// When a zone's clocks show which offset, as the tz database (RFC 8536) has it.
public struct TimeZoneRules: Sendable {
    /// `Europe/Berlin`; empty for rules read from bytes.
    public let name: String
    /// Points in time, ascending, at which the offset of the same place in `offsets` begins.
    let transitions: [Int64]
    let offsets: [Int]
    /// Before the first transition.
    let firstOffset: Int
    /// After the last one; nil where the file names no rule: then the last offset stays.
    let rule: PosixZone?

    public static let utc = TimeZoneRules(name: "UTC", firstOffset: 0)

    /// A zone that never changes its clocks, `firstOffset` seconds east of Greenwich.
    init(name: String, firstOffset: Int) {
        self.init(name: name, transitions: [], offsets: [], firstOffset: firstOffset, rule: nil)
    }

    init(name: String, transitions: [Int64], offsets: [Int], firstOffset: Int, rule: PosixZone?) {
        self.name = name
        self.transitions = transitions
        self.offsets = offsets
        self.firstOffset = firstOffset
        self.rule = rule
    }

    /// Seconds east of Greenwich that the clocks show at that point in time.
    public func offsetSeconds(at unixSeconds: Int64) -> Int {
        guard let last = transitions.last else { return rule?.offset(at: unixSeconds) ?? firstOffset }
        if unixSeconds >= last, let rule { return rule.offset(at: unixSeconds) }
        let next = transitions.partitionPoint { $0 > unixSeconds }
        return next == 0 ? firstOffset : offsets[next - 1]
    }

    /// The clock on the wall at that point in time.
    public func dateTime(at unixSeconds: Int64) -> CivilDateTime {
        CivilDateTime(localSeconds: unixSeconds.withinCalendar + Int64(offsetSeconds(at: unixSeconds)))
    }

    /// The first change of offset after that point; nil when none will come. A transition that changes only the name
    /// of the time counts too: the offset is then the same as before.
    public func transition(after unixSeconds: Int64) -> (unixSeconds: Int64, offsetSeconds: Int)? {
        let next = transitions.partitionPoint { $0 > unixSeconds }
        if next < transitions.count { return (transitions[next], offsets[next]) }
        return rule?.transition(after: unixSeconds)
    }

    /// What a time by the clock on the wall means in this zone.
    public enum Resolution: Sendable, Equatable {
        /// Unix seconds of the one point in time when the clocks show it.
        case unique(Int64)
        /// The clocks are put forward over it and never show it. They change at `transition`; `shifted` is the point
        /// as far after the change as the time is after the clock's last showing: 02:30 becomes 03:30.
        case gap(transition: Int64, shifted: Int64)
        /// The clocks are put back over it and show it twice.
        case overlap(earlier: Int64, later: Int64)

        /// One point in any case: the earlier of two, the shifted one for none.
        public var unixSeconds: Int64 {
            switch self {
            case .unique(let point): point
            case .gap(_, let shifted): shifted
            case .overlap(let earlier, _): earlier
            }
        }
    }

    public func resolve(local: CivilDateTime) -> Resolution {
        let seconds = local.localSeconds
        // No clock is 26 hours from Greenwich, so every period that may show this time meets this window.
        var start = seconds - 26 * 3600
        let end = seconds + 26 * 3600
        var offset = offsetSeconds(at: start)
        var found: [Int64] = []
        var gap: (transition: Int64, shifted: Int64)?
        while true {
            let change = transition(after: start)
            let candidate = seconds - Int64(offset)
            if candidate >= start, change.map({ candidate < $0.unixSeconds }) ?? true { found.append(candidate) }
            guard let change, change.unixSeconds <= end else { break }
            if candidate >= change.unixSeconds, seconds - Int64(change.offsetSeconds) < change.unixSeconds {
                gap = (change.unixSeconds, candidate)
            }
            start = change.unixSeconds
            offset = change.offsetSeconds
        }
        if found.count >= 2 { return .overlap(earlier: found[0], later: found[1]) }
        if let gap, found.isEmpty { return .gap(transition: gap.transition, shifted: gap.shifted) }
        return .unique(found.first ?? seconds - Int64(offset))
    }
}

extension Array {
    /// The index of the first element for which `isAfter` holds, where it holds for all that follow.
    func partitionPoint(_ isAfter: (Element) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if isAfter(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
