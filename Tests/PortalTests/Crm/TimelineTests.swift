import Testing
import Wire

@testable import Portal

/// Log messages, notes and pins of a record's timeline.
@Suite struct TimelineTests {
    private func portal() throws -> PortalHarness {
        let harness = try PortalHarness()
        try harness.form("crm.deal.add", "fields[TITLE]=One")
        return harness
    }

    @Test func logMessagesAreListedByTen() throws {
        let harness = try portal()
        for number in 1...11 {
            let reply = try harness.form(
                "crm.timeline.logmessage.add",
                "fields[entityTypeId]=2&fields[entityId]=1&fields[title]=T\(number)"
                    + "&fields[text]=x&fields[iconCode]=info")
            #expect(reply.result["logMessage"]?["id"] == .integer(Int64(number)))
        }
        let page = try harness.form("crm.timeline.logmessage.list", "entityTypeId=2&entityId=1&order[id]=desc")
        #expect(page.result["logMessages"]?[0]?["title"] == "T11")
        #expect(page.json["next"] == 10)
        #expect(page.json["total"] == 11)
        #expect(try harness.form("crm.timeline.logmessage.get", "id=3").result["logMessage"]?["title"] == "T3")
        try harness.form("crm.timeline.logmessage.delete", "id=3")
        #expect(try harness.form("crm.timeline.logmessage.get", "id=3").error == "NOT_FOUND")
    }

    @Test func aNoteIsSavedOverAndDeleted() throws {
        let harness = try portal()
        let place = "ownerTypeId=2&ownerId=1&itemType=1&itemId=7"
        for text in ["one", "two"] {
            #expect(try harness.form("crm.timeline.note.save", "\(place)&text=\(text)").result == true)
        }
        #expect(try harness.form("crm.timeline.note.get", place).result["text"] == "two")
        #expect(try harness.form("crm.timeline.note.delete", place).result == true)
        #expect(try harness.form("crm.timeline.note.get", place).error == "NOT_FOUND")
    }

    @Test func fiveItemsArePinnedAtMost() throws {
        let harness = try portal()
        func pin(_ id: Int, _ method: String = "pin") throws -> String? {
            try harness.form("crm.timeline.item.\(method)", "id=\(id)&ownerTypeId=2&ownerId=1").error
        }
        for id in 1...CrmTimeline.pinsMax { #expect(try pin(id) == nil) }
        #expect(try pin(1) == nil, "it is pinned already")
        #expect(try pin(9) == "CAN_NOT_CHANGE_PINNED")
        #expect(try pin(1, "unpin") == nil)
        #expect(try pin(9) == nil)
    }

    @Test(arguments: [
        ("crm.timeline.logmessage.add", "fields[title]=x", "100"),
        (
            "crm.timeline.logmessage.add",
            "fields[entityTypeId]=2&fields[entityId]=9&fields[title]=T&fields[text]=x&fields[iconCode]=info",
            "OWNER_NOT_FOUND"
        ),
        ("crm.timeline.note.save", "ownerTypeId=2&ownerId=1&itemType=1&itemId=7", "100"),
        ("crm.timeline.note.save", "ownerTypeId=2&ownerId=1&itemType=2&itemId=7&text=x", "NOT_FOUND"),
        ("crm.timeline.item.pin", "id=1&ownerTypeId=2&ownerId=9", "OWNER_NOT_FOUND"),
    ])
    func refusals(_ method: String, _ body: String, _ code: String) throws {
        #expect(try portal().form(method, body).error == code)
    }
}
