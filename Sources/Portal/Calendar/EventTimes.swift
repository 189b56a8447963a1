internal import Wire

/// Start and end as `calendar.event.add` and `update` read them.
///
/// An offset inside `from` or `to` wins; a time without one is meant in `timezone_from` (`timezone_to`, which falls
/// back to it); without either in the zone of the calling user. All-day events are dates and nothing else.
struct EventTimes {
    var from: Int64?
    var to: Int64?
    /// Nil where the call says nothing about them.
    var zoneFrom: String?
    var zoneTo: String?
    var isAllDay: Bool

    init(_ call: MethodCall, isAllDay known: Bool, user: WallClock) throws(PortalFailure) {
        isAllDay = call.text("skip_time").map { $0.uppercased() == "Y" } ?? known
        let named = try Self.clock(call, "timezone_from")
        let start = named ?? user
        let end = try Self.clock(call, "timezone_to") ?? start
        from = try Self.moment(call, "from", "from_ts", start, isAllDay)
        to = try Self.moment(call, "to", "to_ts", end, isAllDay)
        zoneFrom = from != nil || named != nil ? start.name : nil
        zoneTo = to != nil || named != nil ? end.name : nil
    }

    private static func clock(_ call: MethodCall, _ name: String) throws(PortalFailure) -> WallClock? {
        guard let text = call.text(name), !text.isEmpty else { return nil }
        guard let clock = WallClock(text) else { throw CalendarFailure.invalid(name) }
        return clock
    }

    private static func moment(
        _ call: MethodCall, _ name: String, _ stampName: String, _ clock: WallClock, _ isAllDay: Bool
    ) throws(PortalFailure) -> Int64? {
        if let stamp = call.integer(stampName) {
            guard isAllDay else { return Int64(stamp) }
            return Int64(clock.local(Int64(stamp)).date.dayNumber) * 86_400
        }
        guard let value = call.parameter(name), value != "" else { return nil }
        guard let text = value.phpText, let read = ISO8601(text) else { throw CalendarFailure.invalid(name) }
        if isAllDay { return Int64(read.date.dayNumber) * 86_400 }
        if let offset = read.offsetSeconds { return read.dateTime.localSeconds - Int64(offset) }
        return clock.instant(read.dateTime)
    }
}
