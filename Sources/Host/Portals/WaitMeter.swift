import Synchronization

/// For how long a run waits for the portal's pace: the time in which at least one of its calls does.
final class WaitMeter: Sendable {
    private struct State {
        var waiting = 0
        var sinceNS: UInt64 = 0
        var totalNS: UInt64 = 0
    }

    private let state = Mutex(State())

    func begin(nowNS: UInt64 = MonotonicClock.nowNS()) {
        state.withLock { state in
            if state.waiting == 0 { state.sinceNS = nowNS }
            state.waiting += 1
        }
    }

    /// - Parameter nowNS: when the wait ended, where that is known later.
    func end(nowNS: UInt64 = MonotonicClock.nowNS()) {
        state.withLock { state in
            state.waiting -= 1
            if state.waiting == 0 { state.totalNS += nowNS - min(state.sinceNS, nowNS) }
        }
    }

    var milliseconds: Int { state.withLock { Int($0.totalNS / 1_000_000) } }
}
