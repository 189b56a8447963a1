public import Wire

/// A write that a planned run would have done.
public struct PlannedWrite: Sendable {
    /// The effect or REST method.
    public let name: String
    public let arguments: JSONValue
    /// The record before the write, where it could be read.
    public let before: JSONValue?

    func redacted(by redactor: Redactor) -> PlannedWrite {
        PlannedWrite(
            name: name, arguments: redactor.redact(arguments), before: before.map { redactor.redact($0) })
    }

    public var json: JSONValue {
        var object: JSONObject = ["write": .string(name), "arguments": arguments]
        if let before { object["before"] = before }
        return .object(object)
    }

    /// Lines for a person: the call, and for each changed field what it was and what it would be.
    public var described: String {
        let changes = changedFields
        guard !changes.isEmpty else { return "would write \(name) \(arguments.text)" }
        let lines = changes.map { "    \($0.name): \($0.before) -> \($0.after)" }.joined(separator: "\n")
        return "would write \(name) \(target)\n\(lines)"
    }

    private var target: String {
        var object = arguments.objectValue ?? JSONObject()
        for key in object.keys where key.lowercased() == "fields" { object.remove(key) }
        return JSONValue.object(object).text
    }

    private var changedFields: [(name: String, before: String, after: String)] {
        guard let before = before?.objectValue, let arguments = arguments.objectValue,
            let fields = arguments.first(where: { $0.key.lowercased() == "fields" })?.value.objectValue
        else { return [] }
        return fields.compactMap { name, after in
            let was = before[name] ?? .null
            return was == after ? nil : (name, was.text, after.text)
        }
    }
}
