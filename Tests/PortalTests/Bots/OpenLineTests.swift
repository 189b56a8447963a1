import Testing
import Wire

@testable import Portal

/// A customer on an open line, a bot that greets, an employee who takes over.
@Suite struct OpenLineTests {
    @Test func theBotGreetsAnswersAndHandsOverToAnOperator() throws {
        let harness = try BotHarness()
        let bot = try harness.firstBot()
        let line = try harness.line(greetedBy: bot)
        try harness.events.bind("ONSESSIONSTART", "ONSESSIONFINISH")
        let session = try harness.customer(line, ["text": "Where is my order?"])
        let chat = try #require(session["chat"]?.lenientInteger)
        let forms = try harness.events.sent()
        #expect(
            Set(forms.compactMap { $0["event"]?.stringValue })
                == ["ONSESSIONSTART", "ONIMBOTJOINCHAT", "ONIMBOTMESSAGEADD"])
        let heard = forms.first { $0["event"] == "ONIMBOTMESSAGEADD" }?["data"]?["PARAMS"]
        #expect(heard?["MESSAGE"] == "Where is my order?")
        #expect(heard?["CHAT_ENTITY_TYPE"] == "LINES")
        #expect(heard?["DIALOG_ID"]?.stringValue == "chat\(chat)")
        #expect(heard?["CHAT_ENTITY_ID"] == session["code"])
        let number = JSONValue.integer(Int64(chat))
        let said: JSONObject = [
            "BOT_ID": .integer(Int64(bot)), "DIALOG_ID": .string("chat\(chat)"), "MESSAGE": "A moment",
        ]
        #expect(try harness.app("imbot.message.add", said).error == nil)
        #expect(try harness.app("imopenlines.bot.session.operator", ["CHAT_ID": number]).result == true)
        let handed = try #require(try LineSession.last(inChat: chat, harness.state))
        #expect(handed.operatorID == 2)
        #expect(try harness.app("imbot.message.add", said).error == "WRONG_REQUEST", "the bot left")
        #expect(try harness.app("imopenlines.bot.session.operator", ["CHAT_ID": number]).error == "WRONG_CHAT")
        #expect(try harness.app("imopenlines.operator.answer", ["CHAT_ID": number], as: 2).result == true)
        #expect(try LineSession.last(inChat: chat, harness.state)?.status == .answered)
        #expect(try harness.app("imopenlines.operator.finish", ["CHAT_ID": number], as: 2).result == true)
        #expect(try harness.events.sent().map { $0["event"] } == ["ONSESSIONFINISH"])
        // The next word is another session in the same chat.
        let again = try harness.customer(line, ["text": "Hello again"])
        #expect(again["chat"] == session["chat"])
        #expect(again["session"] != session["session"])
    }

    @Test(
        arguments: [
            (["USER_ID": 1], 1), (["TRANSFER_ID": "1"], 1), (["USER_ID": 1, "TRANSFER_ID": "2"], 1),
        ] as [(JSONObject, Int)])
    func aBotTransfersToWhomItNames(_ target: JSONObject, _ expected: Int) throws {
        let harness = try BotHarness()
        let line = try harness.line(greetedBy: try harness.firstBot())
        let chat = try harness.customer(line, ["text": "hi"])["chat"] ?? .null
        var parameters = target
        parameters["CHAT_ID"] = chat
        parameters["LEAVE"] = "N"
        #expect(try harness.app("imopenlines.bot.session.transfer", parameters).result == true)
        let session = try #require(try LineSession.last(inChat: chat.lenientInteger ?? 0, harness.state))
        #expect(session.operatorID == expected)
        #expect(try Chat.find(session.chatID, in: harness.state)?.memberIDs.sorted() == [1, session.customerID])
    }

    @Test func aQueueIsALineAndItsFirstEmployeeGetsTheChat() throws {
        let harness = try BotHarness()
        let line = try harness.line(greetedBy: try harness.firstBot())
        let other = try harness.app("imopenlines.config.add", ["PARAMS": ["LINE_NAME": "Sales", "QUEUE": [1]]]).result
        let chat = try harness.customer(line, ["text": "hi"])["chat"] ?? .null
        let target = JSONValue.string("queue\(other.phpText ?? "")")
        let parameters: JSONObject = ["CHAT_ID": chat, "TRANSFER_ID": target]
        #expect(try harness.app("imopenlines.bot.session.transfer", parameters).result == true)
        let session = try #require(try LineSession.last(inChat: chat.lenientInteger ?? 0, harness.state))
        #expect(session.operatorID == 1)
        #expect(session.lineID == other.lenientInteger)
    }

    @Test func aLeadIsMadeOnceAndFoundFromTheChat() throws {
        let harness = try BotHarness()
        let line = try harness.line(greetedBy: try harness.firstBot())
        let chat = try harness.customer(line, ["text": "hi"])["chat"] ?? .null
        for _ in 1...2 { #expect(try harness.app("imopenlines.crm.lead.create", ["CHAT_ID": chat]).result == true) }
        #expect(try harness.app("crm.lead.list", ["select": ["ID"]]).json["total"] == 1)
        #expect(try harness.app("crm.lead.get", ["id": 1]).result["NAME"] == "Kim")
        let dialog = try harness.app("imopenlines.dialog.get", ["CHAT_ID": chat]).result
        #expect(dialog["entity_data_2"] == "LEAD|1|COMPANY|0|CONTACT|0|DEAL|0")
        let record: JSONObject = ["CRM_ENTITY_TYPE": "lead", "CRM_ENTITY": 1]
        #expect(try harness.app("imopenlines.crm.chat.getLastId", record).result == chat)
        var message = record
        message["CHAT_ID"] = chat
        message["USER_ID"] = 2
        message["MESSAGE"] = "From the CRM"
        #expect(try harness.app("imopenlines.crm.message.add", message).error == nil)
    }

    @Test func theHistoryHasMessagesAndFilesByNumberInLowerCase() throws {
        let harness = try BotHarness { $0.chats.firstGenerationTellsFiles = true }
        let line = try harness.line(greetedBy: try harness.firstBot())
        let file: JSONValue = ["name": "photo.png", "content": "aGVsbG8="]
        let session = try harness.customer(line, ["text": "See", "files": [file]])
        let told = try harness.events.sent().last?["data"]?["PARAMS"]?["FILES"]?["1"]
        #expect(told?["name"] == "photo.png")
        let history = try harness.app(
            "imopenlines.session.history.get", ["SESSION_ID": session["session"] ?? .null]
        ).result
        #expect(history["message"]?["1"]?["params"]?["fileId"] == [1])
        #expect(history["message"]?["1"]?["id"] == "1")
        #expect(history["files"]?["1"]?["authorid"] == session["customer"])
        #expect(history["usersMessage"]?["chat\(session["chat"]?.phpText ?? "")"] == ["1"])
    }

    @Test func aCustomerPressesAButton() throws {
        let harness = try BotHarness()
        let bot = try harness.secondBot()
        let line = try harness.line(greetedBy: bot)
        let number = JSONValue.integer(Int64(bot))
        try harness.app("imbot.v2.Command.register", ["botId": number, "fields": ["command": "status"]])
        let chat = try harness.customer(line, ["text": "hi"])["chat"]?.phpText ?? ""
        let shown = try harness.app(
            "imbot.v2.Chat.Message.send",
            [
                "botId": number, "dialogId": .string("chat\(chat)"),
                "fields": ["message": "Choose", "keyboard": [["TEXT": "Status", "COMMAND": "status"]]],
            ]
        ).result["id"]
        try harness.customer(line, ["press": ["messageId": shown ?? .null, "command": "status", "params": "9"]])
        let fetched = try harness.fetch(bot)
        #expect(fetched.eventTypes == ["ONIMBOTV2JOINCHAT", "ONIMBOTV2MESSAGEADD", "ONIMBOTV2COMMANDADD"])
        #expect(fetched["events"]?[2]?["data"]?["command"]?["context"] == "keyboard")
        #expect(fetched["events"]?[2]?["data"]?["message"]?["id"] == shown)
        let report = try harness.events.oauth.control("openline", [:], "GET").json
        #expect(report["sessions"]?[0]?["messages"]?[1]?["text"] == "Choose")
    }

    @Test(arguments: [
        ("imopenlines.operator.answer", "", "CHAT_ID"), ("imopenlines.operator.answer", "CHAT_ID=1", "CHAT_TYPE"),
        ("imopenlines.bot.session.transfer", "CHAT_ID=1&USER_ID=1", "CHAT_TYPE"),
        ("imopenlines.session.open", "USER_CODE=nobody", "USER_CODE"),
        ("imopenlines.session.history.get", "SESSION_ID=9", "SESSION_ID"),
        ("imopenlines.session.head.vote", "SESSION_ID=9", "SESSION_ID"),
        ("imopenlines.message.quick.save", "CHAT_ID=1&MESSAGE_ID=1", "CHAT_TYPE"),
        ("imopenlines.crm.chat.getLastId", "CRM_ENTITY_TYPE=lead&CRM_ENTITY=9", "CRM_CHAT_EMPTY_CRM_DATA"),
        ("imopenlines.crm.message.add", "CRM_ENTITY_TYPE=lead&CRM_ENTITY=9&CHAT_ID=1&MESSAGE=x", "CHAT_NOT_IN_CRM"),
    ])
    func refusalsAreNamedAfterParameters(_ method: String, _ body: String, _ code: String) throws {
        let harness = try PortalHarness()
        try harness.form("im.chat.add", "TITLE=No%20line")
        let reply = try harness.form(method, body)
        #expect(reply.error == code)
        #expect(reply.status == 400)
    }
}
