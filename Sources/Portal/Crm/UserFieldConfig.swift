internal import Wire

/// `userfieldconfig.*`: user fields of every kind of object, also of smart processes and invoices, in camelCase.
///
/// https://apidocs.bitrix24.com/api-reference/crm/universal/userfieldconfig/index.html
enum UserFieldConfig {
    static let methods: [PortalMethod] = [
        method("add") { state, call throws(PortalFailure) in try add(state, call) },
        method("get") { state, call throws(PortalFailure) in
            let (id, field, fields) = try find(state, call)
            return MethodReply(["field": .object(try row(id, field, fields))])
        },
        method("list") { state, call throws(PortalFailure) in try list(state, call) },
        method("update") { state, call throws(PortalFailure) in
            let (id, _, fields) = try find(state, call)
            let given = try given(call)
            try fields.update(id, given: upper(given), label: CrmUserFieldMethods.label(upper(given)))
            let (_, field, renewed) = try find(state, call)
            return MethodReply(["field": .object(try row(id, field, renewed))])
        },
        method("delete") { state, call throws(PortalFailure) in
            let (id, _, fields) = try find(state, call)
            try fields.delete(id)
            return MethodReply(.null)
        },
        method("getTypes") { _, call throws(PortalFailure) in
            try checkModule(call)
            var types = JSONObject()
            for kind in CrmUserFields.kinds {
                types[kind.type] = [
                    "userTypeId": .string(kind.type), "description": .string(FieldName.title(kind.type)),
                ]
            }
            return MethodReply(["types": .object(types)])
        },
    ]

    private static func method(_ name: String, handler: @escaping PortalMethod.Handler) -> PortalMethod {
        PortalMethod("userfieldconfig.\(name)", scope: "userfieldconfig", handler: handler)
    }

    private static func checkModule(_ call: MethodCall) throws(PortalFailure) {
        guard let module = call.text("moduleId"), !module.isEmpty else {
            throw PortalFailure("100", "Could not find value for parameter {moduleId}")
        }
        guard module == "crm" else { throw PortalFailure("", "Access denied to module \(module.prefix(32))") }
    }

    private static func given(_ call: MethodCall) throws(PortalFailure) -> JSONObject {
        guard let fields = call.parameter("field")?.phpObject else {
            throw PortalFailure("100", "Could not find value for parameter {field}")
        }
        return fields
    }

    /// `fieldName` → `FIELD_NAME`, the names that are stored.
    private static func upper(_ fields: JSONObject) -> JSONObject {
        var object = JSONObject()
        for (name, value) in fields {
            switch name {
            case "enum":
                object["LIST"] = .array(value.phpList.map { .object(upper($0.objectValue ?? JSONObject())) })
            case "settings": object["SETTINGS"] = value
            default: object[snake(name)] = value
            }
        }
        return object
    }

    private static func snake(_ name: String) -> String {
        var text = ""
        for character in name {
            if character.isUppercase { text += "_" }
            text += character.uppercased()
        }
        return text
    }

    /// `CRM_DEAL`, `CRM_SMART_INVOICE`, `CRM_7` → the kind of object.
    private static func fields(of entityID: String, _ state: PortalState) throws(PortalFailure) -> CrmUserFields? {
        let catalog = CrmCatalog(state: state)
        for known in CrmType.builtIn where entityID == "CRM_\(known.symbol)" {
            return try catalog.type(known.entityTypeID).map { CrmUserFields(state: state, type: $0) }
        }
        guard entityID.hasPrefix("CRM_"), let id = Int64(entityID.dropFirst(4)),
            let number = try state.integer("SELECT entity_type_id FROM crm_type WHERE id = ?", [.integer(id)])
        else { return nil }
        return try catalog.type(number).map { CrmUserFields(state: state, type: $0) }
    }

    private static func add(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        try checkModule(call)
        guard state.isAdministrator(call.userID) else { throw .accessDenied }
        let given = try given(call)
        let entityID = given["entityId"]?.phpText ?? ""
        guard let fields = try fields(of: entityID, state) else {
            throw PortalFailure("", "entityId '\(entityID.prefix(32))' is not found.")
        }
        let name = (given["fieldName"]?.phpText ?? "").uppercased()
        guard name.hasPrefix("UF_\(entityID)_") || name.hasPrefix("UF_CRM_") else {
            throw PortalFailure("", "fieldName must begin with UF_\(entityID)_.")
        }
        let id = try fields.add(
            name, type: given["userTypeId"]?.phpText ?? "", isMultiple: given["multiple"]?.isTruthy ?? false,
            label: CrmUserFieldMethods.label(upper(given)) ?? name, given: upper(given))
        guard let renewed = try self.fields(of: entityID, state), let field = try renewed.find(id) else {
            throw .notFound
        }
        return MethodReply(["field": .object(try row(id, field, renewed))])
    }

    private static func find(
        _ state: PortalState, _ call: MethodCall
    ) throws(PortalFailure) -> (Int, RecordField, CrmUserFields) {
        try checkModule(call)
        guard state.isAdministrator(call.userID) else { throw .accessDenied }
        guard let id = call.integer("id") else {
            throw PortalFailure("100", "Could not find value for parameter {id}")
        }
        guard
            let number = try state.integer(
                "SELECT entity_type_id FROM crm_userfield WHERE id = ?", [.integer(Int64(id))]),
            let type = try CrmCatalog(state: state).type(number)
        else { throw .notFound }
        let fields = CrmUserFields(state: state, type: type)
        guard let field = try fields.find(id) else { throw .notFound }
        return (id, field, fields)
    }

    private static func row(
        _ id: Int, _ field: RecordField, _ fields: CrmUserFields
    ) throws(PortalFailure) -> JSONObject {
        var row = JSONObject()
        for (name, value) in try CrmUserFieldMethods.row(id, field, fields) where name != "LIST" {
            switch name {
            case "EDIT_FORM_LABEL", "LIST_COLUMN_LABEL", "LIST_FILTER_LABEL", "ERROR_MESSAGE", "HELP_MESSAGE":
                row[FieldName.camelCase(name)] = ["en": value]
            default: row[FieldName.camelCase(name)] = value
            }
        }
        if let custom = field.custom, !custom.items.isEmpty {
            row["enum"] = .array(
                custom.list.phpList.map { item in
                    .object(
                        JSONObject((item.objectValue ?? JSONObject()).map { (FieldName.camelCase($0.key), $0.value) }))
                })
        }
        return row
    }

    private static func list(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        try checkModule(call)
        guard state.isAdministrator(call.userID) else { throw .accessDenied }
        let filter = try call.object("filter") ?? JSONObject()
        let match = RowMatch(state: state)
        var rows: [JSONValue] = []
        let smart = try state.integers("SELECT entity_type_id FROM crm_type ORDER BY entity_type_id")
        for number in CrmType.builtIn.map(\.entityTypeID) + smart {
            guard let type = try CrmCatalog(state: state).type(number) else { continue }
            let fields = CrmUserFields(state: state, type: type)
            for (id, field) in try fields.all() {
                let row = try row(id, field, fields)
                let fits = filter.allSatisfy { key, wanted in
                    let (operation, name) = FilterOperation.split(key)
                    guard let value = row[name] else { return true }
                    return match.matches(operation, wanted, value, name == "id" ? .number : .text)
                }
                if fits { rows.append(.object(row)) }
            }
        }
        return RowPage.reply(rows, call, state, wrapped: { ["fields": $0] })
    }
}
