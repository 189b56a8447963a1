/// A grant as it is stored: the generation counts its pairs of tokens.
public struct StoredGrant: Sendable, Equatable {
    public var grant: Grant
    /// Each stored pair adds one.
    public var generation: Int64
    /// When a renewal stored this pair, in milliseconds since 1970; nil for the pair of the authorisation itself.
    public var renewedAtMS: Int64?

    public init(_ grant: Grant, generation: Int64, renewedAtMS: Int64?) {
        self.grant = grant
        self.generation = generation
        self.renewedAtMS = renewedAtMS
    }
}

/// What the store says to whoever wants to renew a grant.
public enum RenewalClaim: Sendable, Equatable {
    /// Nobody else renews it until the lease ends: the pair to do it with. `afterLoss` when whoever had the lease
    /// before never gave it back: it may have died with a new pair in its hands.
    case leased(StoredGrant, afterLoss: Bool)
    /// A newer pair than the one that expired is there already.
    case renewed(StoredGrant)
    /// Another process is at it.
    case held
    /// The authorisation server has refused this pair for good.
    case refused
    /// The grant was forgotten.
    case missing
}

/// Bounds of one renewal.
public struct RenewalPolicy: Sendable {
    /// How long a claimed lease holds others off. Longer than one question to the server may take.
    public var leaseMS: Int64 = 30_000
    /// How long the server may take to answer. Milliseconds.
    public var answerTimeoutMS = 20_000
    /// Questions to a server that does not come to a decision.
    public var attemptsMax = 3
    /// From the start on, waiting for other processes included. Milliseconds.
    public var totalMSMax: Int64 = 90_000
    /// The first wait between two questions; it doubles. Milliseconds.
    public var backoffMS: Int64 = 1_000
    /// How often the store is asked while another process holds the lease. Milliseconds.
    public var pollMS: Int64 = 40
    /// A pair that is refused so soon after it came is not renewed again: the token is not the trouble then, and an
    /// application that renews without need may be blocked. Milliseconds, or half the pair's life where that is less.
    /// Source: https://apidocs.bitrix24.com/settings/oauth/index.html
    public var ageMSMin: Int64 = 30_000
    /// How far our clock may be behind the authorisation server's. Milliseconds.
    public var clockSkewMSMax: Int64 = 60_000

    public init() {}
}

/// Renews one grant, once for everybody who wants it: no other process meanwhile, the new pair stored before it is
/// used, and nothing given up that may still be good.
///
/// A state machine: each answer of the store, the authorisation server or the clock goes in, the next step comes out.
public struct Renewal: Sendable {
    public enum Step: Sendable, Equatable {
        /// Ask the store for the lease: `claimed` takes its word.
        case claim
        /// Let time pass, then call `waited`.
        case wait(milliseconds: Int64)
        /// Send the pair to the authorisation server; `answered` takes what it says.
        case ask(Grant)
        /// Store the pair durably, if the generation is still the one given; `stored` takes whether it was.
        case store(Grant, replacing: Int64)
        case use(StoredGrant)
        /// Give the lease back and fail. A pair that is refused for good is marked, so that nobody asks with it again.
        case fail(Failure, isFinal: Bool)
    }

    public static let authorizeHint =
        "The grant is revoked, spent or older than 180 days: run 'host auth PORTAL' again."
    static let lostHint =
        "New tokens were lost, with an answer of the authorisation server or with a process that ended before it could "
        + "store them: run 'host auth PORTAL' again."

    private let policy: RenewalPolicy
    private let deadlineMS: Int64
    /// What the portal said of the expired token.
    private let refusal: Failure
    private var leased: StoredGrant?
    private var attempts = 0
    /// An answer was lost: the server may have rotated the pair without our knowing.
    private var mayHaveRotated = false
    /// The server refused the pair. What the store says now decides whether that matters.
    private var spent: Failure?

    /// - Parameters:
    ///   - refusal: what the portal answered to the expired token.
    ///   - nowMS: milliseconds since 1970.
    public init(after refusal: Failure, policy: RenewalPolicy = RenewalPolicy(), nowMS: Int64) {
        self.refusal = refusal
        self.policy = policy
        deadlineMS = nowMS + policy.totalMSMax
    }

    public func start() -> Step { .claim }

    public func waited() -> Step { .claim }

    public mutating func claimed(_ claim: RenewalClaim, nowMS: Int64) -> Step {
        switch claim {
        case .renewed(let stored): return .use(stored)
        case .missing:
            return .fail(refused("GRANT_FORGOTTEN", "the portal's grant was forgotten"), isFinal: false)
        case .refused:
            return .fail(refused("INVALID_GRANT", "the authorisation server has refused the grant"), isFinal: false)
        case .held:
            guard nowMS + policy.pollMS <= deadlineMS else {
                var failure = refused(
                    "RENEWAL_TIMEOUT", "another process has been renewing the grant for \(policy.totalMSMax) ms")
                failure.hint = "Try again; if it stays, look whether another 'host' hangs."
                return .fail(failure, isFinal: false)
            }
            return .wait(milliseconds: policy.pollMS)
        case .leased(let stored, let afterLoss):
            if afterLoss { mayHaveRotated = true }
            // Nobody has stored another pair since this one was refused: it is spent indeed.
            if let spent { return .fail(spent, isFinal: true) }
            if let failure = tooYoung(stored, nowMS) { return .fail(failure, isFinal: false) }
            guard isCertain || hasEnded(stored, nowMS) else { return .fail(refusal, isFinal: false) }
            leased = stored
            return .ask(stored.grant)
        }
    }

    /// - Parameter random: from 0 up to, not including, 1.
    public mutating func answered(_ answer: TokenAnswer, nowMS: Int64, random: Double) -> Step {
        guard let leased else { return .claim }
        switch answer {
        case .granted(let reply):
            guard reply.memberID == nil || reply.memberID == leased.grant.memberID else {
                var failure = refused("OTHER_PORTAL", "the authorisation server answered with another portal's tokens")
                failure.hint = "Run 'host auth PORTAL' again; if it stays, check --server."
                return .fail(failure, isFinal: false)
            }
            return .store(leased.grant.renewed(by: reply), replacing: leased.generation)
        case .refused(var failure):
            guard failure.code.uppercased() == "INVALID_GRANT" else { return .fail(failure, isFinal: false) }
            if mayHaveRotated { failure.hint = Renewal.lostHint }
            // Another process may have been faster, its lease forgotten: the store knows.
            spent = failure
            return .claim
        case .unavailable(let failure):
            attempts += 1
            if failure.outcome == .unknown { mayHaveRotated = true }
            let wait = backoffMS(random)
            guard attempts < policy.attemptsMax, nowMS + wait <= deadlineMS else {
                return .fail(undone(failure), isFinal: false)
            }
            return .wait(milliseconds: wait)
        }
    }

    /// - Parameter stored: nil when the stored generation is no longer the one replaced: another was faster.
    public func stored(_ stored: StoredGrant?) -> Step {
        stored.map { .use($0) } ?? .claim
    }

    /// Between half the bound and the bound: whoever asks comes back later than now, and not with all others.
    private func backoffMS(_ random: Double) -> Int64 {
        let bound = policy.backoffMS << Int64(min(max(attempts - 1, 0), 10))
        return bound / 2 + Int64(Double(bound / 2) * min(max(random, 0), 1))
    }

    /// The refusal with what to do, where the pair is too young to be renewed.
    private func tooYoung(_ stored: StoredGrant, _ nowMS: Int64) -> Failure? {
        // A person authorises when a person likes, and what expired may have been the pair before.
        guard let renewedAtMS = stored.renewedAtMS else { return nil }
        var ageMSMin = policy.ageMSMin
        if let expiresAt = stored.grant.expiresAt {
            ageMSMin = min(ageMSMin, max(0, expiresAt.unixSeconds * 1000 - renewedAtMS) / 2)
        }
        let ageMS = nowMS - renewedAtMS
        guard ageMS < ageMSMin else { return nil }
        var failure = refusal
        let (least, rest) = (Self.seconds(ageMSMin), Self.seconds(ageMSMin - ageMS))
        failure.hint =
            "The token was renewed \(max(0, ageMS) / 1000) s ago and is refused already; the host renews it at most "
            + "once in \(least) s: try again in \(rest) s. If it stays, run 'host auth PORTAL' again."
        return failure
    }

    /// In whole seconds, not too few.
    private static func seconds(_ milliseconds: Int64) -> Int64 { (milliseconds + 999) / 1000 }

    /// REST 3.0 has one code for all that is wrong with a credential; the clock tells whether it is the token's age.
    private var isCertain: Bool { !refusal.code.asciiLowercased().hasPrefix("bitrix_rest_v3_") }

    private func hasEnded(_ stored: StoredGrant, _ nowMS: Int64) -> Bool {
        stored.grant.expiresAt.map { $0.unixSeconds * 1000 <= nowMS + policy.clockSkewMSMax } ?? true
    }

    /// The same trouble as whoever waits for the token is told of it: what became of the pair may be unknown, but the
    /// portal refused the call, and did nothing.
    private func undone(_ failure: Failure) -> Failure {
        var undone = failure
        undone.outcome = .nothingDone
        undone.retryable = false
        return undone
    }

    /// A failure of our own making, in the portal's place.
    private func refused(_ code: String, _ message: String) -> Failure {
        var failure = refusal
        failure.code = code
        failure.message = message
        failure.status = nil
        failure.hint = Renewal.authorizeHint
        return failure
    }
}
