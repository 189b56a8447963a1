internal import Wire

/// `tasks.task.add`, `update`, `delete` and the methods that move a task on, classic.
enum TaskWrites {
    static func add(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let fields = try checked(call.parameter("fields"), isNew: true, id: 0, state)
        let task = try TaskRecord.insert(fields, by: call.userID, in: state)
        return try reply(task, state)
    }

    static func update(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        var task = try required(state, call)
        let changes = try checked(call.parameter("fields"), isNew: false, id: task.id, state)
        for (key, value) in changes where key != "STATUS" { task.fields[key] = value }
        if let status = changes["STATUS"]?.lenientInteger {
            task.setStatus(status, by: call.userID, in: state)
        }
        try task.save(by: call.userID, in: state)
        return try reply(task, state)
    }

    static func delete(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        guard let id = call.integer("taskId") else { throw TaskFailure.missing("taskId") }
        guard let task = try TaskRecord.find(id, for: call.userID, in: state),
            state.isAdministrator(call.userID) || task.integer("CREATED_BY") == call.userID
        else { throw TaskFailure.forbidden }
        try task.delete(in: state)
        return MethodReply(["task": true])
    }

    static func delegate(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        var task = try required(state, call)
        guard let userID = call.integer("userId") else { throw TaskFailure.missing("userId") }
        guard try UserRecord.find(userID, in: state) != nil else {
            throw TaskFailure.core("User specified in the \"Assignee\" field not found")
        }
        // Who hands a task over keeps watching it.
        let before = task.integer("RESPONSIBLE_ID")
        if !task.people("AUDITORS").contains(before) {
            task.fields["AUDITORS"] = .array((task.people("AUDITORS") + [before]).map { .string(String($0)) })
        }
        task.fields["RESPONSIBLE_ID"] = .string(String(userID))
        try task.save(by: call.userID, in: state)
        return try reply(task, state)
    }

    static func move(
        _ state: PortalState, _ call: MethodCall, _ action: TaskAction
    ) throws(PortalFailure) -> MethodReply {
        var task = try required(state, call)
        guard action.from.contains(task.integer("STATUS")) else { throw action.refusal }
        var status = action.to
        let isControlled = task.fields["TASK_CONTROL"]?.isTruthy ?? false
        if action == .complete, isControlled, task.integer("CREATED_BY") != call.userID { status = 4 }
        task.setStatus(status, by: call.userID, in: state)
        try task.save(by: call.userID, in: state)
        return try reply(task, state)
    }

    private static func required(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> TaskRecord {
        guard let value = call.parameter("taskId") else { throw TaskFailure.missing("taskId") }
        guard let id = value.lenientInteger else { throw TaskFailure.wrongID }
        guard let task = try TaskRecord.find(id, for: call.userID, in: state) else { throw TaskFailure.notAllowed }
        return task
    }

    private static func reply(_ task: TaskRecord, _ state: PortalState) throws(PortalFailure) -> MethodReply {
        var row = try TaskRow.row(task, select: nil, in: state).objectValue ?? JSONObject()
        row["action"] = TaskRow.actions(task)
        return MethodReply(["task": .object(row)])
    }

    /// The fields of a new or changed task, names upper-cased, times as the portal keeps them. Names that no task
    /// has are passed over.
    ///
    /// - Throws: the module's sentence for the first thing wrong.
    static func checked(
        _ value: JSONValue?, isNew: Bool, id: Int, _ state: PortalState
    ) throws(PortalFailure) -> JSONObject {
        guard let given = value?.phpObject, !given.isEmpty else { throw TaskFailure.missing("fields") }
        var fields = JSONObject()
        for (key, value) in given {
            let name = key.uppercased()
            guard TaskRow.names.contains(name) || name.hasPrefix("UF_"), name != "ID" else { continue }
            fields[name] = stored(name, value, state)
        }
        try TaskCheck(fields: fields, isNew: isNew, id: id, state: state).run()
        return fields
    }

    private static func stored(_ name: String, _ value: JSONValue, _ state: PortalState) -> JSONValue {
        if TaskFields.times.contains(name) {
            return value.phpText.flatMap(state.instant).map { .string(state.iso8601($0)) } ?? .null
        }
        if TaskFields.lists.contains(name) || name.hasPrefix("UF_") { return .array(value.phpList) }
        return value.phpText.map { .string($0) } ?? value
    }
}

/// What the tasks module refuses, in the order it looks.
struct TaskCheck {
    let fields: JSONObject
    let isNew: Bool
    let id: Int
    let state: PortalState

    func run() throws(PortalFailure) {
        if isNew || fields["TITLE"] != nil, fields["TITLE"]?.phpText?.asciiTrimmed.isEmpty ?? true {
            throw TaskFailure.core("Task title not specified")
        }
        if isNew || fields["RESPONSIBLE_ID"] != nil {
            guard let responsible = fields["RESPONSIBLE_ID"]?.lenientInteger, responsible > 0 else {
                throw TaskFailure.core("Assignee not specified")
            }
            guard try UserRecord.find(responsible, in: state) != nil else {
                throw TaskFailure.core("User specified in the \"Assignee\" field not found")
            }
        }
        if let status = fields["STATUS"], TaskRecord.statusWords[status.lenientInteger ?? 0] == nil {
            throw TaskFailure.core("Invalid status")
        }
        if let parent = fields["PARENT_ID"]?.lenientInteger, parent != 0 {
            guard parent != id, try TaskRecord.documents.get(parent, in: state) != nil else {
                throw TaskFailure.core("Task specified in the \"Parent Task\" field not found")
            }
        }
        if let start = fields["START_DATE_PLAN"]?.phpText.flatMap(state.instant),
            let end = fields["END_DATE_PLAN"]?.phpText.flatMap(state.instant), end < start
        {
            throw TaskFailure.core("End date specified earlier than start date in scheduling")
        }
    }
}

/// The methods that move a task from status to status.
enum TaskAction: String, CaseIterable {
    case start, pause, `defer`, complete, renew, approve, disapprove

    var from: Set<Int> {
        switch self {
        case .start: [2, 6]
        case .pause: [3]
        case .defer: [2, 3]
        case .complete: [2, 3, 6]
        case .renew: [4, 5, 6]
        case .approve, .disapprove: [4]
        }
    }

    var to: Int {
        switch self {
        case .start: 3
        case .pause, .renew, .disapprove: 2
        case .defer: 6
        case .complete, .approve: 5
        }
    }

    var refusal: PortalFailure {
        switch self {
        case .start, .complete: TaskFailure.notAllowed
        case .pause, .defer, .renew, .approve, .disapprove: TaskFailure.forbidden
        }
    }
}
