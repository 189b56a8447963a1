public import Wire

/// How a run went.
public struct RunReport: Sendable {
    public let runID: String
    /// What the handler returned; nil when it returned nothing.
    public let reply: JSONValue?
    /// Commands that read and commands that wrote, batches counted by their commands.
    public let reads: Int
    public let writes: Int
    public let durationMS: Int
    /// The part of it in which a call waited for the portal's pace.
    public let waitedMS: Int
    /// In plan mode, the writes that were not done.
    public let plan: [PlannedWrite]
    public let failure: RunFailure?
    /// For a run without an event of a recipe that has handlers: the events it would have answered.
    public let idleEvents: String?

    public var json: JSONValue {
        var object: JSONObject = [
            "run": .string(runID), "reply": reply ?? .null, "reads": .integer(Int64(reads)),
            "writes": .integer(Int64(writes)), "durationMS": .integer(Int64(durationMS)),
            "waitedMS": .integer(Int64(waitedMS)),
        ]
        if !plan.isEmpty { object["plan"] = .array(plan.map(\.json)) }
        if let failure { object["error"] = failure.json }
        return .object(object)
    }
}

/// Why a run did not end well, ready to be shown.
public struct RunFailure: Error, Sendable {
    public enum Kind: String, Sendable {
        case failed, limit, configuration
    }

    public let kind: Kind
    /// Place, what failed, why: one readable line, secrets taken out.
    public let message: String
    /// What to do about it.
    public let hint: String?
    /// Code, method, status and the like, as the recipe would see them.
    public let fields: JSONObject

    var json: JSONValue {
        var object: JSONObject = ["kind": .string(kind.rawValue), "message": .string(message)]
        if let hint { object["hint"] = .string(hint) }
        for (key, value) in fields where object[key] == nil { object[key] = value }
        return .object(object)
    }
}
