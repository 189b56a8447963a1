import Storage
import Wire

/// An event as the inbox keeps it.
struct StoredEvent: Sendable {
    /// Where an event came from.
    enum Source: String, Sendable {
        /// A portal told us.
        case portal
        /// What a portal kept for us while we were away.
        case offline
        /// `POST /events/NAME`.
        case api
        /// A recipe's `emit`.
        case emit
        /// A recipe's `every`.
        case schedule
        /// The host itself, or its operator.
        case host
    }

    enum State: Int64, Sendable {
        /// Nobody works on it yet.
        case open
        /// A process has it.
        case claimed
        case done
    }

    let id: TimeOrderedID
    /// The portal's name in the configuration; empty for none.
    let portal: String
    let name: String
    /// The only recipe that it is for; nil for all that listen.
    let recipe: String?
    let source: Source
    /// Events of one lane are handled one after another; 0 is none.
    let lane: Int64
    /// By which a redelivery is known; nil where each is another.
    let digest: UInt64?
    let receivedMS: Int64
    /// Not before this, in milliseconds since 1970.
    let dueMS: Int64
    /// JSON.
    let data: [UInt8]
    /// Runs of it may be there already.
    var isRecovered = false
    /// Whoever posted it asks for its runs.
    var isAwaited = false

    static let context: StaticString = "event"
}

/// The rows of `event`.
enum EventTable {
    struct Row: Sendable {
        let event: StoredEvent
        let state: StoredEvent.State
        let owner: Int64
        let sealed: [UInt8]
    }

    static func insert(_ row: Row, in database: any SQLConnection) throws(DatabaseFailure) {
        let event = row.event
        // Done again after a lost connection it meets its own row; another process's event under the same key is
        // refused.
        let written = try database.run(
            """
            INSERT INTO event(
                id, state, due_ms, lane, portal, name, recipe, source, digest, received_ms, owner, payload)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT(id) DO UPDATE SET payload = excluded.payload WHERE event.payload = excluded.payload
            """,
            [
                .integer(event.id.value), .integer(row.state.rawValue), .integer(event.dueMS), .integer(event.lane),
                .text(event.portal), .text(event.name), SQLValue(event.recipe), .text(event.source.rawValue),
                SQLValue(event.digest.map { Int64(bitPattern: $0) }), .integer(event.receivedMS), .integer(row.owner),
                .blob(row.sealed),
            ])
        guard written == 1 else {
            throw DatabaseFailure(.constraint, "Another process took an event under the same identifier.")
        }
        // Other processes may be idle; they hear of it with the commit.
        guard row.state == .open, database.dialect == .postgres else { return }
        _ = try database.query("SELECT pg_notify(?, '')", [.text(channel)]) { (_) throws(DatabaseFailure) in }
    }

    /// Where PostgreSQL tells processes of open events.
    static let channel = "host_event"

    private static let columns = "id, portal, name, recipe, source, lane, digest, received_ms, due_ms, payload"

    /// Takes open events that are due, oldest first, for `owner`.
    ///
    /// Of a lane only the first is taken while others share the store: two processes would overtake each other.
    static func claim(
        _ countMax: Int, for owner: TimeOrderedID, nowMS: Int64, _ store: HostStore, in database: any SQLConnection
    ) throws(DatabaseFailure) -> [StoredEvent] {
        let first =
            database.dialect == .sqlite
            ? ""
            : """
            AND (lane = 0 OR NOT EXISTS (SELECT 1 FROM event AS earlier WHERE earlier.lane = event.lane
                AND earlier.state < 2 AND earlier.id < event.id AND earlier.due_ms <= ?))
            """
        let parameters: [SQLValue] =
            [.integer(nowMS)] + (first.isEmpty ? [] : [.integer(nowMS)]) + [SQLValue(countMax)]
        let found = try database.query(
            """
            SELECT \(columns) FROM event WHERE state = 0 AND due_ms <= ? \(first)
            ORDER BY id LIMIT ? \(database.dialect.skipsLocked)
            """, parameters
        ) { (row) throws(DatabaseFailure) in Found(row) }
        var events: [StoredEvent] = []
        events.reserveCapacity(found.count)
        for row in found {
            try database.run(
                "UPDATE event SET state = 1, owner = ? WHERE id = ?", [.integer(owner.value), .integer(row.id)])
            events.append(try row.event(store, database))
        }
        return events
    }

    /// Gives back what processes that are gone had taken.
    ///
    /// - Parameter alive: who is not gone; with SQLite nobody but `owner`.
    static func release(notOf alive: [Int64], in database: any SQLConnection) throws(DatabaseFailure) {
        let places = alive.map { _ in "?" }.joined(separator: ", ")
        try database.run(
            "UPDATE event SET state = 0 WHERE state = 1 AND owner NOT IN (\(places))", alive.map(SQLValue.integer))
    }

    static func finish(_ id: TimeOrderedID, in database: any SQLConnection) throws(DatabaseFailure) {
        try database.run("UPDATE event SET state = 2 WHERE id = ?", [.integer(id.value)])
    }

    static func event(
        _ id: TimeOrderedID, _ store: HostStore, in database: any SQLConnection
    ) throws(DatabaseFailure) -> StoredEvent? {
        let found = try database.query("SELECT \(columns) FROM event WHERE id = ?", [.integer(id.value)]) {
            (row) throws(DatabaseFailure) in Found(row)
        }
        return try found.first.map { (row) throws(DatabaseFailure) in try row.event(store, database) }
    }

    /// Open events, those that are not due yet included, and when the next is due.
    static func waiting(in database: any SQLConnection) throws(DatabaseFailure) -> (count: Int, dueMS: Int64?) {
        try database.query("SELECT COUNT(*), MIN(due_ms) FROM event WHERE state = 0") {
            (row) throws(DatabaseFailure) in (row.int(0), row.optionalInteger(1))
        }.first ?? (0, nil)
    }

    private struct Found {
        let id: Int64
        let portal: String
        let name: String
        let recipe: String?
        let source: String
        let lane: Int64
        let digest: Int64?
        let receivedMS: Int64
        let dueMS: Int64
        let sealed: [UInt8]

        init(_ row: borrowing Storage.Row) {
            id = row.integer(0)
            portal = row.text(1)
            name = row.text(2)
            recipe = row.optionalText(3)
            source = row.text(4)
            lane = row.integer(5)
            digest = row.optionalInteger(6)
            receivedMS = row.integer(7)
            dueMS = row.integer(8)
            sealed = row.blob(9)
        }

        func event(_ store: HostStore, _ database: any SQLConnection) throws(DatabaseFailure) -> StoredEvent {
            StoredEvent(
                id: TimeOrderedID(id), portal: portal, name: name, recipe: recipe,
                source: StoredEvent.Source(rawValue: source) ?? .host, lane: lane,
                digest: digest.map { UInt64(bitPattern: $0) }, receivedMS: receivedMS, dueMS: dueMS,
                data: try store.opened(sealed, StoredEvent.context, database), isRecovered: true)
        }
    }
}
