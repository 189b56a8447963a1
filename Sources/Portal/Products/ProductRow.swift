internal import Wire

/// What one line of a deal, lead, estimate, invoice or smart process costs.
///
/// https://apidocs.bitrix24.com/api-reference/crm/universal/product-rows/index.html
struct ProductRow {
    var productID = 0
    var name = ""
    /// A unit's price with discount and tax.
    var price = 0.0
    var quantity = 1.0
    /// 1 an amount, 2 per cent.
    var discountType = 2
    var discountRate = 0.0
    var discountSum = 0.0
    /// Per cent; nil without tax.
    var taxRate: Double?
    var isTaxIncluded = false
    var taxName = ""
    var measureCode = 0
    var measureName = ""
    var sort = 0
    /// 1 simple, 4 variation, 7 service.
    var type = 1

    /// With discount, without tax.
    var priceExclusive: Double { price / (1 + (taxRate ?? 0) / 100) }

    /// Without discount and tax.
    var priceNetto: Double {
        if discountType == 1 { return priceExclusive + discountSum }
        return discountRate < 100 ? priceExclusive / (1 - discountRate / 100) : discountSum
    }

    /// Without discount, with tax.
    var priceBrutto: Double { priceNetto * (1 + (taxRate ?? 0) / 100) }

    /// Both forms of the discount, whichever was given.
    var discount: (rate: Double, sum: Double) {
        let netto = priceNetto
        if discountType == 2 { return (discountRate, netto - priceExclusive) }
        return (netto == 0 ? 0 : discountSum / netto * 100, discountSum)
    }

    var total: Double { price * quantity }
    var tax: Double { (price - priceExclusive) * quantity }
}

extension ProductRow {
    /// Eight decimals, as the platform keeps prices.
    private static func rounded(_ value: Double) -> JSONValue {
        guard value.isFinite, value.magnitude < 1e7 else {
            return .string(FieldValue.plain(value.isFinite ? value : 0))
        }
        return .string(FieldValue.plain((value * 1e8).rounded() / 1e8))
    }

    func write(to record: inout StoredRecord) {
        let discount = discount
        for (name, value) in [
            ("PRICE", price), ("PRICE_ACCOUNT", price), ("PRICE_EXCLUSIVE", priceExclusive),
            ("PRICE_NETTO", priceNetto), ("PRICE_BRUTTO", priceBrutto), ("QUANTITY", quantity),
            ("DISCOUNT_RATE", discount.rate), ("DISCOUNT_SUM", discount.sum),
        ] { record.fields[name] = ProductRow.rounded(value) }
        for (name, value) in [
            ("PRODUCT_ID", productID), ("DISCOUNT_TYPE_ID", discountType), ("MEASURE_CODE", measureCode),
            ("SORT", sort), ("TYPE", type),
        ] { record.fields[name] = .string(String(value)) }
        record.fields["PRODUCT_NAME"] = .string(name)
        record.fields["TAX_RATE"] = taxRate.map(ProductRow.rounded) ?? .null
        record.fields["TAX_INCLUDED"] = isTaxIncluded ? "Y" : "N"
        record.fields["TAX_NAME"] = .string(taxName.isEmpty && taxRate == nil ? "No VAT" : taxName)
        record.fields["CUSTOMIZED"] = "Y"
        record.fields["MEASURE_NAME"] = .string(measureName)
        record.fields["XML_ID"] = ""
    }

    init(_ record: StoredRecord) {
        productID = record.integer("PRODUCT_ID")
        name = record.text("PRODUCT_NAME")
        price = record.double("PRICE")
        quantity = record.double("QUANTITY")
        discountType = record.integer("DISCOUNT_TYPE_ID")
        discountRate = record.double("DISCOUNT_RATE")
        discountSum = record.double("DISCOUNT_SUM")
        taxRate = record.fields["TAX_RATE"]?.lenientDouble
        isTaxIncluded = record.fields["TAX_INCLUDED"] == "Y"
        taxName = record.text("TAX_NAME")
        measureCode = record.integer("MEASURE_CODE")
        measureName = record.text("MEASURE_NAME")
        sort = record.integer("SORT")
        type = record.integer("TYPE")
    }

    /// Takes what a caller gave, by the names of either view.
    mutating func apply(_ given: JSONObject, view: RecordFilter.View) {
        func value(_ name: String) -> JSONValue? {
            let value = view == .classic ? given[name] : given[FieldName.camelCase(name)]
            return value == .null ? nil : value
        }
        if let given = value("PRODUCT_ID")?.lenientInteger { productID = given }
        if let given = value("PRODUCT_NAME")?.phpText { name = given }
        if let given = value("PRICE")?.lenientDouble { price = given }
        if let given = value("QUANTITY")?.lenientDouble { quantity = given }
        if let given = value("DISCOUNT_TYPE_ID")?.lenientInteger, [1, 2].contains(given) { discountType = given }
        if let given = value("DISCOUNT_RATE")?.lenientDouble { discountRate = given }
        if let given = value("DISCOUNT_SUM")?.lenientDouble { discountSum = given }
        if let given = value("TAX_RATE") { taxRate = given.lenientDouble }
        if let given = value("TAX_INCLUDED") { isTaxIncluded = given.isTruthy }
        if let given = value("TAX_NAME")?.phpText { taxName = given }
        if let given = value("MEASURE_CODE")?.lenientInteger { measureCode = given }
        if view == .classic, let given = value("MEASURE_NAME")?.phpText { measureName = given }
        if let given = value("SORT")?.lenientInteger { sort = given }
    }

    /// Name and unit of the catalogue's product, where the caller left them out.
    mutating func complete(from product: StoredRecord?) {
        if let product {
            if name.isEmpty { name = product.text("NAME") }
            type = product.integer("TYPE")
        }
        if measureCode == 0, product != nil { measureCode = Products.piecesCode }
        if measureCode == Products.piecesCode, measureName.isEmpty { measureName = "pcs" }
    }
}
