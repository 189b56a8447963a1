internal import Storage
internal import Wire

/// Numbered JSON objects of one kind: employees, events, tasks, messages.
///
/// These families hold hundreds of records, not hundreds of thousands, and their methods filter by fields that the
/// platform computes; so a record is one JSON text under (kind, id), with one indexed column for what it hangs on.
struct Documents: Sendable {
    let kind: String

    static let schema = [
        """
        CREATE TABLE IF NOT EXISTS document (
          kind TEXT NOT NULL, id INTEGER NOT NULL, owner TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (kind, id)
        ) WITHOUT ROWID
        """,
        "CREATE INDEX IF NOT EXISTS document_owner ON document (kind, owner, id)",
        // Numbers are never given twice, also after the newest record was deleted: clients keep ids.
        "CREATE TABLE IF NOT EXISTS document_number (kind TEXT PRIMARY KEY, last INTEGER NOT NULL) WITHOUT ROWID",
    ]

    struct Entry {
        let id: Int
        var fields: JSONObject
    }

    /// Stores a new record.
    ///
    /// - Parameter id: The number to give it; nil takes the next one.
    /// - Returns: Its number.
    @discardableResult
    func insert(
        _ fields: JSONObject, id: Int? = nil, owner: String = "", in state: PortalState
    ) throws(PortalFailure) -> Int {
        let last = try state.first("SELECT last FROM document_number WHERE kind = ?", [.text(kind)]) { $0.int(0) } ?? 0
        let number = id ?? last + 1
        try state.execute(
            "INSERT INTO document_number VALUES (?1, ?2) ON CONFLICT (kind) DO UPDATE SET last = max(last, ?2)",
            [.text(kind), .integer(Int64(number))])
        try state.execute(
            "INSERT INTO document VALUES (?, ?, ?, ?)",
            [.text(kind), .integer(Int64(number)), .text(owner), .text(JSONValue.object(fields).text)])
        return number
    }

    /// The next number, taken for a record of another kind that is counted together with these.
    func reserveNumber(in state: PortalState) throws(PortalFailure) -> Int {
        let last = try state.first("SELECT last FROM document_number WHERE kind = ?", [.text(kind)]) { $0.int(0) } ?? 0
        try state.execute(
            "INSERT INTO document_number VALUES (?1, ?2) ON CONFLICT (kind) DO UPDATE SET last = ?2",
            [.text(kind), .integer(Int64(last + 1))])
        return last + 1
    }

    func get(_ id: Int, in state: PortalState) throws(PortalFailure) -> JSONObject? {
        let sql = "SELECT id, body FROM document WHERE kind = ? AND id = ?"
        return try read(sql, [.text(kind), .integer(Int64(id))], in: state).first?.fields
    }

    /// All records in the order of their numbers.
    func all(in state: PortalState) throws(PortalFailure) -> [Entry] {
        try read("SELECT id, body FROM document WHERE kind = ? ORDER BY id", [.text(kind)], in: state)
    }

    func owned(by owner: String, in state: PortalState) throws(PortalFailure) -> [Entry] {
        let sql = "SELECT id, body FROM document WHERE kind = ? AND owner = ? ORDER BY id"
        return try read(sql, [.text(kind), .text(owner)], in: state)
    }

    func replace(_ id: Int, with fields: JSONObject, in state: PortalState) throws(PortalFailure) {
        try state.execute(
            "UPDATE document SET body = ? WHERE kind = ? AND id = ?",
            [.text(JSONValue.object(fields).text), .text(kind), .integer(Int64(id))])
    }

    func delete(_ id: Int, in state: PortalState) throws(PortalFailure) {
        try state.execute("DELETE FROM document WHERE kind = ? AND id = ?", [.text(kind), .integer(Int64(id))])
    }

    private func read(
        _ sql: String, _ parameters: [SQLValue], in state: PortalState
    ) throws(PortalFailure) -> [Entry] {
        let rows = try state.query(sql, parameters) { ($0.int(0), $0.text(1)) }
        var entries: [Entry] = []
        entries.reserveCapacity(rows.count)
        for (id, body) in rows {
            guard let fields = try? JSONValue(parsing: body).objectValue else {
                throw .local("the record \(kind) \(id) is not a JSON object")
            }
            entries.append(Entry(id: id, fields: fields))
        }
        return entries
    }
}
