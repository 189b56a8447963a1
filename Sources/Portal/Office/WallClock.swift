internal import Synchronization
internal import Wire

/// A named zone and the two directions between its clock on the wall and the world's seconds.
struct WallClock {
    /// As it was asked for; rows repeat it.
    let name: String
    private let rules: TimeZoneRules

    init(name: String, rules: TimeZoneRules) {
        self.name = name
        self.rules = rules
    }

    /// Nil where the system knows no such zone.
    init?(_ name: String) {
        guard let rules = ZoneCache.rules(name) else { return nil }
        self.init(name: name, rules: rules)
    }

    static let utc = WallClock(name: "UTC", rules: .utc)

    func offset(at unixSeconds: Int64) -> Int { rules.offsetSeconds(at: unixSeconds) }

    func local(_ unixSeconds: Int64) -> CivilDateTime {
        // A timestamp keeps within the calendar, far from where sums overflow.
        let instant = Timestamp(unixSeconds: unixSeconds).unixSeconds
        return CivilDateTime(localSeconds: instant + Int64(offset(at: instant)))
    }

    /// The instant a wall clock shows. A time that the clock jumps over is taken as if it had not jumped yet, as PHP
    /// takes it; of a time shown twice the first is meant.
    func instant(_ local: CivilDateTime) -> Int64 { rules.resolve(local: local).unixSeconds }
}

extension PortalState {
    /// The portal's own zone.
    var wallClock: WallClock { WallClock(name: settings.timeZoneName, rules: timeZone) }

    var today: CivilDate { wallClock.local(clock.unixSeconds).date }

    /// An instant in the site's date format and the portal's zone.
    func siteDateTime(_ unixSeconds: Int64) -> String {
        settings.office.dateFormat.dateTime(wallClock.local(unixSeconds))
    }
}

/// Zones read from the system's files, kept for the process: every row of a calendar needs one or two.
private enum ZoneCache {
    /// The zone database has about 600 names, aliases included.
    private static let zonesMax = 1000
    private static let zones = Mutex<[String: TimeZoneRules]>([:])

    static func rules(_ name: String) -> TimeZoneRules? {
        if let known = zones.withLock({ $0[name] }) { return known }
        guard let read = try? TimeZoneRules(name: name) else { return nil }
        zones.withLock { if $0.count < zonesMax { $0[name] = read } }
        return read
    }
}
