internal import Storage
internal import Wire

/// `crm.type.*`: the smart processes of this portal.
///
/// https://apidocs.bitrix24.com/api-reference/crm/universal/user-defined-object-types/index.html
enum CrmTypeMethods {
    static let methods: [PortalMethod] = [
        .crm("crm.type.add") { state, call throws(PortalFailure) in try add(state, call) },
        .crm("crm.type.update") { state, call throws(PortalFailure) in try update(state, call) },
        .crm("crm.type.delete") { state, call throws(PortalFailure) in try delete(state, call) },
        .crm("crm.type.list") { state, call throws(PortalFailure) in try list(state, call) },
        .crm("crm.type.get") { state, call throws(PortalFailure) in
            try reply(state, "WHERE id = ?", call.integer("id"))
        },
        .crm("crm.type.getByEntityTypeId") { state, call throws(PortalFailure) in
            try reply(state, "WHERE entity_type_id = ?", call.integer("entityTypeId"))
        },
        .crm("crm.type.fields") { state, call throws(PortalFailure) in
            try checkAdministrator(state, call)
            return MethodReply(["fields": .object(fields)])
        },
    ]

    private static func checkAdministrator(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) {
        guard state.isAdministrator(call.userID) else { throw PortalFailure("ACCESS_DENIED", "Access denied") }
    }

    // MARK: Writing

    private static func add(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        try checkAdministrator(state, call)
        let fields = try call.object("fields") ?? JSONObject()
        guard let title = fields["title"]?.phpText, !title.isEmpty else {
            throw PortalFailure("CRM_FIELD_ERROR_REQUIRED", "The field \"title\" is required.")
        }
        let last = try state.integer("SELECT max(coalesce(max(entity_type_id), 0), 126) FROM crm_type") ?? 126
        let number = fields["entityTypeId"]?.lenientInteger ?? (last < 192 ? last + 2 : max(1030, last + 2))
        guard (128...192).contains(number) || (number >= 1030 && number.isMultiple(of: 2)) else {
            throw PortalFailure("INVALID_ARG_VALUE", "entityTypeId must be 128 to 192, or even from 1030 up.")
        }
        guard try CrmCatalog(state: state).type(number) == nil else {
            throw PortalFailure("INVALID_ARG_VALUE", "The entityTypeId \(number) is taken.")
        }
        try state.execute(
            "INSERT INTO crm_type (entity_type_id, title, code, created_time, created_by) VALUES (?, ?, ?, ?, ?)",
            [
                .integer(Int64(number)), .text(title), .text(fields["code"]?.phpText ?? ""), .text(state.now),
                .integer(Int64(call.userID)),
            ])
        var options = CrmTypeOptions(entityTypeID: number, stored: CrmTypeOptions.new)
        options.apply(fields)
        try options.save(in: state)
        let type = CrmType.smartProcess(
            entityTypeID: number, title: title, table: CrmTables.smartProcess(entityTypeID: number))
        for statement in CrmSchema.records(of: type) { try state.execute(statement) }
        try CrmStages(state: state).addCategory(type, name: "General", sort: 100, isDefault: true)
        try settleParents(options, state)
        return try reply(state, "WHERE entity_type_id = ?", number)
    }

    private static func update(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        try checkAdministrator(state, call)
        let number = try entityTypeID(state, call)
        let fields = try call.object("fields") ?? JSONObject()
        if let title = fields["title"]?.phpText, !title.isEmpty {
            try state.execute(
                "UPDATE crm_type SET title = ? WHERE entity_type_id = ?", [.text(title), .integer(Int64(number))])
        }
        var options = try CrmTypeOptions.of(number, in: state)
        options.apply(fields)
        options.stored["updatedTime"] = .string(state.now)
        options.stored["updatedBy"] = .integer(Int64(call.userID))
        try options.save(in: state)
        state.caches.forgetAll()
        try settleParents(options, state)
        return try reply(state, "WHERE entity_type_id = ?", number)
    }

    /// A type with records stays.
    private static func delete(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        try checkAdministrator(state, call)
        let number = try entityTypeID(state, call)
        guard try state.integer("SELECT 1 FROM crm_item_\(number) LIMIT 1") == nil else {
            throw PortalFailure("", "The SPA has items and cannot be deleted.")
        }
        let id: [SQLValue] = [.integer(Int64(number))]
        try state.execute("DROP TABLE crm_item_\(number)")
        for table in ["crm_type", "crm_category", "crm_userfield", "crm_stage_history"] {
            try state.execute("DELETE FROM \(table) WHERE entity_type_id = ?", id)
        }
        try state.execute("DELETE FROM crm_status WHERE entity_id LIKE 'DYNAMIC\\_\(number)\\_STAGE\\_%' ESCAPE '\\'")
        try CrmTypeOptions.documents.delete(number, in: state)
        state.caches.forgetAll()
        return MethodReply([])
    }

    private static func entityTypeID(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> Int {
        guard let id = call.integer("id"),
            let number = try state.integer("SELECT entity_type_id FROM crm_type WHERE id = ?", [.integer(Int64(id))])
        else { throw missing }
        return number
    }

    /// Every parent is a field `parentId{type}` of each record.
    private static func settleParents(_ options: CrmTypeOptions, _ state: PortalState) throws(PortalFailure) {
        let catalog = CrmCatalog(state: state)
        for parent in options.parentTypeIDs {
            let name = "PARENT_ID_\(parent)"
            guard let type = try catalog.type(options.entityTypeID), type.table.place(name) == nil,
                try catalog.type(parent) != nil
            else { continue }
            try catalog.addField(name, kind: .crmEntity, label: name, to: options.entityTypeID)
        }
    }

    // MARK: Reading

    private static let missing = PortalFailure("0", "SPA not found")

    private static func reply(
        _ state: PortalState, _ sql: String, _ id: Int?
    ) throws(PortalFailure) -> MethodReply {
        guard let id, let row = try rows(state, sql, [.integer(Int64(id))], isWhole: true).first else { throw missing }
        return MethodReply(["type": .object(row)])
    }

    /// - Parameter isWhole: with relations and linked user fields, which lists leave out.
    private static func rows(
        _ state: PortalState, _ sql: String, _ values: [SQLValue] = [], isWhole: Bool = false
    ) throws(PortalFailure) -> [JSONObject] {
        let found = try state.query(
            "SELECT id, title, code, entity_type_id, created_time, created_by FROM crm_type \(sql) ORDER BY id", values
        ) { (id: $0.int(0), title: $0.text(1), code: $0.text(2), number: $0.int(3), time: $0.text(4), by: $0.int(5)) }
        var rows: [JSONObject] = []
        for type in found {
            let options = try CrmTypeOptions.of(type.number, in: state)
            var row = JSONObject()
            row["id"] = .integer(Int64(type.id))
            row["title"] = .string(type.title)
            row["code"] = .string(type.code)
            row["createdBy"] = .integer(Int64(type.by))
            row["entityTypeId"] = .integer(Int64(type.number))
            row["customSectionId"] = .null
            for flag in CrmTypeOptions.flags { row[flag] = options.has(flag) ? "Y" : "N" }
            row["createdTime"] = .string(type.time)
            row["updatedTime"] = options.stored["updatedTime"] ?? .string(type.time)
            row["updatedBy"] = options.stored["updatedBy"] ?? .integer(Int64(type.by))
            if isWhole {
                row["relations"] = options.relations
                row["linkedUserFields"] = options.linkedUserFields
                row["customSections"] = []
            }
            rows.append(row)
        }
        return rows
    }

    private static func list(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        try checkAdministrator(state, call)
        let filter = try call.object("filter") ?? JSONObject()
        let match = RowMatch(state: state)
        let sample = fields
        for key in filter.keys where sample[FilterOperation.split(key).1] == nil {
            throw PortalFailure(
                "INVALID_ARG_VALUE", "Invalid filter: field '\(FilterOperation.split(key).1)' is not allowed in filter")
        }
        var found = try rows(state, "").filter { row in
            filter.allSatisfy { key, wanted in
                let (operation, name) = FilterOperation.split(key)
                let isNumber = ["id", "entityTypeId", "createdBy", "updatedBy"].contains(name)
                return match.matches(operation, wanted, row[name], isNumber ? .number : .text)
            }
        }
        for (name, direction) in try call.object("order") ?? JSONObject() {
            let isDown = direction.phpText?.uppercased() == "DESC"
            found.sort { left, right in
                let (first, second) = isDown ? (right, left) : (left, right)
                if let one = first[name]?.integerValue, let other = second[name]?.integerValue { return one < other }
                return (first[name]?.phpText ?? "") < (second[name]?.phpText ?? "")
            }
        }
        return RowPage.reply(found.map { .object($0) }, call, state, wrapped: { ["types": $0] })
    }

    private static var fields: JSONObject {
        var object = JSONObject()
        func add(_ name: String, _ type: String, isReadOnly: Bool = false, isRequired: Bool = false) {
            object[name] = [
                "type": .string(type), "isRequired": .bool(isRequired), "isReadOnly": .bool(isReadOnly),
                "isImmutable": .bool(name == "entityTypeId"), "isMultiple": false, "isDynamic": false,
                "title": .string(FieldName.title(name)),
            ]
        }
        add("id", "integer", isReadOnly: true)
        add("title", "string", isRequired: true)
        add("code", "string")
        add("createdBy", "user", isReadOnly: true)
        add("entityTypeId", "integer")
        add("customSectionId", "integer")
        for flag in CrmTypeOptions.flags { add(flag, "boolean") }
        add("createdTime", "datetime", isReadOnly: true)
        add("updatedTime", "datetime", isReadOnly: true)
        add("updatedBy", "user", isReadOnly: true)
        return object
    }
}
