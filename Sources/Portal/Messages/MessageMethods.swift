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
        try MessageParts(settings: state.settings.chats).check { call.parameter($0) }
        let isSystem = call.parameter("SYSTEM")?.isTruthy ?? false
        let message = Message(
            chatID: chat, authorID: isSystem ? 0 : call.userID, text: text, params: ChatPosting.params(call))
        guard let chat = try Chat.find(chat, in: state) else {
            throw PortalFailure("ACCESS_ERROR", "You don't have access to this chat")
        }
        return MethodReply(.integer(Int64(try ChatPosting.post(message, in: chat, state).id)))
    }

    static func update(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let message = try own(state, call)
        let isMarked = call.text("IS_EDITED")?.uppercased() != "N"
        try ChatPosting.edit(message, text: call.text("MESSAGE"), nil, isMarked: isMarked, state)
        return MethodReply(true)
    }

    static func delete(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        try ChatPosting.delete(try own(state, call), isComplete: false, state)
        return MethodReply(true)
    }

    static func like(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        try ChatPosting.like(call, by: call.userID, state)
        return MethodReply(true)
    }

    /// `im.user.get`
    static func user(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let id = call.integer("ID") ?? call.userID
        guard id > 0 else { throw PortalFailure("ID_EMPTY", "User ID can't be empty") }
        guard try ChatMember.exists(id, in: state) else {
            throw PortalFailure("USER_NOT_EXISTS", "User is not exists")
        }
        return MethodReply(try person(id, in: state))
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
        var files: [JSONValue] = []
        for id in shown.flatMap({ $0.fields["params"]?["FILE_ID"]?.phpList ?? [] }).compactMap(\.lenientInteger) {
            if let file = try ChatFile.find(id, in: state) { files.append(try file.classicRow(in: state)) }
        }
        return MethodReply([
            "chat_id": .integer(Int64(chat)), "messages": .array(shown.map(row)), "users": .array(users),
            "files": .array(files),
        ])
    }

    private static func dialog(_ call: MethodCall) -> String {
        if let dialog = call.text("DIALOG_ID"), !dialog.isEmpty { return dialog }
        // Older clients name the two kinds apart.
        if let chat = call.text("CHAT_ID"), !chat.isEmpty { return "chat" + chat }
        return call.text("USER_ID") ?? ""
    }

    private static func own(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> PostedMessage {
        guard let id = call.integer("MESSAGE_ID"), id > 0 else {
            throw PortalFailure("MESSAGE_ID_ERROR", "Message ID can't be empty")
        }
        guard let message = try PostedMessage.find(id, in: state), message.authorID == call.userID else {
            throw PortalFailure("CANT_EDIT_MESSAGE", "Time has expired for modification or you don't have access")
        }
        return message
    }

    private static func row(_ entry: Documents.Entry) -> JSONValue {
        let fields = entry.fields
        return [
            "id": .integer(Int64(entry.id)), "chat_id": fields["chat_id"] ?? 0, "author_id": fields["author_id"] ?? 0,
            "date": fields["date"] ?? "", "text": fields["text"] ?? "", "unread": false, "uuid": .null,
            "replaces": [], "params": fields["params"] ?? [],
        ]
    }

    static func person(_ id: Int, in state: PortalState) throws(PortalFailure) -> JSONValue {
        let user = try UserRecord.find(id, in: state) ?? JSONObject()
        let person = try ChatMember.person(id, in: state)
        return [
            "id": .integer(Int64(id)), "active": .bool(person.isActive), "name": .string(person.name),
            "first_name": .string(person.firstName), "last_name": .string(person.lastName),
            "work_position": .string(person.position), "color": "#df532d", "avatar": "",
            "gender": .string(person.gender), "birthday": "", "extranet": .bool(person.isConnector), "network": false,
            "bot": .bool(person.isBot), "connector": .bool(person.isConnector),
            "external_auth_id": person.isBot ? "bot" : person.isConnector ? "imconnector" : "default",
            "status": "online", "idle": false, "last_activity_date": false, "mobile_last_date": false,
            "departments": user["UF_DEPARTMENT"] ?? [], "absent": false,
            "phones": [
                "work_phone": user["WORK_PHONE"] ?? "", "personal_mobile": user["PERSONAL_MOBILE"] ?? "",
                "personal_phone": user["PERSONAL_PHONE"] ?? "",
            ],
        ]
    }
}
