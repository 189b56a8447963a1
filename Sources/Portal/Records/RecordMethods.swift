internal import Wire

/// The six classic methods of a plain kind of record: `add`, `get`, `list`, `update`, `delete`, `fields`.
struct RecordMethods: Sendable {
    /// What stands before `.add`: `crm.product`.
    let prefix: String
    let kind: RecordKind
    /// The fields that rows show; empty shows all. The others belong to another view of the same record.
    var shown: [String] = []
    /// Whether only administrators write.
    var isForAdministrators = false

    var methods: [PortalMethod] {
        [
            .crm("\(prefix).add") { state, call throws(PortalFailure) in
                try checkWriter(state, call)
                let fields = try call.object("fields") ?? JSONObject()
                let id = try kind.add(fields, view: .classic, userID: call.userID, in: state)
                return MethodReply(.integer(Int64(id)))
            },
            .crm("\(prefix).get") { state, call throws(PortalFailure) in try get(state, call) },
            .crm("\(prefix).list") { state, call throws(PortalFailure) in try list(state, call) },
            .crm("\(prefix).update") { state, call throws(PortalFailure) in
                try checkWriter(state, call)
                let id = try call.requiredID()
                let fields = try call.object("fields") ?? JSONObject()
                try kind.update(id, fields, view: .classic, userID: call.userID, in: state)
                return MethodReply(true)
            },
            .crm("\(prefix).delete") { state, call throws(PortalFailure) in
                try checkWriter(state, call)
                try kind.delete(try call.requiredID(), in: state)
                return MethodReply(true)
            },
            .crm("\(prefix).fields") { _, _ throws(PortalFailure) in
                MethodReply(.object(CrmFields.describe(kind.table, view: .classic, shown: shown)))
            },
        ]
    }

    private func checkWriter(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) {
        guard !isForAdministrators || state.isAdministrator(call.userID) else { throw PortalFailure.accessDenied }
    }

    private func get(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let id = try call.requiredID()
        let writer = shown.isEmpty ? ClassicWriter() : ClassicWriter(select: shown, table: kind.table)
        guard let json = try kind.store(state).json(id, writer: writer) else { throw kind.missing }
        return MethodReply(json: json)
    }

    private func list(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let page = RecordList(
            state: state, table: kind.table, view: .classic,
            condition: try RecordFilter(table: kind.table, view: .classic, state: state).compile(
                try call.object("filter") ?? JSONObject()),
            order: try RecordOrder.compile(
                try call.object("order") ?? JSONObject(), table: kind.table, view: .classic),
            writer: ClassicWriter(select: selected(JSONObject.names(call.parameter("select"))), table: kind.table))
        return try page.page(start: call.integer("start") ?? 0)
    }

    private func selected(_ names: [String]) -> [String] {
        guard !shown.isEmpty else { return names }
        if names.isEmpty || names.contains("*") { return shown }
        let wanted = Set(names.map { $0.uppercased() })
        return shown.filter(wanted.contains)
    }
}
