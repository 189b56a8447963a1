/// What a person should know while calls go on.
public enum PortalNotice: Sendable {
    case waits(PaceWait)
    /// The webhook's portal answers at a new address, which nothing remembers.
    case moved(to: String)
}

/// Calls that wait for the portal's pace.
public struct PaceWait: Sendable {
    public enum Cause: Sendable, Equatable {
        /// The portal took no more requests, and said so with this code.
        case refused(code: String)
        /// The methods that wait have used up their operating time.
        case operating
        /// The portal's bucket is full: it takes so many requests a second.
        case pace(requestsPerSecond: Int)
    }

    /// Host and port.
    public var portal: String
    public var cause: Cause
    public var calls: Int
    /// Until the next one may go out.
    public var milliseconds: Int

    public var described: String {
        let seconds = (milliseconds + 999) / 1000
        return switch cause {
        case .refused(let code):
            "waiting: \(portal) refused a request as too many (\(code)); asking again in \(seconds) s"
        case .operating:
            "waiting: what is called has used up its operating time at \(portal); asking again in \(seconds) s"
        case .pace(let requestsPerSecond):
            "waiting: \(calls) call\(calls == 1 ? " keeps" : "s keep") the pace of \(portal), \(requestsPerSecond) "
                + "request\(requestsPerSecond == 1 ? "" : "s") a second"
        }
    }
}

/// When waits are worth a line to whoever sees no other progress: not short ones, and not again and again.
public struct WaitLines: Sendable {
    static let afterNS: UInt64 = 3_000_000_000
    static let intervalNS: UInt64 = 30_000_000_000
    /// Waits this close together are one.
    static let gapNS: UInt64 = 1_000_000_000

    private var sinceNS: UInt64 = 0
    private var untilNS: UInt64?
    private var saidNS: UInt64?

    public init() {}

    /// Whether to say now that calls wait, for so long from now on.
    public mutating func isDue(_ wait: PaceWait) -> Bool { isDue(wait, nowNS: MonotonicClock.nowNS()) }

    mutating func isDue(_ wait: PaceWait, nowNS: UInt64) -> Bool {
        if untilNS.map({ nowNS > $0 + Self.gapNS }) ?? true { sinceNS = nowNS }
        let untilNS = max(untilNS ?? 0, nowNS + UInt64(max(0, wait.milliseconds)) * 1_000_000)
        self.untilNS = untilNS
        guard untilNS - sinceNS >= Self.afterNS else { return false }
        if let saidNS, nowNS < saidNS + Self.intervalNS { return false }
        saidNS = nowNS
        return true
    }
}
