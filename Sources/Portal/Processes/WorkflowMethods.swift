internal import Wire

/// `bizproc.workflow.start`, `.instances`, `.terminate` and `.kill`: administrators, webhooks too.
///
/// https://apidocs.bitrix24.com/api-reference/bizproc/bizproc-workflow-start.html
enum WorkflowMethods {
    static let methods: [PortalMethod] = [
        method("start", start),
        method("instances", instances),
        // The older name of the same list.
        method("instance.list", instances),
        method("terminate", end),
        method("kill", end),
    ]

    private static func method(_ verb: String, _ handler: @escaping PortalMethod.Handler) -> PortalMethod {
        PortalMethod("bizproc.workflow.\(verb)", scope: "bizproc", checksAdministrator: true, handler: handler)
    }

    private static func start(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        try call.checkAdministrator(status: 403)
        guard let id = call.integer("TEMPLATE_ID"), id > 0 else { throw ProcessFailure.workflow("Empty TEMPLATE_ID") }
        guard let template = try TemplateMethods.documents.get(id, in: state) else {
            throw ProcessFailure.workflow("Template not found")
        }
        guard let document = ProcessDocument(id: call.parameter("DOCUMENT_ID")) else {
            throw ProcessFailure.document("Wrong DOCUMENT_ID!")
        }
        guard try document.exists(in: state) else { throw ProcessFailure.document("Incorrect document type!") }
        guard let type = ProcessDocument(type: template["DOCUMENT_TYPE"]), type.hasType(of: document) else {
            throw ProcessFailure.document("Template type and DOCUMENT_ID mismatch!")
        }
        // A running process keeps the template as it was when it began.
        let steps = BusinessTemplate.steps(of: template["TEMPLATE"])
        let workflows = Workflows(state: state)
        let workflowID = try workflows.open(templateID: id, document, by: call.userID, steps: steps)
        try workflows.goOn(workflowID)
        return MethodReply(.string(workflowID))
    }

    private static func instances(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        try call.checkAdministrator(status: 403)
        let rows = ProcessRows(
            names: [
                "ID", "MODIFIED", "OWNED_UNTIL", "MODULE_ID", "ENTITY", "DOCUMENT_ID", "STARTED", "STARTED_BY",
                "TEMPLATE_ID",
            ], selected: ["ID", "MODIFIED", "OWNED_UNTIL"], order: ("MODIFIED", true))
        return try rows.reply(try Workflows.documents.all(in: state).map(\.fields), call, state)
    }

    private static func end(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        try call.checkAdministrator(status: 403)
        guard let id = call.text("ID"), !id.isEmpty else { throw ProcessFailure.workflow("Empty workflow instance ID") }
        let workflows = Workflows(state: state)
        guard try workflows.isRunning(id) else { throw ProcessFailure.workflow("Workflow instance not found") }
        try workflows.end(id)
        try ProcessTask(state: state).drop(workflowID: id)
        return MethodReply(true)
    }
}

/// SELECT, FILTER, ORDER and `start` of the family's lists.
struct ProcessRows {
    let names: [String]
    /// What is shown when nothing is selected.
    let selected: [String]
    let order: (name: String, isDescending: Bool)
    var numbers: Set<String> = ["ID", "TEMPLATE_ID", "STARTED_BY", "USER_ID", "STATUS", "AUTO_EXECUTE"]
    var times: Set<String> = ["MODIFIED", "STARTED", "OWNED_UNTIL", "OVERDUE_DATE"]

    func reply(
        _ rows: [JSONObject], _ call: MethodCall, _ state: PortalState
    ) throws(PortalFailure) -> MethodReply {
        let filter = try call.object("FILTER") ?? JSONObject()
        let match = RowMatch(state: state)
        var found = rows.filter { row in
            filter.allSatisfy { key, value in
                let (operation, name) = FilterOperation.split(key)
                guard names.contains(name.uppercased()) else { return true }
                return match.matches(operation, value, row[name.uppercased()], kind(name.uppercased()))
            }
        }
        let asked = try call.object("ORDER")?.first { names.contains($0.key.uppercased()) }
        let by = asked.map { ($0.key.uppercased(), $0.value.phpText?.uppercased() == "DESC") } ?? order
        let sorted = found.enumerated().sorted { left, right in
            let isBefore = match.matches(.less, right.element[by.0] ?? "", left.element[by.0], kind(by.0))
            let isAfter = match.matches(.greater, right.element[by.0] ?? "", left.element[by.0], kind(by.0))
            if !isBefore, !isAfter { return left.offset < right.offset }
            return by.1 ? isAfter : isBefore
        }
        found = sorted.map(\.element)
        let wanted = Set(JSONObject.names(call.parameter("SELECT")).map { $0.uppercased() })
        let shown = wanted.contains("*") ? names : wanted.isEmpty ? selected : names.filter { wanted.contains($0) }
        let page = found.map { row in
            JSONValue.object(JSONObject(shown.map { ($0, row[$0] ?? .null) }))
        }
        return RowPage.reply(page, call, state)
    }

    private func kind(_ name: String) -> RowMatch.Kind {
        // A process's identifier is a text; a template's is a number.
        if times.contains(name) { return .time }
        return numbers.contains(name) && !(name == "ID" && selected.contains("OWNED_UNTIL")) ? .number : .text
    }
}
