import Testing
import Wire

@testable import Portal

/// `imbot.v2.*`: registration, both ways of delivery, files.
@Suite struct SecondBotTests {
    @Test func eventsAreFetchedInTheirOwnTypesAndConfirmedByTheOffset() throws {
        let harness = try BotHarness()
        let bot = try harness.secondBot()
        for text in ["one", "two", "three"] {
            try harness.app("im.message.add", ["DIALOG_ID": .integer(Int64(bot)), "MESSAGE": .string(text)])
        }
        #expect(try harness.events.sent().isEmpty)
        let first = try harness.fetch(bot, ["limit": 2])
        #expect(first.eventTypes == ["ONIMBOTV2MESSAGEADD", "ONIMBOTV2MESSAGEADD"])
        #expect(first["hasMore"] == true)
        let data = first["events"]?[0]?["data"]
        #expect(data?["message"]?["text"] == "one")
        #expect(data?["message"]?["isSystem"] == false)
        #expect(data?["bot"]?["id"]?.lenientInteger == bot)
        #expect(data?["chat"]?["dialogId"] == "1")
        #expect(data?["user"]?["id"] == 1)
        let next = try #require(first["nextOffset"])
        #expect(try harness.fetch(bot)["events"]?.arrayValue?.count == 3, "nothing is confirmed yet")
        let second = try harness.fetch(bot, ["offset": next])
        #expect(second["events"]?[0]?["data"]?["message"]?["text"] == "three")
        #expect(second["hasMore"] == false)
        #expect(try harness.fetch(bot, ["offset": 0]).eventTypes.count == 1, "what was confirmed does not come back")
    }

    @Test func aWebhookGetsTextsAndTheProofAtTheTop() throws {
        let harness = try BotHarness()
        let bot = try harness.secondBot(["eventMode": "webhook", "webhookUrl": .string(BotHarness.handler)])
        try harness.app("im.message.add", ["DIALOG_ID": .integer(Int64(bot)), "MESSAGE": "hi"])
        let form = try #require(try harness.events.sent().first)
        #expect(form["event"] == "ONIMBOTV2MESSAGEADD")
        #expect(form["data"]?["message"]?["isSystem"] == "0")
        #expect(form["data"]?["message"]?["forward"] == "")
        #expect(form["data"]?["message"]?["params"] == nil, "what is empty vanishes")
        #expect(form["data"]?["bot"]?["auth"]?["access_token"]?.stringValue?.isEmpty == false)
        #expect(form["auth"]?["application_token"]?.stringValue?.isEmpty == false)
        #expect(form["auth"]?["access_token"] == nil)
    }

    @Test func commandsJoinsAndReactionsAreEvents() throws {
        let harness = try BotHarness()
        let bot = try harness.secondBot()
        let number = JSONValue.integer(Int64(bot))
        let command = try harness.app(
            "imbot.v2.Command.register", ["botId": number, "fields": ["command": "help", "title": ["en": "Help"]]]
        ).result["command"]
        #expect(command?["command"] == "/help")
        let chat = try #require(
            try harness.app("im.chat.add", ["TITLE": "Team", "USERS": [number]]).result.lenientInteger)
        let dialog = JSONValue.string("chat\(chat)")
        let posted = try harness.app("im.message.add", ["DIALOG_ID": dialog, "MESSAGE": "/help me"]).result
        let fetched = try harness.fetch(bot)
        #expect(fetched.eventTypes == ["ONIMBOTV2JOINCHAT", "ONIMBOTV2COMMANDADD"])
        let said = fetched["events"]?[1]?["data"]?["command"]
        #expect(said?["params"] == "me")
        #expect(said?["context"] == "textarea")
        let answer = try harness.app(
            "imbot.v2.Command.answer",
            [
                "botId": number, "commandId": command?["id"] ?? .null, "messageId": posted, "dialogId": dialog,
                "fields": ["message": "Here"],
            ])
        #expect(answer.result["result"] == true)
    }

    @Test func aFileGoesIntoTheChatAndOutOfItOnce() throws {
        let harness = try BotHarness()
        let bot = JSONValue.integer(Int64(try harness.secondBot()))
        let sent = try harness.app(
            "imbot.v2.Chat.Message.send", ["botId": bot, "dialogId": "1", "fields": ["message": "A file comes"]])
        #expect(sent.result["id"] == 1)
        let upload = try harness.app(
            "imbot.v2.File.upload",
            ["botId": bot, "dialogId": "1", "fields": ["name": "a.txt", "content": "aGVsbG8=", "message": "Look"]]
        ).result
        #expect(upload["file"]?["size"] == 5)
        #expect(upload["file"]?["image"] == false)
        #expect(upload["dialogId"] == "1")
        let messages = try harness.app("im.dialog.messages.get", ["DIALOG_ID": bot]).result
        #expect(messages["files"]?[0]?["name"] == "a.txt")
        #expect(messages["messages"]?[0]?["params"]?["FILE_ID"]?[0] == upload["file"]?["id"])
        let file = upload["file"]?["id"] ?? .null
        func download(_ method: String, _ parameters: JSONObject) throws -> PortalRequest {
            let reply = try harness.app(method, parameters)
            let url = try #require(reply.result["downloadUrl"]?.stringValue, "\(reply.text)")
            let parts = url.split(separator: "?", maxSplits: 1).map(String.init)
            let path = try #require(parts[0].firstRange(of: "/rest/"))
            return PortalRequest("GET", String(parts[0][path.lowerBound...]), query: parts[1])
        }
        let engine = harness.events.engine
        let requests = [
            try download("imbot.v2.File.download", ["botId": bot, "fileId": file]),
            try download("im.v2.File.download", ["dialogId": bot, "fileId": file]),
        ]
        for request in requests {
            #expect(engine.handle(request).body == Array("hello".utf8))
            #expect(engine.handle(request).status == 404, "a link is good for one download")
        }
    }

    @Test func anOldCodeIsTheBotAsItWas() throws {
        let harness = try BotHarness()
        let bot = try harness.secondBot()
        #expect(try harness.secondBot(["type": "supervisor"]) == bot)
        let card = try harness.app("imbot.v2.Bot.get", ["botId": .integer(Int64(bot))]).result["bot"]
        #expect(card?["type"] == "bot")
        #expect(card?["eventMode"] == "fetch")
        // The other generation sees it.
        #expect(try harness.app("imbot.bot.list").result[String(bot)]?["CODE"] == "helper")
    }

    @Test(arguments: [
        ("imbot.v2.Bot.register", "fields[code]=x", "BOT_TOKEN_NOT_SPECIFIED"),
        (
            "imbot.v2.Bot.register", "fields[code]=x&fields[botToken]=01234567890123456789012345678901234567890",
            "BOT_TOKEN_INVALID_LENGTH"
        ),
        ("imbot.v2.Bot.register", "fields[botToken]=w", "BOT_CODE_REQUIRED"),
        ("imbot.v2.Bot.register", "fields[botToken]=w&fields[code]=x&fields[type]=robot", "BOT_INVALID_TYPE"),
        (
            "imbot.v2.Bot.register", "fields[botToken]=w&fields[code]=x&fields[eventMode]=poll",
            "BOT_INVALID_EVENT_MODE"
        ),
        (
            "imbot.v2.Bot.register", "fields[botToken]=w&fields[code]=x&fields[eventMode]=webhook",
            "BOT_WEBHOOK_URL_REQUIRED"
        ),
        ("imbot.v2.Bot.update", "botToken=w", "BOT_ID_REQUIRED"),
        ("imbot.v2.Bot.update", "botToken=w&botId=99", "BOT_NOT_FOUND"),
        ("imbot.v2.Bot.update", "botToken=other&botId=2", "BOT_OWNERSHIP_ERROR"),
        ("imbot.v2.Event.get", "botId=2", "BOT_TOKEN_NOT_SPECIFIED"),
        ("imbot.v2.Chat.Message.send", "botToken=w&botId=2&dialogId=1", "EMPTY_MESSAGE"),
        ("imbot.v2.Chat.get", "botToken=w&botId=2&dialogId=chat1", "ACCESS_DENIED"),
        ("imbot.v2.Chat.Message.getContext", "botToken=w&botId=2&messageId=1", "MESSAGE_NOT_FOUND"),
        ("imbot.v2.Command.register", "botToken=w&botId=2", "COMMAND_REQUIRED"),
        ("imbot.v2.File.download", "botToken=w&botId=2&fileId=5", "FILE_NOT_FOUND"),
    ])
    func refusalsHaveCodes(_ method: String, _ body: String, _ code: String) throws {
        let harness = try PortalHarness()
        let bot = try harness.form(
            "imbot.v2.Bot.register", "fields[botToken]=w&fields[code]=own&fields[properties][name]=Own")
        try #require(bot.result["bot"]?["id"] == 2, "\(bot.text)")
        try harness.form("im.chat.add", "TITLE=Without%20bots")
        try harness.form("im.message.add", "DIALOG_ID=chat1&MESSAGE=x")
        let reply = try harness.form(method, body)
        #expect(reply.error == code)
        #expect(reply.status == 400)
    }

    @Test func onlyTheRevisionNeedsNoToken() throws {
        #expect(try PortalHarness().form("imbot.v2.Revision.get").error == nil)
    }
}
