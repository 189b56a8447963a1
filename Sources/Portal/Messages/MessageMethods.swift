internal import Wire

/// `im.message.add`, `update`, `delete` and `im.dialog.messages.get`.
enum MessageMethods {
    /// Rows of `im.dialog.messages.get` without and with `LIMIT`.
    static let rowsUsual = 20
    static let rowsMax = 50

    static func add(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let chat = try Chat.resolve(dialog(call), for: call.userID, in: state)
        guard let text = call.text("MESSAGE"), !text.asciiTrimmed.isEmpty || call.parameter("ATTACH") != nil else {
            throw PortalFailure("MESSAGE_EMPTY", "Message can't be empty")
        }
        let isSystem = call.parameter("SYSTEM")?.isTruthy ?? false
        let message = Message(chatID: chat, authorID: isSystem ? 0 : call.userID, text: text)
        return MethodReply(.integer(Int64(try message.insert(in: state))))
    }

    static func update(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        var (id, fields) = try own(state, call)
        if let text = call.text("MESSAGE") {
            // An empty text deletes, as the page says.
            if text.asciiTrimmed.isEmpty { return try remove(id, fields, in: state) }
            fields["text"] = .string(text)
            fields["params"] = ["IS_EDITED": call.text("IS_EDITED")?.uppercased() == "N" ? "N" : "Y"]
        }
        try Message.documents.replace(id, with: fields, in: state)
        return MethodReply(true)
    }

    static func delete(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let (id, fields) = try own(state, call)
        return try remove(id, fields, in: state)
    }

    /// Newest first; `LAST_ID` goes back in time, `FIRST_ID` forward, neither is paging by `start`.
    static func get(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let chat = try Chat.resolve(dialog(call), for: call.userID, in: state)
        let limit = min(rowsMax, max(1, call.integer("LIMIT") ?? rowsUsual))
        let all = try Message.documents.owned(by: "chat:\(chat)", in: state)
        let shown: [Documents.Entry]
        if call.parameter("FIRST_ID") != nil {
            guard let first = call.integer("FIRST_ID") else {
                throw PortalFailure("FIRST_ID_STRING", "First ID can't be string")
            }
            shown = Array(all.filter { $0.id > first }.prefix(limit))
        } else if call.parameter("LAST_ID") != nil {
            guard let last = call.integer("LAST_ID") else {
                throw PortalFailure("LAST_ID_STRING", "Last ID can't be string")
            }
            shown = all.filter { $0.id < last }.suffix(limit).reversed()
        } else {
            shown = all.suffix(limit).reversed()
        }
        var users: [JSONValue] = []
        for id in Set(shown.compactMap { $0.fields["author_id"]?.lenientInteger }).sorted() where id > 0 {
            users.append(try person(id, in: state))
        }
        return MethodReply([
            "chat_id": .integer(Int64(chat)), "messages": .array(shown.map(row)), "users": .array(users), "files": [],
        ])
    }

    private static func dialog(_ call: MethodCall) -> String {
        if let dialog = call.text("DIALOG_ID"), !dialog.isEmpty { return dialog }
        // Older clients name the two kinds apart.
        if let chat = call.text("CHAT_ID"), !chat.isEmpty { return "chat" + chat }
        return call.text("USER_ID") ?? ""
    }

    private static func own(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> (Int, JSONObject) {
        guard let id = call.integer("MESSAGE_ID"), id > 0 else {
            throw PortalFailure("MESSAGE_ID_ERROR", "Message ID can't be empty")
        }
        guard let fields = try Message.documents.get(id, in: state), fields["author_id"]?.lenientInteger == call.userID
        else {
            throw PortalFailure("CANT_EDIT_MESSAGE", "Time has expired for modification or you don't have access")
        }
        return (id, fields)
    }

    private static func remove(_ id: Int, _ old: JSONObject, in state: PortalState) throws(PortalFailure) -> MethodReply
    {
        var fields = old
        fields["text"] = "This message has been deleted."
        fields["params"] = ["IS_DELETED": "Y"]
        try Message.documents.replace(id, with: fields, in: state)
        return MethodReply(true)
    }

    private static func row(_ entry: Documents.Entry) -> JSONValue {
        let fields = entry.fields
        return [
            "id": .integer(Int64(entry.id)), "chat_id": fields["chat_id"] ?? 0, "author_id": fields["author_id"] ?? 0,
            "date": fields["date"] ?? "", "text": fields["text"] ?? "", "unread": false, "uuid": .null,
            "replaces": [], "params": fields["params"] ?? [],
        ]
    }

    private static func person(_ id: Int, in state: PortalState) throws(PortalFailure) -> JSONValue {
        let user = try UserRecord.find(id, in: state) ?? JSONObject()
        return [
            "id": .integer(Int64(id)), "active": .bool(UserRecord.isActive(user)),
            "name": .string(UserRecord.name(user)), "first_name": user["NAME"] ?? "",
            "last_name": user["LAST_NAME"] ?? "", "work_position": user["WORK_POSITION"] ?? "",
            "color": "#df532d", "avatar": "", "gender": user["PERSONAL_GENDER"] ?? "", "birthday": "",
            "extranet": false, "network": false, "bot": false, "connector": false, "external_auth_id": "default",
            "status": "online", "idle": false, "last_activity_date": false, "mobile_last_date": false,
            "departments": user["UF_DEPARTMENT"] ?? [], "absent": false,
            "phones": [
                "work_phone": user["WORK_PHONE"] ?? "", "personal_mobile": user["PERSONAL_MOBILE"] ?? "",
                "personal_phone": user["PERSONAL_PHONE"] ?? "",
            ],
        ]
    }
}
