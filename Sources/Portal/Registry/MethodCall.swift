public import Wire

/// A call after the transport is taken off: who calls what with which parameters.
public struct MethodCall: Sendable {
    /// Lower case.
    public let name: String
    public let api: PortalAPI
    public let credential: PortalCredential
    /// Query and body merged, PHP nesting undone. The order is the caller's: positional methods
    /// (`task.*`) read it with `positional(_:)`.
    public let parameters: JSONObject
    /// Request headers, for v3's `Idempotency-Key`; empty inside a batch.
    public let headers: [(name: String, value: String)]
    /// The files of a multipart body, by the names of their fields.
    let files: [(field: String, content: FileContent)]

    init(
        name: String, api: PortalAPI = .classic, credential: PortalCredential, parameters: JSONObject,
        headers: [(name: String, value: String)] = [], files: [(field: String, content: FileContent)] = []
    ) {
        self.name = name.lowercased()
        self.api = api
        self.credential = credential
        self.parameters = parameters
        self.headers = headers
        self.files = files
    }

    /// A call that the portal makes itself, for an employee.
    public init(name: String, api: PortalAPI = .classic, userID: Int, parameters: JSONObject) {
        self.init(name: name, api: api, credential: .portal(userID: userID), parameters: parameters)
    }

    /// The employee in whose name the credential acts.
    public var userID: Int { credential.userID }

    /// The credential's scopes; nil means all of them.
    public var scopes: Set<String>? { credential.scopes }

    /// A top-level parameter by its name in any letter case, as the old modules read them
    /// (`fields`, `FIELDS`). The exact spelling wins when both are there.
    public func parameter(_ name: String) -> JSONValue? {
        if let exact = parameters[name] { return exact }
        let wanted = name.lowercased()
        for (key, value) in parameters where key.lowercased() == wanted { return value }
        return nil
    }

    /// An object parameter. PHP cannot tell `[]` from `{}`, so an empty list counts as an empty object,
    /// and a non-empty list as an object with the keys 0, 1, 2 …
    ///
    /// - Returns: nil when the parameter is absent.
    /// - Throws: "Parameter 'fields' must be array." when it is a scalar.
    public func object(_ name: String) throws(PortalFailure) -> JSONObject? {
        guard let value = parameter(name) else { return nil }
        guard let object = value.phpObject else {
            throw PortalFailure("", "Parameter '\(name)' must be array.")
        }
        return object
    }

    /// A parameter that is a whole number or a string of one.
    /// Kept within 2^53 either way, far from where sums of offsets overflow.
    public func integer(_ name: String) -> Int? {
        parameter(name)?.lenientInteger.map { max(-(1 << 53), min($0, 1 << 53)) }
    }

    /// A scalar parameter as text, as PHP would print it.
    public func text(_ name: String) -> String? {
        parameter(name)?.phpText
    }

    /// The value at a position, for the old methods that ignore names.
    public func positional(_ index: Int) -> JSONValue? {
        var position = 0
        for (_, value) in parameters {
            if position == index { return value }
            position += 1
        }
        return nil
    }

    /// The `id` every get, update and delete of the classic CRM needs.
    ///
    /// - Throws: "ID is not defined or invalid."
    public func requiredID(_ name: String = "id") throws(PortalFailure) -> Int {
        guard let id = integer(name), id > 0 else {
            throw PortalFailure("", "ID is not defined or invalid.")
        }
        return id
    }
}
