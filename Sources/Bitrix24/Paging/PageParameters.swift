import Wire

/// A caller's parameters of a list method, found under whatever letter case they were given: old methods take any.
struct PageParameters {
    private(set) var object: JSONObject
    /// The documented spelling of names, by their lower-case form.
    private let documented: [String: String]

    init(_ object: JSONObject, _ facts: MethodFacts?) {
        self.object = object
        var documented: [String: String] = [:]
        for parameter in facts?.parameters ?? [] { documented[parameter.name.asciiLowercased()] = parameter.name }
        self.documented = documented
    }

    /// A top-level parameter by its lower-case name. A new one is added in the documented spelling.
    subscript(name: String) -> JSONValue? {
        get { PageParameters.key(name, in: object).flatMap { object[$0] } }
        set { object[PageParameters.key(name, in: object) ?? documented[name] ?? name] = newValue }
    }

    /// The value inside nested parameters.
    func value(at path: [String]) -> JSONValue? {
        var value: JSONValue? = .object(object)
        for name in path { value = value?.objectValue.flatMap { PageParameters.value(name, in: $0) } }
        return value
    }

    /// Sets or removes a value inside nested parameters, making those that are missing.
    mutating func set(_ value: JSONValue?, at path: [String]) {
        guard let first = path.first else { return }
        guard path.count > 1 else {
            self[first.asciiLowercased()] = value
            return
        }
        let inner = self[first.asciiLowercased()]
        self[first.asciiLowercased()] = PageParameters.set(value, at: path.dropFirst(), in: inner)
    }

    private static func set(_ value: JSONValue?, at path: ArraySlice<String>, in outer: JSONValue?) -> JSONValue {
        var object = outer?.objectValue ?? JSONObject()
        guard let first = path.first else { return .object(object) }
        let key = key(first, in: object) ?? first
        object[key] = path.count > 1 ? set(value, at: path.dropFirst(), in: object[key]) : value
        return .object(object)
    }

    private static func value(_ name: String, in object: JSONObject) -> JSONValue? {
        key(name, in: object).flatMap { object[$0] }
    }

    /// Parameters the documentation has no name for: fields to filter by, with methods that take them so.
    var undocumented: [String] { object.keys.filter { documented[$0.asciiLowercased()] == nil } }

    /// The same with these members in place of the present ones.
    func with(_ object: JSONObject) -> PageParameters {
        var parameters = self
        parameters.object = object
        return parameters
    }

    func isDocumented(_ name: String) -> Bool { documented[name] != nil }

    static func key(_ name: String, in object: JSONObject) -> String? {
        let name = name.asciiLowercased()
        return object.keys.first { $0.asciiLowercased() == name }
    }

    /// Adds a field to the caller's selection, if there is one that lacks it.
    mutating func select(_ field: String) {
        guard var names = self["select"]?.arrayValue, !names.isEmpty else { return }
        let chosen = names.map { $0.stringValue?.asciiLowercased() }
        guard !chosen.contains(field.asciiLowercased()), !chosen.contains("*") else { return }
        names.append(.string(field))
        self["select"] = .array(names)
    }

    /// Whether some text could be taken by a portal for a reference inside a batch.
    var looksLikeReference: Bool { PageParameters.looksLikeReference(.object(object)) }

    private static func looksLikeReference(_ value: JSONValue) -> Bool {
        switch value {
        case .string(let text): text.contains(BatchReference.portalMarker)
        case .array(let elements): elements.contains(where: looksLikeReference)
        case .object(let object): object.contains { looksLikeReference($0.value) }
        default: false
        }
    }
}

extension Optional<JSONValue> {
    /// Missing, null, or an empty list or object, which is how an empty Lua table arrives.
    var isAbsent: Bool { self?.isAbsent ?? true }
}

extension JSONValue {
    var isAbsent: Bool { isNull || arrayValue?.isEmpty == true || objectValue?.isEmpty == true }
}
