import Testing
import Wire

@testable import Portal

/// A portal with an employee, an open line, and an application that has a bot.
struct BotHarness {
    let events: EventHarness
    static let handler = EventHarness.handler

    init(_ configure: (inout PortalSettings) -> Void = { _ in }) throws {
        events = try EventHarness { settings in
            settings.applications[0].scopes += ["imbot", "imopenlines", "disk"]
            configure(&settings)
        }
        try UserRecord.insert(["NAME": "Ann", "LAST_NAME": "Bell"], in: events.state)
    }

    var state: PortalState { events.state }

    @discardableResult
    func app(_ method: String, _ parameters: JSONObject = [:], as userID: Int = 1) throws -> PortalHarness.Reply {
        try events.app(method, parameters, as: userID)
    }

    /// A bot of the first generation that takes open lines, of the kind that the seed documents.
    func firstBot(_ more: JSONObject = [:]) throws -> Int {
        var fields: JSONObject = [
            "CODE": "support", "EVENT_HANDLER": .string(Self.handler), "OPENLINE": "Y",
            "PROPERTIES": ["NAME": "Support", "COLOR": "AZURE"],
        ]
        for (name, value) in more { fields[name] = value }
        return try #require(try app("imbot.register", fields).result.lenientInteger)
    }

    /// A bot of the second generation.
    func secondBot(_ more: JSONObject = [:]) throws -> Int {
        var fields: JSONObject = ["code": "helper", "properties": ["name": "Helper"], "isSupportOpenline": true]
        for (name, value) in more { fields[name] = value }
        let reply = try app("imbot.v2.Bot.register", ["fields": .object(fields)])
        return try #require(reply.result["bot"]?["id"]?.lenientInteger, "\(reply.text)")
    }

    /// An open line that a bot greets on and employee 2 answers.
    func line(greetedBy bot: Int) throws -> Int {
        let fields: JSONObject = [
            "LINE_NAME": "Site", "WELCOME_BOT_ENABLE": "Y", "WELCOME_BOT_ID": .integer(Int64(bot)), "QUEUE": [2],
        ]
        return try #require(try app("imopenlines.config.add", ["PARAMS": .object(fields)]).result.lenientInteger)
    }

    /// What a customer does on a line.
    @discardableResult
    func customer(_ line: Int, _ more: JSONObject) throws -> JSONValue {
        var body: JSONObject = ["line": .integer(Int64(line)), "customer": "lee", "name": "Kim Lee"]
        for (name, value) in more { body[name] = value }
        let reply = try events.oauth.control("openline", .object(body))
        try #require(reply.status == 200, "\(reply.text)")
        return reply.json
    }

    /// The events that a bot of the second generation fetches.
    func fetch(_ bot: Int, _ more: JSONObject = [:]) throws -> JSONValue {
        var parameters: JSONObject = ["botId": .integer(Int64(bot))]
        for (name, value) in more { parameters[name] = value }
        return try app("imbot.v2.Event.get", parameters).result
    }
}

extension JSONValue {
    /// The types of fetched events.
    var eventTypes: [String] { self["events"]?.arrayValue?.compactMap { $0["type"]?.stringValue } ?? [] }
}
