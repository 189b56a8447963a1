/// The request budget of one portal: a leaky bucket that the portal's own never sees overflow.
///
/// The portal adds 1 for each request, takes `Y` away each second, and refuses with 503 while the sum is above `X`.
/// Ours fills in the same way, but ends below `X` by what leaks in `jitterSeconds`, as the network may bunch requests
/// up, and leaks 1 % slower than the portal's, so that a fast clock does no harm.
/// Source: https://apidocs.bitrix24.com/limits.html
///
/// One value serves all runs of a portal, as the portal counts by source address. Time is a monotonic clock's, in
/// nanoseconds from any start.
public struct Pace: Sendable {
    public enum Decision: Sendable, Equatable {
        case send
        /// Ask again then; always later than now.
        case wait(untilNS: UInt64)
    }

    /// What a plan allows.
    public struct Plan: Sendable, Equatable {
        /// `Y`: requests a second in the long run.
        public var drainPerSecond: Double
        /// `X`: requests at once after a rest.
        public var burst: Int

        public init(drainPerSecond: Double, burst: Int) {
            self.drainPerSecond = max(drainPerSecond, 0.01)
            self.burst = max(burst, 1)
        }

        public static let standard = Plan(drainPerSecond: 2, burst: 50)
        public static let enterprise = Plan(drainPerSecond: 5, burst: 250)
    }

    public let plan: Plan
    /// How full the bucket is, in requests.
    public private(set) var level: Double
    /// When `level` was last right; nil before the first request.
    private var levelNS: UInt64?
    private var holdUntilNS: UInt64 = 0
    private var refusals = 0

    /// Requests may reach the portal this much later than others sent after them.
    static let jitterSeconds = 1.5
    static let drainShare = 0.99
    static let holdMS: UInt64 = 1000
    static let holdMaxMS: UInt64 = 30_000

    /// - Parameter level: what an earlier process may have used up already, in requests.
    public init(_ plan: Plan = .standard, level: Double = 0) {
        self.plan = plan
        self.level = level
    }

    /// Requests that may be outstanding at once after a rest.
    var capacity: Double { max(1, Double(plan.burst) - (plan.drainPerSecond * Pace.jitterSeconds + 1)) }

    private var drainPerNS: Double { plan.drainPerSecond * Pace.drainShare / 1e9 }

    /// Whether one request may go out now; if so it is counted. Ask for the first of your waiting calls only.
    public mutating func request(nowNS: UInt64) -> Decision {
        leak(nowNS)
        if nowNS < holdUntilNS { return .wait(untilNS: holdUntilNS) }
        if level + 1 <= capacity {
            level += 1
            return .send
        }
        let wait = ((level + 1 - capacity) / drainPerNS).rounded(.up)
        return .wait(untilNS: nowNS + UInt64(max(1, wait)))
    }

    /// The portal refused with `QUERY_LIMIT_EXCEEDED`: others share the address, or its plan is smaller than thought.
    /// Ours is taken as full, and nothing goes out for 1, 2, 4 … 30 seconds, once for all refusals of one moment.
    public mutating func refused(nowNS: UInt64) {
        leak(nowNS)
        level = max(level, capacity)
        guard nowNS >= holdUntilNS else { return }
        let holdMS = min(Pace.holdMS << UInt64(min(refusals, 8)), Pace.holdMaxMS)
        refusals += 1
        holdUntilNS = nowNS + holdMS * 1_000_000
    }

    /// The portal took a request: the next refusal starts with a short hold again.
    public mutating func accepted(nowNS: UInt64) {
        if nowNS >= holdUntilNS { refusals = 0 }
    }

    private mutating func leak(_ nowNS: UInt64) {
        // A clock that goes back, which a monotonic one does not, leaks nothing.
        let before = levelNS ?? nowNS
        if nowNS > before { level = max(0, level - Double(nowNS - before) * drainPerNS) }
        levelNS = max(before, nowNS)
    }
}
