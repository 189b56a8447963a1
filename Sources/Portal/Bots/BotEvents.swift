internal import Wire

/// Tells bots what happens in their chats, each in the form of the API that registered it.
///
/// https://apidocs.bitrix24.com/api-reference/chat-bots/index.html
struct BotEvents {
    let state: PortalState

    /// Somebody said something. A registered command in it is a command, and no message.
    func heard(_ message: PostedMessage, in chat: Chat) throws(PortalFailure) {
        guard try Bot.find(message.authorID, in: state) == nil else { return }
        if let (command, words) = try BotCommand.spoken(message.text, in: chat, state) {
            return try commanded(command, words, message, in: chat, context: "TEXTAREA")
        }
        for bot in try bots(in: chat) where hears(bot, message, in: chat) {
            try tell(
                bot, "MESSAGEADD", handler: "MESSAGE_ADD", about: message, in: chat, by: message.authorID,
                JSONObject())
        }
    }

    func changed(_ message: PostedMessage, in chat: Chat) throws(PortalFailure) {
        for bot in try bots(in: chat) where bot.id != message.authorID && hears(bot, message, in: chat) {
            try tell(
                bot, "MESSAGEUPDATE", handler: "MESSAGE_UPDATE", about: message, in: chat, by: message.authorID,
                JSONObject())
        }
    }

    func deleted(_ message: PostedMessage, in chat: Chat) throws(PortalFailure) {
        for bot in try bots(in: chat) where bot.id != message.authorID && hears(bot, message, in: chat) {
            try tell(
                bot, "MESSAGEDELETE", handler: "MESSAGE_DELETE", about: message, in: chat, by: message.authorID,
                JSONObject())
        }
    }

    /// A bot came into a chat.
    func joined(_ bot: Bot, _ chat: Chat, by userID: Int) throws(PortalFailure) {
        try tell(
            bot, "JOINCHAT", handler: "WELCOME_MESSAGE", about: nil, in: chat, by: userID,
            ["dialogId": .string(chat.dialogID(for: bot.id))])
    }

    /// A command, typed or pressed on a keyboard; then `message` is the one with the keyboard.
    func commanded(
        _ command: BotCommand, _ words: String, _ message: PostedMessage, in chat: Chat, by userID: Int? = nil,
        context: String
    ) throws(PortalFailure) {
        guard let bot = try Bot.find(command.botID, in: state) else { return }
        let more: JSONObject = [
            "command": [
                "id": .integer(Int64(command.id)), "command": .string("/\(command.word)"), "params": .string(words),
                "context": .string(context.lowercased()),
            ]
        ]
        try tell(
            bot, "COMMANDADD", handler: nil, command: (command, words, context), about: message, in: chat,
            by: userID ?? message.authorID, more)
    }

    func removed(_ bot: Bot) throws(PortalFailure) {
        switch bot.generation {
        case .first:
            guard let url = bot.handler("BOT_DELETE") else { return }
            let data: JSONObject = ["BOT_ID": .integer(Int64(bot.id)), "BOT_CODE": .string(bot.code)]
            post("ONIMBOTDELETE", data, try auth(of: bot, userID: bot.id), to: url)
        case .second: try hand(bot, "ONIMBOTV2DELETE", ["bot": bot.card])
        }
    }

    func reacted(_ bot: Bot, _ message: PostedMessage, in chat: Chat, by userID: Int, _ reaction: String, isAdded: Bool)
        throws(PortalFailure)
    {
        guard bot.generation == .second else { return }
        let more: JSONObject = ["reaction": .string(reaction), "action": isAdded ? "add" : "delete"]
        try tell(bot, "REACTIONCHANGE", handler: nil, about: message, in: chat, by: userID, more)
    }

    // MARK: Who hears

    private func bots(in chat: Chat) throws(PortalFailure) -> [Bot] {
        var bots: [Bot] = []
        for id in chat.memberIDs { if let bot = try Bot.find(id, in: state) { bots.append(bot) } }
        return bots
    }

    private func hears(_ bot: Bot, _ message: PostedMessage, in chat: Chat) -> Bool {
        switch chat.kind {
        case .personal: true
        case .line: bot.takesLines
        case .closed, .open: bot.hearsEverything || message.text.lowercased().contains("[user=\(bot.id)]")
        }
    }

    // MARK: What is told

    private func tell(
        _ bot: Bot, _ event: String, handler: String?, command: (BotCommand, String, String)? = nil,
        about message: PostedMessage?, in chat: Chat, by userID: Int, _ more: JSONObject
    ) throws(PortalFailure) {
        switch bot.generation {
        case .first:
            let url = command?.0.handler ?? handler.flatMap(bot.handler)
            guard let url else { return }
            var data: JSONObject = [
                "PARAMS": .object(try params(message, in: chat, for: bot, by: userID)),
                "USER": .object(try user(userID)),
            ]
            let auth = try auth(of: bot, userID: bot.id)
            var own = auth
            own["AUTH"] = .object(auth)
            own["BOT_ID"] = .integer(Int64(bot.id))
            own["BOT_CODE"] = .string(bot.code)
            guard let (spoken, words, context) = command else {
                data["BOT"] = [String(bot.id): .object(own)]
                return post("ONIMBOT\(event)", data, try self.auth(of: bot, userID: userID), to: url)
            }
            own["COMMAND"] = .string(spoken.word)
            own["COMMAND_ID"] = .integer(Int64(spoken.id))
            own["COMMAND_PARAMS"] = .string(words)
            own["COMMAND_CONTEXT"] = .string(context)
            own["MESSAGE_ID"] = .integer(Int64(message?.id ?? 0))
            data["COMMAND"] = [String(spoken.id): .object(own)]
            post("ONIMCOMMANDADD", data, try self.auth(of: bot, userID: userID), to: url)
        case .second:
            var data: JSONObject = ["bot": bot.card]
            if let message, event != "MESSAGEDELETE" { data["message"] = BotMessagesV2.row(message) }
            if let message, event == "MESSAGEDELETE" { data["messageId"] = .integer(Int64(message.id)) }
            data["chat"] = BotChatsV2.row(chat, for: bot.id)
            data["user"] = try userV2(userID)
            data["language"] = "en"
            for (key, value) in more { data[key] = value }
            try hand(bot, "ONIMBOTV2\(event)", data)
        }
    }

    /// Into the bot's queue, or to its address.
    private func hand(_ bot: Bot, _ event: String, _ data: JSONObject) throws(PortalFailure) {
        guard !bot.fetches, let url = bot.webhookURL else {
            return try BotQueue(state: state).append(event, data, for: bot.id)
        }
        var data = data
        let auth = try auth(of: bot, userID: bot.id)
        data["bot"] = ["id": .integer(Int64(bot.id)), "code": .string(bot.code), "auth": .object(auth)]
        post(event, Self.asText(data), try topLevel(bot), to: url)
    }

    /// As PHP writes a form: true is 1, false is 0 and null is nothing.
    private static func asText(_ object: JSONObject) -> JSONObject {
        JSONObject(object.map { ($0.key, asText($0.value)) })
    }

    private static func asText(_ value: JSONValue) -> JSONValue {
        switch value {
        case .bool(let flag): flag ? "1" : "0"
        case .null: ""
        case .object(let object): .object(asText(object))
        case .array(let items): .array(items.map(asText))
        default: value
        }
    }

    private func post(_ event: String, _ data: JSONObject, _ auth: JSONObject, to url: String) {
        state.events.post(
            event, to: url, ["event": .string(event), "data": .object(data), "ts": 0, "auth": .object(auth)])
    }

    // MARK: Parts

    private func params(
        _ message: PostedMessage?, in chat: Chat, for bot: Bot, by userID: Int
    ) throws(PortalFailure) -> JSONObject {
        let dialog = JSONValue.string(chat.dialogID(for: bot.id))
        var params: JSONObject = [
            "MESSAGE_TYPE": .string(chat.kind.rawValue), "CHAT_TYPE": .string(chat.kind.rawValue),
            "FROM_USER_ID": .integer(Int64(userID)), "DIALOG_ID": dialog, "TO_CHAT_ID": .integer(Int64(chat.id)),
            "AUTHOR_ID": .integer(Int64(userID)), "SYSTEM": "", "TO_USER_ID": .integer(Int64(bot.id)),
            "LANGUAGE": "en", "COMMAND_CONTEXT": "TEXTAREA", "PLATFORM_CONTEXT": "web",
        ]
        if let message {
            params["MESSAGE"] = .string(BotEvents.withoutMentions(message.text))
            params["MESSAGE_ORIGINAL"] = .string(message.text)
            params["MESSAGE_ID"] = .integer(Int64(message.id))
            params["TEMPLATE_ID"] = ""
            if state.settings.chats.firstGenerationTellsFiles { params["FILES"] = try files(of: message) }
        } else {
            params["BOT_ID"] = .integer(Int64(bot.id))
            params["USER_ID"] = .integer(Int64(userID))
            params["ACCESS_HISTORY"] = "Y"
        }
        guard chat.kind != .personal else { return params }
        params["CHAT_ID"] = .integer(Int64(chat.id))
        params["CHAT_TITLE"] = .string(chat.title)
        params["CHAT_AUTHOR_ID"] = .integer(Int64(chat.ownerID))
        params["CHAT_ENTITY_TYPE"] = .string(chat.entityType)
        params["CHAT_ENTITY_ID"] = .string(chat.entityID)
        for number in 1...3 {
            params["CHAT_ENTITY_DATA_\(number)"] = chat.fields["entity_data_\(number)"] ?? ""
        }
        return params
    }

    private func files(of message: PostedMessage) throws(PortalFailure) -> JSONValue? {
        var rows = JSONObject()
        for id in message.fileIDs {
            if let file = try ChatFile.find(id, in: state) { rows[String(id)] = try file.classicRow(in: state) }
        }
        return rows.isEmpty ? nil : .object(rows)
    }

    /// The text as the bot is told: what names somebody is left out.
    private static func withoutMentions(_ text: String) -> String {
        guard let open = text.firstRange(of: "[USER=") else { return text }
        let rest = text[open.upperBound...]
        guard let close = rest.firstRange(of: "[/USER]") else { return text }
        let told = String(text[..<open.lowerBound]) + String(rest[close.upperBound...])
        return String(told.asciiTrimmed)
    }

    private func user(_ id: Int) throws(PortalFailure) -> JSONObject {
        let person = try ChatMember.person(id, in: state)
        return [
            "ID": .integer(Int64(id)), "NAME": .string(person.name), "FIRST_NAME": .string(person.firstName),
            "LAST_NAME": .string(person.lastName), "WORK_POSITION": .string(person.position),
            "GENDER": .string(person.gender.isEmpty ? "M" : person.gender), "IS_BOT": person.isBot ? "Y" : "N",
            "IS_CONNECTOR": person.isConnector ? "Y" : "N", "IS_NETWORK": "N",
            "IS_EXTRANET": person.isConnector ? "Y" : "N",
        ]
    }

    private func userV2(_ id: Int) throws(PortalFailure) -> JSONValue {
        let person = try ChatMember.person(id, in: state)
        return [
            "id": .integer(Int64(id)), "active": .bool(person.isActive), "name": .string(person.name),
            "firstName": .string(person.firstName), "lastName": .string(person.lastName),
            "workPosition": .string(person.position), "color": "#df532d", "avatar": "",
            "gender": .string(person.gender),
            "bot": .bool(person.isBot), "connector": .bool(person.isConnector),
            "type": .string(person.isBot ? "bot" : "user"),
        ]
    }

    /// Tokens of an application act as the user; a webhook's bot gets the proof of the portal alone.
    private func auth(of bot: Bot, userID: Int) throws(PortalFailure) -> JSONObject {
        guard bot.owner.hasPrefix("application:"),
            let application = state.applications[String(bot.owner.dropFirst("application:".count))]
        else { return try topLevel(bot) }
        var auth = try ApplicationAuthorization(state: state, application: application)
            .event(userID: userID, refreshes: true)
        auth["client_id"] = .string(application.clientID)
        return auth
    }

    private func topLevel(_ bot: Bot) throws(PortalFailure) -> JSONObject {
        [
            "domain": .string(state.site.portal), "member_id": .string(state.memberID),
            "client_endpoint": .string(state.site.clientEndpoint),
            "application_token": bot.fields["application_token"] ?? "",
        ]
    }
}

/// Events of bots that fetch theirs.
///
/// https://apidocs.bitrix24.com/api-reference/chat-bots/chat-bots-v2/imbot.v2/events/events.html
struct BotQueue {
    static let documents = Documents(kind: "bot.event")
    static let eventsMax = 10_000
    static let limitUsual = 100
    static let limitMax = 1000

    let state: PortalState

    func append(_ event: String, _ data: JSONObject, for botID: Int) throws(PortalFailure) {
        let owner = "bot:\(botID)"
        let fields: JSONObject = ["type": .string(event), "date": .string(state.now), "data": .object(data)]
        let id = try Self.documents.insert(fields, owner: owner, in: state)
        // Who never asks loses the oldest.
        let waiting = try Self.documents.owned(by: owner, in: state)
        if waiting.count > Self.eventsMax, let oldest = waiting.first, oldest.id != id {
            try Self.documents.delete(oldest.id, in: state)
        }
    }

    /// - Parameter offset: confirms, and drops, all events before it.
    func take(for botID: Int, offset: Int?, limit: Int) throws(PortalFailure) -> JSONValue {
        let owner = "bot:\(botID)"
        if let offset {
            for entry in try Self.documents.owned(by: owner, in: state) where entry.id < offset {
                try Self.documents.delete(entry.id, in: state)
            }
        }
        let waiting = try Self.documents.owned(by: owner, in: state)
        let shown = waiting.prefix(min(max(limit, 1), Self.limitMax))
        let events = shown.map { entry -> JSONValue in
            [
                "eventId": .integer(Int64(entry.id)), "type": entry.fields["type"] ?? "",
                "date": entry.fields["date"] ?? "", "data": entry.fields["data"] ?? [],
            ]
        }
        let next = shown.last.map { $0.id + 1 } ?? offset ?? 0
        return [
            "events": .array(events), "nextOffset": .integer(Int64(next)),
            "hasMore": .bool(waiting.count > shown.count),
        ]
    }
}
