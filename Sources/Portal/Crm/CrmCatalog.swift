internal import Storage
internal import Wire

/// The CRM objects of this portal: the built-in ones, with the fields that users added, and the smart
/// processes that were made here.
struct CrmCatalog {
    let state: PortalState

    /// - Returns: nil for a type that the portal does not have.
    func type(_ entityTypeID: Int) throws(PortalFailure) -> CrmType? {
        if let known = CrmType.builtIn.first(where: { $0.entityTypeID == entityTypeID }) {
            return try withCustomFields(known)
        }
        let titles = try state.texts(
            "SELECT title FROM crm_type WHERE entity_type_id = ?", [.integer(Int64(entityTypeID))])
        guard let title = titles.first?.first else { return nil }
        return try withCustomFields(
            .smartProcess(
                entityTypeID: entityTypeID, title: title,
                table: CrmTables.smartProcess(entityTypeID: entityTypeID)))
    }

    private func withCustomFields(_ type: CrmType) throws(PortalFailure) -> CrmType {
        CrmType(
            entityTypeID: type.entityTypeID, classicName: type.classicName, title: type.title,
            symbol: type.symbol, abbreviation: type.abbreviation, table: try table(type),
            stageField: type.stageField, semanticField: type.semanticField, hasCategories: type.hasCategories)
    }

    private func table(_ type: CrmType) throws(PortalFailure) -> RecordTable {
        if let known = state.caches.tables[type.entityTypeID] { return known }
        var table = type.table
        for field in try customFields(type.entityTypeID) { table.append(field) }
        state.caches.tables[type.entityTypeID] = table
        return table
    }

    private func customFields(_ entityTypeID: Int) throws(PortalFailure) -> [RecordField] {
        try state.texts(
            "SELECT name, kind, multiple, label FROM crm_userfield WHERE entity_type_id = ? ORDER BY id",
            [.integer(Int64(entityTypeID))]
        ).map { row in
            RecordField(
                row[0], kind: FieldKind(rawValue: row[1]) ?? .string,
                flags: row[2] == "Y" ? ["many"] : [], title: row[3])
        }
    }

    /// Adds a field to every record of a type.
    ///
    /// - Parameters:
    ///   - name: `UF_CRM_…`, upper case.
    ///   - kind: a user field type: string, integer, double, boolean, date, datetime, enumeration, …
    func addField(
        _ name: String, kind: FieldKind, isMultiple: Bool = false, label: String, to entityTypeID: Int
    ) throws(PortalFailure) {
        guard let type = try type(entityTypeID) else { throw .notFound }
        guard type.table.place(name) == nil else {
            throw PortalFailure("ERROR_CORE", "The field \(name) already exists.")
        }
        try state.execute(
            "INSERT INTO crm_userfield (entity_type_id, name, kind, multiple, label) VALUES (?, ?, ?, ?, ?)",
            [
                .integer(Int64(entityTypeID)), .text(name), .text(kind.rawValue),
                .text(isMultiple ? "Y" : "N"), .text(label),
            ])
        // Records keep every field in the table's order: the new one goes to their end.
        try state.execute(
            """
            UPDATE \(type.table.name) SET fields = substr(fields, 1, length(fields) - 1) || \
            ',"\(name)":\(isMultiple ? "[]" : "null")}'
            """)
        state.caches.forgetAll()
    }
}
