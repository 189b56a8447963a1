internal import Wire

/// `crm.deal.productrows.*`, `crm.lead.productrows.*` and `crm.quote.productrows.*`.
///
/// https://apidocs.bitrix24.com/api-reference/crm/deals/crm-deal-productrows-set.html
struct ClassicProductRows: Sendable {
    let entityTypeID: Int
    let name: String

    static let methods: [PortalMethod] = [CrmType.lead, .deal, .quote].flatMap {
        ClassicProductRows(entityTypeID: $0.entityTypeID, name: $0.classicName).methods
    }

    private var methods: [PortalMethod] {
        [
            .crm("crm.\(name).productrows.get") { state, call throws(PortalFailure) in
                let rows = try open(state, call)
                var items: [JSONValue] = []
                for record in try rows.all() { items.append(try item(record, state)) }
                return MethodReply(.array(items))
            },
            .crm("crm.\(name).productrows.set") { state, call throws(PortalFailure) in try set(state, call) },
        ]
    }

    private func open(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> ProductRows {
        guard let id = call.integer("id"), id > 0 else {
            throw PortalFailure("", "The parameter id is invalid or not defined.")
        }
        guard let type = try CrmCatalog(state: state).type(entityTypeID),
            try RecordStore(state: state, table: type.table).exists(id)
        else { throw .notFound }
        return ProductRows(state: state, owner: type, ownerID: id, userID: call.userID)
    }

    private func set(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let rows = try open(state, call)
        guard let given = call.parameter("rows")?.phpObject else {
            throw PortalFailure("", "The parameter rows must be array.")
        }
        try rows.deleteAll()
        for (_, value) in given {
            let fields = value.objectValue ?? JSONObject()
            try check(fields)
            var row = ProductRow()
            row.apply(fields, view: .classic)
            let product = row.productID > 0 ? try Products.product.store(state).load(row.productID) : nil
            row.complete(from: product)
            _ = try rows.save(row, id: nil)
        }
        try rows.settleOwner()
        return MethodReply(true)
    }

    /// A discount that is named must be given in the form that is named.
    private func check(_ fields: JSONObject) throws(PortalFailure) {
        let type = fields["DISCOUNT_TYPE_ID"]?.lenientInteger
        if type == 2 {
            guard let rate = fields["DISCOUNT_RATE"]?.lenientDouble else {
                throw PortalFailure(
                    "ERROR_CORE",
                    "Discount Rate (DISCOUNT_RATE) is required if Percentage Discount Type (DISCOUNT_TYPE_ID) "
                        + "is defined.<br>")
            }
            guard rate != 100 || fields["DISCOUNT_SUM"] != nil else {
                throw PortalFailure(
                    "ERROR_CORE",
                    "Discount Sum (DISCOUNT_SUM) is required if Percentage Discount Type (DISCOUNT_TYPE_ID) "
                        + "is defined and Discount Rate (DISCOUNT_RATE) is 100%<br>")
            }
        }
        if type == 1, fields["DISCOUNT_SUM"]?.lenientDouble == nil {
            throw PortalFailure(
                "ERROR_CORE",
                "Discount Sum (DISCOUNT_SUM) is required if Monetary Discount Type (DISCOUNT_TYPE_ID) is defined.<br>")
        }
    }

    /// Numbers as numbers, except where the platform prints text: the ids of row and owner, and the account price.
    private func item(_ record: StoredRecord, _ state: PortalState) throws(PortalFailure) -> JSONValue {
        let product = try Products.product.store(state).load(record.integer("PRODUCT_ID"))
        var item = JSONObject()
        for field in ProductRows.table.fields where field.name != "TAX_NAME" {
            let value = record.fields[field.name] ?? .null
            switch field.name {
            case "ID", "OWNER_ID": item[field.name] = value
            case "PRICE_ACCOUNT": item[field.name] = .string(FieldValue.money(record.double(field.name)))
            default: item[field.name] = field.kind.isNumeric ? number(value) : value
            }
            if field.name == "PRODUCT_NAME" {
                item["ORIGINAL_PRODUCT_NAME"] = product.map { .string($0.text("NAME")) } ?? .null
                item["PRODUCT_DESCRIPTION"] = product?.fields["DESCRIPTION"] ?? .null
            }
        }
        for name in ["RESERVE_ID", "DATE_RESERVE_END", "RESERVE_QUANTITY"] { item[name] = .null }
        return .object(item)
    }

    private func number(_ value: JSONValue) -> JSONValue {
        if let whole = value.lenientInteger { return .integer(Int64(whole)) }
        return value.lenientDouble.map { .number($0) } ?? .null
    }
}
