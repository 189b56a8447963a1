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
                table: CrmTables.smartProcess(
                    entityTypeID: entityTypeID,
                    features: try CrmTypeOptions.of(entityTypeID, in: state).features)))
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
        let rows = try state.query(
            "SELECT id, name, kind, multiple, label FROM crm_userfield WHERE entity_type_id = ? ORDER BY id",
            [.integer(Int64(entityTypeID))]
        ) { (id: $0.int(0), name: $0.text(1), kind: $0.text(2), isMultiple: $0.text(3) == "Y", label: $0.text(4)) }
        var fields: [RecordField] = []
        for row in rows {
            let kind = FieldKind(rawValue: row.kind) ?? .string
            var flags: Set<String> = row.isMultiple ? ["many"] : []
            let stored = try CustomField.documents.get(row.id, in: state) ?? JSONObject()
            let custom = CustomField(
                id: row.id, type: stored["USER_TYPE_ID"]?.phpText ?? kind.apiName, stored: stored)
            if custom.isMandatory { flags.insert("req") }
            let status = custom.type == "crm_status" ? custom.settings["ENTITY_TYPE"]?.phpText ?? "" : ""
            var field = RecordField(row.name, kind: kind, flags: flags, statusEntity: status, title: row.label)
            if field.isCustom { field.custom = custom }
            fields.append(field)
        }
        return fields
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
