import Testing
import Wire

@testable import Portal

@Suite struct ProductTests {
    /// A portal with two products and one deal.
    private func shop(_ configure: (inout PortalSettings) -> Void = { _ in }) throws -> PortalHarness {
        let portal = try PortalHarness(configure)
        try portal.call("crm.productsection.add", ["fields": ["NAME": "Cleaning"]])
        try portal.call("crm.product.add", ["fields": ["NAME": "Mop", "PRICE": "12.5", "SECTION_ID": 1]])
        try portal.call("crm.product.add", ["fields": ["NAME": "Bucket", "PRICE": 3]])
        try portal.call("crm.deal.add", ["fields": ["TITLE": "Floor", "OPPORTUNITY": 1]])
        return portal
    }

    @Test("One product shows in the CRM's old words and in the catalogue's")
    func views() throws {
        let portal = try shop()
        let classic = try portal.call("crm.product.get", ["id": 1]).result
        #expect(classic["NAME"] == "Mop" && classic["PRICE"] == "12.5" && classic["ACTIVE"] == "Y")
        #expect(classic["TIMESTAMP_X"] == "2026-05-14T10:00:00+03:00" && classic["QUANTITY_TRACE"] == nil)
        let product = try portal.call("catalog.product.get", ["id": 1]).result["product"]
        #expect(product?["id"] == 1 && product?["iblockId"] == 23 && product?["iblockSectionId"] == 1)
        #expect(product?["type"] == 1 && product?["price"] == nil)
        let prices = try portal.call("catalog.price.list", ["filter": ["productId": 1]]).result["prices"]
        #expect(prices?[0]?["price"]?.doubleValue == 12.5)
        let rows = try portal.form("crm.product.list", "filter[%25NAME]=buck&select[]=ID&select[]=NAME").result
        #expect(rows == [["ID": "2", "NAME": "Bucket"]])
        let fields = try portal.call("crm.product.fields").result
        #expect(fields["NAME"]?["isRequired"] == true && fields["TIMESTAMP_X"]?["type"] == "datetime")
    }

    @Test(
        "catalog.product.list wants id and iblockId selected and one block named",
        arguments: [
            (["select": ["id"], "filter": ["iblockId": 23]], "Required select fields: iblockId"),
            (["select": ["id", "iblockId"]], "Required filter fields: iblockId"),
            (["select": ["id", "iblockId"], "filter": ["iblockId": 9]], "Iblock Not Found"),
            (["select": ["id", "iblockId"], "filter": "x"], "Incorrect filter format"),
        ] as [(JSONValue, String)])
    func required(parameters: JSONValue, description: String) throws {
        let reply = try shop().call("catalog.product.list", parameters)
        #expect(reply.status == 400 && reply.description == description)
    }

    @Test("catalog.product.list answers products, catalog.product.add the element it made")
    func catalogue() throws {
        let portal = try shop()
        let added = try portal.call("catalog.product.add", ["fields": ["iblockId": 23, "name": "Rag"]])
        #expect(added.result["element"]?["id"] == 3)
        let list = try portal.call(
            "catalog.product.list",
            ["select": ["id", "iblockId", "name"], "filter": ["iblockId": 23, ">id": 1], "order": ["id": "desc"]])
        #expect(
            list.result["products"] == [
                ["id": 3, "iblockId": 23, "name": "Rag"], ["id": 2, "iblockId": 23, "name": "Bucket"],
            ])
        #expect(list.json["total"] == 2)
        let missing = try portal.call("catalog.product.get", ["id": 77])
        #expect(missing.status == 400 && missing.error == "200040300000")
    }

    @Test("A row's prices follow from its price, tax and discount, by the documentation's sample")
    func prices() throws {
        let portal = try shop()
        let row: JSONValue = [
            "productId": 1, "price": 90_000, "quantity": 3, "discountTypeId": 2, "discountRate": 10, "taxRate": 10,
            "taxIncluded": "Y", "taxName": "VAT 10",
        ]
        let set = try portal.call(
            "crm.item.productrow.set", ["ownerType": "D", "ownerId": 1, "productRows": [row]])
        let found = set.result["productRows"]?[0] ?? .null
        #expect(found["productName"] == "Mop" && found["measureCode"] == 796 && found["ownerType"] == "D")
        #expect(found["priceExclusive"]?.doubleValue == 81818.18181818)
        #expect(found["priceNetto"]?.doubleValue == 90909.09090909)
        #expect(found["priceBrutto"]?.doubleValue == 100_000)
        #expect(found["discountSum"]?.doubleValue == 9090.90909091)
        let deal = try portal.call("crm.deal.get", ["id": 1]).result
        #expect(deal["OPPORTUNITY"] == "270000.00" && deal["TAX_VALUE"] == "24545.45")
    }

    @Test("Classic rows print numbers, but their ids and the account price as text")
    func classicRows() throws {
        let portal = try shop()
        let rows: JSONValue = [
            ["PRODUCT_ID": 1, "PRICE": "899.1", "QUANTITY": 2, "DISCOUNT_TYPE_ID": 2, "DISCOUNT_RATE": 10, "SORT": 20],
            ["PRODUCT_NAME": "Hand made", "PRICE": 5, "SORT": 10],
        ]
        #expect(try portal.call("crm.deal.productrows.set", ["id": 1, "rows": rows]).result == true)
        let found = try portal.call("crm.deal.productrows.get", ["id": 1]).result
        #expect(found[0]?["PRODUCT_NAME"] == "Hand made" && found[0]?["ORIGINAL_PRODUCT_NAME"] == .null)
        #expect(found[1]?["ID"] == "1" && found[1]?["OWNER_ID"] == "1" && found[1]?["PRODUCT_ID"] == 1)
        #expect(found[1]?["PRICE_ACCOUNT"] == "899.10" && found[1]?["PRICE_NETTO"]?.doubleValue == 999)
        #expect(try portal.call("crm.deal.get", ["id": 1]).result["OPPORTUNITY"] == "1803.20")
        try portal.call("crm.deal.productrows.set", ["id": 1, "rows": []])
        #expect(try portal.call("crm.deal.productrows.get", ["id": 1]).result == [])
        #expect(try portal.call("crm.deal.get", ["id": 1]).result["OPPORTUNITY"] == "0.00")
    }

    @Test("An amount set by hand stays; without the mark the rows' sum returns, or not by setting")
    func manualAmount() throws {
        for (decides, amount) in [(true, "20.00"), (false, "7.00")] {
            let portal = try shop { $0.crm.rowsDecideOpportunity = decides }
            try portal.call("crm.deal.productrows.set", ["id": 1, "rows": [["PRODUCT_NAME": "x", "PRICE": 20]]])
            try portal.call("crm.deal.update", ["id": 1, "fields": ["OPPORTUNITY": 7]])
            #expect(try portal.call("crm.deal.get", ["id": 1]).result["OPPORTUNITY"]?.stringValue == amount)
            try portal.call("crm.deal.update", ["id": 1, "fields": ["OPPORTUNITY": 9, "IS_MANUAL_OPPORTUNITY": "Y"]])
            try portal.call("crm.deal.productrows.set", ["id": 1, "rows": [["PRODUCT_NAME": "x", "PRICE": 30]]])
            #expect(try portal.call("crm.deal.get", ["id": 1]).result["OPPORTUNITY"] == "9.00")
        }
    }

    @Test(
        "What cannot be a row is refused and changes nothing",
        arguments: [
            (
                "crm.item.productrow.set", ["ownerType": "C", "ownerId": 1, "productRows": []],
                "ENTITY_TYPE_NOT_SUPPORTED"
            ),
            ("crm.item.productrow.set", ["ownerType": "D", "ownerId": 9, "productRows": []], "OWNER_NOT_FOUND"),
            ("crm.item.productrow.set", ["ownerType": "D", "ownerId": 1], "100"),
            (
                "crm.item.productrow.set",
                ["ownerType": "D", "ownerId": 1, "productRows": [["productName": "x"], ["productId": 99]]],
                "INVALID_ARG_VALUE"
            ),
            ("crm.item.productrow.list", ["filter": ["=ownerType": "D"]], "REQUIRED_ARG_MISSING"),
            ("crm.item.productrow.list", ["filter": ["ownerType": "D", "ownerId": 1]], "REQUIRED_ARG_MISSING"),
            ("crm.item.productrow.list", ["filter": ["=ownerType": "D", "=ownerId": 9]], "ACCESS_DENIED"),
            (
                "crm.item.productrow.list", ["filter": ["=ownerType": "D", "=ownerId": 1, ">id": [1]]],
                "INVALID_ARG_VALUE"
            ),
            ("crm.item.productrow.get", ["id": 77], "NOT_FOUND"),
            (
                "crm.deal.productrows.set",
                ["id": 1, "rows": [["PRODUCT_NAME": "x", "DISCOUNT_TYPE_ID": 1]]], "ERROR_CORE"
            ),
        ] as [(String, JSONValue, String)])
    func refusals(method: String, parameters: JSONValue, code: String) throws {
        let portal = try shop()
        try portal.call("crm.deal.productrows.set", ["id": 1, "rows": [["PRODUCT_NAME": "kept", "PRICE": 4]]])
        let reply = try portal.call(method, parameters)
        #expect(reply.status == 400 && reply.error == code)
        let rows = try portal.call("crm.deal.productrows.get", ["id": 1]).result.arrayValue
        #expect(rows?.map { $0["PRODUCT_NAME"]?.stringValue } == ["kept"])
    }

    @Test("crm.item.productrow.list filters by id and product alone and orders by sort")
    func rowList() throws {
        let portal = try shop()
        let rows: JSONValue = [
            ["productName": "b", "sort": 20], ["productId": 1, "sort": 30], ["productName": "a", "sort": 10],
        ]
        try portal.call("crm.item.productrow.set", ["ownerType": "D", "ownerId": 1, "productRows": rows])
        func names(_ extra: JSONObject, _ order: JSONValue = [:]) throws -> [String] {
            var filter: JSONObject = ["=ownerType": "D", "=ownerId": 1]
            for (key, value) in extra { filter[key] = value }
            let reply = try portal.call("crm.item.productrow.list", ["filter": .object(filter), "order": order])
            return reply.result["productRows"]?.arrayValue?.compactMap { $0["productName"]?.stringValue } ?? []
        }
        #expect(try names([:]) == ["a", "b", "Mop"])
        #expect(try names([:], ["id": "desc"]) == ["a", "Mop", "b"])
        #expect(try names(["productId": 1]) == ["Mop"])
        #expect(try names(["@id": [1, 3]]) == ["a", "b"])
        #expect(try names(["id": [1]]) == ["a", "b", "Mop"])
        #expect(try names(["productName": "a", ">price": 5]) == ["a", "b", "Mop"])
        try portal.call("crm.item.productrow.update", ["id": 1, "fields": ["price": 6, "quantity": 2]])
        #expect(try portal.call("crm.deal.get", ["id": 1]).result["OPPORTUNITY"] == "12.00")
        try portal.call("crm.item.productrow.delete", ["id": 1])
        #expect(try portal.call("crm.deal.get", ["id": 1]).result["OPPORTUNITY"] == "0.00")
        try portal.call("crm.deal.delete", ["id": 1])
        #expect(try portal.call("crm.item.productrow.get", ["id": 2]).error == "NOT_FOUND")
    }
}
