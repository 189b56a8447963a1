import Storage
import Wire

// Looking: what is in the store and in nobody's hands.
extension EventDispatcher {
    /// Looks until the host stops. To be run as a task, after `recover`.
    func run() async {
        while !performer.surroundings.stopping.isSet {
            do throws(HostFailure) {
                try await lookOnce()
            } catch {
                log.say(.error, error.message)
                state.withLock { $0.nextLookMS = nowMS + limits.lookMSMax }
            }
            let waitMS = state.withLock { min($0.nextLookMS - nowMS, limits.lookMSMax) }
            await alarm.wait(milliseconds: waitMS)
        }
    }

    /// What processes had that are gone is everybody's again. Before any event is accepted: what waits is counted here,
    /// and what comes is counted as it comes.
    func recover() async throws(HostFailure) {
        let owner = store.owner
        let nowMS = nowMS
        let waiting = try await store.result { (database) throws(DatabaseFailure) in
            let alive = try ProcessTable.alive(owner, nowMS: nowMS, in: database)
            try EventTable.release(notOf: alive, in: database)
            try RunTable.release(notOf: alive, nowMS: nowMS, in: database)
            return try EventTable.waiting(in: database)
        }
        inbox.begin(waiting: waiting.count)
        state.withLock { $0.storeHasMore = true }
    }

    private func lookOnce() async throws(HostFailure) {
        let store = store
        let owner = store.owner
        let nowMS = nowMS
        let (room, before) = state.withLock { state in
            // What is posted from here on rings again.
            state.nextLookMS = .max
            return (
                state.isStopping ? 0 : min(limits.eventsInMemoryMax - state.inMemory, Self.claimsMax),
                state.leftToStore
            )
        }
        guard room > 0 else { return }
        let found = try await store.result { (database) throws(DatabaseFailure) in
            if !store.isAlone { try Self.takeOver(owner, nowMS, in: database) }
            return Found(
                events: try EventTable.claim(room, for: owner, nowMS: nowMS, store, in: database),
                runs: try RunTable.claim(room, for: owner, nowMS: nowMS, store, in: database),
                eventDueMS: try EventTable.waiting(in: database).dueMS, runDueMS: try RunTable.nextDueMS(in: database))
        }
        state.withLock { state in
            state.inMemory += found.events.count
            if found.events.count < room, state.leftToStore == before { state.storeHasMore = false }
            let dueMS = min(found.eventDueMS ?? .max, found.runDueMS ?? .max)
            // What is due and was not taken stands behind others of its record, which somebody has.
            let soonest = found.events.count == room ? nowMS : dueMS <= nowMS ? nowMS + limits.lookMSMax : dueMS
            state.nextLookMS = min(state.nextLookMS, soonest)
        }
        for event in found.events { admit(event) }
        for run in found.runs { admit(run) }
    }

    private static let claimsMax = 500

    /// Gives a sign, and takes from processes that give none any more what they had.
    private static func takeOver(
        _ owner: TimeOrderedID, _ nowMS: Int64, in database: any SQLConnection
    ) throws(DatabaseFailure) {
        guard try ProcessTable.beat(owner, nowMS: nowMS, in: database) else { return }
        let alive = try ProcessTable.alive(owner, nowMS: nowMS, in: database)
        try EventTable.release(notOf: alive, in: database)
        try RunTable.release(notOf: alive, nowMS: nowMS, in: database)
    }

    private struct Found: Sendable {
        let events: [StoredEvent]
        let runs: [RunRecord]
        let eventDueMS: Int64?
        let runDueMS: Int64?
    }
}

/// The processes that share a store, and until when each is believed to live.
enum ProcessTable {
    /// After so long without a sign a process is gone.
    static let leaseMS: Int64 = 15_000

    /// False when the last sign is recent enough.
    @discardableResult
    static func beat(
        _ owner: TimeOrderedID, nowMS: Int64, in database: any SQLConnection
    ) throws(DatabaseFailure) -> Bool {
        try database.run(
            """
            INSERT INTO process(id, name, started_ms, lease_ms) VALUES (?, ?, ?, ?)
            ON CONFLICT(id) DO UPDATE SET lease_ms = excluded.lease_ms WHERE process.lease_ms < ?
            """,
            [
                .integer(owner.value), .text(owner.description), .integer(nowMS), .integer(nowMS + leaseMS),
                .integer(nowMS + leaseMS * 2 / 3),
            ]) == 1
    }

    /// The process ends in order: others need not wait for its lease.
    static func leave(_ owner: TimeOrderedID, in database: any SQLConnection) throws(DatabaseFailure) {
        try database.run("DELETE FROM process WHERE id = ?", [.integer(owner.value)])
    }

    /// Those that live, the one that asks included. A SQLite store has one process that serves, whose lock says so.
    static func alive(
        _ owner: TimeOrderedID, nowMS: Int64, in database: any SQLConnection
    ) throws(DatabaseFailure) -> [Int64] {
        guard database.dialect == .postgres else { return [owner.value] }
        try beat(owner, nowMS: nowMS, in: database)
        return try database.query("SELECT id FROM process WHERE lease_ms > ?", [.integer(nowMS)]) {
            (row) throws(DatabaseFailure) in row.integer(0)
        }
    }
}
