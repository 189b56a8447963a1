internal import Storage
internal import Wire

/// `crm.address.*`: addresses have no number of their own; what they belong to and their type is their key.
///
/// https://apidocs.bitrix24.com/api-reference/crm/requisites/addresses/index.html
enum CrmAddresses {
    /// 1 physical, 4 registered, 6 legal, 8 mail, 9 beneficiary, 11 delivery.
    private static let types: Set<Int> = [1, 4, 6, 8, 9, 11]

    static let table = RecordTable(
        "crm_address",
        spec: """
            TYPE_ID - integer req fixed
            ENTITY_TYPE_ID - integer req fixed
            ENTITY_ID - integer req fixed
            ADDRESS_1 - string
            ADDRESS_2 - string
            CITY - string
            POSTAL_CODE - string
            REGION - string
            PROVINCE - string
            COUNTRY - string
            COUNTRY_CODE - string
            LOC_ADDR_ID - integer
            ANCHOR_TYPE_ID - integer ro
            ANCHOR_ID - integer ro
            """)

    static let methods: [PortalMethod] = [
        .crm("crm.address.add") { state, call throws(PortalFailure) in try add(state, call) },
        .crm("crm.address.update") { state, call throws(PortalFailure) in
            let fields = try fields(call)
            var record = try find(fields, state)
            assign(fields, to: &record, state)
            try store(state).replace(record)
            return MethodReply(true)
        },
        .crm("crm.address.delete") { state, call throws(PortalFailure) in
            try store(state).delete(try find(try fields(call), state).id)
            return MethodReply(true)
        },
        .crm("crm.address.list") { state, call throws(PortalFailure) in try list(state, call) },
        .crm("crm.address.fields") { _, _ throws(PortalFailure) in
            MethodReply(.object(CrmFields.describe(table, view: .classic)))
        },
    ]

    private static func store(_ state: PortalState) -> RecordStore { RecordStore(state: state, table: table) }

    private static func fields(_ call: MethodCall) throws(PortalFailure) -> JSONObject {
        guard let fields = try call.object("fields") else {
            throw PortalFailure("", "Parameter 'fields' must be array.")
        }
        return fields
    }

    private static func key(_ fields: JSONObject) -> [SQLValue] {
        ["TYPE_ID", "ENTITY_TYPE_ID", "ENTITY_ID"].map { .integer(Int64(fields[$0]?.lenientInteger ?? 0)) }
    }

    private static func number(_ fields: JSONObject, _ state: PortalState) throws(PortalFailure) -> Int? {
        try state.integer(
            """
            SELECT id FROM crm_address WHERE CAST(json_extract(fields,'$.TYPE_ID') AS INTEGER) = ? \
            AND CAST(json_extract(fields,'$.ENTITY_TYPE_ID') AS INTEGER) = ? \
            AND CAST(json_extract(fields,'$.ENTITY_ID') AS INTEGER) = ?
            """, key(fields))
    }

    private static func find(_ fields: JSONObject, _ state: PortalState) throws(PortalFailure) -> StoredRecord {
        guard let id = try number(fields, state), let record = try store(state).load(id) else {
            throw PortalFailure("", "TypeAddress not found.")
        }
        return record
    }

    private static func assign(_ fields: JSONObject, to record: inout StoredRecord, _ state: PortalState) {
        let values = FieldValue(state: state)
        for (name, value) in fields {
            guard let field = table.field(name.uppercased()), !field.isReadOnly, !field.isImmutable,
                let stored = values.stored(value, for: field)
            else { continue }
            record.fields[field.name] = stored
        }
    }

    private static func add(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let fields = try fields(call)
        guard let type = fields["TYPE_ID"]?.lenientInteger, types.contains(type) else {
            throw PortalFailure("", "TYPE_ID is not defined or invalid.")
        }
        let kind = fields["ENTITY_TYPE_ID"]?.lenientInteger ?? 0
        let id = fields["ENTITY_ID"]?.lenientInteger ?? 0
        // Addresses hang on requisites and leads; on clients only where support switched that on.
        let anchor: (Int, Int)
        switch kind {
        case CrmRequisites.entityTypeID:
            let owner = try CrmRequisites.requisite.load(id, state)
            anchor = (owner.integer("ENTITY_TYPE_ID"), owner.integer("ENTITY_ID"))
        case 1:
            guard try RecordStore(state: state, table: CrmType.lead.table).exists(id) else { throw .notFound }
            anchor = (1, id)
        default: throw PortalFailure("", "ENTITY_TYPE_ID is not defined or invalid.")
        }
        let store = store(state)
        let known = try number(fields, state)
        var record: StoredRecord
        if let known, let found = try store.load(known) {
            record = found
        } else {
            record = store.blank(try store.nextID())
        }
        record.fields.remove("ID")
        for (name, value) in [
            ("TYPE_ID", type), ("ENTITY_TYPE_ID", kind), ("ENTITY_ID", id), ("ANCHOR_TYPE_ID", anchor.0),
            ("ANCHOR_ID", anchor.1),
        ] { record.fields[name] = .string(String(value)) }
        assign(fields, to: &record, state)
        if known == nil { try store.insert(record) } else { try store.replace(record) }
        return MethodReply(true)
    }

    private static func list(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let page = RecordList(
            state: state, table: table, view: .classic,
            condition: try RecordFilter(table: table, view: .classic, state: state).compile(
                try call.object("filter") ?? JSONObject()),
            order: try RecordOrder.compile(
                try call.object("order") ?? JSONObject(), table: table, view: .classic),
            writer: ClassicWriter(select: JSONObject.names(call.parameter("select")), table: table))
        return try page.page(start: call.integer("start") ?? 0)
    }
}
