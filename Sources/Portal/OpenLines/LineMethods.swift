internal import Wire

/// `imopenlines.bot.session.*`, `imopenlines.operator.*`, `imopenlines.session.*`, `imopenlines.dialog.get` and
/// `imopenlines.crm.*`. Codes of refusals are often the names of parameters.
///
/// https://apidocs.bitrix24.com/api-reference/imopenlines/openlines/index.html
enum LineMethods {
    static let family = PortalFamily(
        "open line sessions",
        methods: [
            method("bot.session.operator", toOperator), method("bot.session.transfer", transferByBot),
            method("bot.session.finish", finishByBot), method("bot.session.message.send", sendAutomatic),
            method("operator.answer", answer), method("operator.skip", skip), method("operator.spam", finish),
            method("operator.finish", finish), method("operator.another.finish", finish),
            method("operator.transfer", transfer), method("session.open", open), method("session.start", start),
            method("session.join", join), method("session.intercept", answer),
            method("session.history.get", history), method("dialog.get", dialog),
            method("crm.lead.create", createLead), method("crm.chat.get", crmChats),
            method("crm.chat.getLastId", lastCrmChat), method("crm.message.add", crmMessage),
            method("crm.chat.user.add", crmUser(isAdded: true)),
            method("crm.chat.user.delete", crmUser(isAdded: false)),
        ] + LineModes.methods)

    static func method(_ name: String, _ handler: @escaping PortalMethod.Handler) -> PortalMethod {
        PortalMethod("imopenlines.\(name)", scope: "imopenlines", handler: handler)
    }

    // MARK: Bots

    /// To a free employee of the queue; the bot leaves.
    private static func toOperator(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        var (session, chat) = try running(call, state)
        guard try bot(in: chat, state) != nil else { throw PortalFailure("WRONG_CHAT", "Operator is not a bot") }
        try OpenLine(state: state).dismissBots(from: &chat)
        try OpenLine(state: state).distribute(session, in: &chat)
        return MethodReply(true)
    }

    private static func transferByBot(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        var (session, chat) = try running(call, state)
        guard let bot = try bot(in: chat, state) else { throw PortalFailure("BOT_ID_ERROR", "Bot not found") }
        if call.credential.clientID == nil {
            let words = ["client:\(call.text("CLIENT_ID") ?? "")", "client:\(call.text("botToken") ?? "")"]
            guard words.contains(bot.owner) else { throw PortalFailure("BOT_ID_ERROR", "Bot not found") }
        }
        if let leave = call.parameter("LEAVE"), !leave.isTruthy {
            try OpenLine(state: state).dismissBots(from: &chat)
        }
        try transfer(&session, in: &chat, call, state)
        return MethodReply(true)
    }

    private static func finishByBot(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        var (session, chat) = try running(call, state)
        guard try bot(in: chat, state) != nil else { throw PortalFailure("WRONG_CHAT", "Operator is not a bot") }
        try OpenLine(state: state).close(session, in: &chat)
        return MethodReply(true)
    }

    /// True even when nothing is sent.
    private static func sendAutomatic(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        guard let id = call.integer("CHAT_ID"), let chat = try Chat.find(id, in: state), chat.kind == .line else {
            throw PortalFailure("CHAT_ID", "Chat ID can't be empty")
        }
        guard let bot = try bot(in: chat, state) else { return MethodReply(true) }
        var text = call.text("MESSAGE") ?? ""
        if text.isEmpty, call.text("NAME")?.uppercased() == "WELCOME",
            let session = try LineSession.last(inChat: chat.id, state)
        {
            text = try OpenLineConfigs.documents.get(session.lineID, in: state)?["WELCOME_MESSAGE_TEXT"]?.phpText ?? ""
        }
        if !text.isEmpty {
            _ = try ChatPosting.post(Message(chatID: chat.id, authorID: bot.id, text: text), in: chat, state)
        }
        return MethodReply(true)
    }

    // MARK: Employees

    private static func answer(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        var (session, chat) = try running(call, state)
        try OpenLine(state: state).dismissBots(from: &chat)
        try OpenLine(state: state).give(session, to: call.userID, in: &chat)
        session = try LineSession.find(session.id, in: state) ?? session
        session.fields["status"] = .string(LineSession.Status.answered.rawValue)
        try session.save(in: state)
        return MethodReply(true)
    }

    /// To the next of the queue.
    private static func skip(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        var (session, chat) = try running(call, state)
        let line = try OpenLineConfigs.documents.get(session.lineID, in: state) ?? JSONObject()
        let queue = (line["QUEUE"]?.phpList ?? []).compactMap(\.lenientInteger)
        let place = queue.firstIndex(of: session.operatorID) ?? -1
        if !queue.isEmpty {
            try OpenLine(state: state).give(session, to: queue[(place + 1) % queue.count], in: &chat)
        }
        return MethodReply(true)
    }

    private static func finish(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        var (session, chat) = try running(call, state)
        try OpenLine(state: state).close(session, in: &chat)
        return MethodReply(true)
    }

    private static func transfer(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        var (session, chat) = try running(call, state)
        try OpenLine(state: state).dismissBots(from: &chat)
        try transfer(&session, in: &chat, call, state)
        return MethodReply(true)
    }

    /// USER_ID, then QUEUE_ID, which is a line, then TRANSFER_ID: `15` or `queue3`.
    private static func transfer(
        _ session: inout LineSession, in chat: inout Chat, _ call: MethodCall, _ state: PortalState
    ) throws(PortalFailure) {
        let target = call.text("TRANSFER_ID") ?? ""
        let line = call.integer("QUEUE_ID") ?? (target.hasPrefix("queue") ? Int(target.dropFirst(5)) : nil)
        if let user = call.integer("USER_ID") ?? Int(target) {
            guard let record = try UserRecord.find(user, in: state), UserRecord.isActive(record) else {
                throw PortalFailure("OPERATOR_WRONG", "Operator not found")
            }
            return try OpenLine(state: state).give(session, to: user, in: &chat)
        }
        guard let line else { throw PortalFailure("TRANSFER_ID_EMPTY", "Transfer ID can't be empty") }
        guard try OpenLineConfigs.documents.get(line, in: state) != nil else {
            throw PortalFailure("OPERATOR_WRONG", "Queue not found")
        }
        session.fields["line"] = .integer(Int64(line))
        try session.save(in: state)
        try OpenLine(state: state).distribute(session, in: &chat)
    }

    // MARK: Sessions

    private static func open(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        guard let code = call.text("USER_CODE"), !code.isEmpty else {
            throw PortalFailure("USER_CODE", "User code can't be empty")
        }
        // Methods of the CRM put `imol|` before it.
        let own = code.hasPrefix("imol|") ? String(code.dropFirst(5)) : code
        guard let chat = try Chat.documents.owned(by: "line:\(own)", in: state).first else {
            throw PortalFailure("USER_CODE", "Chat not found")
        }
        return MethodReply(["chatId": .string(String(chat.id))])
    }

    static func start(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        guard let id = call.integer("CHAT_ID"), var chat = try Chat.find(id, in: state), chat.kind == .line,
            let last = try LineSession.last(inChat: chat.id, state)
        else { throw PortalFailure("CHAT_ID", "Chat ID can't be empty") }
        if last.status == .closed {
            var fields = last.fields
            fields["status"] = .string(LineSession.Status.answered.rawValue)
            fields["date"] = .string(state.now)
            let new = try LineSession.documents.insert(fields, owner: "chat:\(chat.id)", in: state)
            let session = LineSession(id: new, fields: fields)
            try OpenLine(state: state).give(session, to: call.userID, in: &chat)
            state.events.emit("ONSESSIONSTART", session.eventData)
        }
        return MethodReply(true)
    }

    private static func join(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let (_, chat) = try running(call, state)
        try ChatMethods.add([call.userID], to: chat, by: call.userID, state)
        return MethodReply(true)
    }

    /// Messages and files by their numbers, names in lower case, numbers of messages as texts.
    private static func history(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        var session =
            try call.integer("SESSION_ID").map { (id) throws(PortalFailure) in
                try LineSession.find(id, in: state)
            } ?? nil
        if session == nil, let id = call.integer("CHAT_ID") { session = try LineSession.last(inChat: id, state) }
        guard let session, let chat = try Chat.find(session.chatID, in: state) else {
            throw PortalFailure("SESSION_ID", "Session not found")
        }
        var (messages, users, files) = (JSONObject(), JSONObject(), JSONObject())
        var order: [JSONValue] = []
        for entry in try Message.documents.owned(by: "chat:\(chat.id)", in: state) {
            let message = PostedMessage(id: entry.id, fields: entry.fields)
            let fileIDs = message.fileIDs
            var params = JSONObject()
            if !fileIDs.isEmpty { params["fileId"] = .array(fileIDs.map { .integer(Int64($0)) }) }
            messages[String(message.id)] = [
                "id": .string(String(message.id)), "chatid": .string(String(chat.id)),
                "senderid": .string(String(message.authorID)), "recipientid": .string("chat\(chat.id)"),
                "date": .string(message.date), "text": .string(message.text), "textlegacy": .string(message.text),
                "params": .object(params),
            ]
            order.append(.string(String(message.id)))
            if message.authorID > 0 {
                users[String(message.authorID)] = try MessageMethods.person(message.authorID, in: state)
            }
            for id in fileIDs {
                guard let file = try ChatFile.find(id, in: state) else { continue }
                let row = try file.classicRow(in: state).objectValue ?? JSONObject()
                files[String(id)] = .object(JSONObject(row.map { ($0.key.lowercased(), $0.value) }))
            }
        }
        return MethodReply([
            "chatId": .integer(Int64(chat.id)), "sessionId": .integer(Int64(session.id)), "message": .object(messages),
            "usersMessage": .object(["chat\(chat.id)": .array(order)]), "users": .object(users), "openlines": [],
            "userInGroup": [], "chat": .object([String(chat.id): chat.row(for: call.userID)]), "files": .object(files),
        ])
    }

    private static func dialog(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        var found: Chat?
        if let id = call.integer("CHAT_ID") ?? Int((call.text("DIALOG_ID") ?? "").drop { !$0.isNumber }) {
            found = try Chat.find(id, in: state)
        } else if let id = call.integer("SESSION_ID"), let session = try LineSession.find(id, in: state) {
            found = try Chat.find(session.chatID, in: state)
        } else if let code = call.text("USER_CODE"), !code.isEmpty {
            let own = code.hasPrefix("imol|") ? String(code.dropFirst(5)) : code
            found = try Chat.documents.owned(by: "line:\(own)", in: state).first
                .map { Chat(id: $0.id, fields: $0.fields) }
        }
        guard let chat = found, chat.kind == .line else {
            throw PortalFailure("DIALOG_ID", "Dialog not found")
        }
        return MethodReply(chat.row(for: call.userID))
    }

    // MARK: CRM

    /// A lead for a chat that has none; its number stands in the chat's data from then on.
    private static func createLead(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        guard let id = call.integer("CHAT_ID"), var chat = try Chat.find(id, in: state), chat.kind == .line,
            let session = try LineSession.last(inChat: chat.id, state)
        else { throw PortalFailure("CHAT_ID", "Chat ID can't be empty") }
        guard try lead(of: chat) == nil, let add = PortalMethods.lookup("crm.lead.add", api: .classic) else {
            return MethodReply(true)
        }
        let person = try ChatMember.person(session.customerID, in: state)
        let fields: JSONObject = [
            "TITLE": .string(chat.title), "NAME": .string(person.firstName), "LAST_NAME": .string(person.lastName),
            "SOURCE_ID": .string("\(session.lineID)|OPENLINE"),
            "IM": [["VALUE": .string("imol|\(chat.entityID)"), "VALUE_TYPE": "OPENLINE"]],
        ]
        let made = try add.handler(
            state, MethodCall(name: add.name, credential: call.credential, parameters: ["fields": .object(fields)]))
        guard case .value(let value) = made.result, let number = value.lenientInteger else { return MethodReply(true) }
        chat.fields["entity_data_1"] = .string("Y|LEAD|\(number)|N|N|\(session.id)|\(state.clock.unixSeconds)|0|0|0")
        chat.fields["entity_data_2"] = .string("LEAD|\(number)|COMPANY|0|CONTACT|0|DEAL|0")
        try chat.save(in: state)
        return MethodReply(true)
    }

    private static func lead(of chat: Chat) throws(PortalFailure) -> Int? {
        let parts = (chat.fields["entity_data_2"]?.stringValue ?? "").split(separator: "|")
        guard parts.count > 1, let number = Int(parts[1]), number > 0 else { return nil }
        return number
    }

    private static func crmChats(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let chats = try crmChats(of: call, state)
        return MethodReply(
            .array(chats.map { ["CHAT_ID": .string(String($0.id)), "CONNECTOR_ID": .string(LineSession.connector)] }))
    }

    private static func lastCrmChat(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        guard let last = try crmChats(of: call, state).last else {
            throw PortalFailure("CRM_CHAT_EMPTY_CRM_DATA", "Chat not found")
        }
        return MethodReply(.integer(Int64(last.id)))
    }

    private static func crmMessage(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        guard let id = call.integer("CHAT_ID"), let chat = try crmChats(of: call, state).first(where: { $0.id == id })
        else { throw PortalFailure("CHAT_NOT_IN_CRM", "The chat does not belong to the CRM record") }
        guard let text = call.text("MESSAGE"), !text.isEmpty else {
            throw PortalFailure("MESSAGE", "Message can't be empty")
        }
        let message = Message(chatID: id, authorID: call.integer("USER_ID") ?? call.userID, text: text)
        return MethodReply(.integer(Int64(try ChatPosting.post(message, in: chat, state).id)))
    }

    /// Lets an employee into the chat of a record, or out of it.
    private static func crmUser(isAdded: Bool) -> PortalMethod.Handler {
        { state, call throws(PortalFailure) in
            let chats = try crmChats(of: call, state)
            let wanted = call.integer("CHAT_ID")
            guard let chat = chats.last(where: { wanted == nil || $0.id == wanted }) else {
                throw PortalFailure("CHAT_NOT_IN_CRM", "The chat does not belong to the CRM record")
            }
            guard let user = call.integer("USER_ID"), try UserRecord.find(user, in: state) != nil else {
                throw PortalFailure("USER_ID", "User not found")
            }
            if isAdded {
                try ChatMethods.add([user], to: chat, by: call.userID, state)
            } else {
                try ChatMethods.remove(user, from: chat, state)
            }
            return MethodReply(.integer(Int64(chat.id)))
        }
    }

    private static func crmChats(of call: MethodCall, _ state: PortalState) throws(PortalFailure) -> [Chat] {
        guard let type = call.text("CRM_ENTITY_TYPE")?.uppercased(), let id = call.integer("CRM_ENTITY") else {
            throw PortalFailure("CRM_ENTITY_TYPE", "Entity type can't be empty")
        }
        return try Chat.documents.all(in: state).map { Chat(id: $0.id, fields: $0.fields) }.filter {
            $0.kind == .line && "|\($0.fields["entity_data_2"]?.stringValue ?? "")|".contains("|\(type)|\(id)|")
        }
    }

    // MARK: Shared

    static func running(_ call: MethodCall, _ state: PortalState) throws(PortalFailure) -> (LineSession, Chat) {
        guard let id = call.integer("CHAT_ID"), id > 0 else { throw PortalFailure("CHAT_ID", "Chat ID can't be empty") }
        guard let chat = try Chat.find(id, in: state), chat.kind == .line else {
            throw PortalFailure("CHAT_TYPE", "Chat is not an open line")
        }
        guard let session = try LineSession.last(inChat: id, state), session.status != .closed else {
            throw PortalFailure("CHAT_ID", "The conversation is closed")
        }
        return (session, chat)
    }

    private static func bot(in chat: Chat, _ state: PortalState) throws(PortalFailure) -> Bot? {
        for id in chat.memberIDs { if let bot = try Bot.find(id, in: state) { return bot } }
        return nil
    }
}
