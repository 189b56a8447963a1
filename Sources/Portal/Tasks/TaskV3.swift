internal import Wire

/// `tasks.task.*` of REST 3.0: typed values, words for statuses, no count of rows.
///
/// https://apidocs.bitrix24.com/api-reference/tasks/tasks-task-list-rest-v3.html
enum TaskV3 {
    static func add(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let given = try object(call, "fields")
        for name in ["title", "creatorId", "responsibleId"] where given[name] == nil || given[name] == .null {
            throw TaskFailure.validation(name, "Required field `\(name)` is missing")
        }
        let fields = try TaskV3Fields(state: state, id: 0).classic(given)
        let task = try TaskRecord.insert(fields, by: call.userID, in: state)
        return MethodReply(["item": .object(TaskV3Row.row(task))])
    }

    static func get(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let id = try identifier(call)
        guard let task = try TaskRecord.find(id, for: call.userID, in: state) else {
            throw TaskFailure.v3("ENTITYNOTFOUNDEXCEPTION", "Record with ID = `\(id)` not found")
        }
        let select = try selected(call)
        return MethodReply(["item": .object(try TaskV3Row.selected(task, select, isList: false, in: state))])
    }

    static func list(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let query = try TaskV3Query(call)
        let select = try selected(call)
        let tasks = query.page(of: try TaskRecord.visible(to: call.userID, in: state))
        var rows: [JSONValue] = []
        for task in tasks {
            rows.append(.object(try TaskV3Row.selected(task, select ?? [], isList: true, in: state)))
        }
        return MethodReply(["items": .array(rows)])
    }

    static func update(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let id = try identifier(call)
        let given = try object(call, "fields")
        if given["creatorId"] != nil {
            throw TaskFailure.validation(
                "creatorId",
                "In DTO `TaskDto`, the field `creatorId` requires the presence of the `Editable` attribute for such a "
                    + "request")
        }
        guard var task = try TaskRecord.find(id, for: call.userID, in: state) else { throw denied(state) }
        let changes = try TaskV3Fields(state: state, id: id).classic(given)
        for (key, value) in changes where key != "STATUS" { task.fields[key] = value }
        if let status = changes["STATUS"]?.lenientInteger { task.setStatus(status, by: call.userID, in: state) }
        try task.save(by: call.userID, in: state)
        return MethodReply(["result": true])
    }

    static func delete(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let id = try identifier(call)
        guard let task = try TaskRecord.find(id, for: call.userID, in: state),
            state.isAdministrator(call.userID) || task.integer("CREATED_BY") == call.userID
        else { throw denied(state) }
        try task.delete(in: state)
        return MethodReply(["result": true])
    }

    private static func denied(_ state: PortalState) -> PortalFailure {
        TaskFailure.v3("ACCESSDENIEDEXCEPTION", "Access denied", status: state.settings.office.deniedStatusV3)
    }

    /// `id` as a JSON number: a text of digits is refused.
    private static func identifier(_ call: MethodCall) throws(PortalFailure) -> Int {
        guard let value = call.parameters["id"], value != .null else {
            throw TaskFailure.validation("id", "Required field `id` is missing")
        }
        guard case .integer(let id) = value else {
            throw TaskFailure.validation("id", "Field `id` requires data type `int` for this request")
        }
        return Int(id)
    }

    private static func object(_ call: MethodCall, _ name: String) throws(PortalFailure) -> JSONObject {
        guard let value = call.parameters[name]?.phpObject, !value.isEmpty else {
            throw TaskFailure.validation(name, "Required field `\(name)` is missing")
        }
        return value
    }

    private static func selected(_ call: MethodCall) throws(PortalFailure) -> [String]? {
        guard let value = call.parameters["select"], value != .null else { return nil }
        guard let names = value.arrayValue else {
            throw TaskFailure.v3("INVALIDSELECTEXCEPTION", "Unable to recognize the select parameter `\(value.text)`")
        }
        return names.compactMap(\.stringValue)
    }
}
