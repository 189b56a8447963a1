import Bridge
import Wire

/// What a recipe wants to know of a calendar, as it wrote it.
struct SlotOptions {
    private static let known = [
        "owner", "duration", "step", "days", "date", "part", "buffer", "lead", "limit", "zone", "start",
    ]

    let owner: Int
    let rules: SlotRules
    let zoneName: String?
    let start: ISO8601?

    init(_ call: borrowing LuaCall) throws(LuaFailure) {
        let options = try call.value(1).objectValue ?? JSONObject()
        for (key, _) in options where !Self.known.contains(key) {
            throw call.badArgument(
                1, problem: "unknown key '\(key)'; keys are \(Self.known.joined(separator: ", "))")
        }
        owner = try Self.integer("owner", options, call) ?? 1
        zoneName = try Self.text("zone", options, call)
        start = try Self.text("start", options, call).flatMap { ISO8601($0) }
        var date: CivilDate?
        if let text = try Self.text("date", options, call) {
            guard let day = ISO8601(text)?.date else {
                throw call.badArgument(1, problem: "date must be YYYY-MM-DD, not '\(text.prefix(40))'")
            }
            date = day
        }
        var part: SlotRules.PartOfDay?
        if let text = try Self.text("part", options, call) {
            guard let named = SlotRules.PartOfDay(rawValue: text.lowercased()) else {
                throw call.badArgument(1, problem: "part must be morning, afternoon or evening")
            }
            part = named
        }
        let duration = try Self.integer("duration", options, call) ?? 60
        let step = try Self.integer("step", options, call)
        let buffer = try Self.integer("buffer", options, call) ?? 0
        let lead = try Self.integer("lead", options, call) ?? 0
        let days = try Self.integer("days", options, call) ?? 1
        let limit = try Self.integer("limit", options, call) ?? 200
        do throws(SlotFailure) {
            rules = try SlotRules(
                durationMinutes: duration, stepMinutes: step, bufferMinutes: buffer, leadMinutes: lead, daysAhead: days,
                countMax: limit, date: date, partOfDay: part)
        } catch {
            throw call.badArgument(1, problem: error.message)
        }
    }

    private static func text(
        _ name: String, _ options: JSONObject, _ call: borrowing LuaCall
    ) throws(LuaFailure) -> String? {
        guard let value = options[name], value != .null else { return nil }
        guard let text = value.stringValue else { throw call.badArgument(1, problem: "\(name) must be a string") }
        return text
    }

    private static func integer(
        _ name: String, _ options: JSONObject, _ call: borrowing LuaCall
    ) throws(LuaFailure) -> Int? {
        guard let value = options[name], value != .null else { return nil }
        if let integer = value.integerValue { return Int(integer) }
        if case .number(let number) = value, let integer = Int(exactly: number) { return integer }
        throw call.badArgument(1, problem: "\(name) must be a whole number")
    }
}
