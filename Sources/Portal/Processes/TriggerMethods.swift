internal import Wire

/// `crm.automation.trigger.*`: what moves a record to the stage where the trigger stands. Who calls is told `true`
/// whether it moved or not.
///
/// https://apidocs.bitrix24.com/api-reference/crm/automation/triggers/index.html
enum TriggerMethods {
    private static let documents = Documents(kind: "crm_trigger")
    /// Where a trigger stands: set in the interface, here by `POST /__portal/trigger`.
    private static let rules = Documents(kind: "crm_trigger_rule")

    static let methods: [PortalMethod] = [
        PortalMethod("crm.automation.trigger", scope: "crm", handler: incoming),
        method("add", add), method("list", list), method("delete", delete), method("execute", execute),
    ]

    private static func method(_ verb: String, _ handler: @escaping PortalMethod.Handler) -> PortalMethod {
        PortalMethod(
            "crm.automation.trigger.\(verb)", scope: "crm", checksAdministrator: true, handler: handler)
    }

    private static func add(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let application = try call.processApplication(state)
        let code = try self.code(call)
        guard let name = call.text("NAME"), !name.isEmpty else { throw PortalFailure("", "Empty trigger name!") }
        let fields: JSONObject = ["CODE": .string(code), "NAME": .string(name)]
        // Adding a known code renames it.
        if let known = try find(code, application, state) {
            try documents.replace(known.id, with: fields, in: state)
        } else {
            try documents.insert(fields, owner: application.clientID, in: state)
        }
        return MethodReply(true)
    }

    private static func list(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let application = try call.processApplication(state)
        let own = try documents.owned(by: application.clientID, in: state)
        return MethodReply(
            .array(own.map { ["NAME": $0.fields["NAME"] ?? "", "CODE": $0.fields["CODE"] ?? ""] }))
    }

    private static func delete(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let application = try call.processApplication(state)
        guard let known = try find(try code(call), application, state) else {
            throw PortalFailure("", "Trigger not found!")
        }
        try documents.delete(known.id, in: state)
        return MethodReply(true)
    }

    private static func execute(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let application = try call.processApplication(state)
        let code = try self.code(call)
        guard try find(code, application, state) != nil else { throw PortalFailure("", "Trigger not found!") }
        guard let number = call.integer("OWNER_TYPE_ID"), let id = call.integer("OWNER_ID"), id > 0,
            let type = try CrmCatalog(state: state).type(number)
        else { throw PortalFailure("", "Incorrect owner!") }
        try run(code, type, id, state)
        return MethodReply(true)
    }

    /// The "incoming webhook" trigger, whose code was made in the interface.
    private static func incoming(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        guard let target = call.text("target"), !target.isEmpty else { throw PortalFailure("", "Target is not set.") }
        guard let document = ProcessDocument(target: target), let number = document.entityTypeID, let id = document.id
        else { throw PortalFailure("", "Incorrect target format.") }
        if let type = try CrmCatalog(state: state).type(number) { try run(call.text("code") ?? "", type, id, state) }
        return MethodReply(true)
    }

    /// Moves the record to the earliest stage the trigger stands on; nobody can be named for it.
    private static func run(
        _ code: String, _ type: CrmType, _ id: Int, _ state: PortalState
    ) throws(PortalFailure) {
        guard let stageField = type.stageField, let record = try RecordStore(state: state, table: type.table).load(id)
        else { return }
        let category = record.fields["CATEGORY_ID"]?.lenientInteger ?? 0
        let entity = type.stageEntity(categoryID: category)
        let wanted = Set(
            try rules.owned(by: "\(type.entityTypeID) \(code)", in: state).compactMap {
                $0.fields["stage"]?.phpText
            })
        let order = try state.texts(
            "SELECT status_id FROM crm_status WHERE entity_id = ? ORDER BY sort, id", [.text(entity)])
        guard let stage = order.compactMap(\.first).first(where: { wanted.contains($0) }),
            let field = type.table.field(stageField)
        else { return }
        let cause = state.events.cause
        state.events.cause = PortalEvents.Cause(userID: nil, connector: "")
        defer { state.events.cause = cause }
        var input = CrmRecords.Input()
        input.fields = [(field, .string(stage))]
        try CrmRecords(state: state, type: type, userID: record.fields["ASSIGNED_BY_ID"]?.lenientInteger ?? 1)
            .update(id, input)
    }

    /// `{"code":"paid","entityTypeId":2,"stageId":"WON"}`
    static func place(_ body: JSONObject, in state: PortalState) throws(PortalFailure) -> JSONValue {
        guard let code = body["code"]?.phpText, let number = body["entityTypeId"]?.lenientInteger,
            let stage = body["stageId"]?.phpText, try CrmCatalog(state: state).type(number) != nil
        else { throw PortalFailure("INVALID_REQUEST", "A rule needs code, entityTypeId and stageId.") }
        try rules.insert(["stage": .string(stage)], owner: "\(number) \(code)", in: state)
        return ["placed": true]
    }

    private static func find(
        _ code: String, _ application: PortalApplication, _ state: PortalState
    ) throws(PortalFailure) -> Documents.Entry? {
        try documents.owned(by: application.clientID, in: state).first { $0.fields["CODE"] == .string(code) }
    }

    private static func code(_ call: MethodCall) throws(PortalFailure) -> String {
        let code = call.text("CODE") ?? ""
        guard !code.isEmpty else { throw PortalFailure("", "Empty trigger code!") }
        guard code.utf8.allSatisfy({ $0.isCodeLetter && !(0x41...0x5A).contains($0) }) else {
            throw PortalFailure("", "Wrong trigger code!")
        }
        return code
    }
}
