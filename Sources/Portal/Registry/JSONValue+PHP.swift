internal import Wire

// How PHP would read and print a value: Bitrix24's methods take `5`, `"5"` and `true` alike.
extension JSONValue {
    /// A whole number, or text or a fraction that is exactly one.
    var lenientInteger: Int? {
        switch self {
        case .integer(let value): Int(value)
        case .number(let value): Int(exactly: value)
        case .string(let text): Int(text.asciiTrimmed)
        case .bool(let flag): flag ? 1 : 0
        default: nil
        }
    }

    var lenientDouble: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        case .string(let text): Double(text.asciiTrimmed).flatMap { $0.isFinite ? $0 : nil }
        default: nil
        }
    }

    /// A scalar as PHP's string conversion prints it; nil for arrays and objects.
    var phpText: String? {
        switch self {
        case .null: ""
        case .bool(let flag): flag ? "1" : ""
        case .integer(let value): String(value)
        case .number(let value): Int64(exactly: value).map(String.init) ?? String(value)
        case .string(let text): text
        default: nil
        }
    }

    /// Booleans as every generation of the platform writes them: Y, 1, true.
    var isTruthy: Bool {
        switch self {
        case .bool(let flag): flag
        case .integer(let value): value != 0
        case .number(let value): value != 0
        case .string(let text): ["Y", "YES", "1", "TRUE"].contains(text.uppercased())
        default: false
        }
    }

    /// An object; lists count as objects keyed 0, 1, 2 … because PHP has one array type.
    var phpObject: JSONObject? {
        switch self {
        case .object(let object): return object
        case .array(let items):
            var object = JSONObject()
            for (index, item) in items.enumerated() { object[String(index)] = item }
            return object
        // An empty form value `filter=` is what an SDK sends for an empty map.
        case .null, .string(""): return JSONObject()
        default: return nil
        }
    }

    /// The elements of a list or the values of a map; a scalar is a list of one.
    var phpList: [JSONValue] {
        switch self {
        case .array(let items): items
        case .object(let object): object.map(\.value)
        case .null, .string(""): []
        default: [self]
        }
    }

    /// JSON as PHP's `json_encode` gives it for an array: an empty map is `[]`.
    func phpEncoded() -> [UInt8] {
        phpNormalized.encoded()
    }

    private var phpNormalized: JSONValue {
        switch self {
        case .array(let items): return .array(items.map(\.phpNormalized))
        case .object(let object):
            if object.count == 0 { return .array([]) }
            var result = JSONObject()
            for (key, value) in object { result[key] = value.phpNormalized }
            return .object(result)
        default: return self
        }
    }
}

extension String {
    /// Without ASCII white space at both ends.
    var asciiTrimmed: Substring {
        var view = self[...]
        while let first = view.utf8.first, first == 32 || (9...13).contains(first) { view = view.dropFirst() }
        while let last = view.utf8.last, last == 32 || (9...13).contains(last) { view = view.dropLast() }
        return view
    }
}
