import Testing
import Wire

@testable import Portal

/// `imbot.*`: registration, what its events say, messages, commands.
@Suite struct FirstBotTests {
    @Test func aPrivateMessageReachesTheBotWithATokenThatActsAsTheBot() throws {
        let harness = try BotHarness()
        let bot = try harness.firstBot()
        let posted = try harness.app("im.message.add", ["DIALOG_ID": .integer(Int64(bot)), "MESSAGE": "hi"])
        let form = try #require(try harness.events.sent().last)
        #expect(form["event"] == "ONIMBOTMESSAGEADD")
        let parameters = form["data"]?["PARAMS"]
        #expect(parameters?["MESSAGE"] == "hi")
        #expect(parameters?["DIALOG_ID"] == "1")
        #expect(parameters?["MESSAGE_TYPE"] == "P")
        #expect(parameters?["CHAT_ID"] == nil, "the chat's own part is for groups")
        #expect(parameters?["MESSAGE_ID"]?.lenientInteger == posted.result.lenientInteger)
        #expect(form["data"]?["USER"]?["IS_BOT"] == "N")
        #expect(form["auth"]?["application_token"] == "proof")
        let own = form["data"]?["BOT"]?[String(bot)]
        #expect(own?["BOT_CODE"] == "support")
        #expect(own?["user_id"]?.lenientInteger == bot)
        let asBot = try #require(own?["AUTH"]?["access_token"]?.stringValue)
        #expect(try harness.events.oauth.call("im.user.get", asBot).result["bot"] == true)
        let asAuthor = try #require(form["auth"]?["access_token"]?.stringValue)
        #expect(try harness.events.oauth.call("im.user.get", asAuthor).result["id"] == 1)
    }

    @Test func aGroupIsHeardOnlyWhenTheBotIsNamed() throws {
        let harness = try BotHarness()
        let bot = try harness.firstBot()
        let chat = try #require(
            try harness.app("im.chat.add", ["TITLE": "Team", "USERS": [.integer(Int64(bot)), 2]]).result.lenientInteger)
        #expect(try harness.events.sent().map { $0["event"] } == ["ONIMBOTJOINCHAT"])
        let dialog = JSONValue.string("chat\(chat)")
        try harness.app("im.message.add", ["DIALOG_ID": dialog, "MESSAGE": "hello all"])
        #expect(try harness.events.sent().isEmpty)
        try harness.app("im.message.add", ["DIALOG_ID": dialog, "MESSAGE": .string("[USER=\(bot)]Bot[/USER] hi")])
        let form = try #require(try harness.events.sent().first)
        #expect(form["data"]?["PARAMS"]?["MESSAGE"] == "hi")
        #expect(form["data"]?["PARAMS"]?["MESSAGE_ORIGINAL"]?.stringValue == "[USER=\(bot)]Bot[/USER] hi")
        #expect(form["data"]?["PARAMS"]?["CHAT_TITLE"] == "Team")
    }

    @Test func aBotAnswersChangesAndDeletesItsMessages() throws {
        let harness = try BotHarness()
        let bot = JSONValue.integer(Int64(try harness.firstBot()))
        let id = try harness.app(
            "imbot.message.add",
            [
                "BOT_ID": bot, "DIALOG_ID": 2, "MESSAGE": "What can I do?",
                "KEYBOARD": ["BUTTONS": [[["TEXT": "Order status", "COMMAND": "status"]], [["TEXT": "Bye"]]]],
            ]
        ).result
        #expect(id == 1)
        let update: JSONObject = ["BOT_ID": bot, "MESSAGE_ID": id, "MESSAGE": "Well?", "KEYBOARD": "N"]
        #expect(try harness.app("imbot.message.update", update).result == true)
        let kept = try #require(try PostedMessage.find(1, in: harness.state))
        #expect(kept.text == "Well?")
        #expect(kept.params["KEYBOARD"] == nil)
        let gone: JSONObject = ["BOT_ID": bot, "MESSAGE_ID": id, "COMPLETE": "Y"]
        #expect(try harness.app("imbot.message.delete", gone).result == true)
        #expect(try PostedMessage.find(1, in: harness.state) == nil)
    }

    @Test(arguments: [true, false])
    func rowsOfButtonsAreAMatterOfTheSettings(_ areKnown: Bool) throws {
        let harness = try BotHarness { $0.chats.keyboardsHaveRows = areKnown }
        let reply = try harness.app(
            "imbot.message.add",
            [
                "BOT_ID": .integer(Int64(try harness.firstBot())), "DIALOG_ID": 2, "MESSAGE": "x",
                "KEYBOARD": ["BUTTONS": [[["TEXT": "a"]]]],
            ])
        #expect(reply.error == (areKnown ? nil : "KEYBOARD_ERROR"))
    }

    @Test func aCommandTypedOrPressedIsNoMessage() throws {
        let harness = try BotHarness()
        let bot = try harness.firstBot()
        let number = JSONValue.integer(Int64(bot))
        let command = try harness.app(
            "imbot.command.register",
            [
                "BOT_ID": number, "COMMAND": "echo", "LANG": [["LANGUAGE_ID": "en", "TITLE": "Repeat"]],
                "EVENT_COMMAND_ADD": .string(BotHarness.handler),
            ]
        ).result
        try harness.app("im.message.add", ["DIALOG_ID": number, "MESSAGE": "/echo one two"])
        let typed = try #require(try harness.events.sent().first)
        #expect(typed["event"] == "ONIMCOMMANDADD")
        let said = typed["data"]?["COMMAND"]?[command.phpText ?? ""]
        #expect(said?["COMMAND"] == "echo")
        #expect(said?["COMMAND_PARAMS"] == "one two")
        #expect(said?["COMMAND_CONTEXT"] == "TEXTAREA")
        let shown = try harness.app("imbot.message.add", ["BOT_ID": number, "DIALOG_ID": 1, "MESSAGE": "Press"]).result
        let press: JSONObject = ["BOT_ID": number, "MESSAGE_ID": shown, "COMMAND": "echo", "COMMAND_PARAMS": "17"]
        #expect(try harness.app("im.message.command", press).result == true)
        let pressed = try #require(try harness.events.sent().first?["data"]?["COMMAND"]?[command.phpText ?? ""])
        #expect(pressed["COMMAND_CONTEXT"] == "KEYBOARD")
        #expect(pressed["MESSAGE_ID"]?.lenientInteger == shown.lenientInteger)
        let answer: JSONObject = ["COMMAND_ID": command, "MESSAGE_ID": shown, "MESSAGE": "17 it is"]
        #expect(try harness.app("imbot.command.answer", answer).result.lenientInteger == 3)
    }

    @Test func theSameCodeIsTheSameBotAndFiveAreTheMost() throws {
        let harness = try BotHarness()
        let first = try harness.firstBot()
        #expect(try harness.firstBot() == first)
        for number in 2...5 { _ = try harness.firstBot(["CODE": .string("bot\(number)")]) }
        let sixth: JSONObject = [
            "CODE": "bot6", "EVENT_HANDLER": .string(BotHarness.handler), "PROPERTIES": ["NAME": "Six"],
        ]
        #expect(try harness.app("imbot.register", sixth).error == "MAX_COUNT_ERROR")
        #expect(try harness.app("imbot.bot.list").result[String(first)]?["CODE"] == "support")
        #expect(try harness.app("user.get", ["ID": .integer(Int64(first))]).result == [])
    }

    @Test func aBotThatIsRemovedIsToldAndForgotten() throws {
        let harness = try BotHarness()
        let bot = try harness.firstBot()
        #expect(try harness.app("imbot.unregister", ["BOT_ID": .integer(Int64(bot))]).result == true)
        #expect(try harness.events.sent().map { $0["event"] } == ["ONIMBOTDELETE"])
        #expect(try harness.app("imbot.bot.list").result.phpList.isEmpty)
    }

    @Test(arguments: [
        ("imbot.register", "PROPERTIES[NAME]=x&CLIENT_ID=w", "CODE_ERROR"),
        ("imbot.register", "CODE=x&CLIENT_ID=w", "NAME_ERROR"),
        ("imbot.register", "CODE=x&PROPERTIES[NAME]=x", "APP_ID_ERROR"),
        ("imbot.register", "CODE=x&PROPERTIES[NAME]=x&CLIENT_ID=w", "EVENT_MESSAGE_ADD_ERROR"),
        ("imbot.register", "CODE=x&PROPERTIES[NAME]=x&CLIENT_ID=w&EVENT_HANDLER=no", "EVENT_MESSAGE_ADD_ERROR"),
        (
            "imbot.register", "CODE=x&PROPERTIES[NAME]=x&CLIENT_ID=w&EVENT_MESSAGE_ADD=http://localhost/",
            "EVENT_WELCOME_MESSAGE_ERROR"
        ),
        ("imbot.message.add", "BOT_ID=99&CLIENT_ID=w&DIALOG_ID=1&MESSAGE=x", "BOT_ID_ERROR"),
        ("imbot.message.add", "BOT_ID=2&CLIENT_ID=other&DIALOG_ID=1&MESSAGE=x", "APP_ID_ERROR"),
        ("imbot.message.add", "BOT_ID=2&CLIENT_ID=w&MESSAGE=x", "DIALOG_ID_EMPTY"),
        ("imbot.message.add", "BOT_ID=2&CLIENT_ID=w&DIALOG_ID=1", "MESSAGE_EMPTY"),
        ("imbot.message.add", "BOT_ID=2&CLIENT_ID=w&DIALOG_ID=1&MESSAGE=x&KEYBOARD=no", "KEYBOARD_ERROR"),
        ("imbot.message.add", "BOT_ID=2&CLIENT_ID=w&DIALOG_ID=1&MESSAGE=x&MENU=no", "MENU_ERROR"),
        ("imbot.message.add", "BOT_ID=2&CLIENT_ID=w&DIALOG_ID=1&MESSAGE=x&ATTACH=no", "ATTACH_ERROR"),
        ("imbot.message.update", "BOT_ID=2&CLIENT_ID=w&MESSAGE_ID=77", "CANT_EDIT_MESSAGE"),
        ("imbot.update", "BOT_ID=2&CLIENT_ID=w", "WRONG_REQUEST"),
        ("imbot.command.register", "BOT_ID=2&CLIENT_ID=w", "COMMAND_ERROR"),
        ("imbot.command.register", "BOT_ID=2&CLIENT_ID=w&COMMAND=a", "EVENT_COMMAND_ADD_ERROR"),
        (
            "imbot.command.register", "BOT_ID=2&CLIENT_ID=w&COMMAND=a&EVENT_COMMAND_ADD=http://localhost/",
            "LANG_ERROR"
        ),
        ("imbot.command.answer", "CLIENT_ID=w&MESSAGE_ID=77&COMMAND=a&MESSAGE=x", "MESSAGE_ID_ERROR"),
        ("imbot.command.unregister", "CLIENT_ID=w&COMMAND_ID=77", "COMMAND_ID_ERROR"),
    ])
    func refusalsHaveCodes(_ method: String, _ body: String, _ code: String) throws {
        let harness = try PortalHarness()
        let bot = try harness.form(
            "imbot.register", "CODE=own&PROPERTIES[NAME]=Own&CLIENT_ID=w&EVENT_HANDLER=http://localhost:9/")
        try #require(bot.result == 2, "\(bot.text)")
        let reply = try harness.form(method, body)
        #expect(reply.error == code)
        #expect(reply.status == 400)
    }

    @Test func aPartMayBeThirtyKilobytes() throws {
        let harness = try BotHarness()
        let text = String(repeating: "x", count: MessageParts.bytesMax)
        let reply = try harness.app(
            "imbot.message.add",
            [
                "BOT_ID": .integer(Int64(try harness.firstBot())), "DIALOG_ID": 2, "MESSAGE": "x",
                "KEYBOARD": [["TEXT": .string(text)]],
            ])
        #expect(reply.error == "KEYBOARD_OVERSIZE")
    }
}
