internal import Glibc

/// Runs closures later, on one thread of its own that starts with the first of them.
///
/// For tests and servers that must wait without blocking anybody. The closures run one after another and must be short.
public final class DelayLine: Sendable {
    private struct Entry {
        let dueMS: Int64
        let body: @Sendable () -> Void
    }

    private struct State {
        /// Latest first: the next one is taken from the end.
        var entries: [Entry] = []
        var thread: pthread_t?
        var isClosed = false
    }

    private let state = Monitor(State())

    public init() {}

    deinit { close() }

    /// Runs `body` after so many milliseconds; at once, on the caller's thread, when the line is closed.
    public func run(afterMS delayMS: Int, _ body: @escaping @Sendable () -> Void) {
        let entry = Entry(dueMS: monotonicMS() + Int64(max(0, delayMS)), body: body)
        let isTaken = state.signal { state in
            guard !state.isClosed else { return false }
            // Entries due at the same time keep their order.
            var low = 0
            var high = state.entries.count
            while low < high {
                let middle = (low + high) / 2
                if state.entries[middle].dueMS > entry.dueMS { low = middle + 1 } else { high = middle }
            }
            state.entries.insert(entry, at: low)
            if state.thread == nil { state.thread = startThread { [state = self.state] in Self.work(state) } }
            return state.thread != nil
        }
        if !isTaken { body() }
    }

    /// Runs what still waits now, and ends the thread. Not to be called from a closure of this line.
    public func close() {
        let thread = state.signal { state in
            state.isClosed = true
            defer { state.thread = nil }
            return state.thread
        }
        if let thread { pthread_join(thread, nil) }
    }

    private static func work(_ state: Monitor<State>) {
        while true {
            let wakeMS = state.withLock { $0.entries.last?.dueMS } ?? .max / 2
            state.wait(untilMS: wakeMS) { state in
                state.isClosed || (state.entries.last.map { $0.dueMS < wakeMS } ?? false)
            }
            let (due, isOver) = state.withLock { state in
                let nowMS = monotonicMS()
                let place = state.isClosed ? 0 : state.entries.firstIndex { $0.dueMS <= nowMS } ?? state.entries.count
                let due = Array(state.entries[place...].reversed())
                state.entries.removeSubrange(place...)
                return (due, state.isClosed)
            }
            for entry in due { entry.body() }
            if isOver { return }
        }
    }
}
