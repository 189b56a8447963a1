import Bitrix24
import Synchronization

@testable import Host

/// A budget of its own that remembers what it was told.
final class SpyBudget: Budget {
    private let own: OwnBudget
    private let refused = Mutex(0)

    init(_ plan: Pace.Plan = .standard) { own = OwnBudget(plan) }

    /// Reports of refused requests.
    var refusals: Int { refused.withLock { $0 } }

    func settle(_ report: BudgetReport, for portal: String) -> BudgetAnswer {
        if report.isRefused { refused.withLock { $0 += 1 } }
        return own.settle(report, for: portal)
    }
}

/// A budget that has no room until so many calls wait, and then what its pace allows by a clock that stands; without a
/// pace as many requests as are asked for, but never plenty of room: what waits goes out as packs.
final class GateBudget: Budget {
    private static let waitNS: UInt64 = 300_000_000

    private struct State {
        var isOpen = false
        var pace: Pace?
        var refusals = 0
    }

    private let state: Mutex<State>

    init(_ pace: Pace? = nil) { state = Mutex(State(pace: pace)) }

    /// Reports of refused requests.
    var refusals: Int { state.withLock { $0.refusals } }

    func open() { state.withLock { $0.isOpen = true } }

    func settle(_ report: BudgetReport, for portal: String) -> BudgetAnswer {
        var answer = BudgetAnswer()
        answer.decision = state.withLock { state in
            if report.isRefused { state.refusals += 1 }
            guard let need = report.need else { return nil }
            let wait = Pace.Decision.wait(untilNS: MonotonicClock.nowNS() + Self.waitNS)
            guard state.isOpen else { return wait }
            guard let decision = state.pace?.request(need, nowNS: 0) else { return .send(plenty: 0) }
            if case .wait = decision { return wait }
            return decision
        }
        return answer
    }
}
