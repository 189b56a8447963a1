import Storage

// Waiting: for whoever posted an event and wants to know what became of it.
extension EventDispatcher {
    /// The event's runs when they are over or asleep; nil when `timeoutMS` came first, or the host stops.
    func runs(of event: TimeOrderedID, timeoutMS: Int64) async throws(HostFailure) -> [RunRecord]? {
        await withTaskGroup(of: Bool.self) { group in
            group.addTask { await self.settlement(of: event) }
            group.addTask {
                do { try await Task.sleep(for: .milliseconds(timeoutMS)) } catch { return false }
                return false
            }
            _ = await group.next()
            self.giveUp(event)
            group.cancelAll()
        }
        let store = store
        return try await store.result { (database) throws(DatabaseFailure) in
            guard try EventTable.isSettled(event, in: database) else { return nil }
            return try RunTable.runs(of: event, store, in: database)
        }
    }

    /// Returns when the event is settled, here or by another process, or was given up.
    private func settlement(of event: TimeOrderedID) async -> Bool {
        let store = store
        return await withUnsafeContinuation { continuation in
            state.withLock { $0.waiters[event, default: []].append(continuation) }
            // It may have been settled before anybody waited.
            store.thread.post { (database) throws(DatabaseFailure) in
                if try EventTable.isSettled(event, in: database) { self.giveUp(event) }
            }
        }
    }

    /// Nobody waits for the event any more.
    func giveUp(_ event: TimeOrderedID) {
        let waiters = state.withLock { $0.waiters.removeValue(forKey: event) ?? [] }
        for waiter in waiters { waiter.resume(returning: true) }
    }
}

extension EventTable {
    static func isSettled(_ id: TimeOrderedID, in database: any SQLConnection) throws(DatabaseFailure) -> Bool {
        try database.query("SELECT state FROM event WHERE id = ?", [.integer(id.value)]) {
            (row) throws(DatabaseFailure) in row.integer(0)
        }.first == StoredEvent.State.done.rawValue
    }
}
