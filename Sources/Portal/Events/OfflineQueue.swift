internal import Storage
internal import Wire

/// An application's queue of offline events: of each object and event the latest state, not a log.
///
/// https://apidocs.bitrix24.com/api-reference/events/offline-events.html
struct OfflineQueue {
    /// Rows of one portal; the oldest are forgotten.
    static let rowsMax = 100_000
    /// Batches that nobody cleared vanish after it.
    static let reservedSeconds: Int64 = 30 * 86_400

    static let schema = [
        """
        CREATE TABLE IF NOT EXISTS event_offline (id INTEGER PRIMARY KEY AUTOINCREMENT, client_id TEXT NOT NULL, \
        connector TEXT NOT NULL, event TEXT NOT NULL, data TEXT NOT NULL, changed INTEGER NOT NULL, \
        message_id TEXT NOT NULL, process_id TEXT NOT NULL DEFAULT '', reserved INTEGER NOT NULL DEFAULT 0, \
        is_error INTEGER NOT NULL DEFAULT 0)
        """,
        "CREATE INDEX IF NOT EXISTS event_offline_object ON event_offline (client_id, event, data)",
    ]

    let state: PortalState
    let clientID: String

    struct Row {
        let id: Int
        let fields: JSONObject
        let connector: String
        let processID: String
        let isError: Bool
    }

    func append(_ event: String, _ data: JSONObject, connector: String) throws(PortalFailure) {
        let text = JSONValue.object(data).text
        let key: [SQLValue] = [.text(clientID), .text(connector), .text(event), .text(text)]
        let waiting = try state.integer(
            """
            SELECT id FROM event_offline WHERE client_id = ? AND connector = ? AND event = ? AND data = ? \
            AND process_id = '' AND is_error = 0
            """, key)
        if let waiting {
            try state.execute(
                "UPDATE event_offline SET changed = ? WHERE id = ?",
                [.integer(state.clock.unixSeconds), .integer(Int64(waiting))])
            return
        }
        let last = try state.integer("SELECT seq FROM sqlite_sequence WHERE name = 'event_offline'") ?? 0
        try state.execute(
            "INSERT INTO event_offline (client_id, connector, event, data, changed, message_id) VALUES (?,?,?,?,?,?)",
            key + [.integer(state.clock.unixSeconds), .text(String(last + 1))])
        try state.execute("DELETE FROM event_offline WHERE id <= ?", [.integer(Int64(last + 1 - Self.rowsMax))])
    }

    /// Every row of the application, reserved ones included.
    func rows() throws(PortalFailure) -> [Row] {
        try state.execute(
            "DELETE FROM event_offline WHERE process_id <> '' AND reserved <= ?",
            [.integer(state.clock.unixSeconds - Self.reservedSeconds)])
        let hidden = state.settings.events.offlineDataIsHidden
        return try state.query(
            """
            SELECT id, event, data, changed, message_id, connector, process_id, is_error FROM event_offline \
            WHERE client_id = ? ORDER BY id
            """, [.text(clientID)]
        ) { row throws(DatabaseFailure) in
            let data = hidden ? JSONValue.bool(false) : (try? JSONValue(parsing: row.text(2))) ?? .bool(false)
            let fields: JSONObject = [
                "ID": .string(String(row.int(0))), "TIMESTAMP_X": .string(state.iso8601(row.integer(3))),
                "EVENT_NAME": .string(row.text(1)), "EVENT_DATA": data, "EVENT_ADDITIONAL": false,
                "MESSAGE_ID": .string(row.text(4)),
            ]
            return Row(
                id: row.int(0), fields: fields, connector: row.text(5), processID: row.text(6),
                isError: row.int(7) != 0)
        }
    }

    func delete(_ ids: [Int]) throws(PortalFailure) {
        for id in ids { try state.execute("DELETE FROM event_offline WHERE id = ?", [.integer(Int64(id))]) }
    }

    func reserve(_ ids: [Int], for processID: String) throws(PortalFailure) {
        for id in ids {
            try state.execute(
                "UPDATE event_offline SET process_id = ?, reserved = ? WHERE id = ?",
                [.text(processID), .integer(state.clock.unixSeconds), .integer(Int64(id))])
        }
    }

    func markFailed(_ ids: [Int]) throws(PortalFailure) {
        for id in ids {
            try state.execute("UPDATE event_offline SET is_error = 1 WHERE id = ?", [.integer(Int64(id))])
        }
    }
}
