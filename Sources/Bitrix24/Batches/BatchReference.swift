public import Wire

/// A part of an earlier command's result: the command's name and the way into its result.
///
/// In parameters it is an object `{"$ref": "u.UF_DEPARTMENT.0"}`, with `"$before"` for text that stands before the
/// value: `{"$ref": "contact", "$before": "C_"}`.
public struct BatchReference: Sendable, Equatable {
    static let marker = "$ref"
    static let beforeMarker = "$before"
    /// What a portal replaces in texts; nobody but us may write it.
    static let portalMarker = "$result["

    /// Stands for each of the rows of a list; REST 3.0 only.
    static let everyRow = "*"

    public let command: String
    let path: [String]
    let before: String

    /// Nil for an object that is no reference.
    public init?(_ object: JSONObject) {
        guard let text = object[BatchReference.marker]?.stringValue else { return nil }
        let before = object[BatchReference.beforeMarker] ?? ""
        guard let before = before.stringValue, !before.contains(BatchReference.portalMarker) else { return nil }
        guard object.count == (object[BatchReference.beforeMarker] == nil ? 1 : 2) else { return nil }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.allSatisfy({ !$0.isEmpty && !$0.contains("[") && !$0.contains("]") }) else { return nil }
        command = parts[0]
        path = Array(parts.dropFirst())
        self.before = before
    }

    /// The object that stands for a reference in parameters.
    public static func marked(_ path: String, before: String?) -> JSONObject {
        var object: JSONObject = [marker: .string(path)]
        if let before { object[beforeMarker] = .string(before) }
        return object
    }

    /// `$result[u][UF_DEPARTMENT][0]`, with the name under which the portal knows the command.
    func written(as key: String) -> String {
        "\(before)\(BatchReference.portalMarker)\(key)]" + path.map { "[\($0)]" }.joined()
    }

    /// `{"$ref": "c0.item.id"}`, or `{"$refArray": "c0.id"}` of all rows of a list, as REST 3.0 takes it; nil where it
    /// has no form for it.
    func object(as key: String) -> JSONValue? {
        guard before.isEmpty, !path.isEmpty else { return nil }
        guard let star = path.firstIndex(of: BatchReference.everyRow) else {
            return ["$ref": .string(([key] + path).joined(separator: "."))]
        }
        let field = path[(star + 1)...]
        guard star == 0 || star == 1 && path[0] == "items", !field.isEmpty,
            !field.contains(BatchReference.everyRow)
        else { return nil }
        return ["$refArray": .string("\(key).\(field.joined(separator: "."))")]
    }

    var isOfEveryRow: Bool { path.contains(BatchReference.everyRow) }

    /// What the reference stands for in a result, as a portal would put it there: nothing where it leads nowhere.
    public func value(in result: JSONValue) -> JSONValue {
        var value: JSONValue? = result
        for (place, step) in path.enumerated() {
            if step == BatchReference.everyRow {
                let rows = (value?["items"] ?? value)?.arrayValue ?? []
                return .array(rows.compactMap { row in path[(place + 1)...].reduce(row) { $0?[$1] } })
            }
            value = value?[step] ?? Int(step).flatMap { value?[$0] }
        }
        guard !before.isEmpty else { return value ?? "" }
        switch value {
        case .string(let text)?: return .string(before + text)
        case .integer?, .number?, .bool?: return .string(before + (value?.text ?? ""))
        default: return .string(before)
        }
    }
}
