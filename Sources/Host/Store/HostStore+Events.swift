import Net
import Storage

extension HostStore {
    /// No other process shares it.
    var isAlone: Bool {
        if case .file = location { return true }
        return false
    }

    /// Calls `heard`, from a thread of its own, when another process has put events into the store. Nil where there is
    /// no other, or the database does not let it listen: then a look each second finds them.
    func listen(_ heard: @escaping @Sendable () -> Void) -> PostgresListener? {
        guard case .postgres(let url) = location, let listener = try? PostgresListener(url, channel: EventTable.channel)
        else { return nil }
        let isRunning = detachThread {
            while !listener.isClosed {
                if !listener.wait(timeoutMS: Self.listenMS).isEmpty { heard() }
            }
        }
        return isRunning ? listener : nil
    }

    private static let listenMS = 30_000

    /// Gives the room of what was deleted back to the disk.
    func vacuum() async throws(HostFailure) {
        do throws(DatabaseFailure) {
            try await thread.alone { (database) throws(DatabaseFailure) in try database.executeScript("VACUUM") }
        } catch {
            throw StoreFailure(error).described(location.described)
        }
    }

    /// The event is settled. Not waited for: found unsettled, its runs are looked at, and are over.
    func finish(_ event: StoredEvent) {
        thread.post { (database) throws(DatabaseFailure) in try EventTable.finish(event.id, in: database) }
    }

    /// Nobody has it any more.
    func reopen(_ event: StoredEvent) {
        thread.post { (database) throws(DatabaseFailure) in
            try database.run("UPDATE event SET state = 0 WHERE id = ?", [.integer(event.id.value)])
        }
    }

    /// The run goes on at that time.
    func postpone(_ run: RunRecord, untilMS: Int64) {
        thread.post { (database) throws(DatabaseFailure) in
            try database.run(
                "UPDATE run SET state = 1, due_ms = ? WHERE id = ?", [.integer(untilMS), .integer(run.id.value)])
        }
    }
}
