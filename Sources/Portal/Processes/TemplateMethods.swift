internal import Wire

/// `bizproc.workflow.template.*`: a webhook may list and start, only an application may add, and each changes its own.
///
/// https://apidocs.bitrix24.com/api-reference/bizproc/template/index.html
enum TemplateMethods {
    static let documents = Documents(kind: "bizproc_template")

    static let methods: [PortalMethod] = [
        method("add", add), method("update", update), method("delete", delete), method("list", list),
    ]

    private static func method(_ verb: String, _ handler: @escaping PortalMethod.Handler) -> PortalMethod {
        PortalMethod("bizproc.workflow.template.\(verb)", scope: "bizproc", checksAdministrator: true, handler: handler)
    }

    private static func add(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let application = try call.processApplication(state)
        guard let document = ProcessDocument(type: call.parameter("DOCUMENT_TYPE")) else {
            throw ProcessFailure.template("Incorrect field DOCUMENT_TYPE!")
        }
        guard let name = call.text("NAME"), !name.isEmpty else { throw ProcessFailure.template("Empty template name!") }
        var fields: JSONObject = [
            "MODULE_ID": .string(document.module), "ENTITY": .string(document.entity),
            "DOCUMENT_KIND": .string(document.kind), "DOCUMENT_TYPE": document.typeJSON, "NAME": .string(name),
            "DESCRIPTION": .string(call.text("DESCRIPTION") ?? ""),
            "AUTO_EXECUTE": .string(try autoExecute(call.parameter("AUTO_EXECUTE"))),
            "IS_MODIFIED": "N", "SYSTEM_CODE": .string(systemCode(application, state)),
        ]
        apply(
            try BusinessTemplate(call.parameter("TEMPLATE_DATA"), for: document, state.settings.processes), to: &fields)
        touch(&fields, call, state)
        let id = try documents.insert(fields, owner: application.clientID, in: state)
        return MethodReply(.integer(Int64(id)))
    }

    private static func update(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let application = try call.processApplication(state)
        var (id, fields) = try own(state, call, application)
        let given = RobotFields.upperCased(try call.object("FIELDS") ?? JSONObject())
        let names = ["NAME", "DESCRIPTION", "TEMPLATE_DATA", "AUTO_EXECUTE"].filter { given[$0] != nil }
        guard !names.isEmpty else { throw ProcessFailure.template("No fields to update.") }
        if let name = given["NAME"]?.phpText {
            guard !name.isEmpty else { throw ProcessFailure.template("Empty template name!") }
            fields["NAME"] = .string(name)
        }
        if let text = given["DESCRIPTION"]?.phpText { fields["DESCRIPTION"] = .string(text) }
        if let value = given["AUTO_EXECUTE"] { fields["AUTO_EXECUTE"] = .string(try autoExecute(value)) }
        if let data = given["TEMPLATE_DATA"], let document = ProcessDocument(type: fields["DOCUMENT_TYPE"]) {
            apply(try BusinessTemplate(data, for: document, state.settings.processes), to: &fields)
        }
        touch(&fields, call, state)
        try documents.replace(id, with: fields, in: state)
        return MethodReply(.integer(Int64(id)))
    }

    private static func delete(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let application = try call.processApplication(state)
        let (id, _) = try own(state, call, application)
        try documents.delete(id, in: state)
        return MethodReply(.null)
    }

    private static func list(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        try call.checkAdministrator(status: 400)
        let rows = ProcessRows(
            names: [
                "ID", "MODULE_ID", "ENTITY", "DOCUMENT_TYPE", "AUTO_EXECUTE", "NAME", "DESCRIPTION", "TEMPLATE",
                "PARAMETERS", "VARIABLES", "CONSTANTS", "MODIFIED", "IS_MODIFIED", "USER_ID", "SYSTEM_CODE",
            ], selected: ["ID"], order: ("ID", false))
        let all = try documents.all(in: state).map { entry in
            var fields = entry.fields
            fields["ID"] = .string(String(entry.id))
            // Lists name the third part alone.
            fields["DOCUMENT_TYPE"] = fields["DOCUMENT_KIND"] ?? .null
            return fields
        }
        return try rows.reply(all, call, state)
    }

    private static func own(
        _ state: PortalState, _ call: MethodCall, _ application: PortalApplication
    ) throws(PortalFailure) -> (Int, JSONObject) {
        guard let id = call.integer("ID"), let fields = try documents.get(id, in: state) else {
            throw PortalFailure("ERROR_TEMPLATE_NOT_FOUND", "Workflow template not found.")
        }
        guard fields["SYSTEM_CODE"] == .string(systemCode(application, state)) else {
            throw PortalFailure(
                "ERROR_TEMPLATE_NOT_OWNER", "You can update ONLY templates created by current application")
        }
        return (id, fields)
    }

    /// `rest_app_5`: the application's number on this portal.
    private static func systemCode(_ application: PortalApplication, _ state: PortalState) -> String {
        let place = state.applications.all.firstIndex { $0.clientID == application.clientID } ?? 0
        return "rest_app_\(place + 1)"
    }

    /// 0 never, 1 on creation, 2 on change, 3 both.
    private static func autoExecute(_ value: JSONValue?) throws(PortalFailure) -> String {
        guard let value, value != "", value != .null else { return "0" }
        guard let number = value.lenientInteger, (0...3).contains(number) else {
            throw ProcessFailure.template("Incorrect field AUTO_EXECUTE!")
        }
        return String(number)
    }

    private static func apply(_ template: BusinessTemplate, to fields: inout JSONObject) {
        fields["TEMPLATE"] = template.tree
        fields["PARAMETERS"] = template.parameters
        fields["VARIABLES"] = template.variables
        fields["CONSTANTS"] = template.constants
    }

    private static func touch(_ fields: inout JSONObject, _ call: MethodCall, _ state: PortalState) {
        fields["MODIFIED"] = .string(state.now)
        fields["USER_ID"] = .string(String(call.userID))
    }

    /// Starts what wants to run when a record is created (1) or changed (2).
    static func startAutomatic(_ flag: Int, _ type: CrmType, _ id: Int, in state: PortalState) throws(PortalFailure) {
        let document = ProcessDocument(type, id: id)
        for entry in try documents.all(in: state) {
            guard (entry.fields["AUTO_EXECUTE"]?.lenientInteger ?? 0) & flag != 0,
                ProcessDocument(type: entry.fields["DOCUMENT_TYPE"])?.hasType(of: document) ?? false
            else { continue }
            let workflows = Workflows(state: state)
            let workflowID = try workflows.open(
                templateID: entry.id, document, by: state.events.cause.userID ?? 0,
                steps: BusinessTemplate.steps(of: entry.fields["TEMPLATE"]))
            try workflows.goOn(workflowID)
        }
    }
}
