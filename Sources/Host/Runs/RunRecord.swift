import Storage
import Wire

/// A run as the store knows it.
struct RunRecord: Sendable {
    enum State: Int64, Sendable {
        case running
        /// Asleep, out of memory, until `dueMS`.
        case parked
        /// Failed, and tried again at `dueMS`.
        case waiting
        case done
        /// Taken off the list by a person.
        case dropped
        /// Failed for good, as far as the host is concerned: on the list of the dead.
        case failed
        /// A write whose outcome nobody knows ended it: on the list of the dead.
        case uncertain

        var isDead: Bool { self == .failed || self == .uncertain }

        /// In words, as the command line and the console say it.
        var word: String {
            switch self {
            case .running: "running"
            case .parked: "asleep"
            case .waiting: "waiting to be tried again"
            case .done: "done"
            case .dropped: "dropped"
            case .failed: "failed"
            case .uncertain: "uncertain"
            }
        }
    }

    let id: TimeOrderedID
    let event: TimeOrderedID
    let recipe: String
    /// Of the code it began with: `RecipeCode.id`.
    var code: Int64
    let eventName: String
    let portal: String
    var state = State.running
    /// From 1.
    var attempt = 1
    let startedMS: Int64
    var endedMS: Int64?
    var dueMS: Int64?
    /// Milliseconds in which it was in memory.
    var workedMS: Int64 = 0
    /// Of its chance.
    let seed: UInt64
    var steps = 0
    var reads = 0
    var writes = 0
    /// JSON.
    var reply: [UInt8]?
    /// JSON of what ended it, secrets taken out.
    var failure: String?

    static let context: StaticString = "reply"
}

/// The rows of `run`.
enum RunTable {
    private static let columns = """
        id, event, recipe, code, event_name, portal, state, attempt, started_ms, ended_ms, due_ms, worked_ms, seed, \
        steps, reads, writes, reply, failure
        """

    static func insert(_ run: RunRecord, owner: TimeOrderedID, in database: any SQLConnection) throws(DatabaseFailure) {
        try database.run(
            """
            INSERT INTO run(id, event, recipe, code, event_name, portal, state, attempt, started_ms, worked_ms, seed,
                steps, reads, writes, owner)
            VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?, 0, ?, 0, 0, 0, ?) ON CONFLICT(id) DO NOTHING
            """,
            [
                .integer(run.id.value), .integer(run.event.value), .text(run.recipe), .integer(run.code),
                .text(run.eventName), .text(run.portal), SQLValue(run.attempt), .integer(run.startedMS),
                .integer(Int64(bitPattern: run.seed)), .integer(owner.value),
            ])
    }

    /// Writes all that changes while a run goes on. `sealed` is the reply.
    static func update(
        _ run: RunRecord, sealed: [UInt8]?, in database: any SQLConnection
    ) throws(DatabaseFailure) {
        try database.run(
            """
            UPDATE run SET state = ?, attempt = ?, ended_ms = ?, due_ms = ?, worked_ms = ?, steps = ?, reads = ?,
                writes = ?, reply = ?, failure = ?, code = ? WHERE id = ?
            """,
            [
                .integer(run.state.rawValue), SQLValue(run.attempt), SQLValue(run.endedMS), SQLValue(run.dueMS),
                .integer(run.workedMS), SQLValue(run.steps), SQLValue(run.reads), SQLValue(run.writes),
                sealed.map(SQLValue.blob) ?? .null, SQLValue(run.failure), .integer(run.code), .integer(run.id.value),
            ])
    }

    static func runs(
        where condition: String, _ parameters: [SQLValue], _ store: HostStore, in database: any SQLConnection
    ) throws(DatabaseFailure) -> [RunRecord] {
        let rows = try database.query("SELECT \(columns) FROM run WHERE \(condition)", parameters) {
            (row) throws(DatabaseFailure) in
            (
                run: RunRecord(
                    id: TimeOrderedID(row.integer(0)), event: TimeOrderedID(row.integer(1)), recipe: row.text(2),
                    code: row.integer(3), eventName: row.text(4), portal: row.text(5),
                    state: RunRecord.State(rawValue: row.integer(6)) ?? .failed, attempt: row.int(7),
                    startedMS: row.integer(8), endedMS: row.optionalInteger(9), dueMS: row.optionalInteger(10),
                    workedMS: row.integer(11), seed: UInt64(bitPattern: row.integer(12)), steps: row.int(13),
                    reads: row.int(14), writes: row.int(15), failure: row.optionalText(17)),
                reply: row.isNull(16) ? nil : row.blob(16)
            )
        }
        var runs: [RunRecord] = []
        runs.reserveCapacity(rows.count)
        for row in rows {
            var run = row.run
            run.reply = try row.reply.map { (sealed) throws(DatabaseFailure) in
                try store.opened(sealed, RunRecord.context, database)
            }
            runs.append(run)
        }
        return runs
    }

    static func runs(
        of event: TimeOrderedID, _ store: HostStore, in database: any SQLConnection
    ) throws(DatabaseFailure) -> [RunRecord] {
        try runs(where: "event = ? ORDER BY id", [.integer(event.value)], store, in: database)
    }

    /// Takes runs that are due: asleep, or to be tried again.
    static func claim(
        _ countMax: Int, for owner: TimeOrderedID, nowMS: Int64, _ store: HostStore, in database: any SQLConnection
    ) throws(DatabaseFailure) -> [RunRecord] {
        let due = try runs(
            where: """
                due_ms IS NOT NULL AND due_ms <= ? AND state IN (1, 2)
                AND event IN (SELECT id FROM event WHERE state = 2) ORDER BY due_ms LIMIT ? \
                \(database.dialect.skipsLocked)
                """, [.integer(nowMS), SQLValue(countMax)], store, in: database)
        for run in due {
            try database.run(
                "UPDATE run SET state = 0, due_ms = NULL, owner = ? WHERE id = ?",
                [.integer(owner.value), .integer(run.id.value)])
        }
        return due
    }

    /// Runs without an owner that were at work and whose event is settled: woken from sleep, then left by a process
    /// that died. They are due at once.
    static func release(notOf alive: [Int64], nowMS: Int64, in database: any SQLConnection) throws(DatabaseFailure) {
        let places = alive.map { _ in "?" }.joined(separator: ", ")
        try database.run(
            """
            UPDATE run SET state = 1, due_ms = ? WHERE state = 0 AND owner NOT IN (\(places))
                AND event IN (SELECT id FROM event WHERE state = 2)
            """, [.integer(nowMS)] + alive.map(SQLValue.integer))
    }

    static func nextDueMS(in database: any SQLConnection) throws(DatabaseFailure) -> Int64? {
        try database.query("SELECT MIN(due_ms) FROM run WHERE due_ms IS NOT NULL") {
            (row) throws(DatabaseFailure) in row.optionalInteger(0)
        }.first ?? nil
    }
}
