internal import Storage
internal import Wire

/// The product rows of one CRM record.
struct ProductRows {
    let state: PortalState
    let owner: CrmType
    let ownerID: Int
    let userID: Int

    static let table = ProductTables.row
    static let schema =
        table.schema + [
            """
            CREATE INDEX IF NOT EXISTS crm_product_row_owner ON crm_product_row \
            (json_extract(fields,'$.OWNER_TYPE'), CAST(json_extract(fields,'$.OWNER_ID') AS INTEGER))
            """
        ]
    /// SQL that finds an owner's rows; takes the abbreviation and the id.
    static let ofOwner =
        "json_extract(fields,'$.OWNER_TYPE') = ? AND CAST(json_extract(fields,'$.OWNER_ID') AS INTEGER) = ?"

    private var store: RecordStore { RecordStore(state: state, table: Self.table) }
    private var ownerValues: [SQLValue] { [.text(owner.abbreviation), .integer(Int64(ownerID))] }

    /// A type by its abbreviation: `D`, `SI`, `T80`.
    static func owner(_ abbreviation: String, in state: PortalState) throws(PortalFailure) -> CrmType? {
        if let known = CrmType.builtIn.first(where: { $0.abbreviation == abbreviation }) {
            return try CrmCatalog(state: state).type(known.entityTypeID)
        }
        guard abbreviation.hasPrefix("T"), let number = Int(abbreviation.dropFirst(), radix: 16) else { return nil }
        return try CrmCatalog(state: state).type(number)
    }

    func all() throws(PortalFailure) -> [StoredRecord] {
        let ids = try state.integers(
            """
            SELECT id FROM crm_product_row WHERE \(Self.ofOwner) \
            ORDER BY CAST(json_extract(fields,'$.SORT') AS INTEGER), id
            """, ownerValues)
        var rows: [StoredRecord] = []
        for id in ids {
            if let row = try store.load(id) { rows.append(row) }
        }
        return rows
    }

    /// Puts a row there under its own number or the next one.
    ///
    /// - Returns: The row's number.
    func save(_ row: ProductRow, id: Int?) throws(PortalFailure) -> Int {
        let number = if let id { id } else { try store.nextID() }
        var record = store.blank(number)
        var row = row
        if row.name.isEmpty { row.name = "[\(number)]" }
        row.write(to: &record)
        record.fields["OWNER_ID"] = .string(String(ownerID))
        record.fields["OWNER_TYPE"] = .string(owner.abbreviation)
        if id == nil { try store.insert(record) } else { try store.replace(record) }
        return number
    }

    func delete(_ id: Int) throws(PortalFailure) { try store.delete(id) }

    func deleteAll() throws(PortalFailure) {
        try state.execute("DELETE FROM crm_product_row WHERE \(Self.ofOwner)", ownerValues)
        state.caches.forget(Self.table.name)
    }

    /// The record's amount and tax by its rows; nil when it has none.
    func totals() throws(PortalFailure) -> (opportunity: Double, tax: Double)? {
        let rows = try all().map { ProductRow($0) }
        guard !rows.isEmpty else { return nil }
        return (rows.reduce(0) { $0 + $1.total }, rows.reduce(0) { $0 + $1.tax })
    }

    /// Writes the sum of the rows into the record, unless somebody set its amount by hand.
    func settleOwner() throws(PortalFailure) {
        let records = RecordStore(state: state, table: owner.table)
        guard var record = try records.load(ownerID) else { return }
        let totals = try totals() ?? (0, 0)
        let before = record.fields
        let isManual = record.fields["IS_MANUAL_OPPORTUNITY"] == "Y"
        if !isManual { record.fields["OPPORTUNITY"] = .string(FieldValue.money(totals.opportunity)) }
        if owner.table.place("TAX_VALUE") != nil { record.fields["TAX_VALUE"] = .string(FieldValue.money(totals.tax)) }
        guard record.fields != before else { return }
        record.fields[owner.modifiedField] = .string(state.now)
        record.fields[owner.editorField] = .string(String(userID))
        try records.replace(record)
    }
}
