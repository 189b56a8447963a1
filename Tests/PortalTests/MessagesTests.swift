import Testing
import Wire

@testable import Portal

@Suite struct MessagesTests {
    private func portal() throws -> PortalHarness {
        let harness = try PortalHarness()
        try UserRecord.insert(["NAME": "Ann"], in: harness.engine.state)
        return harness
    }

    @Test func aNotificationHasANumberOrIsFalse() throws {
        let harness = try portal()
        #expect(try harness.form("im.notify.system.add.json", "USER_ID=2&MESSAGE=Notification%20text").result == 1)
        #expect(try harness.form("im.notify.personal.add", "USER_ID=2&MESSAGE=Hello").result == 2)
        #expect(try harness.form("im.notify", "USER_ID=2&TYPE=SYSTEM&MESSAGE=Hello&TAG=a").result == 3)
        #expect(try harness.form("im.notify", "USER_ID=2&MESSAGE=Again&TAG=a").result == 4)
        let kept = try Notifications.documents.owned(by: "user:2", in: harness.engine.state)
        #expect(kept.map(\.id) == [1, 2, 4], "the same tag replaces")
        #expect(kept.map { $0.fields["from"] } == [0, 1, 1])
        #expect(try harness.form("im.notify", "USER_ID=77&MESSAGE=x").result == false)
    }

    @Test(arguments: [
        ("im.notify", "MESSAGE=x", "USER_ID_EMPTY"), ("im.notify", "USER_ID=2", "MESSAGE_EMPTY"),
        ("im.message.add", "MESSAGE=x", "DIALOG_ID_EMPTY"), ("im.message.add", "DIALOG_ID=2", "MESSAGE_EMPTY"),
        ("im.message.add", "DIALOG_ID=chat99&MESSAGE=x", "ACCESS_ERROR"),
        ("im.message.add", "DIALOG_ID=55&MESSAGE=x", "USER_NOT_FOUND"),
        ("im.message.update", "MESSAGE=x", "MESSAGE_ID_ERROR"),
        ("im.message.delete", "MESSAGE_ID=9", "CANT_EDIT_MESSAGE"),
        ("im.dialog.messages.get", "DIALOG_ID=2&LAST_ID=x", "LAST_ID_STRING"),
    ])
    func refusalsHaveCodes(_ method: String, _ body: String, _ code: String) throws {
        let reply = try portal().form(method, body)
        #expect(reply.status == 400)
        #expect(reply.error == code)
    }

    @Test func aDialogIsReadNewestFirstAndBackwardsByNumber() throws {
        let harness = try portal()
        for number in 1...25 {
            #expect(
                try harness.form("im.message.add", "DIALOG_ID=2&MESSAGE=m\(number)").result == .integer(Int64(number)))
        }
        func texts(_ query: String) throws -> [String] {
            let messages = try harness.form("im.dialog.messages.get", "DIALOG_ID=2&\(query)").result["messages"]
            return messages?.arrayValue?.compactMap { $0["text"]?.stringValue } ?? []
        }
        #expect(try texts("").count == 20)
        #expect(try texts("LIMIT=2") == ["m25", "m24"])
        #expect(try texts("LIMIT=2&LAST_ID=24") == ["m23", "m22"])
        #expect(try texts("LIMIT=2&FIRST_ID=0") == ["m1", "m2"])
        #expect(try texts("LIMIT=500").count == 25)
        let row = try harness.form("im.dialog.messages.get", "DIALOG_ID=2&LIMIT=1").result
        #expect(row["chat_id"] == 1)
        #expect(row["messages"]?[0]?["id"] == 25)
        #expect(row["users"]?[0]?["name"] == "Local Administrator")
    }

    @Test func messagesAreEditedAndDeletedByTheirAuthor() throws {
        let harness = try portal()
        try harness.form("im.message.add", "DIALOG_ID=2&MESSAGE=One")
        #expect(try harness.form("im.message.update", "MESSAGE_ID=1&MESSAGE=Two").result == true)
        let edited = try harness.form("im.dialog.messages.get", "DIALOG_ID=2").result["messages"]?[0]
        #expect(edited?["text"] == "Two")
        #expect(edited?["params"] == ["IS_EDITED": "Y"])
        #expect(try harness.form("im.message.delete", "MESSAGE_ID=1").result == true)
        let gone = try harness.form("im.dialog.messages.get", "DIALOG_ID=2").result["messages"]?[0]
        #expect(gone?["params"] == ["IS_DELETED": "Y"])
    }

    @Test func aLongMessageIsCutAndSaysSo() throws {
        let harness = try portal()
        let text = String(repeating: "a", count: Message.lengthMax + 5)
        try harness.call("im.message.add", ["DIALOG_ID": "2", "MESSAGE": .string(text)])
        let shown = try harness.form("im.dialog.messages.get", "DIALOG_ID=2").result["messages"]?[0]?["text"]
        #expect(shown?.stringValue?.hasSuffix("a (...)") == true)
    }
}
