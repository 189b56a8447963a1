import Bitrix24
import Synchronization

/// Calls as an application: with the grant's token, renewed once for all runs and processes when the portal says that
/// it has expired.
final class GrantAuthority: PortalAuthority {
    private typealias Flight = Task<Result<StoredGrant, EffectFailure>, Never>

    private struct State {
        var stored: StoredGrant
        /// The renewal that is under way; every run that needs one waits for it.
        var flight: Flight?
        /// A pair that could not be stored: it exists nowhere but here, and is stored before anything is asked again.
        var unstored: (grant: Grant, generation: Int64)?
        /// The last grants, the newest last, and what hides all their secrets.
        private var recent: [Grant] = []
        private(set) var redactor = Redactor()
        /// Pairs that this process has made.
        var renewals = 0

        init(_ stored: StoredGrant) {
            self.stored = stored
            hide(stored.grant)
        }

        mutating func hide(_ grant: Grant) {
            recent = recent.suffix(GrantAuthority.hiddenPairsMax - 1) + [grant]
            redactor = Redactor(hiding: recent.flatMap(\.secrets).map(\.exposed))
        }
    }

    /// Pairs of tokens that are hidden; an earlier one has ended hours ago.
    private static let hiddenPairsMax = 16
    /// A new pair exists nowhere but here until it is stored: a busy store is asked so often.
    private static let storeAttemptsMax = 5

    private let id: GrantID
    private let store: GrantStore
    private let client = AuthorizationClient()
    private let policy: RenewalPolicy
    /// By which the store tells this connection from others.
    private let owner: String
    private let state: Mutex<State>

    init(_ stored: StoredGrant, in store: GrantStore, policy: RenewalPolicy = RenewalPolicy()) {
        id = GrantID(stored.grant)
        self.store = store
        self.policy = policy
        var random = SystemRandomNumberGenerator()
        owner = String(random.next() as UInt64, radix: 16)
        state = Mutex(State(stored))
    }

    var known: Credential? { try? Self.credential(of: state.withLock { $0.stored }) }

    var redactor: Redactor { state.withLock { $0.redactor } }

    var scopes: [String]? { state.withLock { $0.stored.grant.scopes } }

    var renewals: Int { state.withLock { $0.renewals } }

    /// The token by which the portal's events are known.
    var applicationToken: Secret? { state.withLock { $0.stored.grant.applicationToken } }

    func credential() throws(EffectFailure) -> Credential {
        try Self.credential(of: state.withLock { $0.stored })
    }

    func renewed(after spent: Credential, refusal: Failure) async throws(EffectFailure) -> Credential {
        // Cancelling a run does not cancel the renewal: the pair that the server is making must be stored.
        let flight = state.withLock { state -> Flight? in
            guard state.stored.grant.accessToken.exposed == spent.secret else { return nil }
            if let flight = state.flight { return flight }
            let expired = state.stored.generation
            let flight = Flight { await self.renewal(after: refusal, of: expired) }
            state.flight = flight
            return flight
        }
        guard let flight else { return try credential() }
        return try Self.credential(of: try await flight.value.get())
    }

    func moved(from old: Credential, to new: Credential) throws(EffectFailure) -> Bool {
        let isNews = state.withLock { state in
            // Whoever comes late with an older address does not undo a later renaming.
            guard state.stored.grant.portal == old.portal else { return false }
            state.stored.grant.portal = new.portal
            return true
        }
        guard isNews else { return false }
        do throws(HostFailure) {
            try store.move(id, from: old.portal, to: new.portal)
            return false
        } catch {
            throw .host(error)
        }
    }

    private static func credential(of stored: StoredGrant) throws(EffectFailure) -> Credential {
        let grant = stored.grant
        do throws(AddressFailure) {
            return .token(
                try AccessToken(
                    portal: grant.portal, memberID: grant.memberID, clientID: grant.application.clientID,
                    userID: grant.userID, token: grant.accessToken.exposed))
        } catch {
            throw .host(
                HostFailure(
                    .configuration, "the stored grant cannot be used: \(error.message)",
                    hint: "run 'host auth PORTAL' again"))
        }
    }

    // -- The renewal --------------------------------------------------------------------------------------------------

    private func renewal(after refusal: Failure, of expired: Int64) async -> Result<StoredGrant, EffectFailure> {
        let result: Result<StoredGrant, EffectFailure>
        do throws(EffectFailure) {
            result = .success(try await renew(after: refusal, of: expired))
        } catch {
            result = .failure(error)
        }
        state.withLock { state in
            if case .success(let stored) = result {
                state.renewals += 1
                state.stored = stored
                state.hide(stored.grant)
            }
            state.flight = nil
        }
        return result
    }

    private func renew(after refusal: Failure, of expired: Int64) async throws(EffectFailure) -> StoredGrant {
        if let (grant, generation) = state.withLock({ $0.unstored }),
            let stored = try keep(grant, replacing: generation)
        {
            return stored
        }
        var renewal = Renewal(after: refusal, policy: policy, nowMS: store.nowMS)
        var step = renewal.start()
        while true {
            switch step {
            case .claim:
                let claim = try host { () throws(HostFailure) in
                    try store.claim(id, after: expired, owner: owner, leaseMS: policy.leaseMS)
                }
                step = renewal.claimed(claim, nowMS: store.nowMS)
            case .wait(let milliseconds):
                do {
                    try await Task.sleep(for: .milliseconds(milliseconds))
                } catch {
                    throw .cancelled
                }
                step = renewal.waited()
            case .ask(let grant):
                let answer = await client.answer(
                    to: TokenRequest(refreshing: grant), timeoutMS: policy.answerTimeoutMS)
                step = renewal.answered(answer, nowMS: store.nowMS, random: Double.random(in: 0..<1))
            case .store(let grant, let generation):
                step = renewal.stored(try keep(grant, replacing: generation))
            case .use(let stored): return stored
            case .fail(let failure, let isFinal):
                try host { () throws(HostFailure) in
                    try store.release(id, owner: owner, generation: expired, isRefused: isFinal)
                }
                throw .portal(failure)
            }
        }
    }

    private func keep(_ grant: Grant, replacing generation: Int64) throws(EffectFailure) -> StoredGrant? {
        state.withLock { state in
            state.unstored = (grant, generation)
            state.hide(grant)
        }
        var attempts = 0
        while true {
            do throws(HostFailure) {
                let kept = try store.replace(grant, generation: generation)
                state.withLock { $0.unstored = nil }
                return kept
            } catch {
                attempts += 1
                guard attempts < Self.storeAttemptsMax else { throw .host(Self.unstored(error)) }
            }
        }
    }

    private static func unstored(_ failure: HostFailure) -> HostFailure {
        HostFailure(
            failure.kind, "new tokens came and could not be kept: \(failure.message)",
            hint:
                "mend the store (\(failure.hint ?? "its disk may be full")) while this program runs, and it keeps them "
                + "with its next call; if it ends before, run 'host auth PORTAL' again")
    }

    private func host<T>(_ body: () throws(HostFailure) -> T) throws(EffectFailure) -> T {
        do throws(HostFailure) {
            return try body()
        } catch {
            throw .host(error)
        }
    }
}
