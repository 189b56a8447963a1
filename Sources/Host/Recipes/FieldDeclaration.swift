public import Wire

/// One named value that a recipe declares: a setting, or a field of an event's input.
public struct FieldDeclaration: Sendable {
    public enum FieldType: String, Sendable, CaseIterable {
        case string, integer, number, boolean
        /// A string that no log or error may show.
        case secret
        /// A time of day, `HH:MM`.
        case time
        case list
        case table
    }

    public let name: String
    public let type: FieldType
    public let isRequired: Bool
    public let defaultValue: JSONValue?
    public let help: String?

    /// Reads `{ greeting = { type = "string", default = "Hello" } }`; `owner` names the table in errors.
    static func list(_ value: JSONValue?, owner: String) throws(FieldFailure) -> [FieldDeclaration] {
        guard let value, value != .null else { return [] }
        if value == .array([]) { return [] }
        guard let table = value.objectValue else {
            throw FieldFailure("\(owner) must be a table of named fields, such as { city = { type = \"string\" } }")
        }
        var fields: [FieldDeclaration] = []
        for (name, description) in table { fields.append(try field(name, description, owner: owner)) }
        return fields
    }

    private static func field(
        _ name: String, _ description: JSONValue, owner: String
    ) throws(FieldFailure) -> FieldDeclaration {
        let here = "\(owner).\(name)"
        let types = FieldType.allCases.map(\.rawValue).joined(separator: ", ")
        guard let table = description.objectValue, case .string(let typeName)? = table["type"] else {
            throw FieldFailure("\(here) needs a type: \(name) = { type = \"string\" }; types are \(types)")
        }
        guard let type = FieldType(rawValue: typeName) else {
            throw FieldFailure("\(here) has the unknown type '\(typeName)'; types are \(types)")
        }
        for (key, _) in table where !["type", "default", "required", "help"].contains(key) {
            throw FieldFailure("\(here) has the unknown key '\(key)'; keys are type, default, required, help")
        }
        let declared = FieldDeclaration(
            name: name, type: type, isRequired: table["required"]?.boolValue ?? false,
            defaultValue: table["default"], help: table["help"]?.stringValue)
        if let value = declared.defaultValue { try declared.check(value, what: "the default of \(here)") }
        return declared
    }

    /// Reads the field from text, as the command line gives it.
    func value(parsing text: String) throws(FieldFailure) -> JSONValue {
        let value: JSONValue? =
            switch type {
            case .string, .secret, .time: .string(text)
            case .integer: Int64(text).map(JSONValue.integer)
            case .number: Double(text).map(JSONValue.number)
            case .boolean: Self.boolean(text).map(JSONValue.bool)
            case .list:
                text.hasPrefix("[")
                    ? try? JSONValue(parsing: text)
                    : .array(text.split(separator: ",").map { .string(String($0)) })
            case .table: try? JSONValue(parsing: text)
            }
        // The text is not repeated: it may be a secret put under the wrong name.
        guard let value else { throw FieldFailure("'\(name)' must be \(type.indefinite)") }
        try check(value, what: "'\(name)'")
        return value
    }

    func check(_ value: JSONValue, what: String) throws(FieldFailure) {
        let fits =
            switch (type, value) {
            case (.string, .string), (.boolean, .bool), (.integer, .integer), (.number, .integer), (.number, .number),
                (.list, .array), (.table, .object):
                true
            case (.table, .array(let items)): items.isEmpty
            case (.list, .object(let object)): object.count == 0
            case (.integer, .number(let number)): Int64(exactly: number) != nil
            case (.secret, .string(let text)): text.isEmpty || text.utf8.count >= Redactor.secretLengthMin
            case (.time, .string(let text)): Self.isTimeOfDay(text)
            default: false
            }
        guard fits else { throw FieldFailure("\(what) must be \(type.indefinite)") }
    }

    private static func boolean(_ text: String) -> Bool? {
        switch text.lowercased() {
        case "true", "yes", "y", "1", "on": true
        case "false", "no", "n", "0", "off": false
        default: nil
        }
    }

    private static func isTimeOfDay(_ text: String) -> Bool {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 }), let hour = Int(parts[0]),
            let minute = Int(parts[1])
        else { return false }
        return (0...23).contains(hour) && (0...59).contains(minute)
    }
}

extension FieldDeclaration.FieldType {
    var indefinite: String {
        switch self {
        case .string: "a string"
        case .integer: "a whole number"
        case .number: "a number"
        case .boolean: "true or false"
        case .secret: "a secret of at least \(Redactor.secretLengthMin) characters"
        case .time: "a time of day such as \"09:30\""
        case .list: "a list"
        case .table: "a table"
        }
    }
}

/// A declared field and a value that do not go together, as a sentence. It never holds the value.
public struct FieldFailure: Error, Sendable {
    public let message: String

    init(_ message: String) { self.message = message }
}
