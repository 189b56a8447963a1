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

    func isDocumented(_ name: String) -> Bool { documented[name] != nil }

    static func key(_ name: String, in object: JSONObject) -> String? {
        let name = name.asciiLowercased()
        return object.keys.first { $0.asciiLowercased() == name }
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
