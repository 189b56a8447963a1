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
    /// How much somebody wants a request.
    public enum Need: Sendable, Equatable {
        /// As soon as there is room.
        case now
        /// Only out of plenty: what is short is better spent on several calls at once.
        case ifPlenty
    }

    public enum Decision: Sendable, Equatable {
        /// One request may go out, and is counted. There is plenty of room while less than half of it is used:
        /// `plenty` requests, this one included, are left of that half; 0 when room is short.
        case send(plenty: Int)
        /// There is room, but no plenty of it, and nobody needs it now. Nothing is counted.
        case short
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

    /// How full the bucket is: all that has to be kept from one request to the next.
    public struct Standing: Sendable, Equatable {
        /// Requests in the bucket.
        public var level: Double
        /// When `level` was right; nil before the first request.
        public var levelNS: UInt64?
        /// Nothing goes out before.
        public var holdUntilNS: UInt64
        /// Refusals in a row.
        public var refusals: Int

        public init(level: Double = 0, levelNS: UInt64? = nil, holdUntilNS: UInt64 = 0, refusals: Int = 0) {
            self.level = level
            self.levelNS = levelNS
            self.holdUntilNS = holdUntilNS
            self.refusals = refusals
        }
    }

    public let plan: Plan
    public private(set) var standing: Standing

    /// Requests may reach the portal this much later than others sent after them.
    static let jitterSeconds = 1.5
    static let drainShare = 0.99
    static let plentyShare = 0.5
    static let holdMS: UInt64 = 1000
    static let holdMaxMS: UInt64 = 30_000
    /// No plan's bucket holds as much, and no bucket was refused as often in a row: more of it is damage.
    static let levelMax = 1_000.0
    static let refusalsMax = 1_000_000

    /// - Parameter standing: what others, or an earlier process, may have used up already.
    public init(_ plan: Plan = .standard, standing: Standing = Standing()) {
        self.plan = plan
        self.standing = standing
    }

    /// Requests that may be outstanding at once after a rest.
    public var capacity: Double { max(1, Double(plan.burst) - (plan.drainPerSecond * Pace.jitterSeconds + 1)) }

    /// How long one request takes to leave the bucket.
    public var slotNS: UInt64 { UInt64((1 / drainPerNS).rounded(.up)) }

    private var drainPerNS: Double { plan.drainPerSecond * Pace.drainShare / 1e9 }

    /// Whether one request may go out now; if so it is counted.
    public mutating func request(_ need: Need = .now, nowNS: UInt64) -> Decision {
        leak(nowNS)
        if nowNS < standing.holdUntilNS { return .wait(untilNS: standing.holdUntilNS) }
        let next = standing.level + 1
        guard next <= capacity else {
            let wait = ((next - capacity) / drainPerNS).rounded(.up)
            return .wait(untilNS: nowNS + UInt64(max(1, wait)))
        }
        let plenty = max(0, Int(max(1, capacity * Pace.plentyShare) - standing.level))
        guard plenty > 0 || need == .now else { return .short }
        standing.level = next
        return .send(plenty: plenty)
    }

    /// The portal refused with `QUERY_LIMIT_EXCEEDED`: others share the address, or its plan is smaller than thought.
    /// Ours is taken as full, and nothing goes out for 1, 2, 4 … 30 seconds, once for all refusals of one moment.
    public mutating func refused(nowNS: UInt64) {
        leak(nowNS)
        standing.level = max(standing.level, capacity)
        guard nowNS >= standing.holdUntilNS else { return }
        let holdMS = min(Pace.holdMS << UInt64(min(standing.refusals, 8)), Pace.holdMaxMS)
        standing.refusals += 1
        standing.holdUntilNS = nowNS + holdMS * 1_000_000
    }

    /// The portal took a request: the next refusal starts with a short hold again.
    public mutating func accepted(nowNS: UInt64) {
        if nowNS >= standing.holdUntilNS { standing.refusals = 0 }
    }

    /// Takes over what somebody else knows of the same bucket, where that is more.
    public mutating func join(_ other: Standing, nowNS: UInt64) {
        var other = Pace(plan, standing: other)
        other.leak(nowNS)
        leak(nowNS)
        standing.level = max(standing.level, other.standing.level)
        standing.holdUntilNS = max(standing.holdUntilNS, other.standing.holdUntilNS)
        // A count that others ended must not come back.
        standing.refusals = other.standing.refusals
    }

    /// Requests in the bucket at this time.
    public func level(nowNS: UInt64) -> Double {
        var later = self
        later.leak(nowNS)
        return later.standing.level
    }

    private mutating func leak(_ nowNS: UInt64) {
        // A clock that goes back, which a monotonic one does not, leaks nothing.
        let before = standing.levelNS ?? nowNS
        if nowNS > before { standing.level = max(0, standing.level - Double(nowNS - before) * drainPerNS) }
        standing.levelNS = max(before, nowNS)
    }
}

extension Pace.Standing {
    /// What was kept, as it can be believed at a time: nothing in it lies in the future but a hold, and that ends.
    ///
    /// - Parameter isSameBoot: false when the machine was started anew since, so that its clock says nothing about the
    ///   kept times. The level is then as if it had just been reached.
    public func believed(nowNS: UInt64, isSameBoot: Bool) -> Pace.Standing {
        var believed = self
        believed.level = level.isFinite ? min(max(0, level), Pace.levelMax) : 0
        believed.refusals = min(max(0, refusals), Pace.refusalsMax)
        guard isSameBoot else {
            believed.levelNS = nowNS
            believed.holdUntilNS = 0
            return believed
        }
        believed.levelNS = levelNS.map { min($0, nowNS) }
        believed.holdUntilNS = min(holdUntilNS, nowNS + Pace.holdMaxMS * 1_000_000)
        return believed
    }
}
