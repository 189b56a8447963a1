import Testing
import Wire

@testable import Portal

@Suite struct RequisiteTests {
    private func portal() throws -> PortalHarness {
        let portal = try PortalHarness()
        try portal.call("crm.company.add", ["fields": ["TITLE": "Mops"]])
        let fields: JSONValue = ["ENTITY_TYPE_ID": 4, "ENTITY_ID": 1, "PRESET_ID": 1, "NAME": "Main", "RQ_INN": "77"]
        #expect(try portal.call("crm.requisite.add", ["fields": fields]).result == 1)
        return portal
    }

    @Test("Requisites hang on a company and follow a preset; bank details hang on them")
    func life() throws {
        let portal = try portal()
        #expect(try portal.form("crm.requisite.list", "filter[RQ_INN]=77&select[]=NAME").result == [["NAME": "Main"]])
        try portal.call("crm.requisite.update", ["id": 1, "fields": ["RQ_KPP": "99", "ENTITY_ID": 7]])
        let row = try portal.call("crm.requisite.get", ["id": 1]).result
        #expect(row["RQ_KPP"] == "99" && row["ENTITY_ID"] == "1" && row["ACTIVE"] == "Y")
        let bank = try portal.call(
            "crm.requisite.bankdetail.add", ["fields": ["ENTITY_ID": 1, "NAME": "Bank", "RQ_IBAN": "LV00"]])
        #expect(bank.result == 1)
        #expect(try portal.call("crm.requisite.preset.list").json["total"] == 2)
        let fields = try portal.call("crm.requisite.fields").result
        #expect(fields["ENTITY_ID"]?["isImmutable"] == true && fields["PRESET_ID"]?["isRequired"] == true)
    }

    @Test(
        "Without an owner or a preset there is no requisite",
        arguments: [
            ("crm.requisite.add", ["fields": ["ENTITY_TYPE_ID": 4, "ENTITY_ID": 9, "PRESET_ID": 1]]),
            ("crm.requisite.add", ["fields": ["ENTITY_TYPE_ID": 2, "ENTITY_ID": 1, "PRESET_ID": 1]]),
            ("crm.requisite.add", ["fields": ["ENTITY_TYPE_ID": 4, "ENTITY_ID": 1, "PRESET_ID": 9]]),
            ("crm.requisite.bankdetail.add", ["fields": ["ENTITY_ID": 9, "NAME": "Bank"]]),
            ("crm.requisite.get", ["id": 9]),
            ("crm.address.add", ["fields": ["TYPE_ID": 2, "ENTITY_TYPE_ID": 8, "ENTITY_ID": 1]]),
            ("crm.address.add", ["fields": ["TYPE_ID": 1, "ENTITY_TYPE_ID": 8, "ENTITY_ID": 9]]),
            ("crm.address.update", ["fields": ["TYPE_ID": 1, "ENTITY_TYPE_ID": 8, "ENTITY_ID": 1]]),
        ] as [(String, JSONValue)])
    func refusals(method: String, parameters: JSONValue) throws {
        let reply = try portal().call(method, parameters)
        #expect(reply.status == 400 && reply.error == "")
    }

    @Test("An address is known by its type and owner, and shows the client behind the requisite")
    func addresses() throws {
        let portal = try portal()
        let key: JSONObject = ["TYPE_ID": 1, "ENTITY_TYPE_ID": 8, "ENTITY_ID": 1]
        func call(_ method: String, _ city: String) throws -> PortalHarness.Reply {
            var fields = key
            fields["CITY"] = .string(city)
            return try portal.call("crm.address.\(method)", ["fields": .object(fields)])
        }
        #expect(try call("add", "Riga").result == true)
        #expect(try call("update", "Cēsis").result == true)
        let rows = try portal.call("crm.address.list", ["filter": ["ENTITY_TYPE_ID": 8, "ENTITY_ID": 1]])
        #expect(rows.json["total"] == 1)
        let row = rows.result[0] ?? .null
        #expect(row["CITY"] == "Cēsis" && row["ANCHOR_TYPE_ID"] == "4" && row["ANCHOR_ID"] == "1")
        #expect(row["ID"] == nil)
        #expect(try call("delete", "").result == true)
        #expect(try portal.call("crm.address.list").result == [])
    }
}
