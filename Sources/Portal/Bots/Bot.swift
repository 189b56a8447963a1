internal import Wire

/// A chat bot, of either generation of the API. Both see it; events go to it in the form of the one that registered
/// it. Bots have numbers as users have, and are in no list of employees.
///
/// https://apidocs.bitrix24.com/api-reference/chat-bots/index.html
struct Bot {
    static let documents = Documents(kind: "bot")

    enum Generation: String { case first = "1", second = "2" }

    let id: Int
    var fields: JSONObject

    var code: String { fields["code"]?.stringValue ?? "" }
    /// Who may manage it: an application, or whoever knows the word that was invented at its registration.
    var owner: String { fields["owner"]?.stringValue ?? "" }
    var generation: Generation { (fields["generation"]?.stringValue).flatMap(Generation.init) ?? .first }
    /// In the words of the second generation: bot, openline, supervisor, personal.
    var type: String { fields["type"]?.stringValue ?? "bot" }
    var takesLines: Bool { type == "openline" || fields["line"]?.isTruthy ?? false }
    /// Sees every message of its chats, not only those that name it.
    var hearsEverything: Bool { type == "supervisor" || type == "personal" }
    /// The address for an event of the first generation, such as `MESSAGE_ADD`.
    func handler(_ event: String) -> String? {
        fields["handlers"]?[event]?.stringValue ?? fields["handlers"]?["HANDLER"]?.stringValue
    }
    var webhookURL: String? { fields["webhook"]?.stringValue }
    var fetches: Bool { fields["mode"]?.stringValue != "webhook" }

    /// The letters of the first generation and the words of the second.
    static let types = ["B": "bot", "O": "openline", "S": "supervisor", "H": "bot"]

    static func find(_ id: Int, in state: PortalState) throws(PortalFailure) -> Bot? {
        guard let fields = try documents.get(id, in: state) else { return nil }
        return Bot(id: id, fields: fields)
    }

    static func all(of owner: String, in state: PortalState) throws(PortalFailure) -> [Bot] {
        try documents.owned(by: owner, in: state).map { Bot(id: $0.id, fields: $0.fields) }
    }

    static func insert(_ fields: JSONObject, owner: String, in state: PortalState) throws(PortalFailure) -> Bot {
        var fields = fields
        fields["owner"] = .string(owner)
        let number = try ChatMember.newNumber(in: state)
        try documents.insert(fields, id: number, owner: owner, in: state)
        return Bot(id: number, fields: fields)
    }

    func save(in state: PortalState) throws(PortalFailure) { try Bot.documents.replace(id, with: fields, in: state) }

    /// The bot's card in the second generation.
    var card: JSONValue {
        [
            "id": .integer(Int64(id)), "code": .string(code), "type": .string(type),
            "isHidden": .bool(fields["hidden"]?.isTruthy ?? false), "isSupportOpenline": .bool(takesLines),
            "isReactionsEnabled": .bool(fields["reactions"]?.isTruthy ?? true),
            "backgroundId": fields["background"] ?? .null, "language": "en", "moduleId": "rest",
            "eventMode": .string(fetches ? "fetch" : "webhook"), "countMessage": 0, "countCommand": 0, "countChat": 0,
            "countUser": 0,
        ]
    }
}

/// Whose bots a call may manage.
enum BotOwner {
    static let tokenCharactersMax = 40

    /// The first generation: the application, or the `CLIENT_ID` that a webhook's owner invented.
    static func first(_ call: MethodCall) throws(PortalFailure) -> String {
        if let clientID = call.credential.clientID { return "application:\(clientID)" }
        guard let word = call.text("CLIENT_ID"), !word.isEmpty else {
            throw PortalFailure("APP_ID_ERROR", "Chat-bot was installed by another rest application")
        }
        return "client:\(word)"
    }

    /// The second generation: the application, or the `botToken`.
    static func second(_ call: MethodCall, token: String?) throws(PortalFailure) -> String {
        if let clientID = call.credential.clientID { return "application:\(clientID)" }
        guard let token, !token.isEmpty else {
            throw PortalFailure("BOT_TOKEN_NOT_SPECIFIED", "Bot token is not specified")
        }
        guard token.count <= tokenCharactersMax else {
            throw PortalFailure("BOT_TOKEN_INVALID_LENGTH", "Bot token is too long")
        }
        return "client:\(token)"
    }

    /// The bot that a call of the first generation means: by number, or the only one there is.
    static func bot(_ call: MethodCall, in state: PortalState) throws(PortalFailure) -> Bot {
        let owner = try first(call)
        guard let id = call.integer("BOT_ID") else {
            let own = try Bot.all(of: owner, in: state)
            guard own.count == 1 else { throw PortalFailure("BOT_ID_ERROR", "Bot not found") }
            return own[0]
        }
        guard let bot = try Bot.find(id, in: state) else { throw PortalFailure("BOT_ID_ERROR", "Bot not found") }
        guard bot.owner == owner else {
            throw PortalFailure("APP_ID_ERROR", "Chat-bot was installed by another rest application")
        }
        return bot
    }

    /// The bot that a call of the second generation means.
    static func botV2(_ call: MethodCall, in state: PortalState) throws(PortalFailure) -> Bot {
        let owner = try second(call, token: call.text("botToken"))
        guard let id = call.integer("botId") else { throw PortalFailure("BOT_ID_REQUIRED", "Bot ID is required") }
        guard let bot = try Bot.find(id, in: state) else { throw PortalFailure("BOT_NOT_FOUND", "Bot not found") }
        guard bot.owner == owner else { throw PortalFailure("BOT_OWNERSHIP_ERROR", "The bot belongs to another") }
        return bot
    }
}
