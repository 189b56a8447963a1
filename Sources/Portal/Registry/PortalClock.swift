import Glibc

/// The portal's time: the machine's, or a virtual one that only moves when told.
///
/// Not Sendable: it belongs to the engine that owns the state.
public final class PortalClock {
    private var virtual: Int64?

    /// The machine's clock.
    public init() {}

    /// A clock that stands still at `unixSeconds` until `advance`.
    public init(standingAt unixSeconds: Int64) {
        virtual = unixSeconds * 1_000_000_000
    }

    /// Whether it stands still until `advance`.
    var isVirtual: Bool { virtual != nil }

    /// Nanoseconds since 1970 UTC.
    public var nanoseconds: Int64 {
        if let virtual { return virtual }
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    /// Seconds since 1970 UTC, rounded down.
    public var unixSeconds: Int64 { nanoseconds / 1_000_000_000 }

    /// A hundred years: tests of subscriptions and holidays need less.
    public static let advanceSecondsMax = 100 * 366 * 86_400.0

    /// Moves the clock, at most `advanceSecondsMax` at once. The machine's clock becomes a virtual one at that instant.
    public func advance(seconds: Double) {
        let step = Int64(min(max(seconds, 0), Self.advanceSecondsMax) * 1_000_000_000)
        virtual = nanoseconds.addingReportingOverflow(step).overflow ? nanoseconds : nanoseconds + step
    }

    /// Moves the clock; 0 leaves the machine's clock running.
    func advance(milliseconds: Int) {
        if milliseconds > 0 { advance(seconds: Double(milliseconds) / 1_000) }
    }
}
