public import Bitrix24
import Synchronization

/// The requests that a portal takes from this address, and what is known of its methods' operating time.
///
/// The portal counts by source address, so whoever calls it from this machine should share one.
public protocol Budget: Sendable {
    /// Tells what happened since the last time, and asks for one request where the report needs one.
    ///
    /// - Parameter portal: the portal's origin.
    func settle(_ report: BudgetReport, for portal: String) async -> BudgetAnswer
}

/// What a connection has to tell.
public struct BudgetReport: Sendable {
    /// Nil asks for nothing.
    public var need: Pace.Need?
    /// The portal refused a request with `QUERY_LIMIT_EXCEEDED`.
    public var isRefused = false
    /// The portal took a request.
    public var isAccepted = false
    public var operating: [(key: OperatingLedger.Key, entry: OperatingLedger.Entry)] = []

    public init(_ need: Pace.Need? = nil) { self.need = need }
}

public struct BudgetAnswer: Sendable {
    /// Nil when nothing was asked for.
    public var decision: Pace.Decision?
    /// What others found out since the last time.
    public var operating: [(key: OperatingLedger.Key, entry: OperatingLedger.Entry)] = []
}

extension Pace {
    mutating func settle(_ report: BudgetReport, nowNS: UInt64) -> Decision? {
        if report.isRefused { refused(nowNS: nowNS) } else if report.isAccepted { accepted(nowNS: nowNS) }
        return report.need.map { request($0, nowNS: nowNS) }
    }
}

/// The budget of one connection alone.
final class OwnBudget: Budget {
    private let pace: Mutex<Pace>

    init(_ plan: Pace.Plan) { pace = Mutex(Pace(plan)) }

    func settle(_ report: BudgetReport, for portal: String) -> BudgetAnswer {
        BudgetAnswer(decision: pace.withLock { $0.settle(report, nowNS: MonotonicClock.nowNS()) })
    }
}
