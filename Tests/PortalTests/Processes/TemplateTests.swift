import Testing
import Wire

@testable import Portal

@Suite struct TemplateTests {
    private static let dealType: JSONValue = ["crm", "CCrmDocumentDeal", "DEAL"]
    private static let dealID: JSONValue = ["crm", "CCrmDocumentDeal", "DEAL_1"]

    private static func parameters(_ data: String, automatic: Int = 0) -> JSONObject {
        [
            "DOCUMENT_TYPE": dealType, "NAME": "Approval", "TEMPLATE_DATA": ["x.bpt", .string(data)],
            "AUTO_EXECUTE": .integer(Int64(automatic)),
        ]
    }

    private func harness(automatic: Int = 0) throws -> EventHarness {
        let harness = try EventHarness()
        try UserRecord.insert(["NAME": "Ann"], in: harness.state)
        let reply = try harness.app(
            "bizproc.workflow.template.add", Self.parameters(TemplateFixtures.approval, automatic: automatic))
        try #require(reply.result == 1, "\(reply.text)")
        try harness.portal.form("crm.deal.add", "fields[TITLE]=x")
        return harness
    }

    @Test func aTemplateIsListedAsATree() throws {
        let harness = try harness()
        #expect(try harness.portal.call("bizproc.workflow.template.list").result == [["ID": "1"]])
        let row = try harness.portal.call(
            "bizproc.workflow.template.list", ["SELECT": ["ID", "DOCUMENT_TYPE", "SYSTEM_CODE", "TEMPLATE"]]
        ).result[0]
        #expect(row?["DOCUMENT_TYPE"] == "DEAL")
        #expect(row?["SYSTEM_CODE"] == "rest_app_1")
        #expect(row?["TEMPLATE"]?[0]?["Properties"]?["Title"] == "Согласование")
        #expect(row?["TEMPLATE"]?[0]?["Children"]?[1]?["Type"] == "ApproveActivity")
        let update: JSONObject = ["ID": 1, "FIELDS": ["NAME": "Other"]]
        #expect(try harness.app("bizproc.workflow.template.update", update).result == 1)
        #expect(
            try harness.app("bizproc.workflow.template.update", ["ID": 1, "FIELDS": [:]]).description
                == "No fields to update.")
        #expect(try harness.app("bizproc.workflow.template.delete", ["ID": 1]).json["result"] == .null)
        #expect(try harness.app("bizproc.workflow.template.delete", ["ID": 1]).error == "ERROR_TEMPLATE_NOT_FOUND")
    }

    @Test(
        arguments: [
            (["DOCUMENT_TYPE": ["crm", "X", "DEAL"]], "Incorrect field DOCUMENT_TYPE!"),
            (["NAME": ""], "Empty template name!"),
            (["AUTO_EXECUTE": 4], "Incorrect field AUTO_EXECUTE!"),
            (["TEMPLATE_DATA": "x"], "Incorrect field TEMPLATE_DATA!"),
            (["TEMPLATE_DATA": ["x.bpt", .string(TemplateFixtures.unpacked)]], "Incorrect field TEMPLATE_DATA!"),
            (["TEMPLATE_DATA": ["x.bpt", .string(TemplateFixtures.ofLists)]], "Incorrect field TEMPLATE_DATA!"),
            (["TEMPLATE_DATA": ["x.bpt", .string(TemplateFixtures.twoRoots)]], "Incorrect field TEMPLATE_DATA!"),
        ] as [(JSONObject, String)])
    func refusals(_ change: JSONObject, _ description: String) throws {
        var parameters = Self.parameters(TemplateFixtures.approval)
        for (key, value) in change { parameters[key] = value }
        let reply = try EventHarness().app("bizproc.workflow.template.add", parameters)
        #expect(reply.status == 400)
        #expect(reply.error == "ERROR_TEMPLATE_VALIDATION_FAILURE")
        #expect(reply.description == description)
    }

    @Test(arguments: [(false, false, 200), (true, false, 400), (false, true, 400)])
    func portalsDifferInWhatTheyTake(_ needsBest: Bool, _ needsFields: Bool, _ status: Int) throws {
        let harness = try EventHarness { settings in
            settings.processes.needsBestCompression = needsBest
            settings.processes.needsDocumentFields = needsFields
        }
        let bare = Self.parameters(TemplateFixtures.bare)
        #expect(try harness.app("bizproc.workflow.template.add", bare).status == status)
        let whole = Self.parameters(TemplateFixtures.approval)
        #expect(try harness.app("bizproc.workflow.template.add", whole).status == 200)
    }

    @Test("A webhook may start a process but not import one, and an employee neither")
    func rights() throws {
        let harness = try harness()
        let imported = try harness.portal.call(
            "bizproc.workflow.template.add", .object(Self.parameters(TemplateFixtures.approval)))
        #expect(imported.error == "ACCESS_DENIED")
        let start: JSONObject = ["TEMPLATE_ID": 1, "DOCUMENT_ID": Self.dealID]
        #expect(try harness.app("bizproc.workflow.start", start, as: 2).status == 403)
        #expect(try harness.app("bizproc.workflow.template.list", as: 2).status == 400)
        let id = try #require(try harness.portal.call("bizproc.workflow.start", .object(start)).result.stringValue)
        #expect(id.split(separator: ".").map(\.count) == [13, 8])
    }

    @Test(
        arguments: [
            ([:], "ERROR_WRONG_WORKFLOW_ID", "Empty TEMPLATE_ID"),
            (["TEMPLATE_ID": 9], "ERROR_WRONG_WORKFLOW_ID", "Template not found"),
            (["TEMPLATE_ID": 1, "DOCUMENT_ID": "DEAL_1"], "", "Wrong DOCUMENT_ID!"),
            (
                ["TEMPLATE_ID": 1, "DOCUMENT_ID": ["crm", "CCrmDocumentLead", "LEAD_1"]], "",
                "Template type and DOCUMENT_ID mismatch!"
            ),
        ] as [(JSONObject, String, String)])
    func startRefusals(_ parameters: JSONObject, _ code: String, _ description: String) throws {
        let harness = try harness()
        try harness.portal.form("crm.lead.add")
        let reply = try harness.portal.call("bizproc.workflow.start", .object(parameters))
        #expect(reply.status == 400)
        #expect(reply.error == code)
        #expect(reply.description == description)
    }

    @Test func aProcessWaitsForItsPeople() throws {
        let harness = try harness()
        let start: JSONValue = ["TEMPLATE_ID": 1, "DOCUMENT_ID": Self.dealID]
        let id = try harness.portal.call("bizproc.workflow.start", start).result
        #expect(try harness.app("bizproc.task.list", as: 2).result[0]?["NAME"] == "Agree?")
        #expect(try harness.app("bizproc.task.list", ["FILTER": ["USER_ID": 1]], as: 2).status == 403)
        let other = try harness.app("bizproc.task.complete", ["TASK_ID": 1, "STATUS": 1], as: 2)
        #expect(other.error == "ERROR_TASK_NOT_FOUND")
        #expect(
            try harness.app("bizproc.task.complete", ["TASK_ID": 2, "STATUS": 3], as: 2).description
                == "incorrect STATUS")
        #expect(try harness.app("bizproc.task.complete", ["TASK_ID": 2, "STATUS": 1], as: 2).result == true)
        #expect(
            try harness.portal.call("bizproc.task.complete", ["TASK_ID": 1, "STATUS": 1]).error
                == "ERROR_TASK_COMPLETED")
        // The branch is passed over; what comes after it waits.
        let filter: JSONValue = ["FILTER": ["STATUS": 0], "SELECT": ["ID", "ACTIVITY", "PARAMETERS"]]
        let open = try harness.portal.call("bizproc.task.list", filter).result
        #expect(open[0]?["ACTIVITY"] == "RequestInformationActivity")
        #expect(open[0]?["PARAMETERS"]?["Fields"]?[0]?["Id"] == "phone")
        let task = open[0]?["ID"] ?? .null
        #expect(
            try harness.portal.call("bizproc.task.complete", ["TASK_ID": task, "STATUS": 3]).error
                == "ERROR_TASK_EXECUTION")
        #expect(try harness.portal.call("bizproc.workflow.instances").result[0]?["ID"] == id)
        let answer: JSONValue = ["TASK_ID": task, "STATUS": 3, "FIELDS": ["phone": "+371"]]
        #expect(try harness.portal.call("bizproc.task.complete", answer).result == true)
        #expect(try harness.portal.call("bizproc.workflow.instances").result == [])
        #expect(try harness.portal.call("bizproc.workflow.terminate", ["ID": id]).error == "ERROR_WRONG_WORKFLOW_ID")
    }

    @Test(arguments: [(0, 0, 0), (1, 1, 1), (2, 0, 1), (3, 1, 2)])
    func templatesRunByThemselves(_ flag: Int, _ afterAdd: Int64, _ afterUpdate: Int64) throws {
        let harness = try harness(automatic: flag)
        #expect(try harness.portal.call("bizproc.workflow.instances").json["total"] == .integer(afterAdd))
        for _ in 1...2 { try harness.portal.form("crm.deal.update", "id=1&fields[TITLE]=y") }
        #expect(try harness.portal.call("bizproc.workflow.instances").json["total"] == .integer(afterUpdate))
    }
}
