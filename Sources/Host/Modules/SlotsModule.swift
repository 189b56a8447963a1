import Bitrix24
import Bridge
import Wire

/// `slots.*`: open appointment times of a user's Bitrix24 calendar.
enum SlotsModule {
    static let functions = [open, fits]

    /// How many other times are named when the wanted one is taken.
    static let nearestCount = 3

    private static let options = """
        owner (user id, 1), duration (minutes, 60), step (minutes, the duration), days (after today, 1), date \
        (YYYY-MM-DD, this day, within days), part (morning, afternoon, evening), buffer (minutes around \
        appointments, 0), lead (minutes from now, 0), limit (200), zone (IANA; the calendar user's)
        """

    private static let open = HostFunction(
        "slots.open", "The open appointment times: working hours less holidays and what the calendar holds.",
        parameters: [Parameter("options", .table, options)],
        results: [
            ResultDoc("slots", .table, "a list of { start, finish (ISO 8601), date, day, time, zone }")
        ],
        errors: ["an option makes no sense", "the calendar cannot be read"],
        cost: "one request",
        example:
            "for _, slot in ipairs(slots.open { owner = 1, days = 3 }) do print(slot.day, slot.time) end",
        waiting: { (run, call) throws(LuaFailure) in
            let wanted = try SlotOptions(call)
            return run.operation { () async throws(EffectFailure) in
                let replies = try await CalendarReplies(wanted, run)
                let zone = try replies.zone(wanted)
                let search = try replies.search(wanted, zone, now: run.clock().unixSeconds)
                let slots = search.open().map { JSONValue.object($0.table(zone: zone.name)) }
                return { (call) throws(LuaFailure) in try call.push(.array(slots)) }
            }
        })

    private static let fits = HostFunction(
        "slots.fits",
        "Whether an appointment can be had at one time; if not, why, and the nearest times that are open.",
        parameters: [Parameter("options", .table, options + "; start (ISO 8601), the time that is asked for")],
        results: [
            ResultDoc(
                "slot", .table,
                "fits; start, finish, date, day, time, zone; when it does not fit also reason, message and nearest")
        ],
        errors: ["start is no time", "an option makes no sense", "the calendar cannot be read"],
        cost: "one request",
        example: "local slot = slots.fits { owner = 1, start = \"2026-03-02T10:00:00+01:00\" }",
        waiting: { (run, call) throws(LuaFailure) in
            let wanted = try SlotOptions(call)
            guard let start = wanted.start else {
                throw call.badArgument(1, problem: "start must be ISO 8601 text such as \"2026-03-02T10:00:00+01:00\"")
            }
            return run.operation { () async throws(EffectFailure) in
                let result = try await fit(wanted, start, run)
                return { (call) throws(LuaFailure) in try call.push(.object(result)) }
            }
        })

    private static func fit(
        _ wanted: SlotOptions, _ start: ISO8601, _ run: RunContext
    ) async throws(EffectFailure) -> JSONObject {
        let replies = try await CalendarReplies(wanted, run)
        let zone = try replies.zone(wanted)
        let search = try replies.search(wanted, zone, now: run.clock().unixSeconds)
        let point =
            start.offsetSeconds.map { start.dateTime.localSeconds - Int64($0) }
            ?? zone.resolve(local: start.dateTime).unixSeconds
        var table = search.slot(point).table(zone: zone.name)
        switch search.fits(start: point) {
        case .fits: table["fits"] = true
        case .refused(let reason, let message):
            table["fits"] = false
            table["reason"] = .string(reason.rawValue)
            table["message"] = .string(message)
            table["nearest"] = .array(
                search.nearest(to: point, countMax: nearestCount).map { .object($0.table(zone: zone.name)) })
        }
        return table
    }
}
