import Storage

/// Forgets runs and events when they are old enough.
struct Retention {
    private let service: HostService
    private let alarm = Alarm()

    /// How often it looks.
    static let everyMS: Int64 = 600_000
    /// Runs that one look forgets at once.
    static let runsMax = 5_000

    init(_ service: HostService) { self.service = service }

    /// To be run as a task, until it is cancelled.
    func run() async {
        while !service.isStopping, !Task.isCancelled {
            do throws(HostFailure) {
                let forgotten = try await Self.forget(
                    in: service.store, runsMS: service.configuration.retention.runsMS,
                    failedMS: service.configuration.retention.failedRunsMS, nowMS: service.clock().unixMilliseconds)
                if forgotten > 0 { service.log.say(.debug, "forgot old runs", ["runs": .integer(Int64(forgotten))]) }
            } catch {
                service.log.say(.error, error.message)
            }
            await service.pause(Self.everyMS)
        }
    }

    /// - Returns: how many runs were forgotten.
    static func forget(
        in store: HostStore, runsMS: Int, failedMS: Int, nowMS: Int64
    ) async throws(HostFailure) -> Int {
        try await store.result { (database) throws(DatabaseFailure) in
            let old = try database.query(
                """
                SELECT id FROM run WHERE (state IN (3, 4) AND ended_ms < ?) OR (state IN (5, 6) AND ended_ms < ?)
                ORDER BY id LIMIT ?
                """, [.integer(nowMS - Int64(runsMS)), .integer(nowMS - Int64(failedMS)), SQLValue(runsMax)]
            ) { (row) throws(DatabaseFailure) in row.integer(0) }
            for id in old {
                try database.run("DELETE FROM journal WHERE run = ?", [.integer(id)])
                try database.run("DELETE FROM run WHERE id = ?", [.integer(id)])
            }
            try database.run(
                """
                DELETE FROM event WHERE state = 2 AND received_ms < ?
                    AND NOT EXISTS (SELECT 1 FROM run WHERE run.event = event.id)
                """, [.integer(nowMS - Int64(runsMS))])
            try database.run("DELETE FROM code WHERE id NOT IN (SELECT code FROM run)")
            return old.count
        }
    }
}
