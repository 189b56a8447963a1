/// When a failed call is sent again: its bounds, and a decision for each failure.
public struct RetryPolicy: Sendable {
    /// Sendings after which a call fails for good, refusals for too many requests not counted.
    public var attemptsMax = 6
    /// The same where an answer came that nobody understands: another may come from a gateway on the way, hardly more.
    public var unreadableAttemptsMax = 2
    /// The same where no connection came about: a wrong address stays wrong, and a person waits for the answer.
    public var unreachedAttemptsMax = 3
    /// Refusals for too many requests, or for operating time, after which it fails too.
    public var refusalsMax = 100
    /// From the first sending on, waiting included. Milliseconds.
    public var totalMSMax: UInt64 = 900_000
    /// For how long a call waits for its turn, refusals for too many requests included, instead of `refusalsMax` and
    /// `totalMSMax`; nil where something else ends the wait, as a run's limit does. Milliseconds.
    public var waitMSMax: UInt64?
    /// The longest first wait; it doubles each time. Milliseconds.
    public var backoffMS: UInt64 = 500
    public var backoffMSMax: UInt64 = 30_000
    /// The shortest wait after a refusal for operating time. Milliseconds.
    public var operatingWaitMSMin: UInt64 = 10_000
    /// A portal that was renamed answers where it is now; so many hops are followed.
    public var hopsMax = 3

    public init() {}
}

/// The retries of one call.
///
/// A call is repeated where that is harmless: when the portal said that it did nothing, and reads after any trouble. A
/// write of unknown outcome is never sent twice: it fails at once, as uncertain.
public struct Retry: Sendable {
    public enum Decision: Sendable, Equatable {
        case retry(afterMS: UInt64)
        case fail(Failure)
    }

    private let policy: RetryPolicy
    private let startMS: UInt64
    private var attempts = 0
    private var refusals = 0
    private var hops = 0

    /// - Parameter nowMS: a monotonic clock, from any start.
    public init(_ policy: RetryPolicy = RetryPolicy(), nowMS: UInt64) {
        self.policy = policy
        startMS = nowMS
    }

    /// - Parameter random: from 0 up to, not including, 1. The wait is chosen evenly below its bound ("full jitter"),
    ///   so that calls which failed together do not come back together.
    public mutating func decide(after failure: Failure, nowMS: UInt64, random: Double) -> Decision {
        guard failure.retryable else { return .fail(failure.final) }
        let bound: UInt64
        var totalMSMax = policy.totalMSMax
        if failure.asksToWait {
            // The queue holds the portal, or the method, back; here it is only kept from being endless.
            refusals += 1
            guard policy.waitMSMax != nil || refusals <= policy.refusalsMax else {
                return .fail(givenUp(failure, nowMS))
            }
            totalMSMax = policy.waitMSMax ?? totalMSMax
            bound = policy.backoffMS
        } else {
            attempts += 1
            let attemptsMax =
                switch failure.category {
                case .unreadable: policy.unreadableAttemptsMax
                case .transport where failure.outcome == .nothingDone: policy.unreachedAttemptsMax
                default: policy.attemptsMax
                }
            guard attempts < attemptsMax else { return .fail(givenUp(failure, nowMS)) }
            bound = min(policy.backoffMS << UInt64(min(attempts - 1, 20)), policy.backoffMSMax)
        }
        let wait = UInt64(Double(bound) * min(max(random, 0), 1))
        guard spentMS(nowMS) + wait <= totalMSMax else { return .fail(givenUp(failure, nowMS)) }
        return .retry(afterMS: wait)
    }

    /// The failure with how often the call was sent, and for how long, where it was more than once.
    private func givenUp(_ failure: Failure, _ nowMS: UInt64) -> Failure {
        var failure = failure.final
        let sendings = attempts + refusals
        guard sendings > 1 else { return failure }
        if failure.message.hasSuffix(".") { failure.message.removeLast() }
        failure.message +=
            (failure.message.isEmpty ? "" : "; ") + "tried \(sendings) times in \((spentMS(nowMS) + 999) / 1000) s"
        return failure
    }

    private func spentMS(_ nowMS: UInt64) -> UInt64 { nowMS - min(startMS, nowMS) }

    /// The portal answered 302: the credential to send the same POST with, at once, and to remember.
    ///
    /// - Throws: a failure of the category `.moved` when the redirect is no renaming, or one too many.
    public mutating func moved(
        _ credential: Credential, to location: String, call: Call
    ) throws(Failure) -> Credential {
        hops += 1
        guard hops <= policy.hopsMax else {
            throw Retry.movedFailure("the portal redirects more than \(policy.hopsMax) times", call)
        }
        do throws(AddressFailure) {
            return try credential.moved(to: location, asking: call.method, api: call.api)
        } catch {
            throw Retry.movedFailure(error.message, call)
        }
    }

    private static func movedFailure(_ message: String, _ call: Call) -> Failure {
        Failure(
            code: "PORTAL_MOVED", message: message, method: call.method, status: 302, category: .moved,
            outcome: .nothingDone, access: call.access)
    }
}
