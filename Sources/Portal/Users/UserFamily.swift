internal import Wire

/// `user.*`, `profile` and `department.*`.
enum UserFamily {
    static let family = PortalFamily(
        "users", schema: Documents.schema,
        methods: [
            PortalMethod("profile", scope: "basic", handler: profile),
            PortalMethod("user.admin", scope: "basic", handler: admin),
            PortalMethod("user.access", scope: "basic", handler: access),
            PortalMethod("user.current", scope: "user", or: UserScope.narrower, handler: current),
            PortalMethod("user.fields", scope: "user", or: UserScope.narrower, handler: fields),
            PortalMethod("user.get", scope: "user", or: UserScope.narrower, handler: UserList.get),
            PortalMethod("user.search", scope: "user", or: UserScope.narrower, handler: UserList.search),
            PortalMethod("user.add", scope: "user", checksAdministrator: true, handler: UserWrites.add),
            PortalMethod("user.update", scope: "user", checksAdministrator: true, handler: UserWrites.update),
            PortalMethod("department.get", scope: "department", handler: Department.get),
            PortalMethod("department.fields", scope: "department", handler: Department.fields),
            PortalMethod("department.add", scope: "department", handler: Department.add),
            PortalMethod("department.update", scope: "department", handler: Department.update),
            PortalMethod("department.delete", scope: "department", handler: Department.delete),
        ],
        prepare: UserRecord.prepare)

    private static func profile(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let user = try UserRecord.find(call.userID, in: state) ?? JSONObject()
        let offset = try UserRecord.clock(call.userID, in: state).offset(at: state.clock.unixSeconds)
        return MethodReply([
            "ID": .string(String(call.userID)), "ADMIN": .bool(state.isAdministrator(call.userID)),
            "NAME": user["NAME"] ?? "", "LAST_NAME": user["LAST_NAME"] ?? "",
            "PERSONAL_GENDER": user["PERSONAL_GENDER"] ?? "", "PERSONAL_PHOTO": .null,
            "TIME_ZONE": user["TIME_ZONE"] ?? "",
            // Against the server's time, as the platform counts it.
            "TIME_ZONE_OFFSET": .integer(Int64(offset - state.wallClock.offset(at: state.clock.unixSeconds))),
        ])
    }

    private static func admin(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        MethodReply(.bool(state.isAdministrator(call.userID)))
    }

    /// Whether the caller has one of the named rights: `U1` the user, `AU` any authorized one, `G1` administrators.
    private static func access(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        guard let asked = call.parameter("ACCESS") else {
            throw PortalFailure("ERROR_ARGUMENT", "Access permissions are not specified")
        }
        var own: Set<String> = ["U\(call.userID)", "AU", "G2"]
        if state.isAdministrator(call.userID) { own.insert("G1") }
        return MethodReply(.bool(asked.phpList.contains { own.contains($0.phpText ?? "") }))
    }

    private static func current(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let user = try UserRecord.find(call.userID, in: state) ?? JSONObject()
        let row = UserRow.row(call.userID, user, allowed: UserScope.allowed(call))
        return MethodReply(json: JSONValue.object(row).encoded())
    }

    private static func fields(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let allowed = UserScope.allowed(call)
        let shown = UserRow.labels.filter { allowed?.contains($0.name) ?? true }
        return MethodReply(.object(JSONObject(shown.map { ($0.name, .string($0.label)) })))
    }
}

/// `user.add` and `user.update`, for administrators.
enum UserWrites {
    static func add(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        try checkAdministrator(state, call)
        guard let email = call.text("EMAIL"), email.contains("@"), !email.hasPrefix("@"), !email.hasSuffix("@") else {
            throw PortalFailure("ERROR_ARGUMENT", "wrong_email")
        }
        let known = try UserRecord.documents.all(in: state)
        guard !known.contains(where: { $0.fields["EMAIL"]?.phpText?.lowercased() == email.lowercased() }) else {
            throw PortalFailure("ERROR_ARGUMENT", "user_email_exists")
        }
        let isExtranet = call.parameter("EXTRANET")?.isTruthy ?? false
        guard isExtranet || !(call.parameter("UF_DEPARTMENT")?.phpList.isEmpty ?? true) else {
            throw PortalFailure("ERROR_ARGUMENT", "no_extranet_field")
        }
        var fields = given(call)
        if isExtranet { fields["USER_TYPE"] = "extranet" }
        return MethodReply(.integer(Int64(try UserRecord.insert(fields, in: state))))
    }

    static func update(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let id = call.integer("ID") ?? 0
        guard var user = try UserRecord.find(id, in: state) else {
            throw PortalFailure("ERROR_CORE", "user_not_found")
        }
        guard state.isAdministrator(call.userID) else { throw PortalFailure("ERROR_CORE", "access_denied") }
        for (key, value) in given(call) { user[key] = value }
        try UserRecord.documents.replace(id, with: user, in: state)
        return MethodReply(true)
    }

    /// Only fields that users have; `ACTIVE` becomes the boolean it is read as.
    private static func given(_ call: MethodCall) -> JSONObject {
        var fields = JSONObject()
        for (key, value) in call.parameters {
            let name = key.uppercased()
            guard UserRow.names.contains(name), name != "ID" else { continue }
            switch name {
            case "ACTIVE": fields[name] = .bool(value.isTruthy)
            case "UF_DEPARTMENT": fields[name] = .array(value.phpList)
            default: fields[name] = value.phpText.map { .string($0) }
            }
        }
        return fields
    }

    private static func checkAdministrator(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) {
        guard state.isAdministrator(call.userID) else {
            throw PortalFailure("ACCESS_DENIED", "Access denied!", status: 403)
        }
    }
}
