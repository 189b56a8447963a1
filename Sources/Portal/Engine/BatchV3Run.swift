internal import Wire

/// One `batch` of REST 3.0: a bare list of commands of which all are done, or none.
///
/// Each entry has `method` and `query`, and may have `as` and `parallel`. A later one may use the `item` or `items` of
/// an earlier one: `{"$ref": "alias.items.0.id"}` is one value, `{"$refArray": "alias.id"}` that field of all rows; an
/// entry without alias is known by its number. Any other member of the body is taken for an entry, and is none.
///
/// https://apidocs.bitrix24.com/api-reference/rest-v3/index.html
struct BatchV3Run {
    private let engine: PortalEngine
    /// By alias and by number.
    private var context: [String: JSONValue] = [:]

    init(engine: PortalEngine) {
        self.engine = engine
    }

    /// The bytes of the batch's `result`; nothing is kept when it throws.
    mutating func run(_ call: MethodCall) throws(PortalFailure) -> [UInt8] {
        let entries = Array(call.parameters)
        guard !entries.isEmpty else { throw Self.refusal("The batch has no commands") }
        guard entries.count <= engine.state.settings.batchCommandsMax else {
            throw Self.refusal("Max batch length exceeded")
        }
        var run = self
        do throws(PortalFailure) {
            return try engine.state.transaction { () throws(PortalFailure) in
                var json = Array("[".utf8)
                for (place, entry) in entries.enumerated() {
                    if place > 0 { json.append(UInt8(ascii: ",")) }
                    json += try run.result(of: entry.value, place, outer: call)
                }
                json.append(UInt8(ascii: "]"))
                return json
            }
        } catch {
            // What was cached of records that are gone again.
            engine.state.caches.forgetAll()
            throw error
        }
    }

    private mutating func result(
        of entry: JSONValue, _ place: Int, outer: MethodCall
    ) throws(PortalFailure) -> [UInt8] {
        guard let name = entry["method"]?.stringValue, let query = entry["query"]?.phpObject else {
            throw Self.refusal("Unable to recognize the command `\(place)` of the batch")
        }
        guard name.lowercased() != "batch" else { throw Self.refusal("A batch may not contain a batch") }
        let parameters = try resolved(.object(query)).objectValue ?? JSONObject()
        let (reply, _) = try engine.perform(
            MethodCall(name: name, api: .v3, credential: outer.credential, parameters: parameters), isInBatch: true)
        let bytes = reply.resultBytes
        // Identifiers that an add gives, and the yes of an update, are not for others to use.
        if let value = try? JSONValue(parsing: bytes), value["item"] != nil || value["items"] != nil {
            context[String(place)] = value
            if let alias = entry["as"]?.stringValue, !alias.isEmpty { context[alias] = value }
        }
        return bytes
    }

    private func resolved(_ value: JSONValue) throws(PortalFailure) -> JSONValue {
        switch value {
        case .array(let elements):
            var list: [JSONValue] = []
            for element in elements { list.append(try resolved(element)) }
            return .array(list)
        case .object(let object):
            if object.count == 1, let path = object["$ref"]?.stringValue { return try referred(path) }
            if object.count == 1, let path = object["$refArray"]?.stringValue { return try collected(path) }
            var members = JSONObject()
            for (key, member) in object { members[key] = try resolved(member) }
            return .object(members)
        default: return value
        }
    }

    private func referred(_ path: String) throws(PortalFailure) -> JSONValue {
        let steps = path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        var value = context[steps[0]]
        for step in steps.dropFirst() { value = value?[step] ?? Int(step).flatMap { value?[$0] } }
        guard steps.count > 1, let value else { throw Self.unresolved(path) }
        return value
    }

    private func collected(_ path: String) throws(PortalFailure) -> JSONValue {
        let steps = path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard steps.count > 1, let rows = context[steps[0]]?["items"]?.arrayValue else { throw Self.unresolved(path) }
        var values: [JSONValue] = []
        for row in rows {
            guard let value = steps.dropFirst().reduce(row, { $0?[$1] }) else { throw Self.unresolved(path) }
            values.append(value)
        }
        return .array(values)
    }

    private static func unresolved(_ path: String) -> PortalFailure {
        refusal("Unable to resolve the reference `\(path)`")
    }

    /// What the platform answers to a batch it cannot read, the classic form of it included.
    static func refusal(_ message: String) -> PortalFailure {
        PortalFailure("BITRIX_REST_V3_EXCEPTION_INVALIDSELECTEXCEPTION", message)
    }
}
