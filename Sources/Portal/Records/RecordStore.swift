internal import Storage
internal import Wire

/// A record as it lies in its table.
struct StoredRecord {
    let id: Int
    /// Every field in the table's order, classic names and typing.
    var fields: JSONObject
    /// `{"PHONE":[…]}`
    var multi: JSONObject = JSONObject()
    /// `{"contactIds":[…],"observers":[…]}`
    var links: JSONObject = JSONObject()
}

/// Rows of one kind of record.
struct RecordStore {
    let state: PortalState
    let table: RecordTable

    /// Ids are never used again, not even those of deleted records.
    func nextID() throws(PortalFailure) -> Int {
        let last = try state.integer("SELECT seq FROM sqlite_sequence WHERE name = ?", [.text(table.name)])
        return (last ?? 0) + 1
    }

    func load(_ id: Int) throws(PortalFailure) -> StoredRecord? {
        let rows = try state.texts(
            "SELECT fields, multi, links FROM \(table.name) WHERE id = ?", [.integer(Int64(id))])
        guard let texts = rows.first else { return nil }
        return StoredRecord(
            id: id, fields: try RecordStore.object(texts[0]), multi: try RecordStore.object(texts[1]),
            links: try RecordStore.object(texts[2]))
    }

    /// One record as a writer prints it, between the two parts of a wrapper; nil when there is none.
    func json(
        _ id: Int, writer: some RecordWriter, wrapper: (StaticString, StaticString) = ("", "")
    ) throws(PortalFailure) -> [UInt8]? {
        var json: [UInt8] = []
        json.append(wrapper.0)
        var isFound = false
        try state.forEach(
            "SELECT fields, multi, links FROM \(table.name) WHERE id = ?", [.integer(Int64(id))]
        ) { row throws(DatabaseFailure) in
            isFound = true
            row.withText(0) { fields in
                row.withText(1) { multi in
                    row.withText(2) { links in
                        writer.write(RecordRow(fields: fields, multi: multi, links: links), to: &json)
                    }
                }
            }
            return false
        }
        guard isFound else { return nil }
        json.append(wrapper.1)
        return json
    }

    func exists(_ id: Int) throws(PortalFailure) -> Bool {
        try state.integer("SELECT 1 FROM \(table.name) WHERE id = ?", [.integer(Int64(id))]) != nil
    }

    func insert(_ record: StoredRecord) throws(PortalFailure) {
        try state.execute(
            "INSERT INTO \(table.name) (id, fields, multi, links) VALUES (?, ?, ?, ?)",
            [.integer(Int64(record.id))] + columns(record))
        state.caches.forget(table.name)
    }

    func replace(_ record: StoredRecord) throws(PortalFailure) {
        try state.execute(
            "UPDATE \(table.name) SET fields = ?, multi = ?, links = ? WHERE id = ?",
            columns(record) + [.integer(Int64(record.id))])
        state.caches.forget(table.name)
    }

    func delete(_ id: Int) throws(PortalFailure) {
        try state.execute("DELETE FROM \(table.name) WHERE id = ?", [.integer(Int64(id))])
        state.caches.forget(table.name)
    }

    /// A record with every field present and empty.
    func blank(_ id: Int) -> StoredRecord {
        var fields = table.blank
        fields["ID"] = .string(String(id))
        return StoredRecord(id: id, fields: fields)
    }

    private func columns(_ record: StoredRecord) -> [SQLValue] {
        [record.fields, record.multi, record.links].map { object in
            .text(object.isEmpty ? "" : JSONValue.object(object).text)
        }
    }

    private static func object(_ text: String) throws(PortalFailure) -> JSONObject {
        guard !text.isEmpty else { return JSONObject() }
        guard let value = try? JSONValue(parsing: text), case .object(let object) = value else {
            throw .local("a stored record is damaged")
        }
        return object
    }
}
