internal import Storage
internal import Wire

/// Who wants to hear of an event, and where.
struct EventBinding: Sendable, Equatable {
    /// All bindings of a portal.
    static let countMax = 1_000

    var id = 0
    /// The application's; empty for an outgoing webhook.
    var clientID: String
    /// Who bound it.
    var userID: Int
    /// Upper case.
    var event: String
    /// Empty for an offline event.
    var handler: String
    /// In whose name the handler acts; 0 stands for whoever causes the event.
    var authType = 0
    var isOffline = false
    /// The named queue of an offline event.
    var connector = ""
    /// Seconds between two ONOFFLINEEVENT; 0 is one a hit.
    var minTimeout = 1
    /// What an outgoing webhook carries as proof; an application has its own.
    var token = ""

    static let schema = [
        """
        CREATE TABLE IF NOT EXISTS event_binding (id INTEGER PRIMARY KEY AUTOINCREMENT, client_id TEXT NOT NULL, \
        user_id INTEGER NOT NULL, event TEXT NOT NULL, handler TEXT NOT NULL, auth_type INTEGER NOT NULL, \
        is_offline INTEGER NOT NULL, connector TEXT NOT NULL, min_timeout INTEGER NOT NULL, token TEXT NOT NULL)
        """
    ]

    static func all(in state: PortalState) throws(PortalFailure) -> [EventBinding] {
        try state.query(
            """
            SELECT id, client_id, user_id, event, handler, auth_type, is_offline, connector, min_timeout, token \
            FROM event_binding ORDER BY id
            """
        ) { row throws(DatabaseFailure) in
            EventBinding(
                id: row.int(0), clientID: row.text(1), userID: row.int(2), event: row.text(3), handler: row.text(4),
                authType: row.int(5), isOffline: row.int(6) != 0, connector: row.text(7), minTimeout: row.int(8),
                token: row.text(9))
        }
    }

    func insert(in state: PortalState) throws(PortalFailure) {
        let all = try EventBinding.all(in: state)
        guard all.count < EventBinding.countMax else {
            throw PortalFailure("ERROR_CORE", "A local portal keeps at most \(EventBinding.countMax) event handlers.")
        }
        let isKnown = all.contains {
            $0.clientID == clientID && $0.event == event && $0.handler == handler && $0.authType == authType
                && $0.isOffline == isOffline && $0.connector == connector
        }
        guard !isKnown else { throw PortalFailure("ERROR_CORE", "Unable to set event handler") }
        try state.execute(
            """
            INSERT INTO event_binding (client_id, user_id, event, handler, auth_type, is_offline, connector, \
            min_timeout, token) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .text(clientID), .integer(Int64(userID)), .text(event), .text(handler), .integer(Int64(authType)),
                .integer(isOffline ? 1 : 0), .text(connector), .integer(Int64(minTimeout)), .text(token),
            ])
        state.events.forgetBindings()
    }

    func delete(in state: PortalState) throws(PortalFailure) {
        try state.execute("DELETE FROM event_binding WHERE id = ?", [.integer(Int64(id))])
        state.events.forgetBindings()
    }

    /// What an application had bound: it was updated or uninstalled.
    static func deleteAll(of clientID: String, in state: PortalState) throws(PortalFailure) {
        try state.execute("DELETE FROM event_binding WHERE client_id = ?", [.text(clientID)])
        try state.execute("DELETE FROM event_offline WHERE client_id = ?", [.text(clientID)])
        state.events.forgetBindings()
    }
}
