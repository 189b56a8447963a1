internal import Wire

/// `crm.lead.*`, `crm.deal.*`, `crm.contact.*`, `crm.company.*`: upper-case names, values as text.
///
/// https://apidocs.bitrix24.com/api-reference/crm/leads/index.html and its siblings.
struct CrmClassic {
    let entityTypeID: Int
    let name: String

    static let methods: [PortalMethod] = CrmType.builtIn.filter { !$0.classicName.isEmpty }.flatMap {
        CrmClassic(entityTypeID: $0.entityTypeID, name: $0.classicName).methods
    }

    private var methods: [PortalMethod] {
        [
            .crm("crm.\(name).add") { state, call throws(PortalFailure) in try add(state, call) },
            .crm("crm.\(name).get") { state, call throws(PortalFailure) in try get(state, call) },
            .crm("crm.\(name).list") { state, call throws(PortalFailure) in try list(state, call) },
            .crm("crm.\(name).update") { state, call throws(PortalFailure) in try update(state, call) },
            .crm("crm.\(name).delete") { state, call throws(PortalFailure) in try delete(state, call) },
            .crm("crm.\(name).fields") { state, call throws(PortalFailure) in try fields(state, call) },
        ]
    }

    private func records(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> CrmRecords {
        guard let type = try CrmCatalog(state: state).type(entityTypeID) else { throw .notFound }
        return CrmRecords(state: state, type: type, userID: call.userID)
    }

    private func add(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let records = try records(state, call)
        let fields = try call.object("fields") ?? JSONObject()
        if entityTypeID == 3, state.settings.contactNeedsName {
            let names = ["NAME", "LAST_NAME"].compactMap { fields[$0]?.phpText }
            guard names.contains(where: { !$0.isEmpty }) else {
                throw PortalFailure("", "The fields \"First name\" and \"Last name\" are empty.")
            }
        }
        let id = try records.add(CrmInput.classic(fields, type: records.type))
        return MethodReply(.integer(Int64(id)))
    }

    private func get(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let id = try call.requiredID()
        return MethodReply(json: try records(state, call).json(id, writer: ClassicWriter()))
    }

    private func update(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let id = try call.requiredID()
        let records = try records(state, call)
        guard let fields = try call.object("fields") else {
            throw PortalFailure("", "Parameter 'fields' must be array.")
        }
        try records.update(id, CrmInput.classic(fields, type: records.type))
        return MethodReply(true)
    }

    private func delete(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        try records(state, call).delete(try call.requiredID())
        return MethodReply(true)
    }

    private func list(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let type = try records(state, call).type
        let filter = RecordFilter(
            table: type.table, view: .classic, state: state, special: CrmInput.specialConditions(type))
        let page = RecordList(
            state: state, table: type.table, view: .classic,
            condition: try filter.compile(try call.object("filter") ?? JSONObject()),
            order: try RecordOrder.compile(
                try call.object("order") ?? JSONObject(), table: type.table, view: .classic),
            writer: ClassicWriter(select: selected(call), table: type.table))
        return try page.page(start: call.integer("start") ?? 0)
    }

    private func selected(_ call: MethodCall) -> [String] {
        let names = JSONObject.names(call.parameter("select"))
        return entityTypeID == 5 && names.isEmpty ? CrmTables.oldInvoiceRow : names
    }

    private func fields(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let type = try records(state, call).type
        return MethodReply(.object(CrmFields.describe(type, view: .classic)))
    }
}
