import Testing
import Wire

@testable import Portal

@Suite struct CrmClassicTests {
    @Test("A lead added by a form comes back as text, with the defaults of a fresh portal")
    func addAndGet() throws {
        let portal = try PortalHarness()
        let added = try portal.form(
            "crm.lead.add",
            "fields[TITLE]=Mop+%26+go&fields[OPPORTUNITY]=1000&FIELDS[IGNORED]=1&fields[NO_SUCH]=x"
                + "&fields[PHONE][0][VALUE]=%2B371+2000&fields[PHONE][0][VALUE_TYPE]=MOBILE")
        #expect(added.result == 1)
        let lead = try portal.form("crm.lead.get", "ID=1").result
        #expect(lead["ID"] == "1")
        #expect(lead["TITLE"] == "Mop & go")
        #expect(lead["OPPORTUNITY"] == "1000.00")
        #expect(lead["STATUS_ID"] == "NEW")
        #expect(lead["STATUS_SEMANTIC_ID"] == "P")
        #expect(lead["ASSIGNED_BY_ID"] == "1")
        #expect(lead["DATE_CREATE"] == "2026-05-14T10:00:00+03:00")
        #expect(lead["COMPANY_ID"] == .null)
        #expect(lead["HAS_PHONE"] == "Y")
        #expect(lead["PHONE"] == [["ID": "1", "VALUE_TYPE": "MOBILE", "VALUE": "+371 2000", "TYPE_ID": "PHONE"]])
        #expect(lead["EMAIL"] == nil)
        #expect(lead["NO_SUCH"] == nil)
    }

    @Test(
        "What cannot be done says so with an empty code",
        arguments: [
            ("crm.deal.get", "id=99", "Not found"),
            ("crm.deal.get", "", "ID is not defined or invalid."),
            ("crm.deal.get", "id=abc", "ID is not defined or invalid."),
            ("crm.deal.update", "id=99&fields[TITLE]=x", "Not found"),
            ("crm.deal.delete", "id=99", "Not found"),
            ("crm.deal.add", "fields=x", "Parameter 'fields' must be array."),
            ("crm.deal.list", "filter=x", "Parameter 'filter' must be array."),
        ])
    func failures(method: String, body: String, description: String) throws {
        let reply = try PortalHarness().form(method, body)
        #expect(reply.status == 400)
        #expect(reply.error == "")
        #expect(reply.description == description)
    }

    @Test("A page has 50 rows, next is absent on the last one, and start=-1 counts nothing")
    func paging() throws {
        let portal = try PortalHarness()
        for _ in 0..<120 { try portal.call("crm.lead.add", ["fields": ["TITLE": "x"]]) }
        let pages = try [0, 50, 100, 150].map { try portal.form("crm.lead.list", "start=\($0)&select[]=ID") }
        #expect(pages.map { $0.result.arrayValue?.count } == [50, 50, 20, 0])
        #expect(pages.map { $0.json["next"]?.integerValue } == [50, 100, nil, nil])
        #expect(pages.map { $0.json["total"]?.integerValue } == [120, 120, 120, 120])
        let keyset = try portal.form("crm.lead.list", "start=-1&filter[>ID]=60&order[ID]=ASC&select[]=ID")
        #expect(keyset.result.arrayValue?.count == 50)
        #expect(keyset.result[0] == ["ID": "61"])
        #expect(keyset.json["total"] == nil)
        #expect(keyset.json["next"] == nil)
    }

    @Test(
        "A filter's prefix decides the comparison",
        arguments: [
            ("filter[TITLE]=alpha", ["1"]),
            ("filter[%3DTITLE]=Alpha", ["1"]),
            ("filter[!TITLE]=Alpha", ["2", "3"]),
            ("filter[%TITLE]=%D0%A3%D0%91%D0%9E%D0%A0", ["3"]),
            ("filter[%3D%25TITLE]=%25eta", ["2"]),
            ("filter[%25%3DTITLE]=al%25", ["1"]),
            ("filter[!%TITLE]=a", ["3"]),
            ("filter[>OPPORTUNITY]=9.5", ["2", "3"]),
            ("filter[<%3DOPPORTUNITY]=10", ["1", "2"]),
            ("filter[@ID][]=1&filter[@ID][]=3", ["1", "3"]),
            ("filter[ID][0]=2&filter[ID][1]=3", ["2", "3"]),
            ("filter[!@ID][]=1", ["2", "3"]),
            ("filter[><OPPORTUNITY][]=5&filter[><OPPORTUNITY][]=50", ["2"]),
            ("filter[EMAIL]=A@x.lv", ["1"]),
            ("filter[PHONE]=2000", []),
            ("filter[PHONE]=%2B3712000", ["1"]),
            ("filter[COMPANY_ID]=0", ["1", "2", "3"]),
            ("filter[COMPANY_ID]=", ["1", "2", "3"]),
            ("filter[>%3DDATE_CREATE]=2026-05-14T09:00:00%2B02:00", ["1", "2", "3"]),
            ("filter[>DATE_CREATE]=2026-05-14T10:00:00", []),
            ("filter[>%3DDATE_CREATE]=2026-05-14T10:00:01%2B03:00", []),
            ("filter[>ID]=", ["1", "2", "3"]),
            ("filter[NO_SUCH]=1", ["1", "2", "3"]),
            ("FILTER[STATUS_ID]=NEW&ORDER[ID]=desc", ["3", "2", "1"]),
        ])
    func filters(body: String, ids: [String]) throws {
        let portal = try PortalHarness()
        try portal.call(
            "crm.lead.add",
            [
                "fields": [
                    "TITLE": "Alpha", "OPPORTUNITY": 2, "EMAIL": [["VALUE": "a@x.lv"]],
                    "PHONE": [["VALUE": "+3712000"]],
                ]
            ])
        try portal.call("crm.lead.add", ["fields": ["TITLE": "Beta", "OPPORTUNITY": 10]])
        try portal.call("crm.lead.add", ["fields": ["TITLE": "Уборка", "OPPORTUNITY": "100"]])
        let rows = try portal.form("crm.lead.list", body + "&select[]=ID").result.arrayValue ?? []
        #expect(rows.compactMap { $0["ID"]?.stringValue } == ids)
    }

    @Test("Select masks: all standard fields without a select, only named multifields, custom fields by UF_*")
    func select() throws {
        let portal = try PortalHarness()
        try portal.call("crm.contact.add", ["fields": ["NAME": "Ann", "PHONE": [["VALUE": "1"]]]])
        try CrmCatalog(state: portal.engine.state).addField("UF_CRM_ROOMS", kind: .integer, label: "Rooms", to: 3)
        try portal.call("crm.contact.update", ["id": 1, "fields": ["UF_CRM_ROOMS": 3]])
        func row(_ select: String) throws -> JSONValue {
            try portal.form("crm.contact.list", select).result[0] ?? .null
        }
        let all = try row("")
        #expect(all["NAME"] == "Ann" && all["UF_CRM_ROOMS"] == "3" && all["PHONE"] == nil)
        #expect(try row("select[]=*")["UF_CRM_ROOMS"] == nil)
        #expect(try row("select[]=UF_*") == ["UF_CRM_ROOMS": "3"])
        #expect(try row("select[]=name&select[]=PHONE")["PHONE"]?[0]?["VALUE"] == "1")
    }

    @Test("A multifield with an id is edited, without one added, with an empty value deleted, others stay")
    func multifields() throws {
        let portal = try PortalHarness()
        try portal.call("crm.contact.add", ["fields": ["PHONE": [["VALUE": "1"], ["VALUE": "2"], ["VALUE": "3"]]]])
        try portal.form(
            "crm.contact.update",
            "id=1&fields[PHONE][0][ID]=1&fields[PHONE][0][VALUE]=10&fields[PHONE][1][ID]=2&fields[PHONE][1][VALUE]="
                + "&fields[PHONE][2][VALUE]=4")
        let phones = try portal.call("crm.contact.get", ["id": 1]).result["PHONE"]?.arrayValue ?? []
        #expect(phones.map { $0["VALUE"]?.stringValue } == ["10", "3", "4"])
        #expect(phones.map { $0["ID"]?.stringValue } == ["1", "3", "4"])
    }

    @Test("An update that changes nothing saves nothing")
    func noOpUpdate() throws {
        let portal = try PortalHarness()
        try portal.call("crm.deal.add", ["fields": ["TITLE": "x", "OPPORTUNITY": 5]])
        portal.engine.state.clock.advance(seconds: 60)
        try portal.call("crm.deal.update", ["id": 1, "fields": ["TITLE": "x", "OPPORTUNITY": "5.0"]])
        #expect(try portal.call("crm.deal.get", ["id": 1]).result["DATE_MODIFY"] == "2026-05-14T10:00:00+03:00")
        try portal.call("crm.deal.update", ["id": 1, "fields": ["TITLE": "y"]])
        #expect(try portal.call("crm.deal.get", ["id": 1]).result["DATE_MODIFY"] == "2026-05-14T10:01:00+03:00")
    }

    @Test("A deal's stage must be one of its funnel, and decides semantics and closing")
    func stages() throws {
        let portal = try PortalHarness()
        try portal.call("crm.deal.add", ["fields": [:]])
        #expect(try portal.call("crm.deal.get", ["id": 1]).result["TITLE"] == "Deal #1")
        #expect(try portal.call("crm.deal.update", ["id": 1, "fields": ["STAGE_ID": "C7:NEW"]]).status == 400)
        try portal.call("crm.deal.update", ["id": 1, "fields": ["STAGE_ID": "WON", "CATEGORY_ID": 7]])
        let deal = try portal.call("crm.deal.get", ["id": 1]).result
        #expect(deal["STAGE_SEMANTIC_ID"] == "S" && deal["CLOSED"] == "Y" && deal["CATEGORY_ID"] == "0")
    }

    @Test("Both views show one record, each in its own names and types")
    func views() throws {
        let portal = try PortalHarness()
        try portal.call("crm.contact.add", ["fields": ["NAME": "Ann"]])
        try portal.call("crm.contact.add", ["fields": ["NAME": "Bob"]])
        try portal.call("crm.deal.add", ["fields": ["OPPORTUNITY": "1000.50", "CONTACT_IDS": [2, 1]]])
        let item = try portal.call("crm.item.get", ["entityTypeId": 2, "id": 1]).result["item"] ?? .null
        #expect(item["id"] == 1)
        #expect(item["opportunity"]?.doubleValue == 1000.5)
        #expect(item["contactIds"] == [2, 1] && item["contactId"] == 2)
        #expect(item["opened"] == "Y" && item["entityTypeId"] == 2)
        try portal.call(
            "crm.item.update", ["entityTypeId": 2, "id": 1, "fields": ["assignedById": 5, "contactIds": [1]]])
        let deal = try portal.call("crm.deal.get", ["id": 1]).result
        #expect(deal["ASSIGNED_BY_ID"] == "5" && deal["CONTACT_ID"] == "1" && deal["OPPORTUNITY"] == "1000.50")
        let links = try portal.call("crm.deal.contact.items.get", ["id": 1]).result
        #expect(links == [["CONTACT_ID": 1, "SORT": 10, "ROLE_ID": 0, "IS_PRIMARY": "Y"]])
        let rows = try portal.call("crm.item.list", ["entityTypeId": 2, "filter": ["contactIds": 1], "select": ["id"]])
        #expect(rows.result == ["items": [["id": 1, "entityTypeId": 2]]])
        #expect(rows.json["total"] == 1)
    }

    @Test(
        "crm.item refuses what it does not know",
        arguments: [
            (["entityTypeId": 2, "filter": ["noSuch": 1]], "crm.item.list", "INVALID_ARG_VALUE"),
            (["entityTypeId": 2, "order": ["id": "UP"]], "crm.item.list", "INVALID_ARG_VALUE"),
            (["entityTypeId": 2, "id": 77], "crm.item.get", "NOT_FOUND"),
            (["entityTypeId": 999, "id": 1], "crm.item.get", "NOT_FOUND"),
            (["entityTypeId": 5, "id": 1], "crm.item.get", "ENTITY_TYPE_NOT_SUPPORTED"),
            (["id": 1], "crm.item.get", "100"),
        ] as [(JSONValue, String, String)])
    func refusals(parameters: JSONValue, method: String, code: String) throws {
        let reply = try PortalHarness().call(method, parameters)
        #expect(reply.status == 400)
        #expect(reply.error == code)
    }
}
