import Synchronization

/// Lets so many in at once; the others wait in the order they came.
final class AsyncSemaphore: Sendable {
    private struct Waiter {
        let id: UInt64
        /// Told whether it may go in.
        let continuation: UnsafeContinuation<Bool, Never>
    }

    private let state: Mutex<(free: Int, waiters: [Waiter], lastID: UInt64)>

    init(_ permits: Int) { state = Mutex((permits, [], 0)) }

    func withPermit<Result>(
        _ body: () async throws(EffectFailure) -> Result
    ) async throws(EffectFailure) -> Result {
        guard await enter() else { throw .cancelled }
        defer { leave() }
        return try await body()
    }

    /// False when the task was cancelled meanwhile.
    private func enter() async -> Bool {
        let id = state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
        return await withTaskCancellationHandler {
            // Unsafe: whoever takes it out of the state resumes it, and nobody else can.
            await withUnsafeContinuation { continuation in
                // The flag is up before `onCancel` runs: either it is seen here, or the waiter there.
                let mayEnter: Bool? = state.withLock { state in
                    if Task.isCancelled { return false }
                    if state.free > 0 {
                        state.free -= 1
                        return true
                    }
                    state.waiters.append(Waiter(id: id, continuation: continuation))
                    return nil
                }
                if let mayEnter { continuation.resume(returning: mayEnter) }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                state.waiters.firstIndex { $0.id == id }.map { state.waiters.remove(at: $0) }
            }
            waiter?.continuation.resume(returning: false)
        }
    }

    private func leave() {
        let next: Waiter? = state.withLock { state in
            guard state.waiters.isEmpty else { return state.waiters.removeFirst() }
            state.free += 1
            return nil
        }
        next?.continuation.resume(returning: true)
    }
}
