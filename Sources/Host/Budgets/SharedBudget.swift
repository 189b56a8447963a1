public import Bitrix24
import Glibc
import Storage
import Synchronization

/// The budget that all processes of this user on this machine share: a small database in the runtime folder.
///
/// Each request is one short transaction. Nothing is opened before the first; nothing in the file is secret, and
/// nothing is lost with it but a few seconds of caution. Where it cannot be used, that is said once, and the process
/// goes on alone from what it last saw; it looks again later, and tells then what it did meanwhile.
public final class SharedBudget: Budget {
    fileprivate struct State: ~Copyable {
        var file: BudgetFile?
        /// Not looked at before this; 0 while it works.
        var failedUntilNS: UInt64 = 0
        var hasWarned = false
        /// By portal, as of the last request. A connection knows one, or some more after a renaming.
        var paces: [String: Pace] = [:]
    }

    /// A file that others hold locked costs each look `BudgetFile.busyTimeoutMS`.
    static let failedWaitNS: UInt64 = 30_000_000_000

    private let folder: String
    private let plan: Pace.Plan
    private let warn: @Sendable (String) -> Void
    private let state: Mutex<State>

    /// - Parameters:
    ///   - folder: `RuntimeDirectory.path`, but in tests.
    ///   - warn: takes one line for a person.
    public init(in folder: String, plan: Pace.Plan = .standard, warn: @escaping @Sendable (String) -> Void) {
        self.folder = folder
        self.plan = plan
        self.warn = warn
        state = Mutex(State())
    }

    public func settle(_ report: BudgetReport, for portal: String) -> BudgetAnswer {
        settle(report, for: portal, nowNS: MonotonicClock.nowNS())
    }

    func settle(_ report: BudgetReport, for portal: String, nowNS: UInt64) -> BudgetAnswer {
        let (answer, warning) = state.withLock { state -> (BudgetAnswer, String?) in
            var pace = state.paces[portal] ?? Pace(plan)
            defer { state.paces[portal] = pace }
            guard state.failedUntilNS <= nowNS else { return (pace.alone(report, nowNS), nil) }
            do throws(HostFailure) {
                let answer = try state.shared(in: folder, report, portal, &pace, nowNS)
                state.failedUntilNS = 0
                return (answer, nil)
            } catch {
                state.file = nil
                state.failedUntilNS = nowNS + Self.failedWaitNS
                let warning = state.hasWarned ? nil : error.message
                state.hasWarned = true
                return (pace.alone(report, nowNS), warning)
            }
        }
        if let warning { warn("\(warning); calls keep a pace of their own, unknown to other processes") }
        return answer
    }

    /// What is known of all portals, without asking any.
    public static func standings(in folder: String) throws(HostFailure) -> [PortalStanding] {
        try standings(in: folder, nowNS: MonotonicClock.nowNS())
    }

    static func standings(in folder: String, nowNS: UInt64) throws(HostFailure) -> [PortalStanding] {
        // A file that is not there has nothing to tell, and is not made by looking.
        guard access(BudgetFile.path(in: folder), F_OK) == 0 else { return [] }
        return try failing(in: folder) { () throws(DatabaseFailure) in
            try BudgetFile(in: folder).standings(nowNS)
        }
    }

    fileprivate static func failing<T>(
        in folder: String, _ body: () throws(DatabaseFailure) -> T
    ) throws(HostFailure) -> T {
        do throws(DatabaseFailure) {
            return try body()
        } catch {
            throw HostFailure(
                .machine, "the shared budget \(BudgetFile.path(in: folder)) cannot be used: \(error.message)")
        }
    }
}

extension Pace {
    fileprivate mutating func alone(_ report: BudgetReport, _ nowNS: UInt64) -> BudgetAnswer {
        BudgetAnswer(decision: settle(report, nowNS: nowNS))
    }
}

extension SharedBudget.State {
    fileprivate mutating func shared(
        in folder: String, _ report: BudgetReport, _ portal: String, _ pace: inout Pace, _ nowNS: UInt64
    ) throws(HostFailure) -> BudgetAnswer {
        let file: BudgetFile
        if let open = self.file {
            file = open
        } else {
            try RuntimeDirectory.make(folder)
            file = try SharedBudget.failing(in: folder) { () throws(DatabaseFailure) in try BudgetFile(in: folder) }
        }
        self.file = file
        return try SharedBudget.failing(in: folder) { () throws(DatabaseFailure) in
            try file.settle(report, for: portal, &pace, nowNS)
        }
    }
}

/// What is known of one portal's limits.
public struct PortalStanding: Sendable {
    public struct Method: Sendable {
        public var key: OperatingLedger.Key
        /// Of `OperatingLedger.limitSeconds` in ten minutes.
        public var seconds: Double
        /// Until the oldest minute leaves the sum; 0 when it has left.
        public var resetSeconds: Double
        /// Until calls go on; 0 when they do.
        public var blockedSeconds: Double
    }

    public var portal: String
    public var plan: Pace.Plan
    /// Requests in the bucket.
    public var level: Double
    /// Requests that fit into it.
    public var capacity: Double
    /// Since it was last called; nil when that was before the machine started.
    public var idleSeconds: Double?
    /// Until requests go out again after a refusal; 0 when they do.
    public var holdSeconds: Double
    public var methods: [Method]
}
