public import Wire

/// A value for a recipe's setting, from the command line or the configuration.
public struct GivenSetting: Sendable {
    public enum Value: Sendable {
        /// As the command line gives it; read as the type that the recipe declares.
        case text(String)
        case json(JSONValue)
    }

    public let name: String
    let value: Value
    /// It came as a secret: no log shows it, whatever type the recipe declares.
    let isSecret: Bool

    public init(_ name: String, _ value: Value, isSecret: Bool = false) {
        self.name = name
        self.value = value
        self.isSecret = isSecret
    }

    func value(of field: FieldDeclaration) throws(FieldFailure) -> JSONValue {
        switch value {
        case .text(let text): return try field.value(parsing: text)
        // What an environment variable or a file says is text, whatever the recipe wants.
        case .json(.string(let text)) where isSecret: return try field.value(parsing: text)
        case .json(let value):
            try field.check(value, what: "'\(name)'")
            return value
        }
    }
}

extension GivenSetting: CustomStringConvertible, CustomReflectable {
    /// Without the value, which may be a secret.
    public var description: String { name }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

extension JSONValue {
    /// All texts in it, at any depth.
    var texts: [String] {
        switch self {
        case .string(let text): [text]
        case .array(let elements): elements.flatMap(\.texts)
        case .object(let object): object.flatMap(\.value.texts)
        default: []
        }
    }
}
