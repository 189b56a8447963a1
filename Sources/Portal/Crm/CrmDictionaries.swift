internal import Storage
internal import Wire

/// Small read-only methods, smart process types and the history of stages.
enum CrmDictionaries {
    static let methods: [PortalMethod] = [
        .crm("crm.enum.ownertype") { state, _ throws(PortalFailure) in
            let smart = try state.texts(
                "SELECT CAST(entity_type_id AS TEXT), title FROM crm_type ORDER BY entity_type_id")
            let known = CrmType.builtIn.map { ownerType($0.entityTypeID, $0.title, $0.symbol, $0.abbreviation) }
            let made = smart.compactMap { row -> JSONValue? in
                guard let id = Int(row[0]) else { return nil }
                return ownerType(id, row[1], "DYNAMIC_\(id)", "T" + String(id, radix: 16))
            }
            return MethodReply(.array(known + made))
        },
        .crm("crm.currency.list") { state, _ throws(PortalFailure) in
            let row: JSONValue = [
                "CURRENCY": .string(state.settings.baseCurrency), "AMOUNT_CNT": "1", "AMOUNT": "1.0000",
                "SORT": "100", "BASE": "Y", "FULL_NAME": .string(state.settings.baseCurrency), "LID": "en",
                "FORMAT_STRING": "#", "DEC_POINT": ".", "THOUSANDS_SEP": .null, "DECIMALS": "2",
                "DATE_UPDATE": .string(state.now),
            ]
            return MethodReply([row], total: 1)
        },
        .crm("crm.type.add") { state, call throws(PortalFailure) in try addType(state, call) },
        .crm("crm.type.list") { state, _ throws(PortalFailure) in
            let rows = try types(state, "", [])
            return MethodReply(["types": .array(rows)], total: rows.count)
        },
        .crm("crm.type.get") { state, call throws(PortalFailure) in
            try type(state, "WHERE id = ?", call.integer("id"))
        },
        .crm("crm.type.getbyentitytypeid") { state, call throws(PortalFailure) in
            try type(state, "WHERE entity_type_id = ?", call.integer("entityTypeId"))
        },
        .crm("crm.stagehistory.list") { state, call throws(PortalFailure) in try history(state, call) },
    ]

    private static func ownerType(
        _ id: Int, _ name: String, _ symbol: String, _ short: String
    ) -> JSONValue {
        [
            "ID": .integer(Int64(id)), "NAME": .string(name), "SYMBOL_CODE": .string(symbol),
            "SYMBOL_CODE_SHORT": .string(short),
        ]
    }

    // MARK: Smart processes

    private static func addType(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        guard state.isAdministrator(call.userID) else {
            throw PortalFailure("ACCESS_DENIED", "Access denied")
        }
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
            "INSERT INTO crm_type (entity_type_id, title, created_time, created_by) VALUES (?, ?, ?, ?)",
            [.integer(Int64(number)), .text(title), .text(state.now), .integer(Int64(call.userID))])
        let type = CrmType.smartProcess(
            entityTypeID: number, title: title, table: CrmTables.smartProcess(entityTypeID: number))
        for statement in CrmSchema.records(of: type) { try state.execute(statement) }
        try CrmStages(state: state).addCategory(type, name: "General", sort: 100, isDefault: true)
        return try Self.type(state, "WHERE entity_type_id = ?", number)
    }

    private static func type(
        _ state: PortalState, _ sql: String, _ id: Int?
    ) throws(PortalFailure) -> MethodReply {
        guard let id, let row = try types(state, sql, [.integer(Int64(id))]).first else {
            throw PortalFailure("NOT_FOUND", "SPA not found")
        }
        return MethodReply(["type": row])
    }

    private static func types(
        _ state: PortalState, _ sql: String, _ values: [SQLValue]
    ) throws(PortalFailure) -> [JSONValue] {
        try state.query(
            "SELECT id, title, code, entity_type_id, created_time, created_by FROM crm_type \(sql) ORDER BY id", values
        ) { row in
            var object: JSONObject = JSONObject()
            object["id"] = .integer(Int64(row.int(0)))
            object["title"] = .string(row.text(1))
            object["code"] = .string(row.text(2))
            object["entityTypeId"] = .integer(Int64(row.int(3)))
            object["createdTime"] = .string(row.text(4))
            object["createdBy"] = .integer(Int64(row.int(5)))
            for name in ["isCategoriesEnabled", "isStagesEnabled", "isClientEnabled"] { object[name] = "Y" }
            return .object(object)
        }
    }

    // MARK: Stage history

    private static func history(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        guard let number = call.integer("entityTypeId"), let type = try CrmCatalog(state: state).type(number),
            type.stageField != nil
        else { throw PortalFailure("INVALID_ARG_VALUE", "Invalid entityTypeId") }
        let filter = try call.object("filter") ?? JSONObject()
        let owner = filter["OWNER_ID"]?.lenientInteger ?? filter["=OWNER_ID"]?.lenientInteger
        let rows = try state.query(
            """
            SELECT id, type_id, owner_id, created, category_id, semantic, stage_id FROM crm_stage_history \
            WHERE entity_type_id = ? AND (? IS NULL OR owner_id = ?) ORDER BY id
            """, [.integer(Int64(number)), SQLValue(owner), SQLValue(owner)]
        ) { row in (row.int(0), row.int(1), row.int(2), row.integer(3), row.int(4), row.text(5), row.text(6)) }
        let items = rows.map { row in
            var item: JSONObject = JSONObject()
            item["ID"] = .integer(Int64(row.0))
            item["TYPE_ID"] = .integer(Int64(row.1))
            item["OWNER_ID"] = .integer(Int64(row.2))
            item["CREATED_TIME"] = .string(state.iso8601(row.3))
            if number == 1 {
                item["STATUS_SEMANTIC_ID"] = .string(row.5)
                item["STATUS_ID"] = .string(row.6)
            } else {
                item["CATEGORY_ID"] = .integer(Int64(row.4))
                item["STAGE_SEMANTIC_ID"] = .string(row.5)
                item["STAGE_ID"] = .string(row.6)
            }
            return JSONValue.object(item)
        }
        let start = max(0, call.integer("start") ?? 0)
        let end = min(items.count, start + state.settings.pageRows)
        let page = start < end ? Array(items[start..<end]) : []
        return MethodReply(
            ["items": .array(page)], next: end < items.count ? end : nil, total: items.count)
    }
}
