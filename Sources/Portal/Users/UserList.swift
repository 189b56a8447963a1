internal import Wire

/// `user.get` and `user.search`: filters in `FILTER` or beside it, `sort` and `order` as two texts, pages by `start`.
///
/// Names that are no field are passed over, as on the platform: a misspelt filter finds everybody.
enum UserList {
    private static let reserved: Set<String> = [
        "SORT", "ORDER", "FILTER", "ADMIN_MODE", "SELECT", "IMAGE_RESIZE", "START", "AUTH",
    ]

    static func get(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        try list(state, call, isSearch: false)
    }

    static func search(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        try list(state, call, isSearch: true)
    }

    private static func list(
        _ state: PortalState, _ call: MethodCall, isSearch: Bool
    ) throws(PortalFailure) -> MethodReply {
        let departments = try Department.names(in: state)
        let conditions = try conditions(call)
        var users = try UserRecord.documents.all(in: state).filter { user in
            conditions.allSatisfy { key, wanted in
                passes(user, key, wanted, departments, isSearch: isSearch, state)
            }
        }
        let field = (call.text("sort") ?? "ID").uppercased()
        let isDown = call.text("order")?.uppercased() == "DESC"
        if field != "ID" || isDown, field == "ID" || UserRow.names.contains(field) {
            users.sort { left, right in
                let isBefore = precedes(left, right, field)
                return isDown ? precedes(right, left, field) : isBefore
            }
        }
        let allowed = UserScope.allowed(call)
        let chosen = selected(call)
        let rows = users.map { user -> JSONValue in
            let row = UserRow.row(user.id, user.fields, allowed: allowed)
            return .object(
                chosen.map { names in JSONObject(row.filter { names($0.key) }.map { ($0.key, $0.value) }) } ?? row)
        }
        // Encoded here: `TIMESTAMP_X` is an empty object on the wire, not an empty list.
        return RowPage.reply(rows, call, state, encoded: { MethodReply(json: $0.encoded()) })
    }

    private static func conditions(_ call: MethodCall) throws(PortalFailure) -> [(String, JSONValue)] {
        var conditions: [(String, JSONValue)] = []
        for (key, value) in call.parameters where !reserved.contains(key.uppercased()) {
            conditions.append((key.uppercased(), value))
        }
        for (key, value) in try call.object("FILTER") ?? JSONObject() {
            conditions.append((key.uppercased(), value))
        }
        return conditions
    }

    private static func passes(
        _ user: Documents.Entry, _ key: String, _ wanted: JSONValue, _ departments: [Int: String], isSearch: Bool,
        _ state: PortalState
    ) -> Bool {
        let (operation, name) = FilterOperation.split(key)
        let fields = user.fields
        let ownDepartments = (fields["UF_DEPARTMENT"]?.phpList ?? []).compactMap(\.lenientInteger)
        let match = RowMatch(state: state)
        switch name {
        case "FIND", "NAME_SEARCH":
            let names = ownDepartments.compactMap { departments[$0] }
            return finds(wanted.phpText ?? "", in: fields, departments: names)
        case "UF_DEPARTMENT_NAME":
            return ownDepartments.contains { id in
                match.matches(.contains, wanted, departments[id].map { .string($0) }, .text)
            }
        case "ID": return match.matches(operation, wanted, .integer(Int64(user.id)), .number)
        case "ACTIVE", "IS_ONLINE":
            return match.matches(operation, wanted, UserRow.value(name, fields), .flag)
        case "UF_DEPARTMENT": return match.matches(operation, wanted, fields[name], .list)
        default:
            guard UserRow.names.contains(name) else { return true }
            let value = UserRow.value(name, fields)
            // A search looks at the beginning of the text.
            if isSearch, operation == .bare, let text = wanted.phpText {
                return RowMatch.fits(value?.phpText ?? "", mask: text + "%")
            }
            return match.matches(operation, wanted, value, .text)
        }
    }

    /// Every word of the search begins some word of the name, the position or a department.
    private static func finds(_ text: String, in user: JSONObject, departments: [String]) -> Bool {
        let names = ["NAME", "LAST_NAME", "SECOND_NAME", "WORK_POSITION"].compactMap { user[$0]?.phpText }
        let known = (names + departments).flatMap { words(of: $0) }
        return words(of: text).allSatisfy { wanted in known.contains { $0.hasPrefix(wanted) } }
    }

    private static func words(of text: String) -> [String] {
        text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }

    private static func precedes(_ left: Documents.Entry, _ right: Documents.Entry, _ field: String) -> Bool {
        guard field != "ID" else { return left.id < right.id }
        let first = UserRow.value(field, left.fields)?.phpText?.lowercased() ?? ""
        let second = UserRow.value(field, right.fields)?.phpText?.lowercased() ?? ""
        return (first, left.id) < (second, right.id)
    }

    /// The names `select` lets through; nil for all of them.
    private static func selected(_ call: MethodCall) -> ((String) -> Bool)? {
        let names = Set((call.parameter("select")?.phpList ?? []).compactMap { $0.phpText?.uppercased() })
        guard !names.isEmpty, !names.contains("*") else { return nil }
        let hasCustom = names.contains("UF_*")
        return { $0 == "ID" || names.contains($0) || (hasCustom && $0.hasPrefix("UF_")) }
    }
}
