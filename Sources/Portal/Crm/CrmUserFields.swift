internal import Storage
internal import Wire

/// The fields that users add to one kind of CRM object.
struct CrmUserFields {
    let state: PortalState
    let type: CrmType

    /// User types and the kind of value each keeps.
    static let kinds: [(type: String, kind: FieldKind)] = [
        ("string", .string), ("integer", .integer), ("double", .double), ("boolean", .boolean), ("date", .date),
        ("datetime", .datetime), ("money", .string), ("url", .url), ("address", .address),
        ("enumeration", .enumeration), ("file", .file), ("employee", .employee), ("crm_status", .crmStatus),
        ("iblock_section", .integer), ("iblock_element", .integer), ("crm", .string),
    ]

    /// Longest name with its prefix.
    static let nameLengthMax = 50

    /// `CRM_DEAL`, `CRM_7` of a smart process by the number of its type.
    func entityID() throws(PortalFailure) -> String {
        guard type.entityTypeID >= 128 else { return "CRM_\(type.symbol)" }
        let number = try state.integer(
            "SELECT id FROM crm_type WHERE entity_type_id = ?", [.integer(Int64(type.entityTypeID))])
        return "CRM_\(number ?? 0)"
    }

    func all() throws(PortalFailure) -> [(id: Int, field: RecordField)] {
        let rows = try state.query(
            """
            SELECT id, name FROM crm_userfield WHERE entity_type_id = ? AND substr(name, 1, 3) = 'UF_' ORDER BY id
            """,
            [.integer(Int64(type.entityTypeID))]
        ) { ($0.int(0), $0.text(1)) }
        return rows.compactMap { id, name in type.table.field(name).map { (id, $0) } }
    }

    func find(_ id: Int) throws(PortalFailure) -> RecordField? {
        try all().first { $0.id == id }?.field
    }

    /// - Parameters:
    ///   - name: with its prefix.
    ///   - given: `SORT`, `MANDATORY`, `LIST`, `SETTINGS` and the others of `userfield.add`.
    /// - Returns: The field's number.
    func add(
        _ name: String, type userType: String, isMultiple: Bool, label: String, given: JSONObject
    ) throws(PortalFailure) -> Int {
        guard let kind = Self.kinds.first(where: { $0.type == userType })?.kind else {
            throw PortalFailure("", "The user type '\(userType.prefix(32))' is not found.")
        }
        guard name.utf8.count <= Self.nameLengthMax, !name.isEmpty,
            name.utf8.allSatisfy({ $0 == 0x5F || (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) })
        else { throw PortalFailure("", "The field name must be A-Z, 0-9, _ and at most 50 characters.") }
        try CrmCatalog(state: state).addField(
            name, kind: kind, isMultiple: isMultiple, label: label, to: type.entityTypeID)
        let id = Int(state.database.lastInsertID)
        var custom = CustomField(id: id, type: userType, stored: JSONObject())
        try assign(given, to: &custom)
        try CustomField.documents.insert(custom.stored.with("USER_TYPE_ID", .string(userType)), id: id, in: state)
        state.caches.forgetAll()
        return id
    }

    func update(_ id: Int, given: JSONObject, label: String?) throws(PortalFailure) {
        guard let field = try find(id), var custom = field.custom else { throw .notFound }
        try assign(given, to: &custom)
        try CustomField.documents.delete(id, in: state)
        try CustomField.documents.insert(custom.stored.with("USER_TYPE_ID", .string(custom.type)), id: id, in: state)
        if let label, !label.isEmpty {
            try state.execute("UPDATE crm_userfield SET label = ? WHERE id = ?", [.text(label), .integer(Int64(id))])
        }
        state.caches.forgetAll()
    }

    /// The field goes, and its value in every record with it.
    func delete(_ id: Int) throws(PortalFailure) {
        guard let field = try find(id) else { throw .notFound }
        try state.execute("DELETE FROM crm_userfield WHERE id = ?", [.integer(Int64(id))])
        try CustomField.documents.delete(id, in: state)
        try state.execute(
            "UPDATE \(type.table.name) SET fields = json_remove(fields, '$.' || ?)", [.text(field.name)])
        state.caches.forgetAll()
    }

    private func assign(_ given: JSONObject, to custom: inout CustomField) throws(PortalFailure) {
        for (name, _) in CustomField.defaults {
            if let text = given[name]?.phpText { custom.facts[name] = .string(text) }
        }
        if let settings = given["SETTINGS"]?.objectValue { custom.settings = settings }
        if let list = given["LIST"], custom.type == "enumeration" { try custom.apply(list: list, in: state) }
    }
}

extension JSONObject {
    func with(_ name: String, _ value: JSONValue) -> JSONObject {
        var object = self
        object[name] = value
        return object
    }
}
