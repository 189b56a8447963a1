internal import Wire

/// `imbot.message.*` and `imbot.chat.sendTyping`.
enum BotMessages {
    static func add(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let bot = try BotOwner.bot(call, in: state)
        let dialog = call.text("DIALOG_ID") ?? call.text("TO_USER_ID") ?? ""
        let chatID = try Chat.resolve(dialog, for: bot.id, in: state)
        guard let text = call.text("MESSAGE"), !text.asciiTrimmed.isEmpty || call.parameter("ATTACH") != nil else {
            throw PortalFailure("MESSAGE_EMPTY", "Message can't be empty")
        }
        try MessageParts(settings: state.settings.chats).check { call.parameter($0) }
        guard let chat = try Chat.find(chatID, in: state), chat.memberIDs.contains(bot.id) else {
            throw PortalFailure("WRONG_REQUEST", "Wrong request")
        }
        let isSystem = call.parameter("SYSTEM")?.isTruthy ?? false
        let message = Message(
            chatID: chatID, authorID: isSystem ? 0 : bot.id, text: text, params: ChatPosting.params(call))
        return MethodReply(.integer(Int64(try ChatPosting.post(message, in: chat, state).id)))
    }

    static func update(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let message = try own(call, in: state)
        try MessageParts(settings: state.settings.chats).check { call.parameter($0) }
        var params = message.params
        for name in MessageParts.names where call.parameter(name) != nil { params[name] = nil }
        for (name, value) in ChatPosting.params(call) { params[name] = value }
        try ChatPosting.edit(message, text: call.text("MESSAGE"), params, state)
        return MethodReply(true)
    }

    static func delete(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let isComplete = call.text("COMPLETE")?.uppercased() == "Y"
        try ChatPosting.delete(try own(call, in: state), isComplete: isComplete, state)
        return MethodReply(true)
    }

    static func like(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        try ChatPosting.like(call, by: try BotOwner.bot(call, in: state).id, state)
        return MethodReply(true)
    }

    static func typing(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let bot = try BotOwner.bot(call, in: state)
        _ = try Chat.resolve(call.text("DIALOG_ID") ?? "", for: bot.id, in: state)
        return MethodReply(true)
    }

    private static func own(_ call: MethodCall, in state: PortalState) throws(PortalFailure) -> PostedMessage {
        let bot = try BotOwner.bot(call, in: state)
        guard let id = call.integer("MESSAGE_ID"), id > 0 else {
            throw PortalFailure("MESSAGE_ID_ERROR", "Message ID can't be empty")
        }
        guard let message = try PostedMessage.find(id, in: state), message.authorID == bot.id else {
            throw PortalFailure("CANT_EDIT_MESSAGE", "Time has expired for modification or you don't have access")
        }
        return message
    }
}

/// `imbot.v2.Chat.Message.*`, typing and locked input.
///
/// https://apidocs.bitrix24.com/api-reference/chat-bots/chat-bots-v2/index.html
enum BotMessagesV2 {
    private static let statusPrefix = "IMBOT_AGENT_ACTION_"
    private static let statuses: Set<String> = [
        "THINKING", "SEARCHING", "GENERATING", "ANALYZING", "PROCESSING", "TRANSLATING", "CONNECTING", "CHECKING",
        "CALCULATING", "READING_DOCS", "COMPOSING",
    ]

    static func send(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let bot = try BotOwner.botV2(call, in: state)
        let chat = try BotChatsV2.chat(call, for: bot, in: state)
        let given = try call.object("fields") ?? JSONObject()
        let text = given["message"]?.phpText ?? ""
        guard !text.asciiTrimmed.isEmpty || given["attach"] != nil else {
            throw PortalFailure("EMPTY_MESSAGE", "Message can't be empty")
        }
        try MessageParts(settings: state.settings.chats).check { given[$0.lowercased()] }
        let isSystem = given["system"]?.isTruthy ?? false
        var params = ChatPosting.params { given[$0.lowercased()] }
        if let reply = given["replyId"] { params["REPLY_ID"] = reply }
        let message = Message(chatID: chat.id, authorID: isSystem ? 0 : bot.id, text: text, params: params)
        let id = try ChatPosting.post(message, in: chat, state).id
        return MethodReply(
            json: (["id": .integer(Int64(id)), "uuidMap": .object(JSONObject())] as JSONValue).encoded())
    }

    static func update(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let (_, message) = try own(call, in: state)
        let given = try call.object("fields") ?? JSONObject()
        try MessageParts(settings: state.settings.chats).check { given[$0.lowercased()] }
        var params = message.params
        for name in MessageParts.names where given[name.lowercased()] != nil { params[name] = nil }
        for (name, value) in ChatPosting.params({ given[$0.lowercased()] }) { params[name] = value }
        try ChatPosting.edit(message, text: given["message"]?.phpText, params, state)
        return MethodReply(["result": true])
    }

    static func delete(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let (_, message) = try own(call, in: state)
        try ChatPosting.delete(message, isComplete: call.parameter("complete")?.isTruthy ?? false, state)
        return MethodReply(["result": true])
    }

    static func get(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let (_, message, _) = try seen(call, in: state)
        return MethodReply(
            json: (["message": row(message), "user": try author(message, state)] as JSONValue).encoded())
    }

    /// The messages around one; for bots that see every message.
    static func context(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let (bot, message, _) = try seen(call, in: state)
        guard bot.hearsEverything else { throw PortalFailure("ACCESS_DENIED", "Access denied") }
        let range = min(max(call.integer("range") ?? 20, 1), 50)
        let all = try Message.documents.owned(by: "chat:\(message.chatID)", in: state)
        let place = all.firstIndex { $0.id == message.id } ?? 0
        let shown = all[max(0, place - range)..<min(all.count, place + range + 1)]
        let rows = shown.map { row(PostedMessage(id: $0.id, fields: $0.fields)) }
        return MethodReply(json: (["messages": .array(rows)] as JSONValue).encoded())
    }

    static func read(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let bot = try BotOwner.botV2(call, in: state)
        let chat = try BotChatsV2.chat(call, for: bot, in: state)
        let last = try Message.documents.owned(by: "chat:\(chat.id)", in: state).last?.id ?? 0
        return MethodReply([
            "chatId": .integer(Int64(chat.id)), "lastId": .integer(Int64(call.integer("messageId") ?? last)),
            "counter": 0, "viewedMessages": [],
        ])
    }

    static func react(isAdded: Bool) -> PortalMethod.Handler {
        { state, call throws(PortalFailure) in
            let (bot, message, chat) = try seen(call, in: state)
            guard let reaction = call.text("reaction"), !reaction.isEmpty else {
                throw PortalFailure("REACTION_REQUIRED", "Reaction is required")
            }
            for id in chat.memberIDs where id != bot.id {
                guard let other = try Bot.find(id, in: state) else { continue }
                try BotEvents(state: state)
                    .reacted(other, message, in: chat, by: bot.id, reaction, isAdded: isAdded)
            }
            return MethodReply(["result": true])
        }
    }

    static func notify(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let bot = try BotOwner.botV2(call, in: state)
        _ = try BotChatsV2.chat(call, for: bot, in: state)
        if let code = call.text("statusMessageCode"), !code.isEmpty {
            guard code.hasPrefix(statusPrefix), statuses.contains(String(code.dropFirst(statusPrefix.count))) else {
                throw PortalFailure("INVALID_STATUS_MESSAGE_CODE", "Unknown status message code")
            }
        }
        if let duration = call.integer("duration"), !(1...600).contains(duration) {
            throw PortalFailure("INVALID_DURATION", "Duration must be 1 to 600 seconds")
        }
        return MethodReply(["result": true])
    }

    static func textField(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let bot = try BotOwner.botV2(call, in: state)
        var chat = try BotChatsV2.chat(call, for: bot, in: state)
        chat.fields["input"] = .bool(call.parameter("enabled")?.isTruthy ?? true)
        try chat.save(in: state)
        return MethodReply(["result": true])
    }

    static func row(_ message: PostedMessage) -> JSONValue {
        [
            "id": .integer(Int64(message.id)), "chatId": .integer(Int64(message.chatID)),
            "authorId": .integer(Int64(message.authorID)), "date": .string(message.date),
            "text": .string(message.text), "isSystem": .bool(message.authorID == 0), "uuid": "", "forward": .null,
            "params": .object(message.params), "viewedByOthers": false,
        ]
    }

    private static func author(_ message: PostedMessage, _ state: PortalState) throws(PortalFailure) -> JSONValue {
        message.authorID > 0 ? try MessageMethods.person(message.authorID, in: state) : .null
    }

    private static func seen(
        _ call: MethodCall, in state: PortalState
    ) throws(PortalFailure) -> (Bot, PostedMessage, Chat) {
        let bot = try BotOwner.botV2(call, in: state)
        guard let id = call.integer("messageId"), let message = try PostedMessage.find(id, in: state),
            let chat = try Chat.find(message.chatID, in: state), chat.memberIDs.contains(bot.id)
        else { throw PortalFailure("MESSAGE_NOT_FOUND", "Message not found") }
        return (bot, message, chat)
    }

    private static func own(_ call: MethodCall, in state: PortalState) throws(PortalFailure) -> (Bot, PostedMessage) {
        let (bot, message, _) = try seen(call, in: state)
        guard message.authorID == bot.id else { throw PortalFailure("ACCESS_DENIED", "Access denied") }
        return (bot, message)
    }
}
