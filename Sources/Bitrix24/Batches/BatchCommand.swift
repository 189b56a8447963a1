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

    public init(_ name: String, _ method: String, _ parameters: JSONObject = JSONObject()) {
        self.name = name
        self.method = method
        facts = Catalog.lookup(method, api: .classic)
        self.parameters =
            facts?.isPositional == true
            ? Call.arranged(parameters, facts?.parameters ?? []) : parameters
    }

    public var access: Access { facts?.access ?? .write }
}

extension BatchCommand {
    /// The names of the commands whose results are used here.
    public var referredCommands: [String] { ((try? references()) ?? []).map(\.command) }

    /// The commands whose results are used here.
    func references() throws(Failure) -> [BatchReference] {
        var found: [BatchReference] = []
        _ = try rewritten(.object(parameters)) { reference in
            found.append(reference)
            return ""
        }
        return found
    }

    /// `crm.deal.get?id=7`, with references written for the portal.
    func text(keys: [String: String]) throws(Failure) -> String {
        let parameters = try rewritten(.object(parameters)) { $0.written(as: keys[$0.command] ?? "") }
        let query = Form.encode(parameters.objectValue ?? JSONObject())
        return query.isEmpty ? method : "\(method)?\(String(decoding: query, as: UTF8.self))"
    }

    private func rewritten(
        _ value: JSONValue, _ replace: (BatchReference) -> String
    ) throws(Failure) -> JSONValue {
        switch value {
        case .string(let text):
            guard !text.contains(BatchReference.portalMarker) else {
                throw Failure(
                    local: "BATCH_REFERENCE_IN_TEXT",
                    "the command '\(name)' has a text with '\(BatchReference.portalMarker)', which portals replace",
                    method: method, hint: "Use ref for references; send such a text in a call of its own.")
            }
            return value
        case .array(let elements):
            var rewritten: [JSONValue] = []
            for element in elements { rewritten.append(try self.rewritten(element, replace)) }
            return .array(rewritten)
        case .object(let object):
            if object[BatchReference.marker] != nil {
                guard let reference = BatchReference(object) else {
                    throw Failure(
                        local: "BATCH_REFERENCE", "the command '\(name)' has a reference that is none",
                        method: method, hint: "Write command.FIELD.0, with the name of an earlier command first.")
                }
                return .string(replace(reference))
            }
            var rewritten = JSONObject()
            for (key, element) in object { rewritten[key] = try self.rewritten(element, replace) }
            return .object(rewritten)
        default: return value
        }
    }
}
