internal import Storage
internal import Wire

/// `crm.category.*`: funnels of deals and smart processes.
///
/// https://apidocs.bitrix24.com/api-reference/crm/universal/category/index.html
enum CrmCategoryMethods {
    static let methods: [PortalMethod] = [
        .crm("crm.category.list") { state, call throws(PortalFailure) in
            let type = try type(state, call)
            let rows = try rows(state, type, nil)
            return MethodReply(["categories": .array(rows)], total: rows.count)
        },
        .crm("crm.category.get") { state, call throws(PortalFailure) in
            let type = try type(state, call)
            return MethodReply(["category": try row(state, type, call)])
        },
        .crm("crm.category.add") { state, call throws(PortalFailure) in
            let type = try type(state, call)
            let fields = try call.object("fields") ?? JSONObject()
            guard let name = fields["name"]?.phpText, !name.isEmpty else {
                throw PortalFailure("CRM_FIELD_ERROR_REQUIRED", "The field \"name\" is required.")
            }
            let id = try CrmStages(state: state).addCategory(
                type, name: name, sort: fields["sort"]?.lenientInteger ?? 500, isDefault: false)
            return MethodReply(["category": try rows(state, type, id).first ?? .null])
        },
        .crm("crm.category.update") { state, call throws(PortalFailure) in
            let type = try type(state, call)
            _ = try row(state, type, call)
            let id = call.integer("id") ?? 0
            let fields = try call.object("fields") ?? JSONObject()
            for (name, column) in [("name", "name"), ("sort", "sort")] {
                guard let text = fields[name]?.phpText else { continue }
                try state.execute(
                    "UPDATE crm_category SET \(column) = ? WHERE entity_type_id = ? AND id = ?",
                    [
                        name == "sort" ? .integer(Int64(text) ?? 0) : .text(text),
                        .integer(Int64(type.entityTypeID)), .integer(Int64(id)),
                    ])
            }
            return MethodReply(["category": try row(state, type, call)])
        },
        .crm("crm.category.delete") { state, call throws(PortalFailure) in try delete(state, call) },
    ]

    private static func type(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> CrmType {
        guard let number = call.integer("entityTypeId") else {
            throw PortalFailure("100", "Could not find value for parameter {entityTypeId}")
        }
        guard let type = try CrmCatalog(state: state).type(number) else {
            throw PortalFailure("NOT_FOUND", "SPA not found")
        }
        guard type.hasCategories else {
            throw PortalFailure("ENTITY_TYPE_NOT_SUPPORTED", "Entity type \(number) is not supported")
        }
        return type
    }

    private static func rows(
        _ state: PortalState, _ type: CrmType, _ id: Int?
    ) throws(PortalFailure) -> [JSONValue] {
        try state.query(
            """
            SELECT id, name, sort, is_default FROM crm_category \
            WHERE entity_type_id = ? AND (? IS NULL OR id = ?) ORDER BY sort, id
            """, [.integer(Int64(type.entityTypeID)), SQLValue(id), SQLValue(id)]
        ) { row in
            [
                "id": .integer(Int64(row.int(0))), "name": .string(row.text(1)),
                "sort": .integer(Int64(row.int(2))), "entityTypeId": .integer(Int64(type.entityTypeID)),
                "isDefault": .string(row.text(3)),
            ]
        }
    }

    private static func row(
        _ state: PortalState, _ type: CrmType, _ call: MethodCall
    ) throws(PortalFailure) -> JSONValue {
        guard let id = call.integer("id"), let row = try rows(state, type, id).first else {
            throw PortalFailure("NOT_FOUND", "Element not found")
        }
        return row
    }

    private static func delete(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let type = try type(state, call)
        let found = try row(state, type, call)
        let id = call.integer("id") ?? 0
        guard found["isDefault"] != "Y" else {
            throw PortalFailure("CATEGORY_IS_SYSTEM", "The default pipeline cannot be deleted.")
        }
        let used = try state.integer(
            "SELECT 1 FROM \(type.table.name) WHERE CAST(json_extract(fields,'$.CATEGORY_ID') AS INTEGER) = ? LIMIT 1",
            [.integer(Int64(id))])
        guard used == nil else {
            throw PortalFailure("CATEGORY_HAS_ITEMS", "The pipeline has items and cannot be deleted.")
        }
        try state.execute(
            "DELETE FROM crm_category WHERE entity_type_id = ? AND id = ?",
            [.integer(Int64(type.entityTypeID)), .integer(Int64(id))])
        try state.execute(
            "DELETE FROM crm_status WHERE entity_id = ?", [.text(type.stageEntity(categoryID: id))])
        return MethodReply([])
    }
}
