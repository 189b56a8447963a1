import Testing
import Wire

@testable import Bitrix24

@Suite("A renewal")
struct RenewalTests {
    static let start: Int64 = 10_000_000
    let first: StoredGrant
    let fresh: TokenAnswer

    init() throws {
        first = StoredGrant(try OAuthSamples.grant(), generation: 4, renewedAtMS: Self.start - 3_600_000)
        fresh = try OAuthSamples.answer(#"{"access_token":"a2","refresh_token":"r2","expires_in":3600}"#)
    }

    func renewal(_ refusal: Failure = OAuthSamples.expired()) -> Renewal {
        Renewal(after: refusal, nowMS: Self.start)
    }

    func answer(_ code: String, _ status: Int) throws -> TokenAnswer {
        try OAuthSamples.answer(#"{"error":"\#(code)"}"#, status: status)
    }

    func lost(sent: Bool) throws -> TokenAnswer {
        TokenAnswer(
            noAnswer: "broke off", to: TokenRequest(refreshing: try OAuthSamples.grant()), mayHaveBeenSent: sent)
    }

    @Test("asks with the lease, stores the pair, and only then uses it")
    func straight() throws {
        var renewal = renewal()
        #expect(renewal.start() == .claim)
        #expect(renewal.claimed(.leased(first, afterLoss: false), nowMS: Self.start) == .ask(first.grant))
        guard case .store(let grant, replacing: 4) = renewal.answered(fresh, nowMS: Self.start, random: 0) else {
            Issue.record("the pair is not stored")
            return
        }
        #expect(grant.accessToken == Secret("a2") && grant.refreshToken == Secret("r2"))
        #expect(grant.applicationToken == first.grant.applicationToken && grant.scopes == ["crm", "im"])
        let stored = StoredGrant(grant, generation: 5, renewedAtMS: Self.start)
        #expect(renewal.stored(stored) == .use(stored))
    }

    @Test("takes the pair that another was faster with, at whatever point it finds it")
    func faster() throws {
        let theirs = StoredGrant(first.grant, generation: 5, renewedAtMS: Self.start)
        var renewal = renewal()
        #expect(renewal.claimed(.renewed(theirs), nowMS: Self.start) == .use(theirs))
        _ = renewal.claimed(.leased(first, afterLoss: false), nowMS: Self.start)
        _ = renewal.answered(fresh, nowMS: Self.start, random: 0)
        #expect(renewal.stored(nil) == .claim)
        #expect(renewal.claimed(.renewed(theirs), nowMS: Self.start) == .use(theirs))
    }

    @Test("on invalid_grant looks into the store first")
    func invalidGrant() throws {
        let theirs = StoredGrant(first.grant, generation: 5, renewedAtMS: Self.start)
        var renewal = renewal()
        _ = renewal.claimed(.leased(first, afterLoss: false), nowMS: Self.start)
        #expect(renewal.answered(try answer("invalid_grant", 400), nowMS: Self.start, random: 0) == .claim)
        #expect(renewal.claimed(.renewed(theirs), nowMS: Self.start) == .use(theirs))
        guard
            case .fail(let failure, isFinal: true) = renewal.claimed(
                .leased(first, afterLoss: false), nowMS: Self.start)
        else {
            Issue.record("the same pair is asked with again")
            return
        }
        #expect(failure.category == .authorization && failure.hint == Renewal.authorizeHint)
    }

    @Test("waits while another process holds the lease, within its bound")
    func held() {
        var renewal = renewal()
        #expect(renewal.claimed(.held, nowMS: Self.start) == .wait(milliseconds: 40))
        #expect(renewal.waited() == .claim)
        guard case .fail(let failure, isFinal: false) = renewal.claimed(.held, nowMS: Self.start + 90_000) else {
            Issue.record("waits for ever")
            return
        }
        #expect(failure.code == "RENEWAL_TIMEOUT" && failure.hint.contains("host"))
    }

    @Test("asks again, at most three times, where the server comes to no decision; the grant stays")
    func undecided() throws {
        var renewal = renewal()
        for wait: Int64 in [500, 1_000] {
            #expect(renewal.claimed(.leased(first, afterLoss: false), nowMS: Self.start) == .ask(first.grant))
            let step = renewal.answered(try answer("INTERNAL_SERVER_ERROR", 500), nowMS: Self.start, random: 0)
            #expect(step == .wait(milliseconds: wait))
        }
        #expect(renewal.claimed(.leased(first, afterLoss: false), nowMS: Self.start) == .ask(first.grant))
        guard
            case .fail(let failure, isFinal: false) = renewal.answered(
                try lost(sent: true), nowMS: Self.start, random: 0)
        else {
            Issue.record("asks for ever")
            return
        }
        #expect(failure.hint.contains("the grant is kept"))
        #expect(failure.outcome == .nothingDone, "what the portal refused to a spent token is certain")
    }

    @Test("after a lost answer tries the old pair once more, and says what was lost when it is spent")
    func lostAnswer() throws {
        var renewal = renewal()
        _ = renewal.claimed(.leased(first, afterLoss: false), nowMS: Self.start)
        #expect(renewal.answered(try lost(sent: true), nowMS: Self.start, random: 0) == .wait(milliseconds: 500))
        #expect(renewal.waited() == .claim)
        #expect(renewal.claimed(.leased(first, afterLoss: false), nowMS: Self.start) == .ask(first.grant))
        #expect(renewal.answered(try answer("invalid_grant", 400), nowMS: Self.start, random: 0) == .claim)
        guard
            case .fail(let failure, isFinal: true) = renewal.claimed(
                .leased(first, afterLoss: false), nowMS: Self.start)
        else {
            Issue.record("not given up")
            return
        }
        #expect(failure.hint.contains("were lost") && failure.hint.contains("host auth"))
    }

    @Test("after a process that died with the lease says what was lost when the pair is spent")
    func lostProcess() throws {
        var renewal = renewal()
        #expect(renewal.claimed(.leased(first, afterLoss: true), nowMS: Self.start) == .ask(first.grant))
        #expect(renewal.answered(try answer("invalid_grant", 400), nowMS: Self.start, random: 0) == .claim)
        let step = renewal.claimed(.leased(first, afterLoss: false), nowMS: Self.start)
        guard case .fail(let failure, isFinal: true) = step else {
            Issue.record("not given up")
            return
        }
        #expect(failure.hint.contains("a process that ended") && failure.hint.contains("host auth"))
    }

    @Test(
        "gives up at once on what time does not mend, and keeps the grant",
        arguments: [
            ("invalid_client", 400), ("wrong_client", 200), ("PAYMENT_REQUIRED", 401), ("NOT_INSTALLED", 401),
            ("insufficient_scope", 403),
        ])
    func refused(code: String, status: Int) throws {
        var renewal = renewal()
        _ = renewal.claimed(.leased(first, afterLoss: false), nowMS: Self.start)
        guard
            case .fail(let failure, isFinal: false) = renewal.answered(
                try answer(code, status), nowMS: Self.start, random: 0)
        else {
            Issue.record("goes on")
            return
        }
        #expect(failure.code == code && !failure.hint.isEmpty)
    }

    @Test("does not renew a pair that came a moment ago, the authorisation's own excepted")
    func young() {
        var young = first
        young.grant.expiresAt = Timestamp(unixSeconds: Self.start / 1000 + 3_600)
        young.renewedAtMS = Self.start - 29_999
        var renewal = renewal()
        guard
            case .fail(let failure, isFinal: false) = renewal.claimed(
                .leased(young, afterLoss: false), nowMS: Self.start)
        else {
            Issue.record("renews without need")
            return
        }
        #expect(
            failure.hint
                == "The token was renewed 29 s ago and is refused already; the host renews it at most once in 30 s: "
                + "try again in 1 s. If it stays, run 'host auth PORTAL' again.")
        young.renewedAtMS = Self.start - 30_000
        #expect(renewal.claimed(.leased(young, afterLoss: false), nowMS: Self.start) == .ask(young.grant))
        young.renewedAtMS = nil
        #expect(renewal.claimed(.leased(young, afterLoss: false), nowMS: Self.start) == .ask(young.grant))
        // A portal whose tokens live two seconds is not refused its renewals.
        young.renewedAtMS = Self.start - 1_000
        young.grant.expiresAt = Timestamp(unixSeconds: Self.start / 1000 + 1)
        #expect(renewal.claimed(.leased(young, afterLoss: false), nowMS: Self.start) == .ask(young.grant))
    }

    @Test("believes REST 3.0, which has one code for all, only when the clock agrees")
    func oneCodeForAll() {
        var refusal = OAuthSamples.expired()
        refusal.code = "BITRIX_REST_V3_EXCEPTION_ACCESSDENIEDEXCEPTION"
        #expect(refusal.asksForNewToken)
        var renewal = renewal(refusal)
        #expect(renewal.claimed(.leased(first, afterLoss: false), nowMS: Self.start) == .ask(first.grant))
        var lasting = first
        lasting.grant.expiresAt = Timestamp(unixSeconds: Self.start / 1000 + 600)
        #expect(
            renewal.claimed(.leased(lasting, afterLoss: false), nowMS: Self.start) == .fail(refusal, isFinal: false))
    }

    @Test("does not take another portal's tokens")
    func foreign() throws {
        var renewal = renewal()
        _ = renewal.claimed(.leased(first, afterLoss: false), nowMS: Self.start)
        let foreign = try OAuthSamples.answer(
            #"{"access_token":"a","refresh_token":"b","member_id":"ffffffffffffffffffffffffffffffff"}"#)
        guard case .fail(let failure, isFinal: false) = renewal.answered(foreign, nowMS: Self.start, random: 0) else {
            Issue.record("another portal's tokens are taken")
            return
        }
        #expect(failure.code == "OTHER_PORTAL")
    }

    @Test("that finds the grant refused or gone says so without asking", arguments: [RenewalClaim.refused, .missing])
    func gone(claim: RenewalClaim) {
        var renewal = renewal()
        guard case .fail(let failure, isFinal: false) = renewal.claimed(claim, nowMS: Self.start) else {
            Issue.record("goes on")
            return
        }
        #expect(failure.category == .authorization && failure.hint.contains("host auth"))
    }
}
