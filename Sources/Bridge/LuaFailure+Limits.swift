extension LuaFailure {
    /// A bound of the run was met: "limit 'cpu' reached: 10 s of processor time". One wording for every limit; how to
    /// allow more is for the embedding program to say (the field `hint`). `place` names where in a value or which
    /// source, if that is known; `note` what became of the work that met the bound.
    public static func limit(
        _ name: LimitName, _ allowed: Int, in place: String? = nil, note: String? = nil,
        at location: LuaLocation? = nil
    ) -> LuaFailure {
        let inside = (place.map { " (\($0))" } ?? "") + (note.map { "; \($0)" } ?? "")
        return LuaFailure(
            kind: .limit(name), message: "limit '\(name.rawValue)' reached: \(name.phrase(allowed))\(inside)",
            fields: ["code": "LIMIT", "limit": .string(name.rawValue)], location: location)
    }
}

extension LimitName {
    fileprivate func phrase(_ allowed: Int) -> String {
        switch self {
        case .memory: "\(Self.bytes(allowed)) of memory"
        case .cpu: "\(Self.time(allowed)) of processor time"
        case .wall: "\(Self.time(allowed)) from start to end"
        case .calls: "\(allowed) requests to the portal"
        case .writes: "\(allowed) writing commands"
        case .depth: "\(allowed) levels of tables in one value"
        case .size: "\(Self.bytes(allowed)) in one value, as JSON"
        case .log: "\(Self.bytes(allowed)) of log lines"
        case .logLine: "\(Self.bytes(allowed)) in one log line"
        case .source: "\(Self.bytes(allowed)) in one source"
        case .functions: "\(allowed) functions of the host"
        case .output: "\(Self.bytes(allowed)) of printed text"
        case .steps: "\(allowed) steps in the run's journal"
        }
    }

    /// In the largest unit that leaves no remainder, as `--limit` takes it.
    private static func bytes(_ count: Int) -> String {
        for (unit, size) in [("GB", 1 << 30), ("MB", 1 << 20), ("KB", 1 << 10)] {
            if count >= size && count % size == 0 { return "\(count / size) \(unit)" }
        }
        return "\(count) bytes"
    }

    private static func time(_ milliseconds: Int) -> String {
        for (unit, size) in [("min", 60_000), ("s", 1000)] {
            if milliseconds >= size && milliseconds % size == 0 { return "\(milliseconds / size) \(unit)" }
        }
        return "\(milliseconds) ms"
    }
}
