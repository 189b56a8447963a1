import Net
import Synchronization

/// Responders a test keeps unanswered, and a way to await the first.
final class HeldResponders: Sendable {
    private struct State {
        var responders: [HTTPResponder] = []
        var hasOne = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    func add(_ responder: HTTPResponder) {
        let waiter = state.withLock { state in
            state.responders.append(responder)
            state.hasOne = true
            return state.waiter.take()
        }
        waiter?.resume()
    }

    func first() async {
        await withCheckedContinuation { continuation in
            let hasOne = state.withLock { state in
                if !state.hasOne { state.waiter = continuation }
                return state.hasOne
            }
            if hasOne { continuation.resume() }
        }
    }

    func releaseAll() {
        // Their answers, in deinit, must not run under the lock.
        withExtendedLifetime(
            state.withLock { state in
                defer { state.responders = [] }
                return state.responders
            }
        ) {}
    }
}
