public import Bitrix24
import Glibc
import Storage
import Synchronization

/// The budget that all processes of this user on this machine share: a small database in the runtime folder.
///
/// Each request is one short transaction. Nothing is opened before the first; nothing in the file is secret, and
/// nothing is lost with it but a few seconds of caution. Where it cannot be used, that is said once, and the process
/// goes on with a budget of its own.
public final class SharedBudget: Budget {
    fileprivate struct State: ~Copyable {
        var file: BudgetFile?
        var hasFailed = false
        /// As of the last request: what a budget of our own goes on from.
        var pace: Pace
    }

    private let folder: String
    private let warn: @Sendable (String) -> Void
    private let state: Mutex<State>

    /// - Parameters:
    ///   - folder: `RuntimeDirectory.path`, but in tests.
    ///   - warn: takes one line for a person.
    public init(in folder: String, plan: Pace.Plan = .standard, warn: @escaping @Sendable (String) -> Void) {
        self.folder = folder
        self.warn = warn
        state = Mutex(State(pace: Pace(plan)))
    }

    public func settle(_ report: BudgetReport, for portal: String) -> BudgetAnswer {
        let nowNS = MonotonicClock.nowNS()
        let (answer, warning) = state.withLock { state -> (BudgetAnswer, String?) in
            guard !state.hasFailed else { return (state.settle(report, nowNS), nil) }
            do throws(HostFailure) {
                return (try state.shared(in: folder, report, portal, nowNS), nil)
            } catch {
                state.hasFailed = true
                state.file = nil
                return (state.settle(report, nowNS), error.message)
            }
        }
        if let warning { warn("\(warning); calls keep a pace of their own, unknown to other processes") }
        return answer
    }

    /// What is known of all portals, without asking any.
    public static func standings(in folder: String) throws(HostFailure) -> [PortalStanding] {
        // A file that is not there has nothing to tell, and is not made by looking.
        guard access(BudgetFile.path(in: folder), F_OK) == 0 else { return [] }
        return try failing { () throws(DatabaseFailure) in try BudgetFile(in: folder).standings(MonotonicClock.nowNS())
        }
    }

    fileprivate static func failing<T>(_ body: () throws(DatabaseFailure) -> T) throws(HostFailure) -> T {
        do throws(DatabaseFailure) {
            return try body()
        } catch {
            throw HostFailure(.machine, "the shared budget cannot be used: \(error.message)")
        }
    }
}

extension SharedBudget.State {
    fileprivate mutating func settle(_ report: BudgetReport, _ nowNS: UInt64) -> BudgetAnswer {
        BudgetAnswer(decision: pace.settle(report, nowNS: nowNS))
    }

    fileprivate mutating func shared(
        in folder: String, _ report: BudgetReport, _ portal: String, _ nowNS: UInt64
    ) throws(HostFailure) -> BudgetAnswer {
        let file: BudgetFile
        if let open = self.file {
            file = open
        } else {
            try RuntimeDirectory.make(folder)
            file = try SharedBudget.failing { () throws(DatabaseFailure) in try BudgetFile(in: folder) }
        }
        self.file = file
        var pace = pace
        let answer = try SharedBudget.failing { () throws(DatabaseFailure) in
            try file.settle(report, for: portal, &pace, nowNS)
        }
        self.pace = pace
        return answer
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
    /// Until requests go out again after a refusal; 0 when they do.
    public var holdSeconds: Double
    public var methods: [Method]
}
