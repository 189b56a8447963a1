internal import Storage
internal import Wire

/// `crm.item.productrow.*`.
///
/// https://apidocs.bitrix24.com/api-reference/crm/universal/product-rows/index.html
enum ProductRowMethods {
    static let methods: [PortalMethod] = [
        .crm("crm.item.productrow.list") { state, call throws(PortalFailure) in try list(state, call) },
        .crm("crm.item.productrow.get") { state, call throws(PortalFailure) in
            let found = try find(state, call)
            return try reply(found.id, state)
        },
        .crm("crm.item.productrow.set") { state, call throws(PortalFailure) in try set(state, call) },
        .crm("crm.item.productrow.add") { state, call throws(PortalFailure) in
            let fields = try fields(call)
            let rows = try open(fields["ownerType"], fields["ownerId"], state, call)
            let id = try rows.save(try row(fields, state), id: nil)
            try rows.settleOwner()
            return try reply(id, state)
        },
        .crm("crm.item.productrow.update") { state, call throws(PortalFailure) in
            let found = try find(state, call)
            var row = ProductRow(found)
            row.apply(try fields(call), view: .universal)
            let rows = try open(found.fields["OWNER_TYPE"], found.fields["OWNER_ID"], state, call)
            _ = try rows.save(row, id: found.id)
            try rows.settleOwner()
            return try reply(found.id, state)
        },
        .crm("crm.item.productrow.delete") { state, call throws(PortalFailure) in
            let found = try find(state, call)
            let rows = try open(found.fields["OWNER_TYPE"], found.fields["OWNER_ID"], state, call)
            try rows.delete(found.id)
            try rows.settleOwner()
            return MethodReply(.null)
        },
        .crm("crm.item.productrow.fields") { _, _ throws(PortalFailure) in
            MethodReply(["fields": .object(CrmFields.describe(ProductRows.table, view: .universal))])
        },
    ]

    private static let missing = PortalFailure("NOT_FOUND", "Element not found")

    private static func store(_ state: PortalState) -> RecordStore {
        RecordStore(state: state, table: ProductRows.table)
    }

    private static func find(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> StoredRecord {
        guard let id = call.integer("id") else {
            throw PortalFailure("100", "Could not find value for parameter {id}")
        }
        guard let record = try store(state).load(id) else { throw missing }
        return record
    }

    private static func fields(_ call: MethodCall) throws(PortalFailure) -> JSONObject {
        guard let fields = call.parameter("fields")?.phpObject else {
            throw PortalFailure("100", "Could not find value for parameter {fields}")
        }
        return fields
    }

    private static func open(
        _ kind: JSONValue?, _ id: JSONValue?, _ state: PortalState, _ call: MethodCall
    ) throws(PortalFailure) -> ProductRows {
        guard let kind = kind?.phpText, !kind.isEmpty else {
            throw PortalFailure("100", "Could not find value for parameter {ownerType}")
        }
        guard let type = try ProductRows.owner(kind, in: state), type.hasProducts else {
            throw PortalFailure("ENTITY_TYPE_NOT_SUPPORTED", "Entity type \(kind) is not supported")
        }
        guard let number = id?.lenientInteger,
            try RecordStore(state: state, table: type.table).exists(number)
        else { throw PortalFailure("OWNER_NOT_FOUND", "Owner was not found") }
        return ProductRows(state: state, owner: type, ownerID: number, userID: call.userID)
    }

    /// A new row by what a caller gave.
    private static func row(_ given: JSONObject, _ state: PortalState) throws(PortalFailure) -> ProductRow {
        var row = ProductRow()
        row.apply(given, view: .universal)
        guard row.productID != 0 || !row.name.isEmpty else {
            throw PortalFailure("INVALID_ARG_VALUE", "Either productId or productName must be specified")
        }
        let product = row.productID > 0 ? try Products.product.store(state).load(row.productID) : nil
        guard row.productID == 0 || product != nil else {
            throw PortalFailure("INVALID_ARG_VALUE", "Product with id \(row.productID) was not found")
        }
        row.complete(from: product)
        return row
    }

    private static func set(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        for name in ["ownerId", "ownerType", "productRows"] where call.parameter(name) == nil {
            throw PortalFailure("100", "Could not find value for parameter {\(name)}")
        }
        let rows = try open(call.parameter("ownerType"), call.parameter("ownerId"), state, call)
        let known = Set(try rows.all().map(\.id))
        // The set is checked as a whole before anything of it is written.
        var wanted: [(ProductRow, Int?)] = []
        for item in (call.parameter("productRows") ?? .null).phpList {
            let given = item.objectValue ?? JSONObject()
            let id = given["id"]?.lenientInteger.flatMap { known.contains($0) ? $0 : nil }
            wanted.append((try row(given, state), id))
        }
        let kept = Set(wanted.compactMap(\.1))
        for id in known.subtracting(kept).sorted() { try rows.delete(id) }
        for (row, id) in wanted { _ = try rows.save(row, id: id) }
        try rows.settleOwner()
        return try reply("productRows", SQLCondition(sql: ProductRows.ofOwner, values: owner(rows)), state)
    }

    private static func owner(_ rows: ProductRows) -> [SQLValue] {
        [.text(rows.owner.abbreviation), .integer(Int64(rows.ownerID))]
    }

    // MARK: Reading

    private static func reply(_ id: Int, _ state: PortalState) throws(PortalFailure) -> MethodReply {
        let writer = UniversalWriter(select: [], table: ProductRows.table)
        guard let json = try store(state).json(id, writer: writer, wrapper: ("{\"productRow\":", "}")) else {
            throw missing
        }
        return MethodReply(json: json)
    }

    /// All rows that match, on no page.
    private static func reply(
        _ name: String, _ condition: SQLCondition, _ state: PortalState
    ) throws(PortalFailure) -> MethodReply {
        let ids = try state.integers(
            """
            SELECT id FROM crm_product_row WHERE \(condition.sql) \
            ORDER BY CAST(json_extract(fields,'$.SORT') AS INTEGER), id
            """, condition.values)
        let writer = UniversalWriter(select: [], table: ProductRows.table)
        var json: [UInt8] = Array("{\"\(name)\":[".utf8)
        for (index, id) in ids.enumerated() {
            if index > 0 { json.append(UInt8(ascii: ",")) }
            json += try store(state).json(id, writer: writer) ?? []
        }
        return MethodReply(json: json + Array("]}".utf8))
    }

    /// Rows of one owner, which the filter must name exactly so: `=ownerType`, `=ownerId`. Of the other fields only
    /// `id` and `productId` count.
    private static func list(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        guard let filter = (call.parameter("filter") ?? .null).phpObject else {
            throw PortalFailure("100", "Invalid value to match with parameter {filter}. Should be value of type array.")
        }
        guard let kind = filter["=ownerType"]?.phpText, let number = filter["=ownerId"]?.lenientInteger else {
            throw PortalFailure("REQUIRED_ARG_MISSING", "Required filter fields: =ownerType, =ownerId")
        }
        guard let type = try ProductRows.owner(kind, in: state), type.hasProducts,
            try RecordStore(state: state, table: type.table).exists(number)
        else { throw PortalFailure("ACCESS_DENIED", "Access denied") }
        let page = RecordList(
            state: state, table: ProductRows.table, view: .universal,
            condition: try condition(filter, type, number, state), order: try order(call),
            writer: UniversalWriter(select: [], table: ProductRows.table),
            wrapper: ("{\"productRows\":", "}"))
        return try page.page(start: call.integer("start") ?? 0)
    }

    private static func condition(
        _ filter: JSONObject, _ type: CrmType, _ ownerID: Int, _ state: PortalState
    ) throws(PortalFailure) -> SQLCondition {
        var condition = SQLCondition(
            sql: ProductRows.ofOwner, values: [.text(type.abbreviation), .integer(Int64(ownerID))])
        var kept = JSONObject()
        for (key, value) in filter {
            let (operation, name) = FilterOperation.split(key)
            guard name == "id" || name == "productId" else { continue }
            if value.phpText == nil {
                guard operation == .bare || operation == .equal || operation == .isIn else {
                    throw PortalFailure("INVALID_ARG_VALUE", "Invalid filter: field '\(name)' has invalid value")
                }
                // An array counts for `@id` alone.
                guard key == "@id" else { continue }
            }
            kept[key] = value
        }
        let own = try RecordFilter(table: ProductRows.table, view: .universal, state: state).compile(kept)
        if !own.sql.isEmpty {
            condition.sql += " AND " + own.sql
            condition.values += own.values
        }
        return condition
    }

    private static func order(_ call: MethodCall) throws(PortalFailure) -> String {
        var known = JSONObject()
        for (name, direction) in try call.object("order") ?? JSONObject() where ["id", "sort"].contains(name) {
            known[name] = .string((direction.phpText ?? "").uppercased() == "DESC" ? "DESC" : "ASC")
        }
        if known.isEmpty { known["sort"] = "ASC" }
        return try RecordOrder.compile(known, table: ProductRows.table, view: .universal)
    }
}
