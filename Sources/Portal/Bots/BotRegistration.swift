internal import Wire

/// `imbot.register`, `imbot.update`, `imbot.unregister`, `imbot.bot.list`.
///
/// https://apidocs.bitrix24.com/api-reference/chat-bots/outdated/index.html
enum BotRegistration {
    static let botsMax = 5
    private static let events = [
        "MESSAGE_ADD", "MESSAGE_UPDATE", "MESSAGE_DELETE", "WELCOME_MESSAGE", "BOT_DELETE",
    ]
    private static let required = ["MESSAGE_ADD", "WELCOME_MESSAGE", "BOT_DELETE"]

    static func register(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let owner = try BotOwner.first(call)
        guard let code = call.text("CODE"), !code.isEmpty else {
            throw PortalFailure("CODE_ERROR", "Bot code can't be empty")
        }
        let properties = try call.object("PROPERTIES") ?? JSONObject()
        guard let name = properties["NAME"]?.phpText, !name.isEmpty else {
            throw PortalFailure("NAME_ERROR", "Bot name can't be empty")
        }
        let handlers = try handlers { call.text($0) }
        let own = try Bot.all(of: owner, in: state)
        // The same code again is the same bot.
        if let known = own.first(where: { $0.code == code }) { return MethodReply(.integer(Int64(known.id))) }
        guard own.count < botsMax else {
            throw PortalFailure("MAX_COUNT_ERROR", "Has reached the maximum number of bots for application")
        }
        let letter = (call.text("TYPE") ?? "B").uppercased()
        let fields: JSONObject = [
            "code": .string(code), "generation": .string(Bot.Generation.first.rawValue),
            "type": .string(Bot.types[letter] ?? "bot"), "properties": .object(properties),
            "handlers": .object(handlers), "mode": "webhook",
            "line": .bool(call.text("OPENLINE")?.uppercased() == "Y"),
            "application_token": own.first?.fields["application_token"]
                ?? .string(state.random.hexadecimal(digits: 32)),
        ]
        return MethodReply(.integer(Int64(try Bot.insert(fields, owner: owner, in: state).id)))
    }

    static func update(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        var bot = try BotOwner.bot(call, in: state)
        guard let given = try call.object("FIELDS"), !given.isEmpty else {
            throw PortalFailure("WRONG_REQUEST", "Wrong request")
        }
        if let code = given["CODE"]?.phpText, !code.isEmpty { bot.fields["code"] = .string(code) }
        var properties = bot.fields["properties"]?.objectValue ?? JSONObject()
        for (key, value) in given["PROPERTIES"]?.phpObject ?? JSONObject() { properties[key] = value }
        bot.fields["properties"] = .object(properties)
        var handlers = bot.fields["handlers"]?.objectValue ?? JSONObject()
        for event in events {
            if let url = given["EVENT_\(event)"]?.phpText, !url.isEmpty { handlers[event] = .string(url) }
        }
        if let url = given["EVENT_HANDLER"]?.phpText, !url.isEmpty { handlers["HANDLER"] = .string(url) }
        bot.fields["handlers"] = .object(handlers)
        try bot.save(in: state)
        return MethodReply(true)
    }

    static func unregister(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let bot = try BotOwner.bot(call, in: state)
        try remove(bot, in: state)
        return MethodReply(true)
    }

    static func remove(_ bot: Bot, in state: PortalState) throws(PortalFailure) {
        try BotEvents(state: state).removed(bot)
        for command in try BotCommand.all(of: bot.id, in: state) {
            try BotCommand.documents.delete(command.id, in: state)
        }
        try Bot.documents.delete(bot.id, in: state)
    }

    /// Bots of every owner, as the page shows them.
    static func list(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        var rows = JSONObject()
        for entry in try Bot.documents.all(in: state) {
            let bot = Bot(id: entry.id, fields: entry.fields)
            let person = try ChatMember.person(bot.id, in: state)
            rows[String(bot.id)] = [
                "ID": .integer(Int64(bot.id)), "NAME": .string(person.name), "CODE": .string(bot.code),
                "OPENLINE": bot.takesLines ? "Y" : "N",
            ]
        }
        return MethodReply(.object(rows))
    }

    private static func handlers(_ given: (String) -> String?) throws(PortalFailure) -> JSONObject {
        var handlers = JSONObject()
        if let all = given("EVENT_HANDLER"), !all.isEmpty {
            try check(all, "EVENT_MESSAGE_ADD_ERROR")
            handlers["HANDLER"] = .string(all)
        }
        for event in events {
            let url = given("EVENT_\(event)") ?? ""
            if url.isEmpty {
                guard handlers["HANDLER"] != nil || !required.contains(event) else {
                    throw PortalFailure("EVENT_\(event)_ERROR", "Handler for the event isn't specified")
                }
                continue
            }
            try check(url, "EVENT_\(event)_ERROR")
            handlers[event] = .string(url)
        }
        return handlers
    }

    private static func check(_ url: String, _ code: String) throws(PortalFailure) {
        guard (try? URLParts(url)) != nil else { throw PortalFailure(code, "Wrong handler URL") }
    }
}

/// `imbot.v2.Bot.*`.
///
/// https://apidocs.bitrix24.com/api-reference/chat-bots/chat-bots-v2/index.html
enum BotRegistrationV2 {
    static let botsMax = 100
    private static let types: Set<String> = ["bot", "openline", "supervisor", "personal"]

    /// An existing bot of the same code comes back as it was.
    static func register(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let given = try call.object("fields") ?? JSONObject()
        let owner = try BotOwner.second(call, token: given["botToken"]?.phpText ?? call.text("botToken"))
        guard let code = given["code"]?.phpText, !code.isEmpty else {
            throw PortalFailure("BOT_CODE_REQUIRED", "Bot code is required")
        }
        let own = try Bot.all(of: owner, in: state)
        if let known = own.first(where: { $0.code == code }) { return try reply(known, in: state) }
        guard own.count < botsMax else { throw PortalFailure("MAX_COUNT_ERROR", "Too many bots") }
        var fields: JSONObject = [
            "code": .string(code), "generation": .string(Bot.Generation.second.rawValue), "type": "bot",
            "mode": "fetch", "properties": [],
            "application_token": own.first?.fields["application_token"]
                ?? .string(state.random.hexadecimal(digits: 32)),
        ]
        try apply(given, to: &fields)
        guard fields["properties"]?["NAME"]?.phpText?.isEmpty == false else {
            throw PortalFailure("BOT_NAME_REQUIRED", "Bot name is required")
        }
        return try reply(try Bot.insert(fields, owner: owner, in: state), in: state)
    }

    static func update(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        var bot = try BotOwner.botV2(call, in: state)
        try apply(try call.object("fields") ?? JSONObject(), to: &bot.fields)
        try bot.save(in: state)
        return try reply(bot, in: state)
    }

    static func get(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        guard call.integer("botId") == nil, let code = call.text("code") else {
            return try reply(try BotOwner.botV2(call, in: state), in: state)
        }
        let owner = try BotOwner.second(call, token: call.text("botToken"))
        guard let bot = try Bot.all(of: owner, in: state).first(where: { $0.code == code }) else {
            throw PortalFailure("BOT_NOT_FOUND", "Bot not found")
        }
        return try reply(bot, in: state)
    }

    static func list(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let own = try Bot.all(of: try BotOwner.second(call, token: call.text("botToken")), in: state)
        let offset = max(0, call.integer("offset") ?? 0)
        let limit = min(max(call.integer("limit") ?? 50, 1), 200)
        return MethodReply(["bots": .array(own.dropFirst(offset).prefix(limit).map(\.card))])
    }

    static func unregister(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        try BotRegistration.remove(try BotOwner.botV2(call, in: state), in: state)
        return MethodReply(["result": true])
    }

    static func events(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let bot = try BotOwner.botV2(call, in: state)
        return MethodReply(
            try BotQueue(state: state).take(
                for: bot.id, offset: call.integer("offset"),
                limit: call.integer("limit") ?? BotQueue.limitUsual))
    }

    /// The one method that needs no bot.
    static func revision(_ state: PortalState, _ call: MethodCall) -> MethodReply {
        MethodReply(["rest": 1, "im": 1])
    }

    private static func apply(_ given: JSONObject, to fields: inout JSONObject) throws(PortalFailure) {
        if let type = given["type"]?.phpText {
            guard types.contains(type) else { throw PortalFailure("BOT_INVALID_TYPE", "Invalid bot type") }
            fields["type"] = .string(type)
        }
        if let mode = given["eventMode"]?.phpText {
            guard mode == "fetch" || mode == "webhook" else {
                throw PortalFailure("BOT_INVALID_EVENT_MODE", "Invalid event mode")
            }
            fields["mode"] = .string(mode)
        }
        if let url = given["webhookUrl"]?.phpText, !url.isEmpty { fields["webhook"] = .string(url) }
        if fields["mode"] == "webhook", (try? URLParts(fields["webhook"]?.stringValue ?? "")) == nil {
            throw PortalFailure("BOT_WEBHOOK_URL_REQUIRED", "Webhook URL is required")
        }
        let flags = ["isHidden": "hidden", "isReactionsEnabled": "reactions", "isSupportOpenline": "line"]
        for (name, field) in flags { if let flag = given[name] { fields[field] = .bool(flag.isTruthy) } }
        if let background = given["backgroundId"] { fields["background"] = background }
        let names = [
            "name": "NAME", "lastName": "LAST_NAME", "workPosition": "WORK_POSITION", "gender": "PERSONAL_GENDER",
            "color": "COLOR",
        ]
        var properties = fields["properties"]?.objectValue ?? JSONObject()
        for (key, value) in given["properties"]?.phpObject ?? JSONObject() {
            if let name = names[key] { properties[name] = value }
        }
        fields["properties"] = .object(properties)
    }

    private static func reply(_ bot: Bot, in state: PortalState) throws(PortalFailure) -> MethodReply {
        MethodReply(["bot": bot.card, "users": [try MessageMethods.person(bot.id, in: state)]])
    }
}
