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

/// A budget that has no room until so many calls wait, and then room for as many requests as are asked for, but never
/// plenty of it: what waits goes out as packs.
final class GateBudget: Budget {
    private static let waitNS: UInt64 = 300_000_000

    private let isOpen = Mutex(false)

    func open() { isOpen.withLock { $0 = true } }

    func settle(_ report: BudgetReport, for portal: String) -> BudgetAnswer {
        var answer = BudgetAnswer()
        guard report.need != nil else { return answer }
        answer.decision =
            isOpen.withLock { $0 }
            ? .send(isPlenty: false) : .wait(untilNS: MonotonicClock.nowNS() + Self.waitNS)
        return answer
    }
}
