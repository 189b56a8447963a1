import Testing
import Wire

@testable import Portal

@Suite struct CrmMethodsTests {
    @Test("A phone is found however it is spelled; by setting only as it is stored")
    func duplicates() throws {
        for (ignores, found) in [(true, ["CONTACT": [1]] as JSONValue), (false, [])] {
            let portal = try PortalHarness { $0.phoneSearchIgnoresFormat = ignores }
            try portal.call("crm.contact.add", ["fields": ["PHONE": [["VALUE": "+7 (912) 000-11-22"]]]])
            let reply = try portal.form(
                "crm.duplicate.findbycomm", "type=PHONE&values[]=8%20912%200001122&entity_type=CONTACT")
            #expect(reply.result == found)
        }
    }

    @Test("Nobody found is an empty list, or an empty object by setting")
    func duplicateMiss() throws {
        for (isObject, text) in [(false, "\"result\":[]"), (true, "\"result\":{}")] {
            let portal = try PortalHarness { $0.duplicateMissIsObject = isObject }
            let reply = try portal.form("crm.duplicate.findbycomm", "type=EMAIL&values[]=a@b.c")
            #expect(reply.text.contains(text))
        }
    }

    @Test("A new funnel has its own stages, and only crm.item.update moves a deal into it")
    func funnels() throws {
        let portal = try PortalHarness()
        let added = try portal.call("crm.category.add", ["entityTypeId": 2, "fields": ["name": "Moving"]])
        let id = added.result["category"]?["id"]?.integerValue
        #expect(id == 1)
        let stages = try portal.form("crm.status.list", "filter[ENTITY_ID]=DEAL_STAGE_1").result.arrayValue ?? []
        #expect(stages.first?["STATUS_ID"] == "C1:NEW")
        #expect(stages.compactMap { $0["SEMANTICS"]?.stringValue } == ["S", "F", "F"])
        try portal.call("crm.deal.add", ["fields": ["TITLE": "x"]])
        try portal.call("crm.item.update", ["entityTypeId": 2, "id": 1, "fields": ["categoryId": 1]])
        #expect(try portal.call("crm.deal.get", ["id": 1]).result["STAGE_ID"] == "C1:NEW")
        let history = try portal.call("crm.stagehistory.list", ["entityTypeId": 2]).result["items"]?.arrayValue ?? []
        #expect(history.map { $0["TYPE_ID"]?.integerValue } == [1, 5])
        #expect(try portal.call("crm.category.delete", ["entityTypeId": 2, "id": 1]).error == "CATEGORY_HAS_ITEMS")
        let categories = try portal.call("crm.category.list", ["entityTypeId": 2])
        #expect(categories.result["categories"]?[0]?["id"] == 0)
        #expect(categories.json["total"] == 2)
    }

    @Test("A smart process has records, stages of its own type id, and the parts of the universal view")
    func smartProcess() throws {
        let portal = try PortalHarness()
        let type = try portal.call(
            "crm.type.add",
            [
                "fields": [
                    "title": "Visit", "entityTypeId": 128, "isStagesEnabled": "Y", "isLinkWithProductsEnabled": "Y",
                ]
            ])
        #expect(type.result["type"]?["entityTypeId"] == 128)
        let added = try portal.call(
            "crm.item.add", ["entityTypeId": 128, "fields": ["title": "First", "opportunity": 7]])
        let item = added.result["item"] ?? .null
        #expect(item["title"] == "First" && item["opportunity"] == 7 && item["createdBy"] == 1)
        #expect(item["stageId"]?.stringValue?.hasPrefix("DT128_") == true)
        #expect(try portal.call("crm.item.delete", ["entityTypeId": 128, "id": 1]).text.contains("\"result\":[]"))
    }

    @Test("To-dos need an owner and a date; completing one closes it for changes")
    func todos() throws {
        let portal = try PortalHarness()
        try portal.call("crm.deal.add", ["fields": [:]])
        let missing = try portal.call(
            "crm.activity.todo.add", ["ownerTypeId": 2, "ownerId": 9, "deadline": "2026-05-20T10:00:00+03:00"])
        #expect(missing.error == "OWNER_NOT_FOUND")
        let bad = try portal.call("crm.activity.todo.add", ["ownerTypeId": 2, "ownerId": 1, "deadline": "soon"])
        #expect(bad.error == "WRONG_DATETIME_FORMAT")
        let added = try portal.call(
            "crm.activity.todo.add",
            ["ownerTypeId": 2, "ownerId": 1, "deadline": "2026-05-20T10:00:00", "title": "Call back"])
        #expect(added.result == ["id": 1])
        let row = try portal.form("crm.activity.list", "filter[OWNER_ID]=1&filter[OWNER_TYPE_ID]=2").result[0]
        #expect(row?["DEADLINE"] == "2026-05-20T10:00:00+03:00" && row?["PROVIDER_ID"] == "CRM_TODO")
        try portal.form("crm.activity.update", "id=1&fields[COMPLETED]=Y")
        let late = try portal.call("crm.activity.todo.updateDescription", ["id": 1, "value": "x"])
        #expect(late.error == "CAN_NOT_UPDATE_COMPLETED_TODO")
    }

    @Test("Communications of an activity show only where they are named")
    func communications() throws {
        let portal = try PortalHarness()
        let fields: JSONValue = [
            "OWNER_TYPE_ID": 1, "OWNER_ID": 1, "TYPE_ID": 2, "SUBJECT": "Call",
            "START_TIME": "2026-05-15T09:00:00+03:00", "COMMUNICATIONS": [["VALUE": "+371"]],
        ]
        #expect(try portal.call("crm.activity.add", ["fields": fields]).result == 1)
        let plain = try portal.form("crm.activity.list").result[0]
        #expect(plain?["COMMUNICATIONS"] == nil && plain?["DEADLINE"] == "2026-05-15T09:00:00+03:00")
        let named = try portal.form("crm.activity.list", "select[]=*&select[]=COMMUNICATIONS").result[0]
        #expect(named?["COMMUNICATIONS"] == [["VALUE": "+371"]])
    }

    @Test("A comment needs lower-case fields and an existing record; deleting answers null")
    func comments() throws {
        let portal = try PortalHarness()
        try portal.call("crm.deal.add", ["fields": [:]])
        let fields: JSONValue = ["ENTITY_ID": 1, "ENTITY_TYPE": "deal", "COMMENT": "Hello"]
        #expect(try portal.call("crm.timeline.comment.add", ["FIELDS": fields]).status == 400)
        #expect(try portal.call("crm.timeline.comment.add", ["fields": fields]).result == 1)
        let rows = try portal.form(
            "crm.timeline.comment.list", "filter[ENTITY_ID]=1&filter[ENTITY_TYPE]=deal")
        #expect(rows.result[0]?["COMMENT"] == "Hello")
        #expect(try portal.form("crm.timeline.comment.list", "filter[ENTITY_ID]=1").status == 400)
        #expect(try portal.form("crm.timeline.comment.delete", "id=1").text.contains("\"result\":null"))
    }

    @Test(
        "Custom field names become camel case by the documented rules",
        arguments: [
            ("UF_CRM_3_DIGIT", "ufCrm3Digit"), ("UF_CRM_3_1747309727", "ufCrm3_1747309727"),
            ("UF_CRM_3_DIGIT10", "ufCrm_3_DIGIT10"), ("UF_CRM_1747309879", "ufCrm_1747309879"),
            ("ASSIGNED_BY_ID", "assignedById"),
        ])
    func names(name: String, universal: String) {
        #expect(FieldName.camelCase(name) == universal)
    }

    @Test("An element of fm without typeId is a silent no-op; an object edits by id, a list adds")
    func universalMultifields() throws {
        let portal = try PortalHarness()
        let fm: JSONValue = [
            ["typeId": "PHONE", "valueType": "WORK", "value": "1"], ["valueType": "WORK", "value": "2"],
        ]
        let added = try portal.call("crm.item.add", ["entityTypeId": 3, "fields": ["name": "Ann", "fm": fm]])
        #expect(added.result["item"]?["fm"] == [["id": 1, "typeId": "PHONE", "valueType": "WORK", "value": "1"]])
        let edit: JSONValue = ["1": ["typeId": "PHONE", "value": "10"], "n0": ["typeId": "EMAIL", "value": "a@b.c"]]
        let edited = try portal.call("crm.item.update", ["entityTypeId": 3, "id": 1, "fields": ["fm": edit]])
        #expect(edited.result["item"]?["fm"]?.arrayValue?.map { $0["value"]?.stringValue } == ["10", "a@b.c"])
        #expect(try portal.call("crm.item.list", ["entityTypeId": 3]).result["items"]?[0]?["fm"] == nil)
    }
}
