internal import Wire

/// What a process asks of an employee: to approve, to read, to give information.
///
/// https://apidocs.bitrix24.com/api-reference/bizproc/bizproc-task/index.html
struct ProcessTask {
    static let documents = Documents(kind: "bizproc_task")
    static let kinds: Set<String> = [
        "ApproveActivity", "ReviewActivity", "RequestInformationActivity", "RequestInformationOptionalActivity",
    ]

    let state: PortalState

    static let methods: [PortalMethod] = [
        method("list") { state, call throws(PortalFailure) in try ProcessTask(state: state).list(call) },
        method("complete") { state, call throws(PortalFailure) in try ProcessTask(state: state).complete(call) },
        method("delegate") { state, call throws(PortalFailure) in try ProcessTask(state: state).delegate(call) },
    ]

    private static func method(_ verb: String, handler: @escaping PortalMethod.Handler) -> PortalMethod {
        PortalMethod("bizproc.task.\(verb)", scope: "bizproc", handler: handler)
    }

    /// Gives the step to its people; one without anybody is passed over.
    ///
    /// - Returns: whether the process waits.
    func open(
        _ step: JSONValue, kind: String, workflowID: String, _ document: ProcessDocument
    ) throws(PortalFailure) -> Bool {
        let properties = step["Properties"] ?? [:]
        let users = (properties["Users"] ?? .null).phpList.compactMap(\.phpText)
            .compactMap { Int($0.hasPrefix("user_") ? String($0.dropFirst("user_".count)) : $0) }
        for user in users {
            try Self.documents.insert(
                [
                    "WORKFLOW_ID": .string(workflowID), "MODULE_ID": .string(document.module),
                    "ENTITY": .string(document.entity), "DOCUMENT_ID": document.idJSON[2] ?? .null,
                    "DOCUMENT_NAME": document.idJSON[2] ?? .null, "DOCUMENT_URL": "",
                    "NAME": properties["Name"] ?? properties["Title"] ?? "",
                    "DESCRIPTION": properties["Description"] ?? "", "MODIFIED": .string(state.now),
                    "WORKFLOW_STARTED": .string(state.now), "OVERDUE_DATE": .null, "STATUS": "0", "USER_STATUS": "0",
                    "USER_ID": .string(String(user)), "ACTIVITY": .string(kind),
                    "ACTIVITY_NAME": step["Name"] ?? "", "PARAMETERS": try parameters(properties, kind),
                ], owner: workflowID, in: state)
        }
        return !users.isEmpty
    }

    /// Requests for information tell which fields they want.
    private func parameters(_ properties: JSONValue, _ kind: String) throws(PortalFailure) -> JSONValue {
        guard kind.hasPrefix("RequestInformation") else { return [:] }
        let fields = (properties["RequestedInformation"] ?? .null).phpList.map { field -> JSONValue in
            [
                "Id": field["Name"] ?? "", "Type": field["Type"] ?? "string", "Name": field["Title"] ?? "",
                "Description": field["Description"] ?? "",
                "Multiple": .bool(field["Multiple"]?.isTruthy ?? false),
                "Required": .bool(field["Required"]?.isTruthy ?? false), "Options": field["Options"] ?? .null,
                "Settings": field["Settings"] ?? .null, "Default": field["Default"] ?? .null,
            ]
        }
        return ["Fields": .array(fields)]
    }

    private func list(_ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let names = [
            "ENTITY", "DOCUMENT_ID", "ID", "WORKFLOW_ID", "DOCUMENT_NAME", "NAME", "DOCUMENT_URL", "DESCRIPTION",
            "MODIFIED", "WORKFLOW_STARTED", "OVERDUE_DATE", "STATUS", "USER_ID", "USER_STATUS", "MODULE_ID", "ACTIVITY",
            "ACTIVITY_NAME", "PARAMETERS",
        ]
        for name in JSONObject.names(call.parameter("SELECT")) where name != "*" && !names.contains(name.uppercased()) {
            throw PortalFailure("ERROR_SELECT_VALIDATION_FAILURE", "Incorrect field \(name) in SELECT")
        }
        let asked = RobotFields.upperCased(try call.object("FILTER") ?? JSONObject())
        let user = asked.first { FilterOperation.split($0.key).1 == "USER_ID" }?.value.lenientInteger
        if let user, user != call.userID, !call.credential.isAdministrator {
            throw PortalFailure("ACCESS_DENIED", "Access denied!", status: 403)
        }
        var rows = try Self.documents.all(in: state).map { entry in
            var fields = entry.fields
            fields["ID"] = .string(String(entry.id))
            return fields
        }
        if user == nil, !call.credential.isAdministrator {
            rows = rows.filter { $0["USER_ID"]?.lenientInteger == call.userID }
        }
        return try ProcessRows(names: names, selected: Array(names.prefix(7)), order: ("ID", true)).reply(
            rows, call, state)
    }

    private func complete(_ call: MethodCall) throws(PortalFailure) -> MethodReply {
        guard let id = call.integer("TASK_ID"), id > 0 else {
            throw PortalFailure("ERROR_TASK_VALIDATION", "empty TASK_ID")
        }
        let words = ["1": 1, "2": 2, "3": 3, "4": 4, "YES": 1, "NO": 2, "OK": 3, "CANCEL": 4]
        guard let status = words[(call.text("STATUS") ?? "").uppercased()] else {
            throw PortalFailure("ERROR_TASK_VALIDATION", "incorrect STATUS")
        }
        guard var fields = try Self.documents.get(id, in: state),
            fields["USER_ID"]?.lenientInteger == call.userID
        else { throw PortalFailure("ERROR_TASK_NOT_FOUND", "Task not found") }
        guard fields["STATUS"] == "0" else { throw PortalFailure("ERROR_TASK_COMPLETED", "Task already completed") }
        try check(status, fields, try call.object("FIELDS") ?? JSONObject())
        for text in ["STATUS", "USER_STATUS"] { fields[text] = .string(String(min(status, 3))) }
        fields["MODIFIED"] = .string(state.now)
        try Self.documents.replace(id, with: fields, in: state)
        let workflowID = fields["WORKFLOW_ID"]?.phpText ?? ""
        // The first answer counts for everybody who was asked.
        for other in try Self.documents.owned(by: workflowID, in: state)
        where other.fields["STATUS"] == "0" && other.fields["ACTIVITY_NAME"] == fields["ACTIVITY_NAME"] {
            var closed = other.fields
            closed["STATUS"] = fields["STATUS"]
            try Self.documents.replace(other.id, with: closed, in: state)
        }
        try Workflows(state: state).goOn(workflowID)
        return MethodReply(true)
    }

    private func check(_ status: Int, _ task: JSONObject, _ given: JSONObject) throws(PortalFailure) {
        let allowed: Set<Int> =
            switch task["ACTIVITY"]?.phpText {
            case "ApproveActivity": [1, 2]
            case "RequestInformationOptionalActivity": [3, 4]
            default: [3]
            }
        guard allowed.contains(status) else { throw PortalFailure("ERROR_TASK_VALIDATION", "incorrect STATUS") }
        guard status == 3 else { return }
        for field in (task["PARAMETERS"]?["Fields"] ?? .null).phpList where field["Required"] == true {
            guard let name = field["Id"]?.phpText, !(given[name] ?? .null).phpList.isEmpty else {
                throw PortalFailure("ERROR_TASK_EXECUTION", "The field \(field["Name"]?.phpText ?? "") is required.")
            }
        }
    }

    private func delegate(_ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let ids = (call.parameter("TASK_IDS") ?? .null).phpList.compactMap(\.lenientInteger)
        guard !ids.isEmpty else { throw PortalFailure("ERROR_TASK_VALIDATION", "empty TASK_IDS") }
        guard let from = call.integer("FROM_USER_ID"), let to = call.integer("TO_USER_ID"), from > 0, to > 0,
            try UserRecord.find(to, in: state) != nil
        else { throw PortalFailure("ERROR_INVALID_USER_ID", "Incorrect user ID") }
        guard from == call.userID || call.credential.isAdministrator else {
            throw PortalFailure("ERROR_DELEGATION_NOT_ALLOWED", "Delegation is not allowed")
        }
        for id in ids {
            guard var fields = try Self.documents.get(id, in: state), fields["STATUS"] == "0",
                fields["USER_ID"]?.lenientInteger == from
            else { throw PortalFailure("ERROR_DELEGATION_NOT_ALLOWED", "Delegation is not allowed") }
            fields["USER_ID"] = .string(String(to))
            try Self.documents.replace(id, with: fields, in: state)
        }
        return MethodReply(true)
    }

    /// The process ended: nobody has to answer any more.
    func drop(workflowID: String) throws(PortalFailure) {
        for task in try Self.documents.owned(by: workflowID, in: state) where task.fields["STATUS"] == "0" {
            try Self.documents.delete(task.id, in: state)
        }
    }
}
