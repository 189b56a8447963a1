internal import Wire

/// `crm.item.*`: one set of methods for every kind of object, camelCase names and typed values.
///
/// https://apidocs.bitrix24.com/api-reference/crm/universal/index.html
enum CrmItem {
    static let methods: [PortalMethod] = [
        .crm("crm.item.add") { state, call throws(PortalFailure) in
            let records = try records(state, call)
            let fields = try call.object("fields") ?? JSONObject()
            let id = try records.add(CrmInput.universal(fields, type: records.type))
            return try item(id, records)
        },
        .crm("crm.item.get") { state, call throws(PortalFailure) in
            try item(try id(call), try records(state, call))
        },
        .crm("crm.item.update") { state, call throws(PortalFailure) in
            let records = try records(state, call)
            let id = try id(call)
            _ = try item(id, records)
            let fields = try call.object("fields") ?? JSONObject()
            try records.update(id, CrmInput.universal(fields, type: records.type))
            return try item(id, records)
        },
        .crm("crm.item.delete") { state, call throws(PortalFailure) in
            let records = try records(state, call)
            let id = try id(call)
            _ = try item(id, records)
            try records.delete(id)
            return MethodReply([])
        },
        .crm("crm.item.list") { state, call throws(PortalFailure) in try list(state, call) },
        .crm("crm.item.fields") { state, call throws(PortalFailure) in
            let type = try records(state, call).type
            return MethodReply(["fields": .object(CrmFields.describe(type, view: .universal))])
        },
    ]

    private static let missing = PortalFailure("NOT_FOUND", "Element not found")

    private static func records(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> CrmRecords {
        guard let number = call.integer("entityTypeId") else {
            throw PortalFailure("100", "Could not find value for parameter {entityTypeId}")
        }
        if number == 5 {
            throw PortalFailure("ENTITY_TYPE_NOT_SUPPORTED", "Entity type 5 is not supported")
        }
        if [14, 36, 39].contains(number) {
            throw .notPlayed("crm.item.* for the entity type \(number)")
        }
        guard let type = try CrmCatalog(state: state).type(number) else {
            throw PortalFailure("NOT_FOUND", "SPA not found")
        }
        return CrmRecords(state: state, type: type, userID: call.userID)
    }

    private static func id(_ call: MethodCall) throws(PortalFailure) -> Int {
        guard let id = call.integer("id") else {
            throw PortalFailure("100", "Could not find value for parameter {id}")
        }
        return id
    }

    private static func item(_ id: Int, _ records: CrmRecords) throws(PortalFailure) -> MethodReply {
        let writer = UniversalWriter(
            select: [], table: records.type.table, entityTypeID: records.type.entityTypeID, isComplete: true)
        do throws(PortalFailure) {
            return MethodReply(json: try records.json(id, writer: writer, wrapper: ("{\"item\":", "}")))
        } catch {
            throw error == .notFound ? missing : error
        }
    }

    private static func list(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let type = try records(state, call).type
        let filter = RecordFilter(
            table: type.table, view: .universal, state: state, special: CrmInput.specialConditions(type))
        let page = RecordList(
            state: state, table: type.table, view: .universal,
            condition: try filter.compile(try call.object("filter") ?? JSONObject()),
            order: try RecordOrder.compile(
                try call.object("order") ?? JSONObject(), table: type.table, view: .universal),
            writer: UniversalWriter(
                select: JSONObject.names(call.parameter("select")), table: type.table,
                entityTypeID: type.entityTypeID),
            wrapper: ("{\"items\":", "}"))
        return try page.page(start: call.integer("start") ?? 0)
    }
}
