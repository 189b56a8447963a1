public import Wire

/// The history as lines for a terminal, and as JSON.
extension RunHistory {
    /// A line a run, the latest first.
    public func lines(_ filter: Filter) async throws(HostFailure) -> [String] {
        try await runs(filter).map { run in
            let failure = Self.message(of: run).map { "  \($0)" } ?? ""
            let time = Self.time(run.startedMS)
            return
                "\(run.id)  \(time)  \(run.state.word)  \(run.recipe)  \(run.eventName)  \(run.workedMS) ms\(failure)"
        }
    }

    public func json(_ filter: Filter) async throws(HostFailure) -> JSONValue {
        .array(try await runs(filter).map { .object(Self.json($0)) })
    }

    /// The run, and each step: what, when, how long, how large, what it cost.
    public func lines(of run: String) async throws(HostFailure) -> [String] {
        let detail = try await detail(run)
        let record = detail.run
        var lines = [
            "run      \(record.id)  \(record.state.word), attempt \(record.attempt)",
            "recipe   \(record.recipe)" + (record.portal.isEmpty ? "" : " on \(record.portal)"),
            "event    \(record.eventName)  \(record.event)",
            "began    \(Self.time(record.startedMS))"
                + (record.endedMS.map { ", ended \(Self.time($0))" } ?? "")
                + (record.dueMS.map { ", goes on \(Self.time($0))" } ?? ""),
            "worked   \(record.workedMS) ms, \(record.reads) read, \(record.writes) written",
        ]
        if let message = Self.message(of: record) { lines.append("failure  \(message)") }
        if let hint = record.failure.flatMap({ try? JSONValue(parsing: $0) })?["hint"]?.stringValue {
            lines.append("         \(hint)")
        }
        if let reply = record.reply { lines.append("reply    \(String(decoding: reply, as: UTF8.self))") }
        guard !detail.steps.isEmpty else { return lines }
        lines.append("")
        lines.append("step  at        took     bytes  effect")
        for step in detail.steps {
            let at = Self.padded("+\(step.atMS - record.startedMS) ms", 9)
            let took = Self.padded(step.state == .asked ? "-" : "\(step.tookMS) ms", 8)
            let size = Self.padded(String(step.size), 6)
            let cost = step.operating.map { "  \(Self.seconds($0)) s of the portal's time" } ?? ""
            let end = step.state == .asked ? "  no answer kept" : step.isFailure ? "  failed" : ""
            lines.append(
                "\(Self.padded(String(step.step + 1), 4))  \(at) \(took) \(size)  "
                    + "\(step.name) \(step.subject)\(cost)\(end)"
            )
        }
        return lines
    }

    public func json(of run: String) async throws(HostFailure) -> JSONValue {
        let detail = try await detail(run)
        var object = Self.json(detail.run)
        object["data"] = detail.event.flatMap { try? JSONValue(parsing: $0.data) }
        object["steps"] = .array(
            detail.steps.map { step in
                var json: JSONObject = [
                    "step": .integer(Int64(step.step + 1)), "effect": .string(step.name),
                    "what": .string(step.subject), "at_ms": .integer(step.atMS), "took_ms": .integer(step.tookMS),
                    "bytes": .integer(Int64(step.size)),
                    "state": .string(step.state == .asked ? "asked" : step.isFailure ? "failed" : "answered"),
                ]
                json["portal_seconds"] = step.operating.map(JSONValue.number)
                return .object(json)
            })
        return .object(object)
    }

    static func json(_ run: RunRecord) -> JSONObject {
        var object: JSONObject = [
            "run": .string(run.id.description), "state": .string(run.state.word), "recipe": .string(run.recipe),
            "event": .string(run.eventName), "event_id": .string(run.event.description),
            "portal": .string(run.portal), "attempt": .integer(Int64(run.attempt)),
            "started_ms": .integer(run.startedMS), "worked_ms": .integer(run.workedMS),
            "reads": .integer(Int64(run.reads)), "writes": .integer(Int64(run.writes)),
        ]
        object["ended_ms"] = run.endedMS.map(JSONValue.integer)
        object["due_ms"] = run.dueMS.map(JSONValue.integer)
        object["reply"] = run.reply.flatMap { try? JSONValue(parsing: $0) }
        object["error"] = run.failure.flatMap { try? JSONValue(parsing: $0) }
        return object
    }

    static func message(of run: RunRecord) -> String? {
        run.failure.flatMap { try? JSONValue(parsing: $0) }?["message"]?.stringValue
    }

    static func time(_ milliseconds: Int64) -> String {
        Timestamp(unixSeconds: milliseconds / 1000).iso8601(offsetSeconds: 0)
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text.count >= width ? text : String(repeating: " ", count: width - text.count) + text
    }

    private static func seconds(_ value: Double) -> String { String((value * 1000).rounded() / 1000) }
}
