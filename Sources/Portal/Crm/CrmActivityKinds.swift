internal import Wire

/// What applications add for their activities: types (`crm.activity.type.*`) and badges (`crm.activity.badge.*`).
///
/// https://apidocs.bitrix24.com/api-reference/crm/timeline/activities/types/index.html
enum CrmActivityKinds {
    private static let types = Documents(kind: "crm.activity.type")
    private static let badges = Documents(kind: "crm.activity.badge")
    private static let badgeTypes: Set<String> = ["success", "failure", "warning", "primary", "secondary"]

    static let methods: [PortalMethod] = [
        .crm("crm.activity.type.add") { state, call throws(PortalFailure) in
            let given = try call.object("fields") ?? JSONObject()
            guard let code = given["TYPE_ID"]?.phpText, !code.isEmpty else {
                throw PortalFailure("INVALID_ARG_VALUE", "TYPE_ID is not defined or invalid.")
            }
            guard try types.owned(by: key(code, call), in: state).isEmpty else {
                throw PortalFailure("INVALID_ARG_VALUE", "Application activity type is already registered.")
            }
            let fields: JSONObject = [
                "TYPE_ID": .string(code), "NAME": given["NAME"] ?? "", "ICON_ID": 0,
                "IS_CONFIGURABLE_TYPE": given["IS_CONFIGURABLE_TYPE"] ?? "N",
            ]
            try types.insert(fields, owner: key(code, call), in: state)
            return MethodReply(true)
        },
        .crm("crm.activity.type.list") { state, call throws(PortalFailure) in
            var rows: [JSONValue] = []
            for type in try types.all(in: state) {
                let code = type.fields["TYPE_ID"]?.phpText ?? ""
                let own = try types.owned(by: key(code, call), in: state)
                if own.contains(where: { $0.id == type.id }) { rows.append(.object(type.fields)) }
            }
            return MethodReply(.array(rows))
        },
        .crm("crm.activity.type.delete") { state, call throws(PortalFailure) in
            guard let known = try types.owned(by: key(call.text("TYPE_ID") ?? "", call), in: state).first else {
                throw PortalFailure("NOT_FOUND", "Activity type is not found.")
            }
            try types.delete(known.id, in: state)
            return MethodReply(true)
        },
        .crm("crm.activity.badge.add") { state, call throws(PortalFailure) in try addBadge(state, call) },
        .crm("crm.activity.badge.get") { state, call throws(PortalFailure) in
            MethodReply(["badge": .object(try badge(state, call).fields)])
        },
        .crm("crm.activity.badge.list") { state, _ throws(PortalFailure) in
            MethodReply(["badges": .array(try badges.all(in: state).map { .object($0.fields) })])
        },
        .crm("crm.activity.badge.delete") { state, call throws(PortalFailure) in
            try badges.delete(try badge(state, call).id, in: state)
            return MethodReply(true)
        },
    ]

    /// The same code again changes the badge.
    private static func addBadge(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        for name in ["code", "title", "value", "type"] where call.parameter(name) == nil {
            throw PortalFailure("REQUIRED_ARG_MISSING", "The argument '\(name)' is missing.")
        }
        guard let code = call.text("code"), let type = call.text("type"), badgeTypes.contains(type) else {
            throw PortalFailure("INVALID_ARG_VALUE", "The argument 'type' is not a type of badges.")
        }
        let fields: JSONObject = [
            "code": .string(code), "title": call.parameter("title") ?? "", "value": call.parameter("value") ?? "",
            "type": .string(type),
        ]
        if let known = try badges.owned(by: code, in: state).first {
            try badges.replace(known.id, with: fields, in: state)
        } else {
            try badges.insert(fields, owner: code, in: state)
        }
        return MethodReply(["badge": .object(fields)])
    }

    private static func badge(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> Documents.Entry {
        guard let code = call.text("code"), let known = try badges.owned(by: code, in: state).first else {
            throw PortalFailure("NOT_FOUND", "Badge is not found.")
        }
        return known
    }

    /// Types belong to the application that added them.
    private static func key(_ code: String, _ call: MethodCall) -> String {
        "\(call.credential.clientID ?? ""):\(code)"
    }
}
