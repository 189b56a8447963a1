internal import Wire

/// A word with a slash that a bot answers, typed or on a button of a keyboard.
struct BotCommand {
    static let documents = Documents(kind: "bot.command")

    let id: Int
    var fields: JSONObject

    var botID: Int { fields["bot"]?.lenientInteger ?? 0 }
    /// Without the slash.
    var word: String { fields["word"]?.stringValue ?? "" }
    /// Of the first generation.
    var handler: String? { fields["handler"]?.stringValue }
    /// Works in every chat, not only where the bot is.
    var isCommon: Bool { fields["common"]?.isTruthy ?? false }

    static func find(_ id: Int, in state: PortalState) throws(PortalFailure) -> BotCommand? {
        guard let fields = try documents.get(id, in: state) else { return nil }
        return BotCommand(id: id, fields: fields)
    }

    static func all(of botID: Int, in state: PortalState) throws(PortalFailure) -> [BotCommand] {
        try documents.owned(by: "bot:\(botID)", in: state).map { BotCommand(id: $0.id, fields: $0.fields) }
    }

    /// The command at the start of a text, with the words after it.
    static func spoken(
        _ text: String, in chat: Chat, _ state: PortalState
    ) throws(PortalFailure) -> (BotCommand, String)? {
        guard text.hasPrefix("/") else { return nil }
        let word = text.dropFirst().prefix { !$0.isWhitespace }
        let words = String(String(text.dropFirst(1 + word.count)).asciiTrimmed)
        return try named(String(word), in: chat, state).map { ($0, words) }
    }

    static func named(
        _ word: String, in chat: Chat, _ state: PortalState
    ) throws(PortalFailure) -> BotCommand? {
        let members = Set(chat.memberIDs)
        return try documents.all(in: state).map { BotCommand(id: $0.id, fields: $0.fields) }.first {
            $0.word.lowercased() == word.lowercased() && ($0.isCommon || members.contains($0.botID))
        }
    }

    /// The command's card in the second generation.
    var card: JSONValue {
        [
            "id": .integer(Int64(id)), "botId": .integer(Int64(botID)), "command": .string("/\(word)"),
            "title": fields["title"] ?? [], "params": fields["params"] ?? [], "common": .bool(isCommon),
            "hidden": .bool(fields["hidden"]?.isTruthy ?? false),
            "extranetSupport": .bool(fields["extranet"]?.isTruthy ?? false),
        ]
    }
}

/// `imbot.command.*` and `imbot.v2.Command.*`.
enum BotCommands {
    static func register(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let bot = try BotOwner.bot(call, in: state)
        let word = try word(call.text("COMMAND"), "COMMAND_ERROR")
        guard let handler = call.text("EVENT_COMMAND_ADD"), (try? URLParts(handler)) != nil else {
            throw PortalFailure("EVENT_COMMAND_ADD_ERROR", "Handler for \"Command add\" event isn't specified")
        }
        let isHidden = call.parameter("HIDDEN")?.isTruthy ?? false
        guard isHidden || !(call.parameter("LANG")?.phpList ?? []).isEmpty else {
            throw PortalFailure("LANG_ERROR", "Lang set can't be empty")
        }
        let fields: JSONObject = [
            "bot": .integer(Int64(bot.id)), "word": .string(word), "handler": .string(handler),
            "hidden": .bool(isHidden), "common": .bool(call.parameter("COMMON")?.isTruthy ?? false),
            "lang": call.parameter("LANG") ?? [],
        ]
        return MethodReply(.integer(Int64(try BotCommand.documents.insert(fields, owner: "bot:\(bot.id)", in: state))))
    }

    static func update(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        var command = try own(call, in: state)
        let given = try call.object("FIELDS") ?? JSONObject()
        let names = ["COMMAND": "word", "HIDDEN": "hidden", "COMMON": "common", "LANG": "lang"]
        for (key, value) in given {
            if let name = names[key.uppercased()] { command.fields[name] = value }
            if key.uppercased() == "EVENT_COMMAND_ADD" { command.fields["handler"] = value }
        }
        try BotCommand.documents.replace(command.id, with: command.fields, in: state)
        return MethodReply(true)
    }

    static func unregister(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        try BotCommand.documents.delete(try own(call, in: state).id, in: state)
        return MethodReply(true)
    }

    static func answer(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let owner = try BotOwner.first(call)
        guard let id = call.integer("MESSAGE_ID"), let message = try PostedMessage.find(id, in: state) else {
            throw PortalFailure("MESSAGE_ID_ERROR", "Message ID can't be empty")
        }
        guard let chat = try Chat.find(message.chatID, in: state) else {
            throw PortalFailure("MESSAGE_ID_ERROR", "Message ID can't be empty")
        }
        let command: BotCommand?
        if let id = call.integer("COMMAND_ID") {
            command = try BotCommand.find(id, in: state)
        } else {
            command = try BotCommand.named(call.text("COMMAND") ?? "", in: chat, state)
        }
        guard let command, let bot = try Bot.find(command.botID, in: state), bot.owner == owner else {
            throw PortalFailure("COMMAND_ID_ERROR", "Command not found")
        }
        guard let text = call.text("MESSAGE"), !text.asciiTrimmed.isEmpty else {
            throw PortalFailure("MESSAGE_EMPTY", "Message can't be empty")
        }
        let reply = Message(chatID: chat.id, authorID: bot.id, text: text, params: ChatPosting.params(call))
        return MethodReply(.integer(Int64(try ChatPosting.post(reply, in: chat, state).id)))
    }

    /// `im.message.command`: an employee presses a button of a message's keyboard.
    static func press(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        guard let id = call.integer("MESSAGE_ID"), let message = try PostedMessage.find(id, in: state) else {
            throw PortalFailure("MESSAGE_ID_ERROR", "Message ID can't be empty")
        }
        guard let botID = call.integer("BOT_ID"), try Bot.find(botID, in: state) != nil else {
            throw PortalFailure("BOT_ID_ERROR", "Bot ID can't be empty")
        }
        guard let word = call.text("COMMAND"), !word.isEmpty else {
            throw PortalFailure("COMMAND_ERROR", "Command can't be empty")
        }
        try press(word, call.text("COMMAND_PARAMS") ?? "", on: message, by: call.userID, botID: botID, state)
        return MethodReply(true)
    }

    /// A command that nobody registered does nothing.
    static func press(
        _ word: String, _ words: String, on message: PostedMessage, by userID: Int, botID: Int, _ state: PortalState
    ) throws(PortalFailure) {
        guard let chat = try Chat.find(message.chatID, in: state) else { return }
        let name = word.drop { $0 == "/" }.lowercased()
        guard let command = try BotCommand.all(of: botID, in: state).first(where: { $0.word.lowercased() == name })
        else { return }
        try BotEvents(state: state).commanded(command, words, message, in: chat, by: userID, context: "KEYBOARD")
    }

    // MARK: Second generation

    static func registerV2(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let bot = try BotOwner.botV2(call, in: state)
        let given = try call.object("fields") ?? JSONObject()
        guard let text = given["command"]?.phpText, !text.isEmpty else {
            throw PortalFailure("COMMAND_REQUIRED", "Command is required")
        }
        let fields: JSONObject = [
            "bot": .integer(Int64(bot.id)), "word": .string(try word(text, "COMMAND_REQUIRED")),
            "title": given["title"] ?? [], "params": given["params"] ?? [], "common": given["common"] ?? false,
            "hidden": given["hidden"] ?? false, "extranet": given["extranetSupport"] ?? false,
        ]
        let id = try BotCommand.documents.insert(fields, owner: "bot:\(bot.id)", in: state)
        return MethodReply(["command": BotCommand(id: id, fields: fields).card])
    }

    static func updateV2(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        var command = try ownV2(call, in: state)
        for (key, value) in try call.object("fields") ?? JSONObject() {
            switch key {
            case "command": command.fields["word"] = .string(try word(value.phpText, "COMMAND_REQUIRED"))
            case "extranetSupport": command.fields["extranet"] = value
            case "title", "params", "common", "hidden": command.fields[key] = value
            default: break
            }
        }
        try BotCommand.documents.replace(command.id, with: command.fields, in: state)
        return MethodReply(["command": command.card])
    }

    static func listV2(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let bot = try BotOwner.botV2(call, in: state)
        return MethodReply(["commands": .array(try BotCommand.all(of: bot.id, in: state).map(\.card))])
    }

    static func unregisterV2(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        try BotCommand.documents.delete(try ownV2(call, in: state).id, in: state)
        return MethodReply(["result": true])
    }

    static func answerV2(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let command = try ownV2(call, in: state)
        let given = try call.object("fields") ?? JSONObject()
        guard let id = call.integer("messageId"), let message = try PostedMessage.find(id, in: state),
            let chat = try Chat.find(message.chatID, in: state), let text = given["message"]?.phpText, !text.isEmpty
        else { throw PortalFailure("COMMAND_ANSWER_FAILED", "The answer could not be sent") }
        let params = ChatPosting.params { given[$0.lowercased()] }
        let reply = Message(chatID: chat.id, authorID: command.botID, text: text, params: params)
        _ = try ChatPosting.post(reply, in: chat, state)
        return MethodReply(["result": true])
    }

    private static func word(_ text: String?, _ code: String) throws(PortalFailure) -> String {
        let word = (text ?? "").drop { $0 == "/" }
        guard !word.isEmpty, word.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }) else {
            throw PortalFailure(code, "Command can't be empty")
        }
        return String(word)
    }

    private static func own(_ call: MethodCall, in state: PortalState) throws(PortalFailure) -> BotCommand {
        let owner = try BotOwner.first(call)
        guard let id = call.integer("COMMAND_ID"), let command = try BotCommand.find(id, in: state),
            let bot = try Bot.find(command.botID, in: state)
        else { throw PortalFailure("COMMAND_ID_ERROR", "Command not found") }
        guard bot.owner == owner else {
            throw PortalFailure("APP_ID_ERROR", "Chat-bot was installed by another rest application")
        }
        return command
    }

    private static func ownV2(_ call: MethodCall, in state: PortalState) throws(PortalFailure) -> BotCommand {
        let bot = try BotOwner.botV2(call, in: state)
        guard let id = call.integer("commandId"), let command = try BotCommand.find(id, in: state),
            command.botID == bot.id
        else { throw PortalFailure("COMMAND_REQUIRED", "Command not found") }
        return command
    }
}
