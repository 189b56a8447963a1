import Storage

/// An event that somebody waits for, or is about to.
enum Awaited {
    /// Whoever posted it will come.
    case expected
    case waiting(UnsafeContinuation<[RunRecord]?, Never>)
    /// It was settled before they came; nil where the store has to be asked.
    case settled([RunRecord]?)
}

// Waiting: for whoever posted an event and wants to know what became of it.
extension EventDispatcher {
    /// The runs of an event that was posted as awaited, when they are over or asleep; nil when `timeoutMS` came first,
    /// or the host stops. To be called once.
    func runs(of event: TimeOrderedID, timeoutMS: Int64) async throws(HostFailure) -> [RunRecord]? {
        let timer = Task {
            do { try await Task.sleep(for: .milliseconds(timeoutMS)) } catch { return }
            self.giveUp(event)
        }
        let settled = await settlement(of: event)
        timer.cancel()
        if let settled { return settled }
        let store = store
        return try await store.result { (database) throws(DatabaseFailure) in
            guard try EventTable.isSettled(event, in: database) else { return nil }
            return try RunTable.runs(of: event, store, in: database)
        }
    }

    private func settlement(of event: TimeOrderedID) async -> [RunRecord]? {
        await withUnsafeContinuation { continuation in
            let early = state.withLock { state -> [RunRecord]?? in
                switch state.awaited[event] {
                case .expected?:
                    state.awaited[event] = .waiting(continuation)
                    return nil
                case .settled(let runs)?:
                    state.awaited[event] = nil
                    return .some(runs)
                // It was given up, as the host stops.
                case .waiting?, nil: return .some(nil)
                }
            }
            if let early { continuation.resume(returning: early) }
        }
    }

    /// The event is settled.
    func tell(_ runs: [RunRecord]?, of event: TimeOrderedID) {
        state.withLock { state -> UnsafeContinuation<[RunRecord]?, Never>? in
            switch state.awaited[event] {
            case .expected?:
                state.awaited[event] = .settled(runs)
                return nil
            case .waiting(let continuation)?:
                state.awaited[event] = nil
                return continuation
            case .settled?, nil: return nil
            }
        }?.resume(returning: runs)
    }

    /// Nobody waits for the event any more.
    func giveUp(_ event: TimeOrderedID) {
        guard case .waiting(let continuation)? = state.withLock({ $0.awaited.removeValue(forKey: event) }) else {
            return
        }
        continuation.resume(returning: nil)
    }
}

extension EventTable {
    static func isSettled(_ id: TimeOrderedID, in database: any SQLConnection) throws(DatabaseFailure) -> Bool {
        try database.query("SELECT state FROM event WHERE id = ?", [.integer(id.value)]) {
            (row) throws(DatabaseFailure) in row.integer(0)
        }.first == StoredEvent.State.done.rawValue
    }
}
