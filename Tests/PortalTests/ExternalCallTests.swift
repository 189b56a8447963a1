import Testing
import Wire

@testable import Portal

/// Calls that an application reports.
@Suite struct ExternalCallTests {
    private func harness() throws -> EventHarness {
        try EventHarness { $0.applications[0].scopes.append("telephony") }
    }

    private let incoming: JSONObject = ["USER_ID": 1, "PHONE_NUMBER": "+1 202-555-0101", "TYPE": 2]

    @Test func aFinishedCallIsInTheStatisticsAndOnTheRecord() throws {
        let harness = try harness()
        let contact: JSONObject = ["fields": ["NAME": "Ann", "PHONE": [["VALUE": "12025550101"]]]]
        #expect(try harness.app("crm.contact.add", contact).result == 1)
        let call = try harness.app("telephony.externalCall.register", incoming).result
        #expect(call["CRM_ENTITY_TYPE"] == "CONTACT")
        let again = try harness.app("telephony.externalCall.register", incoming).result
        #expect(again["CALL_ID"] == call["CALL_ID"], "the same call within half an hour")
        let id = call["CALL_ID"] ?? .null
        let finish: JSONObject = ["CALL_ID": id, "USER_ID": 1, "DURATION": 61]
        let row = try harness.app("telephony.externalCall.finish", finish)
        #expect(row.text.contains(#""CALL_START_DATE":{}"#))
        #expect(row.result["CALL_FAILED_CODE"] == "200")
        #expect(
            try harness.app("crm.activity.get", ["id": row.result["CRM_ACTIVITY_ID"] ?? .null]).result["OWNER_ID"]
                == "1")
        let record: JSONObject = ["CALL_ID": id, "FILENAME": "a.mp3", "FILE_CONTENT": "aGVsbG8="]
        #expect(try harness.app("telephony.externalCall.attachRecord", record).result["FILE_ID"] == 1)
        let statistics = try harness.app("voximplant.statistic.get", ["FILTER": ["CALL_ID": id]]).result
        #expect(statistics[0]?["CALL_DURATION"] == "61")
        #expect(try harness.app("telephony.externalCall.finish", finish).error == "ERROR_CORE")
    }

    @Test func anUnknownCallerBecomesALeadWhenThatIsWanted() throws {
        let harness = try harness()
        var parameters = incoming
        parameters["CRM_CREATE"] = 1
        let call = try harness.app("telephony.externalCall.register", parameters).result
        #expect(call["CRM_CREATED_LEAD"] == 1)
        let found = try harness.app("telephony.externalCall.searchCrmEntities", ["PHONE_NUMBER": "+12025550101"]).result
        #expect(found[0]?["CRM_ENTITY_TYPE"] == "LEAD")
    }

    @Test(
        arguments: [
            ("register", ["PHONE_NUMBER": "1", "TYPE": 1]), ("register", ["USER_ID": 1, "TYPE": 1]),
            ("register", ["USER_ID": 1, "PHONE_NUMBER": "1", "TYPE": 9]),
            ("finish", ["CALL_ID": "none", "USER_ID": 1]),
            ("attachRecord", ["CALL_ID": "none"]), ("show", ["CALL_ID": "none"]), ("searchCrmEntities", [:]),
        ] as [(String, JSONObject)])
    func refusals(_ name: String, _ parameters: JSONObject) throws {
        #expect(try harness().app("telephony.externalCall.\(name)", parameters).error == "ERROR_CORE")
    }

    @Test func aWebhookMayNotReportCalls() throws {
        let reply = try PortalHarness().form("telephony.externalCall.register", "USER_ID=1&PHONE_NUMBER=1&TYPE=1")
        #expect(reply.status == 403)
    }
}
