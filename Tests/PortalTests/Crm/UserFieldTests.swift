import Testing
import Wire

@testable import Portal

@Suite struct UserFieldTests {
    @Test("A field that is added shows in fields and records, its choices by number, and goes with its values")
    func life() throws {
        let portal = try PortalHarness()
        try portal.call("crm.deal.add", ["fields": ["TITLE": "Old"]])
        let fields: JSONValue = [
            "FIELD_NAME": "rooms", "USER_TYPE_ID": "enumeration", "EDIT_FORM_LABEL": ["en": "Rooms"], "MANDATORY": "Y",
            "LIST": [["VALUE": "One", "SORT": 10], ["VALUE": "Two", "SORT": 20]],
        ]
        let id = try #require(try portal.call("crm.deal.userfield.add", ["fields": fields]).result.integerValue)
        let described = try portal.call("crm.deal.fields").result["UF_CRM_ROOMS"]
        #expect(described?["type"] == "enumeration" && described?["isDynamic"] == true)
        #expect(described?["isRequired"] == true && described?["listLabel"] == "Rooms")
        #expect(described?["items"] == [["ID": "1", "VALUE": "One"], ["ID": "2", "VALUE": "Two"]])
        try portal.call("crm.deal.update", ["id": 1, "fields": ["UF_CRM_ROOMS": 2]])
        #expect(try portal.form("crm.deal.list", "filter[UF_CRM_ROOMS]=2&select[]=UF_*").result.arrayValue?.count == 1)
        #expect(
            try portal.call("crm.item.get", ["entityTypeId": 2, "id": 1]).result["item"]?["ufCrmRooms"] == 2)
        let row = try portal.call("crm.deal.userfield.get", ["id": .integer(id)]).result
        #expect(row["ENTITY_ID"] == "CRM_DEAL" && row["MANDATORY"] == "Y" && row["LIST"]?[1]?["VALUE"] == "Two")
        try portal.call(
            "crm.deal.userfield.update",
            ["id": .integer(id), "fields": ["LIST": [["ID": 1, "DEL": "Y"], ["VALUE": "Three", "SORT": 30]]]])
        let items = try portal.call("crm.deal.fields").result["UF_CRM_ROOMS"]?["items"]
        #expect(items == [["ID": "2", "VALUE": "Two"], ["ID": "3", "VALUE": "Three"]])
        #expect(try portal.call("crm.deal.userfield.delete", ["id": .integer(id)]).result == true)
        #expect(try portal.call("crm.deal.get", ["id": 1]).result["UF_CRM_ROOMS"] == nil)
        #expect(try portal.call("crm.deal.get", ["id": 1]).result["TITLE"] == "Old")
    }

    @Test(
        "What cannot be a field is refused",
        arguments: [
            ("crm.lead.userfield.add", ["fields": ["FIELD_NAME": "X", "USER_TYPE_ID": "nothing"]]),
            ("crm.lead.userfield.add", ["fields": ["FIELD_NAME": "", "USER_TYPE_ID": "string"]]),
            ("crm.lead.userfield.add", ["fields": ["FIELD_NAME": "a b", "USER_TYPE_ID": "string"]]),
            ("crm.lead.userfield.add", ["fields": ["FIELD_NAME": "Б", "USER_TYPE_ID": "string"]]),
            (
                "crm.lead.userfield.add",
                ["fields": ["FIELD_NAME": "A23456789_123456789_123456789_123456789_1234", "USER_TYPE_ID": "string"]]
            ),
            ("crm.lead.userfield.add", ["fields": "x"]), ("crm.lead.userfield.get", ["id": 5]),
            ("crm.lead.userfield.delete", ["id": 5]),
        ] as [(String, JSONValue)])
    func refusals(method: String, parameters: JSONValue) throws {
        let reply = try PortalHarness().call(method, parameters)
        #expect(reply.status == 400)
    }

    @Test("Lists filter, order and show labels only for a language")
    func list() throws {
        let portal = try PortalHarness()
        for (name, type, sort) in [("B", "string", 20), ("A", "integer", 10), ("C", "string", 15)] {
            try portal.call(
                "crm.contact.userfield.add",
                ["fields": ["FIELD_NAME": .string(name), "USER_TYPE_ID": .string(type), "SORT": .integer(Int64(sort))]])
        }
        func names(_ body: String) throws -> [String] {
            let rows = try portal.form("crm.contact.userfield.list", body).result.arrayValue ?? []
            return rows.compactMap { $0["FIELD_NAME"]?.stringValue }
        }
        #expect(try names("") == ["UF_CRM_A", "UF_CRM_C", "UF_CRM_B"])
        #expect(try names("filter[USER_TYPE_ID]=string&order[ID]=DESC") == ["UF_CRM_C", "UF_CRM_B"])
        let plain = try portal.form("crm.contact.userfield.list").result[0]
        #expect(plain?["EDIT_FORM_LABEL"] == nil)
        let labelled = try portal.form("crm.contact.userfield.list", "filter[LANG]=en").result[0]
        #expect(labelled?["EDIT_FORM_LABEL"] == "UF_CRM_A")
    }

    @Test("userfieldconfig knows a smart process by its own number, not by its entityTypeId")
    func config() throws {
        let portal = try PortalHarness()
        try portal.call("crm.type.add", ["fields": ["title": "Visit", "entityTypeId": 177]])
        let field: JSONValue = ["entityId": "CRM_1", "fieldName": "UF_CRM_1_ROOMS", "userTypeId": "integer"]
        let added = try portal.call("userfieldconfig.add", ["moduleId": "crm", "field": field])
        #expect(added.result["field"]?["entityId"] == "CRM_1" && added.result["field"]?["multiple"] == "N")
        try portal.call("crm.item.add", ["entityTypeId": 177, "fields": ["ufCrm1Rooms": 4]])
        #expect(try portal.call("crm.item.get", ["entityTypeId": 177, "id": 1]).result["item"]?["ufCrm1Rooms"] == 4)
        let list = try portal.call(
            "userfieldconfig.list", ["moduleId": "crm", "filter": ["entityId": "CRM_1"]])
        #expect(list.result["fields"]?[0]?["fieldName"] == "UF_CRM_1_ROOMS" && list.json["total"] == 1)
        #expect(try portal.call("userfieldconfig.list", ["moduleId": "iblock"]).status == 400)
        let id = try #require(list.result["fields"]?[0]?["id"])
        #expect(
            try portal.call("userfieldconfig.delete", ["moduleId": "crm", "id": id]).text.contains("\"result\":null"))
    }
}
