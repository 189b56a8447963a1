internal import Wire

/// `catalog.product.*`, `catalog.section.*`, `catalog.price.*` (reading) and `catalog.catalog.*`: the same products
/// in camelCase, typed.
///
/// https://apidocs.bitrix24.com/api-reference/catalog/index.html
struct CatalogMethods: Sendable {
    let prefix: String
    let kind: RecordKind
    /// Member of `result` that holds one object, what was just written, and a list of them.
    let names: (one: String, written: String, many: String)
    let missing: PortalFailure
    /// Products must be asked with `id`, `iblockId`, and by their block.
    let needsBlock: Bool

    static let methods: [PortalMethod] =
        CatalogMethods(
            prefix: "catalog.product", kind: Products.product, names: ("product", "element", "products"),
            missing: PortalFailure("200040300000", "product does not exist"), needsBlock: true
        ).methods
        + CatalogMethods(
            prefix: "catalog.section", kind: Products.section, names: ("section", "section", "sections"),
            missing: PortalFailure("200040300000", "section does not exist"), needsBlock: false
        ).methods
        + CatalogBlock.methods

    private var methods: [PortalMethod] {
        [
            method("list") { state, call throws(PortalFailure) in try list(state, call) },
            method("get") { state, call throws(PortalFailure) in try reply(try id(call), names.one, state) },
            method("add") { state, call throws(PortalFailure) in
                let fields = try fields(call)
                guard fields["iblockId"]?.lenientInteger == Products.catalogID else {
                    throw PortalFailure("200040300000", "Iblock Not Found")
                }
                guard fields["name"]?.phpText?.isEmpty == false else {
                    throw PortalFailure("0", "Required fields: name")
                }
                let id = try kind.add(fields, view: .universal, userID: call.userID, in: state)
                return try reply(id, names.written, state)
            },
            method("update") { state, call throws(PortalFailure) in
                let id = try id(call)
                _ = try reply(id, names.written, state)
                try kind.update(id, try fields(call), view: .universal, userID: call.userID, in: state)
                return try reply(id, names.written, state)
            },
            method("delete") { state, call throws(PortalFailure) in
                let id = try id(call)
                _ = try reply(id, names.one, state)
                try kind.delete(id, in: state)
                return MethodReply(true)
            },
        ]
    }

    private func method(_ name: String, handler: @escaping PortalMethod.Handler) -> PortalMethod {
        PortalMethod("\(prefix).\(name)", scope: "catalog", handler: handler)
    }

    private func id(_ call: MethodCall) throws(PortalFailure) -> Int {
        guard let id = call.integer("id") else {
            throw PortalFailure("100", "Could not find value for parameter {id}")
        }
        return id
    }

    private func fields(_ call: MethodCall) throws(PortalFailure) -> JSONObject {
        guard let value = call.parameter("fields") else {
            throw PortalFailure("100", "Could not find value for parameter {fields}")
        }
        guard let object = value.phpObject else {
            throw PortalFailure(
                "100", "Invalid value to match with parameter {fields}. Should be value of type array.")
        }
        return object
    }

    private func reply(_ id: Int, _ name: String, _ state: PortalState) throws(PortalFailure) -> MethodReply {
        let writer = UniversalWriter(select: [], table: kind.table, isComplete: true)
        guard let json = try kind.store(state).json(id, writer: writer) else { throw missing }
        return MethodReply(json: Array("{\"\(name)\":".utf8) + json + Array("}".utf8))
    }

    private func list(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let select = JSONObject.names(call.parameter("select"))
        guard let filter = (call.parameter("filter") ?? .null).phpObject else {
            throw PortalFailure("0", "Incorrect filter format")
        }
        if needsBlock { try checkBlock(select, filter) }
        let known = kind.table
        // Fields the platform does not know are passed over here, unlike in crm.item.list.
        let kept = filter.filter { known.universalPlace(FilterOperation.split($0.key).1) != nil }
        let order = try call.object("order") ?? JSONObject()
        let page = RecordList(
            state: state, table: known, view: .universal,
            condition: try RecordFilter(table: known, view: .universal, state: state).compile(
                JSONObject(kept.map { ($0.key, $0.value) })),
            order: try RecordOrder.compile(
                JSONObject(order.filter { known.universalPlace($0.key) != nil }.map { ($0.key, $0.value) }),
                table: known, view: .universal),
            writer: UniversalWriter(select: select, table: known))
        var reply = try page.page(start: call.integer("start") ?? 0)
        reply.result = .json(Array("{\"\(names.many)\":".utf8) + reply.resultBytes + Array("}".utf8))
        return reply
    }

    private func checkBlock(_ select: [String], _ filter: JSONObject) throws(PortalFailure) {
        let missing = ["id", "iblockId"].filter { !select.contains($0) && !select.contains("*") }
        guard missing.isEmpty else {
            throw PortalFailure("0", "Required select fields: \(missing.joined(separator: ", "))")
        }
        guard let block = filter["iblockId"] ?? filter["=iblockId"] else {
            throw PortalFailure("0", "Required filter fields: iblockId")
        }
        guard block.phpList.contains(where: { $0.lenientInteger == Products.catalogID }) else {
            throw PortalFailure("200040300000", "Iblock Not Found")
        }
    }
}

/// The catalogue itself, and the prices of its products as records of their own.
enum CatalogBlock {
    static let methods: [PortalMethod] = [
        PortalMethod("catalog.catalog.list", scope: "catalog") { _, _ throws(PortalFailure) in
            MethodReply(["catalogs": [row]], total: 1)
        },
        PortalMethod("catalog.catalog.get", scope: "catalog") { _, call throws(PortalFailure) in
            guard call.integer("id") == Products.catalogID else {
                throw PortalFailure("200040300000", "Catalog does not exist")
            }
            return MethodReply(["catalog": row])
        },
        PortalMethod("catalog.price.list", scope: "catalog") { state, call throws(PortalFailure) in
            try prices(state, call)
        },
        PortalMethod("catalog.price.get", scope: "catalog") { state, call throws(PortalFailure) in
            guard let record = try Products.product.store(state).load(call.integer("id") ?? 0),
                let price = price(record)
            else { throw PortalFailure("200040300000", "price does not exist") }
            return MethodReply(["price": price])
        },
    ]

    private static let row: JSONValue = [
        "iblockId": .integer(Int64(Products.catalogID)), "iblockTypeId": "CRM_PRODUCT_CATALOG",
        "id": .integer(Int64(Products.catalogID)), "lid": "s1", "name": "CRM product catalog", "productIblockId": .null,
        "skuPropertyId": .null, "subscription": "N", "vatId": .null, "yandexExport": "N",
    ]

    /// One price a product, of the base type, numbered like its product.
    private static func price(_ record: StoredRecord) -> JSONValue? {
        guard let amount = record.fields["PRICE"]?.lenientDouble else { return nil }
        return [
            "catalogGroupId": 1, "currency": record.fields["CURRENCY_ID"] ?? "", "extraId": .null,
            "id": .integer(Int64(record.id)), "price": .number(amount), "priceScale": .number(amount),
            "productId": .integer(Int64(record.id)), "quantityFrom": .null, "quantityTo": .null,
            "timestampX": record.fields["TIMESTAMP_X"] ?? .null,
        ]
    }

    private static func prices(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        let match = RowMatch(state: state)
        let filter = try call.object("filter") ?? JSONObject()
        let store = Products.product.store(state)
        var rows: [JSONValue] = []
        for id in try state.integers("SELECT id FROM \(store.table.name) ORDER BY id") {
            guard let record = try store.load(id), let price = price(record) else { continue }
            let fits = filter.allSatisfy { key, wanted in
                let (operation, name) = FilterOperation.split(key)
                guard let value = price[name] else { return true }
                return match.matches(operation, wanted, value, name == "currency" ? .text : .number)
            }
            if fits { rows.append(price) }
        }
        return RowPage.reply(rows, call, state, wrapped: { ["prices": $0] })
    }
}
