public import Wire

/// One call of a method: its name and its parameters as JSON, ready to become a request.
public struct Call: Sendable {
    /// As given; portals take any letter case.
    public let method: String
    public let api: RESTVersion
    /// What the documentation says of it; nil for a method it does not know.
    public let facts: MethodFacts?
    /// A JSON object.
    public internal(set) var body: [UInt8]
    /// Files' contents that belong into the body, in the order of their places. A call that has some goes alone, never
    /// in a batch.
    public internal(set) var attachments: [Attachment] = []
    /// A method unknown to the catalog is taken for a write; a batch is what its commands are.
    public internal(set) var access: Access
    /// By which the portal knows a repetition; see `keyed`.
    public internal(set) var idempotencyKey: String?

    /// - Parameters:
    ///   - api: nil takes the one in which the method is documented, the classic one where it is in both.
    ///   - parameters: a JSON object, or an empty array, which is how an empty Lua table may look. For positional
    ///     methods the members are put into the documented order; gaps are filled with empty lists.
    /// - Throws: a failure of the category `.invalid` when the name or the parameters cannot be sent.
    public init(_ method: String, api: RESTVersion? = nil, parameters: [UInt8]) throws(Failure) {
        guard Call.isName(method) else {
            throw Failure(
                local: "BAD_METHOD_NAME", "a method's name is words of letters, digits, '_' joined by dots",
                method: String(method.prefix(Call.nameBytesMax)))
        }
        self.method = method
        facts = Catalog.lookup(method, api: api)
        self.api = api ?? facts?.api ?? .classic
        access = facts?.access ?? .write
        if facts?.isPositional == true {
            body = try Call.arranged(parameters, method, facts?.parameters ?? [])
        } else {
            body = Call.isEmptyList(parameters) ? Array("{}".utf8) : parameters
        }
    }

    public init(_ method: String, api: RESTVersion? = nil, parameters: JSONObject) throws(Failure) {
        try self.init(method, api: api, parameters: JSONValue.object(parameters).encoded())
    }

    init(batch body: [UInt8], api: RESTVersion, access: Access) {
        method = "batch"
        self.api = api
        facts = Catalog.lookup("batch", api: api)
        self.access = access
        self.body = body
    }

    /// The request to send by POST.
    ///
    /// An access token travels in the body, last, so that it shifts no positional parameter and is in no address; a
    /// body that is a list, the batch of REST 3.0, has no place for it, so that a header takes it.
    /// Source: https://apidocs.bitrix24.com/settings/how-to-call-rest-api/index.html
    public func request(as credential: Credential) -> CallRequest {
        // What is added to the body comes after the attachments' places.
        var request = CallRequest(url: credential.url(of: method, api: api), body: body)
        if let idempotencyKey { request.headers.append((name: "Idempotency-Key", value: idempotencyKey)) }
        request.attachments = attachments
        guard case .token(let token) = credential else { return request }
        guard let end = body.lastIndex(where: { $0 > 0x20 }), body[end] == UInt8(ascii: "}"),
            let before = body[..<end].lastIndex(where: { $0 > 0x20 })
        else {
            request.headers.append((name: "Authorization", value: "Bearer \(token.token)"))
            return request
        }
        let separator = body[before] == UInt8(ascii: "{") ? "" : ","
        request.body.replaceSubrange(end..., with: "\(separator)\"auth\":\(JSONValue.string(token.token).text)}".utf8)
        return request
    }

    static let nameBytesMax = 96

    static func isName(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.count <= nameBytesMax && !name.hasPrefix(".") && !name.hasSuffix(".")
            && !name.contains("..")
            && name.utf8.allSatisfy { $0.isLetterOrDigit || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "_") }
    }

    private static func isEmptyList(_ json: [UInt8]) -> Bool {
        json.filter { $0 > 0x20 } == [UInt8(ascii: "["), UInt8(ascii: "]")]
    }

    /// `task.*` methods of old read the n-th parameter whatever its name.
    /// Source: https://apidocs.bitrix24.com/api-reference/tasks/deprecated/index.html
    private static func arranged(
        _ json: [UInt8], _ method: String, _ documented: [ParameterFacts]
    ) throws(Failure) -> [UInt8] {
        let given: JSONObject
        do throws(JSONFailure) {
            given = try JSONValue(parsing: json).objectValue ?? JSONObject()
        } catch {
            throw Failure(local: "BAD_PARAMETERS", error.message, method: method)
        }
        return JSONValue.object(arranged(given, documented)).encoded()
    }

    static func arranged(_ given: JSONObject, _ documented: [ParameterFacts]) -> JSONObject {
        var rest = given
        var arranged = JSONObject()
        var gap: [String] = []
        for parameter in documented {
            let name = parameter.name.asciiLowercased()
            guard let key = rest.keys.first(where: { $0.asciiLowercased() == name }) else {
                gap.append(parameter.name)
                continue
            }
            for skipped in gap { arranged[skipped] = [] }
            gap = []
            arranged[key] = rest.remove(key)
        }
        for (key, value) in rest { arranged[key] = value }
        return arranged
    }
}

/// What goes to the HTTP client. The URL holds the secret: it may not be shown.
public struct CallRequest: Sendable {
    public var url: String
    public var body: [UInt8]
    public var attachments: [Attachment] = []
    public var headers: [(name: String, value: String)] = CallRequest.standardHeaders

    public init(url: String, body: [UInt8]) {
        self.url = url
        self.body = body
    }

    static let standardHeaders = [
        (name: "Content-Type", value: "application/json"),
        (name: "Accept", value: "application/json"),
        (name: "User-Agent", value: "host/1 (Bitrix24 recipes)"),
    ]
}

extension CallRequest: CustomStringConvertible, CustomReflectable {
    public var description: String { "CallRequest(\(body.count) bytes)" }
    public var customMirror: Mirror { Mirror(self, children: ["body": "\(body.count) bytes"]) }
}
