internal import Wire

/// `task.checklistitem.*`: parameters by position, whatever their names.
enum Checklist {
    private static let documents = Documents(kind: "checklist")
    private static let sortable: Set<String> = [
        "ID", "PARENT_ID", "CREATED_BY", "TITLE", "SORT_INDEX", "IS_COMPLETE", "IS_IMPORTANT", "TOGGLED_BY",
        "TOGGLED_DATE",
    ]

    static func add(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let taskID = try integer(call, 0, "taskId")
        guard let fields = call.positional(1)?.phpObject, !fields.isEmpty else {
            throw TaskFailure.argument(
                "Param #1 (arFields) expected by method ctaskchecklistitem::add(), but not given.")
        }
        guard try TaskRecord.find(taskID, for: call.userID, in: state) != nil else {
            throw TaskFailure.failed("Adding item: action not allowed")
        }
        guard let title = fields["TITLE"]?.phpText, !title.isEmpty else {
            throw TaskFailure.failed("Item name not specified")
        }
        let id = try insert(title, fields: fields, taskID: taskID, userID: call.userID, in: state)
        return MethodReply(.integer(Int64(id)))
    }

    /// - Parameter fields: of an item without `PARENT_ID` the first list is the parent; a task without lists gets one.
    @discardableResult
    static func insert(
        _ title: String, fields: JSONObject, taskID: Int, userID: Int, in state: PortalState
    ) throws(PortalFailure) -> Int {
        let known = try documents.owned(by: "task:\(taskID)", in: state)
        var parent = fields["PARENT_ID"]?.lenientInteger
        if parent == nil {
            parent = known.first { $0.fields["PARENT_ID"]?.lenientInteger == 0 }?.id
            if parent == nil {
                parent = try insert(
                    "BX_CHECKLIST_1", fields: ["PARENT_ID": 0], taskID: taskID, userID: userID, in: state)
            }
        }
        let siblings = known.count { $0.fields["PARENT_ID"]?.lenientInteger == parent }
        let item: JSONObject = [
            "TASK_ID": .integer(Int64(taskID)), "PARENT_ID": .integer(Int64(parent ?? 0)),
            "CREATED_BY": .integer(Int64(userID)), "TITLE": .string(title),
            "SORT_INDEX": fields["SORT_INDEX"] ?? .integer(Int64(siblings)),
            "IS_COMPLETE": flag(fields["IS_COMPLETE"]), "IS_IMPORTANT": flag(fields["IS_IMPORTANT"]),
            "MEMBERS": fields["MEMBERS"] ?? .null,
        ]
        return try documents.insert(item, owner: "task:\(taskID)", in: state)
    }

    static func getList(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let taskID = try integer(call, 0, "taskId")
        guard try TaskRecord.find(taskID, for: call.userID, in: state) != nil else {
            throw TaskFailure.failed("Action failed")
        }
        var keys: [(name: String, isDown: Bool)] = []
        for (name, direction) in call.positional(1)?.phpObject ?? JSONObject() {
            guard sortable.contains(name) else {
                throw TaskFailure.argument(
                    "Param #1 (arOrder) for method \(method(call)) must not contain key \"\(name)\".")
            }
            keys.append((name, direction.phpText?.lowercased() == "desc"))
        }
        if keys.isEmpty { keys = [("ID", true)] }
        var items = try documents.owned(by: "task:\(taskID)", in: state)
        items.sort { left, right in
            for (name, isDown) in keys {
                let first = sortKey(left, name)
                let second = sortKey(right, name)
                if first != second { return isDown ? second < first : first < second }
            }
            return left.id < right.id
        }
        var rows: [JSONValue] = []
        for item in items { rows.append(try row(item, in: state)) }
        return MethodReply(.array(rows))
    }

    static func complete(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        try toggle("Y", state, call)
    }

    static func renew(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        try toggle("N", state, call)
    }

    static func update(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        var item = try find(state, call)
        for (name, value) in call.positional(2)?.phpObject ?? JSONObject() {
            switch name {
            case "TITLE", "SORT_INDEX", "MEMBERS": item.fields[name] = value
            case "IS_COMPLETE", "IS_IMPORTANT": item.fields[name] = flag(value)
            default: continue
            }
        }
        try documents.replace(item.id, with: item.fields, in: state)
        return MethodReply(.null)
    }

    static func delete(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let item = try find(state, call)
        // What hangs on it goes with it.
        var doomed = [item.id]
        let all = try documents.owned(by: "task:\(item.fields["TASK_ID"]?.lenientInteger ?? 0)", in: state)
        while let id = doomed.popLast() {
            doomed += all.filter { $0.fields["PARENT_ID"]?.lenientInteger == id }.map(\.id)
            try documents.delete(id, in: state)
        }
        return MethodReply(true)
    }

    private static func toggle(
        _ value: JSONValue, _ state: PortalState, _ call: MethodCall
    ) throws(PortalFailure) -> MethodReply {
        var item = try find(state, call)
        item.fields["IS_COMPLETE"] = value
        item.fields["TOGGLED_BY"] = .integer(Int64(call.userID))
        item.fields["TOGGLED_DATE"] = .string(state.now)
        try documents.replace(item.id, with: item.fields, in: state)
        return MethodReply(true)
    }

    private static func find(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> Documents.Entry {
        let taskID = try integer(call, 0, "taskId")
        let itemID = try integer(call, 1, "itemId")
        guard try TaskRecord.find(taskID, for: call.userID, in: state) != nil,
            let fields = try documents.get(itemID, in: state), fields["TASK_ID"]?.lenientInteger == taskID
        else { throw TaskFailure.failed("Action failed") }
        return Documents.Entry(id: itemID, fields: fields)
    }

    private static func integer(_ call: MethodCall, _ place: Int, _ name: String) throws(PortalFailure) -> Int {
        guard let value = call.positional(place)?.lenientInteger else {
            throw TaskFailure.argument(
                "Param #\(place) (\(name)) for method \(method(call)) expected to be of type \"integer\", "
                    + "but given something else.")
        }
        return value
    }

    /// `ctaskchecklistitem::getlist()`
    private static func method(_ call: MethodCall) -> String {
        "ctaskchecklistitem::\(call.name.split(separator: ".").last ?? "")()"
    }

    private static func flag(_ value: JSONValue?) -> JSONValue { value?.isTruthy ?? false ? "Y" : "N" }

    private static func sortKey(_ item: Documents.Entry, _ name: String) -> (Double, String) {
        if name == "ID" { return (Double(item.id), "") }
        return (item.fields[name]?.lenientDouble ?? 0, item.fields[name]?.phpText ?? "")
    }

    private static func row(_ item: Documents.Entry, in state: PortalState) throws(PortalFailure) -> JSONValue {
        let fields = item.fields
        let parent = fields["PARENT_ID"]?.lenientInteger ?? 0
        var members: [JSONValue] = []
        for (key, member) in fields["MEMBERS"]?.phpObject ?? JSONObject() {
            let user = try UserRecord.find(Int(key) ?? 0, in: state) ?? JSONObject()
            members.append([
                "ID": .string(key), "TYPE": member["TYPE"] ?? "A", "NAME": .string(UserRecord.name(user)),
                "PERSONAL_PHOTO": "", "PERSONAL_GENDER": user["PERSONAL_GENDER"] ?? "", "IMAGE": "",
                "IS_COLLABER": false,
            ])
        }
        return [
            "ID": .string(String(item.id)), "TASK_ID": .string(fields["TASK_ID"]?.phpText ?? ""),
            // Of a list itself the number 0, of an item the text of a number.
            "PARENT_ID": parent == 0 ? 0 : .string(String(parent)),
            "CREATED_BY": .string(fields["CREATED_BY"]?.phpText ?? ""), "TITLE": fields["TITLE"] ?? "",
            "SORT_INDEX": .string(fields["SORT_INDEX"]?.phpText ?? "0"),
            "IS_COMPLETE": fields["IS_COMPLETE"] ?? "N", "IS_IMPORTANT": fields["IS_IMPORTANT"] ?? "N",
            "TOGGLED_BY": fields["TOGGLED_BY"]?.phpText.map { .string($0) } ?? .null,
            "TOGGLED_DATE": fields["TOGGLED_DATE"] ?? "", "MEMBERS": .array(members), "ATTACHMENTS": [],
        ]
    }
}

/// `task.commentitem.add`: since the new task card a comment is a message in the task's chat.
enum TaskComment {
    static func add(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        guard let taskID = call.positional(0)?.lenientInteger else {
            throw TaskFailure.argument(
                "Param #0 (taskId) for method ctaskcommentitem::add() expected to be of type \"integer\", "
                    + "but given something else.")
        }
        guard let fields = call.positional(1)?.phpObject, !fields.isEmpty else {
            throw TaskFailure.argument("Param #1 (arFields) expected by method ctaskcommentitem::add(), but not given.")
        }
        guard let task = try TaskRecord.find(taskID, for: call.userID, in: state) else {
            throw TaskFailure.failed("Action failed")
        }
        guard let text = fields["POST_MESSAGE"]?.phpText, !text.isEmpty else {
            throw TaskFailure.failed("Message text is not specified")
        }
        let author = fields["AUTHOR_ID"]?.lenientInteger ?? call.userID
        let message = Message(chatID: task.integer("CHAT_ID"), authorID: author, text: text)
        let id = try message.insert(in: state)
        var comment: JSONObject = ["ID": .integer(Int64(id)), "TASK_ID": .integer(Int64(taskID))]
        if state.settings.events.taskCommentIsMessage {
            comment["ID"] = 0
            comment["MESSAGE_ID"] = .integer(Int64(id))
        }
        state.events.emitTask("ONTASKCOMMENTADD", before: nil, after: comment)
        return MethodReply(.integer(Int64(id)))
    }
}
