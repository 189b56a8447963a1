import Testing
import Wire

@testable import Portal

@Suite struct ActivityTests {
    /// A lead, a deal, and a call that hangs on both.
    private func portal(_ configure: (inout PortalSettings) -> Void = { _ in }) throws -> PortalHarness {
        let portal = try PortalHarness(configure)
        try portal.call("crm.lead.add", ["fields": [:]])
        try portal.call("crm.deal.add", ["fields": [:]])
        let fields: JSONValue = [
            "OWNER_TYPE_ID": 1, "OWNER_ID": 1, "TYPE_ID": 2, "SUBJECT": "Call", "COMMUNICATIONS": [["VALUE": "+371"]],
            "FILES": [["fileData": ["note.txt", "aGk="]]],
        ]
        try portal.call("crm.activity.add", ["fields": fields])
        try portal.call("crm.activity.binding.add", ["activityId": 1, "entityTypeId": 2, "entityId": 1])
        return portal
    }

    @Test("An activity with two of the records asked for comes twice, or once by setting")
    func bindingsFilter() throws {
        let both: JSONValue = ["filter": ["BINDINGS": [["OWNER_TYPE_ID": 1], ["OWNER_TYPE_ID": 2, "OWNER_ID": 1]]]]
        for (repeats, count) in [(true, 2), (false, 1)] {
            let portal = try portal { $0.crm.bindingsRepeatActivities = repeats }
            let reply = try portal.call("crm.activity.list", both)
            #expect(reply.result.arrayValue?.map { $0["ID"]?.stringValue } == Array(repeating: "1", count: count))
            #expect(reply.json["total"] == .integer(Int64(count)))
            let one = try portal.call("crm.activity.list", ["filter": ["BINDINGS": [["OWNER_TYPE_ID": 2]]]])
            #expect(one.result.arrayValue?.count == 1)
            let other = try portal.call(
                "crm.activity.list", ["filter": ["BINDINGS": [["OWNER_TYPE_ID": 3]]], "start": -1])
            #expect(other.result == [])
        }
    }

    @Test("Files show only where they are named, with a link that opens")
    func files() throws {
        let portal = try portal()
        #expect(try portal.form("crm.activity.list").result[0]?["FILES"] == nil)
        let named = try portal.form("crm.activity.list", "select[]=ID&select[]=FILES").result[0]
        #expect(named?["FILES"]?[0]?["id"] == 1 && named?["COMMUNICATIONS"] == nil)
        #expect(named?["FILES"]?[0]?["url"]?.stringValue?.contains("token=crm") == true)
        #expect(try portal.call("crm.activity.fields").result["COMMUNICATIONS"]?["isMultiple"] == true)
    }

    @Test(
        "Bindings refuse what is not there, what is there already, and to lose the last",
        arguments: [
            ("add", ["activityId": 9, "entityTypeId": 2, "entityId": 1], "NOT_FOUND"),
            ("add", ["activityId": 1, "entityTypeId": 2, "entityId": 1], "ACTIVITY_IS_ALREADY_BOUND"),
            ("add", ["activityId": 1, "entityTypeId": 3, "entityId": 1], "OWNER_NOT_FOUND"),
            ("add", ["activityId": 1, "entityTypeId": 3], "100"),
            ("delete", ["activityId": 1, "entityTypeId": 2, "entityId": 2], "OWNER_NOT_FOUND"),
            (
                "move",
                [
                    "activityId": 1, "sourceEntityTypeId": 1, "sourceEntityId": 1, "targetEntityTypeId": 2,
                    "targetEntityId": 1,
                ], "SOURCE_AND_TARGET_ENTITY_TYPES_ARE_NOT_EQUAL_ERROR"
            ),
        ] as [(String, JSONValue, String)])
    func refusals(method: String, parameters: JSONValue, code: String) throws {
        let portal = try portal()
        #expect(try portal.call("crm.activity.binding.\(method)", parameters).error == code)
        let bound: JSONValue = [["entityTypeId": 1, "entityId": 1], ["entityTypeId": 2, "entityId": 1]]
        #expect(try portal.call("crm.activity.binding.list", ["activityId": 1]).result == bound)
        try portal.call("crm.activity.binding.delete", ["activityId": 1, "entityTypeId": 1, "entityId": 1])
        let last = try portal.call(
            "crm.activity.binding.delete", ["activityId": 1, "entityTypeId": 2, "entityId": 1])
        #expect(last.error == "LAST_BINDING_CANNOT_BE_DELETED")
    }

    @Test("A comment's files are shown by number with links, replaced as a whole, and absent where there are none")
    func commentFiles() throws {
        let portal = try PortalHarness()
        try portal.call("crm.deal.add", ["fields": [:]])
        let fields: JSONValue = [
            "ENTITY_ID": 1, "ENTITY_TYPE": "deal", "COMMENT": "See", "FILES": [["a.png", "aGk="], ["b.txt", "aGkh"]],
        ]
        try portal.call("crm.timeline.comment.add", ["fields": fields])
        let comment = try portal.call("crm.timeline.comment.get", ["id": 1]).result
        #expect(comment["FILES"]?["1"]?["name"] == "a.png" && comment["FILES"]?["1"]?["image"] == true)
        #expect(comment["FILES"]?["2"]?["size"] == 3 && comment["FILES"]?["2"]?["authorName"] == "Local Administrator")
        try portal.call("crm.timeline.comment.update", ["id": 1, "fields": ["COMMENT": "Gone", "FILES": []]])
        let row = try portal.form(
            "crm.timeline.comment.list", "filter[ENTITY_ID]=1&filter[ENTITY_TYPE]=deal"
        ).result[0]
        #expect(row?["COMMENT"] == "Gone" && row?["FILES"] == nil)
    }
}
