internal import Storage
internal import Wire

/// `crm.stagehistory.list`: every stage a lead, deal, invoice or smart process record went through.
///
/// https://apidocs.bitrix24.com/api-reference/crm/crm-stage-history-list.html
enum CrmStageHistory {
    static let methods: [PortalMethod] = [
        .crm("crm.stagehistory.list") { state, call throws(PortalFailure) in try list(state, call) }
    ]

    static let schema = [
        // Ends in the row's id, as every index does: pages by id need no sorting.
        "CREATE INDEX IF NOT EXISTS crm_stage_history_type ON crm_stage_history (entity_type_id)",
        "CREATE INDEX IF NOT EXISTS crm_stage_history_owner ON crm_stage_history (entity_type_id, owner_id)",
    ]

    /// Leads and old invoices have a status where the others have a stage, and no funnels.
    private static func table(isStatus: Bool) -> RecordTable {
        func field(_ name: String, _ kind: FieldKind, _ column: String) -> RecordField {
            RecordField(name, universal: name, kind: kind, column: column)
        }
        var fields = [
            field("ID", .integer, "id"), field("TYPE_ID", .integer, "type_id"), field("OWNER_ID", .integer, "owner_id"),
            field("CREATED_TIME", .datetime, "created"),
        ]
        if !isStatus { fields.append(field("CATEGORY_ID", .integer, "category_id")) }
        let word = isStatus ? "STATUS" : "STAGE"
        fields.append(field("\(word)_SEMANTIC_ID", .string, "semantic"))
        fields.append(field("\(word)_ID", .string, "stage_id"))
        return RecordTable("crm_stage_history", fields: fields)
    }

    private static func list(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let number = call.integer("entityTypeId") ?? 0
        guard let type = try CrmCatalog(state: state).type(number), type.stageField != nil, number != 7 else {
            throw PortalFailure("ENTITY_TYPE_NOT_SUPPORTED", "Entity type \(number) is not supported")
        }
        let table = table(isStatus: number == 1 || number == 5)
        let filter = try RecordFilter(table: table, view: .universal, state: state).compile(
            try call.object("filter") ?? JSONObject())
        let order = try RecordOrder.compile(
            try call.object("order") ?? JSONObject(), table: table, view: .universal)
        let condition = "entity_type_id = ?" + (filter.sql.isEmpty ? "" : " AND " + filter.sql)
        let values = [.integer(Int64(number))] + filter.values
        let start = call.integer("start") ?? 0
        let items = try rows(state, table, "\(condition) ORDER BY \(order)", values, start: max(0, start))
        let wanted = Set(JSONObject.names(call.parameter("select")).map { $0.uppercased() })
        let isAll = wanted.isEmpty || wanted.contains("*")
        let shown = items.map { item in
            isAll ? item : JSONObject(item.filter { wanted.contains($0.key) }.map { ($0.key, $0.value) })
        }
        var reply = MethodReply(["items": .array(shown.map { .object($0) })])
        guard start >= 0 else { return reply }
        let total = try state.integer("SELECT count(*) FROM crm_stage_history WHERE \(condition)", values) ?? 0
        reply.total = total
        let end = start + items.count
        if end < total, !items.isEmpty { reply.next = end }
        return reply
    }

    private static func rows(
        _ state: PortalState, _ table: RecordTable, _ sql: String, _ values: [SQLValue], start: Int
    ) throws(PortalFailure) -> [JSONObject] {
        let columns = table.fields.compactMap(\.column).joined(separator: ", ")
        return try state.query(
            "SELECT \(columns) FROM crm_stage_history WHERE \(sql) LIMIT \(state.settings.pageRows) OFFSET \(start)",
            values
        ) { row in
            var item = JSONObject()
            for (place, field) in table.fields.enumerated() {
                switch field.kind {
                case .integer: item[field.name] = .integer(Int64(row.int(place)))
                case .datetime: item[field.name] = .string(state.iso8601(row.integer(place)))
                default: item[field.name] = .string(row.text(place))
                }
            }
            return item
        }
    }
}
