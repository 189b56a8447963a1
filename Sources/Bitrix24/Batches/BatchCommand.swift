public import Wire

/// One command of a `batch`.
public struct BatchCommand: Sendable {
    /// How the caller knows its result.
    public let name: String
    public let method: String
    /// Anywhere in it an object `{"$ref": "u.UF_DEPARTMENT.0"}` stands for a part of the result of an earlier
    /// command, here of `u`; the Lua function `ref` makes such objects.
    public let parameters: JSONObject
    /// What the documentation says of the method; nil for one it does not know.
    public let facts: MethodFacts?

    public init(
        _ name: String, _ method: String, _ parameters: JSONObject = JSONObject(), api: RESTVersion = .classic
    ) {
        self.name = name
        self.method = method
        facts = Catalog.lookup(method, api: api)
        self.parameters =
            facts?.isPositional == true
            ? Call.arranged(parameters, facts?.parameters ?? []) : parameters
    }

    /// For packs, whose parameters travel as text beside the command.
    init(name: String, method: String, facts: MethodFacts?) {
        self.name = name
        self.method = method
        self.facts = facts
        parameters = JSONObject()
    }

    public var access: Access { facts?.access ?? .write }
}

extension BatchCommand {
    /// The names of the commands whose results are used here.
    public var referredCommands: [String] { ((try? references()) ?? []).map(\.command) }

    /// The commands whose results are used here.
    func references() throws(Failure) -> [BatchReference] {
        var found: [BatchReference] = []
        _ = try rewritten(.object(parameters), isClassic: false) { reference in
            found.append(reference)
            return ""
        }
        return found
    }

    /// The parameters with references written as REST 3.0 takes them.
    func query(keys: [String: String]) throws(Failure) -> JSONValue {
        try rewritten(.object(parameters), isClassic: false) { (reference) throws(Failure) in
            guard let object = reference.object(as: keys[reference.command] ?? "") else {
                throw Failure(
                    local: "BATCH_REFERENCE",
                    "the command '\(name)' has a reference that REST 3.0 has no form for", method: method,
                    hint: "Write command.item.id, command.items.0.id, or command.*.id for all rows, and no text before."
                )
            }
            return object
        }
    }

    /// `crm.deal.get?id=7`, with references written for the portal.
    func text(keys: [String: String]) throws(Failure) -> String {
        let parameters = try rewritten(.object(parameters), isClassic: true) { (reference) throws(Failure) in
            guard !reference.isOfEveryRow else {
                throw Failure(
                    local: "BATCH_REFERENCE", "the command '\(name)' refers to all rows of a list", method: method,
                    hint: "Only a batch of REST 3.0 can; name one row: command.0.ID.")
            }
            return .string(reference.written(as: keys[reference.command] ?? ""))
        }
        let query = Form.encode(parameters.objectValue ?? JSONObject())
        return query.isEmpty ? method : "\(method)?\(String(decoding: query, as: UTF8.self))"
    }

    private func rewritten(
        _ value: JSONValue, isClassic: Bool, _ replace: (BatchReference) throws(Failure) -> JSONValue
    ) throws(Failure) -> JSONValue {
        switch value {
        case .string(let text):
            guard !isClassic || !text.contains(BatchReference.portalMarker) else {
                throw Failure(
                    local: "BATCH_REFERENCE_IN_TEXT",
                    "the command '\(name)' has a text with '\(BatchReference.portalMarker)', which portals replace",
                    method: method, hint: "Use ref for references; send such a text in a call of its own.")
            }
            return value
        case .array(let elements):
            var rewritten: [JSONValue] = []
            for element in elements { rewritten.append(try self.rewritten(element, isClassic: isClassic, replace)) }
            return .array(rewritten)
        case .object(let object):
            if object[BatchReference.marker] != nil {
                guard let reference = BatchReference(object) else {
                    throw Failure(
                        local: "BATCH_REFERENCE", "the command '\(name)' has a reference that is none",
                        method: method, hint: "Write command.FIELD.0, with the name of an earlier command first.")
                }
                return try replace(reference)
            }
            var rewritten = JSONObject()
            for (key, element) in object { rewritten[key] = try self.rewritten(element, isClassic: isClassic, replace) }
            return .object(rewritten)
        default: return value
        }
    }
}
