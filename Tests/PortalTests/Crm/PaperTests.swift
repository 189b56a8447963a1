import Testing
import Wire

@testable import Portal

/// Estimates, invoices old and new, smart processes and the history of their stages.
@Suite struct PaperTests {
    @Test("An estimate is one record in crm.quote.* and in crm.item.*")
    func quotes() throws {
        let portal = try PortalHarness()
        try portal.call("crm.contact.add", ["fields": ["NAME": "Ann"]])
        let id = try portal.call("crm.quote.add", ["fields": ["TITLE": "Offer", "CONTACT_IDS": [1], "DEAL_ID": 4]])
        #expect(id.result == 1)
        let quote = try portal.call("crm.quote.get", ["id": 1]).result
        #expect(quote["STATUS_ID"] == "DRAFT" && quote["QUOTE_NUMBER"] == "1" && quote["MOVED_TIME"] == nil)
        let item = try portal.call("crm.item.get", ["entityTypeId": 7, "id": 1]).result["item"]
        #expect(item?["stageId"] == "DRAFT" && item?["dealId"] == 4 && item?["contactIds"] == [1])
        try portal.call("crm.item.update", ["entityTypeId": 7, "id": 1, "fields": ["stageId": "DECLAINED"]])
        #expect(try portal.call("crm.quote.get", ["id": 1]).result["STATUS_SEMANTIC_ID"] == "F")
        try portal.call("crm.quote.productrows.set", ["id": 1, "rows": [["PRODUCT_NAME": "x", "PRICE": 5]]])
        #expect(try portal.form("crm.quote.list", "select[]=OPPORTUNITY").result == [["OPPORTUNITY": "5.00"]])
        #expect(try portal.call("crm.stagehistory.list", ["entityTypeId": 7]).error == "ENTITY_TYPE_NOT_SUPPORTED")
        let links = try portal.call("crm.quote.contact.items.get", ["id": 1]).result
        #expect(links[0]?["CONTACT_ID"] == 1)
    }

    @Test("A new invoice has stages of its own funnel, which is not number 0")
    func invoices() throws {
        let portal = try PortalHarness()
        let category = try portal.call("crm.category.list", ["entityTypeId": 31]).result["categories"]?[0]?["id"]
        let number = try #require(category?.integerValue)
        #expect(number > 0)
        let added = try portal.call(
            "crm.item.add", ["entityTypeId": 31, "fields": ["title": "Bill", "opportunity": 9, "parentId2": 3]])
        let item = added.result["item"] ?? .null
        #expect(item["stageId"]?.stringValue == "DT31_\(number):N" && item["parentId2"] == 3)
        #expect(item["accountNumber"] == "1")
        try portal.call(
            "crm.item.update", ["entityTypeId": 31, "id": 1, "fields": ["stageId": .string("DT31_\(number):P")]])
        let history = try portal.call("crm.stagehistory.list", ["entityTypeId": 31]).result["items"]
        #expect(history?[1]?["STAGE_SEMANTIC_ID"] == "S" && history?[1]?["TYPE_ID"] == 3)
        let stages = try portal.form("crm.status.list", "filter[ENTITY_ID]=SMART_INVOICE_STAGE_\(number)").result
        #expect(stages.arrayValue?.count == 4)
        let rows = try portal.call(
            "crm.item.productrow.set",
            ["ownerType": "SI", "ownerId": 1, "productRows": [["productName": "x", "price": 4]]])
        #expect(rows.result["productRows"]?[0]?["ownerType"] == "SI")
    }

    @Test("An old invoice has its own names and products, and no universal view")
    func oldInvoices() throws {
        let portal = try PortalHarness()
        #expect(try portal.call("crm.invoice.add", ["fields": ["ORDER_TOPIC": "x"]]).status == 400)
        let fields: JSONValue = [
            "ORDER_TOPIC": "Cleaning", "PAY_SYSTEM_ID": 1, "PERSON_TYPE_ID": 3, "UF_DEAL_ID": 5,
            "PRODUCT_ROWS": [["PRODUCT_NAME": "Mop", "PRICE": 110, "QUANTITY": 2, "VAT_RATE": 0.1]],
        ]
        #expect(try portal.call("crm.invoice.add", ["fields": fields]).result == 1)
        let invoice = try portal.call("crm.invoice.get", ["id": 1]).result
        #expect(invoice["PRICE"] == "220.00" && invoice["TAX_VALUE"] == "20.00" && invoice["STATUS_ID"] == "N")
        #expect(invoice["PRODUCT_ROWS"]?[0]?["PRODUCT_NAME"] == "Mop" && invoice["RESPONSIBLE_ID"] == "1")
        let row = try portal.form("crm.invoice.list", "filter[UF_DEAL_ID]=5").result[0]
        #expect(row?["UF_DEAL_ID"] == "5" && row?["PRODUCT_ROWS"] == nil)
        try portal.call("crm.invoice.update", ["id": 1, "fields": ["STATUS_ID": "P"]])
        #expect(try portal.call("crm.invoice.get", ["id": 1]).result["PAYED"] == "Y")
        let history = try portal.call("crm.stagehistory.list", ["entityTypeId": 5]).result["items"]
        #expect(history?[1]?["STATUS_ID"] == "P" && history?[1]?["CATEGORY_ID"] == nil)
        #expect(
            try portal.call("crm.item.list", ["entityTypeId": 5]).error == "ENTITY_TYPE_NOT_SUPPORTED")
    }

    @Test("Fields of a smart process exist where its feature is on, and come and go with it")
    func features() throws {
        let portal = try PortalHarness()
        let added = try portal.call("crm.type.add", ["fields": ["title": "Visit", "entityTypeId": 1030]])
        let type = added.result["type"] ?? .null
        #expect(type["isStagesEnabled"] == "N" && type["isSetOpenPermissions"] == "Y")
        let id = try #require(type["id"])
        try portal.call("crm.item.add", ["entityTypeId": 1030, "fields": ["title": "One", "opportunity": 5]])
        func item() throws -> JSONValue {
            try portal.call("crm.item.get", ["entityTypeId": 1030, "id": 1]).result["item"] ?? .null
        }
        #expect(try item()["title"] == "One" && item()["stageId"] == nil && item()["opportunity"] == nil)
        let refused = try portal.call("crm.item.list", ["entityTypeId": 1030, "filter": ["stageId": "x"]])
        #expect(refused.error == "INVALID_ARG_VALUE")
        let updated = try portal.call(
            "crm.type.update",
            [
                "id": id,
                "fields": [
                    "isStagesEnabled": "Y", "isLinkWithProductsEnabled": "Y",
                    "relations": ["parent": [["entityTypeId": 2, "isChildrenListEnabled": "true"]]],
                ],
            ])
        #expect(
            updated.result["type"]?["relations"]?["parent"]
                == [["entityTypeId": 2, "isChildrenListEnabled": "Y", "isPredefined": "N"]])
        #expect(try item()["stageId"]?.stringValue?.hasPrefix("DT1030_") == true)
        #expect(try item()["title"] == "One" && item()["opportunity"] == 0 && item()["parentId2"] == .null)
        try portal.call("crm.item.update", ["entityTypeId": 1030, "id": 1, "fields": ["parentId2": 8]])
        let found = try portal.call("crm.item.list", ["entityTypeId": 1030, "filter": ["parentId2": 8]])
        #expect(found.json["total"] == 1)
    }

    @Test(
        "Types are found by either number, listed, and not deleted with records",
        arguments: [
            ("crm.type.get", ["id": 77], "0"), ("crm.type.getByEntityTypeId", ["entityTypeId": 77], "0"),
            ("crm.type.delete", ["id": 77], "0"), ("crm.type.delete", ["id": 1], ""),
            ("crm.type.add", ["fields": ["title": "x", "entityTypeId": 1031]], "INVALID_ARG_VALUE"),
            ("crm.type.add", ["fields": ["title": "x", "entityTypeId": 130]], "INVALID_ARG_VALUE"),
            ("crm.type.list", ["filter": ["noSuch": 1]], "INVALID_ARG_VALUE"),
        ] as [(String, JSONValue, String)])
    func typeRefusals(method: String, parameters: JSONValue, code: String) throws {
        let portal = try PortalHarness()
        try portal.call("crm.type.add", ["fields": ["title": "Visit", "entityTypeId": 130]])
        try portal.call("crm.item.add", ["entityTypeId": 130, "fields": [:]])
        let reply = try portal.call(method, parameters)
        #expect(reply.status == 400 && reply.error == code)
        let list = try portal.call("crm.type.list", ["filter": ["entityTypeId": 130]])
        #expect(list.result["types"]?[0]?["title"] == "Visit" && list.json["total"] == 1)
        #expect(list.result["types"]?[0]?["relations"] == nil)
        try portal.call("crm.item.delete", ["entityTypeId": 130, "id": 1])
        #expect(try portal.call("crm.type.delete", ["id": 1]).result == [])
        #expect(try portal.call("crm.item.list", ["entityTypeId": 130]).error == "NOT_FOUND")
    }

    @Test(
        "The history of stages filters, orders, selects and pages",
        arguments: [
            (["filter": ["OWNER_ID": 2]], [2, 4]), (["filter": [">ID": 2], "order": ["ID": "DESC"]], [4, 3]),
            (["filter": ["@TYPE_ID": [3]]], [4]), (["filter": ["STAGE_ID": "WON"]], [4]),
            (["filter": [">=CREATED_TIME": "2026-05-14T10:01:00+03:00"]], [3, 4]),
            (["filter": ["STAGE_SEMANTIC_ID": "P", "CATEGORY_ID": 0]], [1, 2, 3]), (["start": -1], [1, 2, 3, 4]),
        ] as [(JSONValue, [Int64])])
    func history(parameters: JSONValue, ids: [Int64]) throws {
        let portal = try PortalHarness()
        for _ in 0..<2 { try portal.call("crm.deal.add", ["fields": [:]]) }
        portal.engine.state.clock.advance(seconds: 60)
        try portal.call("crm.deal.update", ["id": 1, "fields": ["STAGE_ID": "EXECUTING"]])
        try portal.call("crm.deal.update", ["id": 2, "fields": ["STAGE_ID": "WON"]])
        var given = parameters.objectValue ?? JSONObject()
        given["entityTypeId"] = 2
        let reply = try portal.call("crm.stagehistory.list", .object(given))
        #expect(reply.result["items"]?.arrayValue?.map { $0["ID"]?.integerValue } == ids)
        #expect((reply.json["total"] == nil) == (given["start"] != nil))
        given["filter"] = ["NO_SUCH": 1]
        #expect(try portal.call("crm.stagehistory.list", .object(given)).error == "INVALID_ARG_VALUE")
        given["filter"] = [:]
        given["select"] = ["ID", "STAGE_ID"]
        let row = try portal.call("crm.stagehistory.list", .object(given)).result["items"]?[0]
        #expect(row?.objectValue?.count == 2)
    }
}
