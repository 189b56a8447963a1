internal import Wire

/// `department.*`: the company's tree.
enum Department {
    static let documents = Documents(kind: "department")
    private static let names = ["NAME", "SORT", "PARENT", "UF_HEAD"]

    static func names(in state: PortalState) throws(PortalFailure) -> [Int: String] {
        let pairs = try documents.all(in: state).map { ($0.id, $0.fields["NAME"]?.phpText ?? "") }
        return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }

    static func get(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let match = RowMatch(state: state)
        var found = try documents.all(in: state).filter { entry in
            guard let wanted = call.parameter("ID") else { return true }
            return match.matches(.equal, wanted, .integer(Int64(entry.id)), .number)
        }
        for name in names {
            // Spelt exactly: `sort` names a field to sort by, `SORT` is a field to filter by.
            guard let wanted = call.parameters[name] else { continue }
            found = found.filter { match.matches(.equal, wanted, $0.fields[name], .text) }
        }
        let field = (call.parameters["sort"]?.phpText ?? "ID").uppercased()
        let isDown = call.text("order")?.uppercased() == "DESC"
        found.sort { left, right in
            let isBefore = key(left, field) < key(right, field)
            return isDown ? key(right, field) < key(left, field) : isBefore
        }
        return RowPage.reply(found.map(row), call, state)
    }

    static func fields(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        MethodReply(["ID": "ID", "NAME": "Name", "SORT": "Sorting", "PARENT": "Parent department", "UF_HEAD": "Head"])
    }

    static func add(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        try checkAdministrator(state, call)
        guard let name = call.text("NAME"), !name.isEmpty else {
            throw PortalFailure("ERROR_CORE", "Section name is not specified.<br>")
        }
        guard let parent = call.integer("PARENT"), try documents.get(parent, in: state) != nil else {
            throw PortalFailure("ERROR_CORE", "Parent section is not specified or not found.<br>")
        }
        var fields = given(call)
        if fields["SORT"] == nil { fields["SORT"] = 500 }
        return MethodReply(.integer(Int64(try documents.insert(fields, in: state))))
    }

    static func update(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        try checkAdministrator(state, call)
        let id = call.integer("ID") ?? 0
        guard var fields = try documents.get(id, in: state) else {
            throw PortalFailure("ERROR_CORE", "Department not found")
        }
        for (key, value) in given(call) { fields[key] = value }
        try documents.replace(id, with: fields, in: state)
        return MethodReply(true)
    }

    static func delete(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        try checkAdministrator(state, call)
        let id = call.integer("ID") ?? 0
        guard try documents.get(id, in: state) != nil else {
            throw PortalFailure("ERROR_CORE", "Department not found")
        }
        try documents.delete(id, in: state)
        return MethodReply(true)
    }

    /// The root has no PARENT, a department without a head no UF_HEAD.
    private static func row(_ entry: Documents.Entry) -> JSONValue {
        var row: JSONObject = ["ID": .string(String(entry.id)), "NAME": entry.fields["NAME"] ?? ""]
        row["SORT"] = .integer(Int64(entry.fields["SORT"]?.lenientInteger ?? 500))
        for name in ["PARENT", "UF_HEAD"] {
            if let text = entry.fields[name]?.phpText, !text.isEmpty { row[name] = .string(text) }
        }
        return .object(row)
    }

    private static func key(_ entry: Documents.Entry, _ field: String) -> (Int, String, Int) {
        let value = field == "ID" ? .integer(Int64(entry.id)) : entry.fields[field]
        return (value?.lenientInteger ?? 0, value?.phpText ?? "", entry.id)
    }

    private static func given(_ call: MethodCall) -> JSONObject {
        JSONObject(names.compactMap { name in call.parameter(name).map { (name, $0) } })
    }

    private static func checkAdministrator(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) {
        guard state.isAdministrator(call.userID) else {
            throw PortalFailure("ACCESS_DENIED", "Access denied!", status: 403)
        }
    }
}
