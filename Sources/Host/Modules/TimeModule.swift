import Bridge
import Wire

/// `time.*` and `sleep`: instants are seconds since 1970, as in Lua's own `os.time`.
enum TimeModule {
    static let functions = [now, iso, parse, date, sleep]

    private static let now = HostFunction(
        "time.now", "The current instant.",
        results: [ResultDoc("seconds", .integer, "seconds since 1970-01-01 UTC")],
        example: "local tomorrow = time.now() + 86400",
        immediate: { (run, call) throws(LuaFailure) in
            try call.push(run.clock().unixSeconds)
        })

    private static let iso = HostFunction(
        "time.iso", "An instant as ISO 8601 text with its offset, the form every REST method takes.",
        parameters: [
            Parameter("seconds", .integer, optional: true, "seconds since 1970; now when left out"),
            Parameter("zone", .string, optional: true, "an IANA zone such as \"Europe/Berlin\"; UTC when left out"),
        ],
        results: [ResultDoc("text", .string, "such as 2026-03-01T18:00:00+03:00")],
        errors: ["the zone is unknown"],
        example: "print(time.iso(time.now(), \"America/New_York\"))",
        immediate: { (run, call) throws(LuaFailure) in
            let (instant, zone) = try momentAndZone(run, call)
            try call.push(Timestamp(unixSeconds: instant).iso8601(offsetSeconds: zone.offsetSeconds(at: instant)))
        })

    private static let parse = HostFunction(
        "time.parse", "Reads ISO 8601 text: a date, or a date and time with or without an offset.",
        parameters: [
            Parameter("text", .string, "such as \"2026-03-01\" or \"2026-03-01T18:00:00+03:00\""),
            Parameter("zone", .string, optional: true, "the zone of text without an offset; UTC when left out"),
        ],
        results: [ResultDoc("seconds", .integer, "seconds since 1970, or nil when the text is no time")],
        errors: ["the zone is unknown"],
        example: "local start = time.parse(deal.BEGINDATE)",
        immediate: { (run, call) throws(LuaFailure) in
            guard let moment = ISO8601(try call.string(1)) else { return try call.pushNil() }
            let zone = try Self.zone(call, 2)
            if let offset = moment.offsetSeconds {
                try call.push(moment.dateTime.localSeconds - Int64(offset))
            } else {
                try call.push(zone.resolve(local: moment.dateTime).unixSeconds)
            }
        })

    private static let date = HostFunction(
        "time.date", "An instant taken apart, by a zone's wall clock.",
        parameters: [
            Parameter("seconds", .integer, optional: true, "seconds since 1970; now when left out"),
            Parameter("zone", .string, optional: true, "an IANA zone; UTC when left out"),
        ],
        results: [
            ResultDoc(
                "parts", .table,
                "year, month, day, hour, min, sec, weekday (\"MO\" … \"SU\"), date (YYYY-MM-DD), offset (seconds)")
        ],
        errors: ["the zone is unknown"],
        example: "if time.date(time.now(), \"Europe/Riga\").hour >= 18 then return end",
        immediate: { (run, call) throws(LuaFailure) in
            let (instant, zone) = try momentAndZone(run, call)
            let local = zone.dateTime(at: instant)
            try call.push(
                .object([
                    "year": .integer(Int64(local.date.year)), "month": .integer(Int64(local.date.month)),
                    "day": .integer(Int64(local.date.day)), "hour": .integer(Int64(local.time.hour)),
                    "min": .integer(Int64(local.time.minute)), "sec": .integer(Int64(local.time.second)),
                    "weekday": .string(local.date.weekday.rawValue), "date": .string(local.date.description),
                    "offset": .integer(Int64(zone.offsetSeconds(at: instant))),
                ]))
        })

    private static let sleep = HostFunction(
        "sleep", "Pauses the run.",
        parameters: [Parameter("duration", .string, "such as \"500ms\", \"90s\", \"2h\"")],
        errors: ["the text is no duration", "the run's limit 'wall' comes first"],
        cost: "waits",
        example: "sleep(\"90s\")",
        waiting: { (run, call) throws(LuaFailure) in
            let text = try call.string(1)
            guard let milliseconds = Quantity.milliseconds(text) else {
                throw LuaFailure(
                    kind: .argument,
                    message: "sleep: '\(text)' is no duration; write it like \"90s\", \"15m\" or \"2h\"")
            }
            return run.operation(Effect(.sleep(milliseconds: milliseconds))) { (_, _) in }
        })

    private static func momentAndZone(
        _ run: RunContext, _ call: borrowing LuaCall
    ) throws(LuaFailure) -> (Int64, TimeZoneRules) {
        let instant = call.isAbsent(1) ? run.clock().unixSeconds : try call.integer(1)
        return (instant, try zone(call, 2))
    }

    private static func zone(_ call: borrowing LuaCall, _ index: Int) throws(LuaFailure) -> TimeZoneRules {
        guard !call.isAbsent(index) else { return .utc }
        do {
            return try TimeZoneRules(name: try call.string(index))
        } catch let failure as TimeZoneFailure {
            throw LuaFailure(kind: .argument, message: failure.message)
        } catch {
            throw error as? LuaFailure ?? LuaFailure(kind: .host, message: "\(error)")
        }
    }
}
