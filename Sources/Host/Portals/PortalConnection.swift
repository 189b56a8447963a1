public import Bitrix24
import Glibc
import Net
import Synchronization

/// One portal as the host speaks to it: its credential, its pace, its retries. Shared by all runs; every request that
/// goes to the portal goes through here.
public final class PortalConnection: Sendable {
    /// What a user reads when a recipe needs a portal and none is configured.
    public static let missing = HostFailure(
        .configuration, "no portal is configured",
        hint: "set BITRIX24_WEBHOOK_URL to an inbound webhook, or give --portal URL; 'host portal' starts a local one")

    /// The cloud ends a request after 60 s; what is silent for longer is lost.
    /// Source: https://apidocs.bitrix24.com/limits.html
    public static let answerTimeoutMS = 65_000
    /// A page of 50 pages of 50 rows has about 10 MB.
    public static let answerBytesMax = 16 << 20

    private struct State {
        var queue: CallQueue<UInt64>
        var nextTicket: UInt64 = 0
        /// Tickets whose turn came while somebody else asked.
        var granted: Set<UInt64> = []
    }

    private let state: Mutex<State>
    private let authority: any PortalAuthority
    private let client = HTTPClient()
    private let retryPolicy: RetryPolicy

    /// What may not be shown, as far as it is known, for the redactor.
    var secret: String? { authority.known?.secret }
    /// In whose name calls are made, where it is known.
    var userID: Int? { authority.known?.userID }

    /// - Parameters:
    ///   - plan: how many requests the portal takes.
    ///   - retry: how often a call that failed is sent again, and after which waits.
    public convenience init(
        webhook text: String, plan: Pace.Plan = .standard, retry: RetryPolicy = RetryPolicy()
    ) throws(HostFailure) {
        let webhook: Webhook
        do throws(AddressFailure) {
            webhook = try Webhook(text)
        } catch {
            throw HostFailure(
                .configuration, "the webhook's address cannot be used: \(error.message)",
                hint: "it looks like https://acme.bitrix24.com/rest/1/secret/")
        }
        self.init(WebhookAuthority(webhook), plan: plan, retry: retry)
    }

    init(_ authority: any PortalAuthority, plan: Pace.Plan, retry: RetryPolicy) {
        self.authority = authority
        retryPolicy = retry
        state = Mutex(State(queue: CallQueue(Pace(plan))))
    }

    /// Ends the connections; whoever still waits for an answer gets a failure.
    public func close() { client.close() }

    /// Makes the call: in its turn, again where that does no harm, and where the portal is now.
    func reply(to call: Call) async throws(EffectFailure) -> Reply {
        var retry = Retry(retryPolicy, nowMS: Self.nowNS() / 1_000_000)
        var credential = try await authority.credential()
        var isRenewed = false
        while true {
            try await turn(call.method)
            let failure: Failure
            switch try await answer(to: call, as: credential) {
            case .reply(let reply):
                state.withLock { $0.queue.answered(method: call.method, reply: reply, nowNS: Self.nowNS()) }
                return reply
            case .moved(let location):
                let moved: Credential
                do throws(Failure) {
                    moved = try retry.moved(credential, to: location, call: call)
                } catch {
                    throw .portal(error)
                }
                try await authority.moved(from: credential, to: moved)
                credential = moved
                continue
            // A portal or a gateway may repeat the address it was asked at, which holds the secret.
            case .failed(let portalFailure): failure = portalFailure.redacted(by: credential)
            }
            state.withLock { $0.queue.answered(method: call.method, failure: failure, nowNS: Self.nowNS()) }
            if failure.asksForNewToken, !isRenewed {
                isRenewed = true
                credential = try await authority.renewed(after: credential, refusal: failure)
                continue
            }
            let decision = retry.decide(
                after: failure, nowMS: Self.nowNS() / 1_000_000, random: Double.random(in: 0..<1))
            switch decision {
            case .fail(let failure): throw .portal(failure)
            case .retry(let afterMS): try await pause(.milliseconds(afterMS))
            }
            credential = try await authority.credential()
        }
    }

    // -- One request --------------------------------------------------------------------------------------------------

    private func answer(to call: Call, as credential: Credential) async throws(EffectFailure) -> Answer {
        let asked = call.request(as: credential)
        var request = HTTPRequest(
            url: asked.url, headers: asked.headers, body: asked.body, timeoutMS: Self.answerTimeoutMS,
            responseBytesMax: Self.answerBytesMax)
        request.isRepeatable = call.isRepeatable
        do throws(HTTPFailure) {
            let response = try await client.send(request)
            return Answer(
                RawAnswer(
                    status: response.status, contentType: response.header("content-type"),
                    location: response.header("location"), bytes: response.body),
                to: call)
        } catch {
            switch error.kind {
            case .cancelled: throw .cancelled
            case .tooLarge:
                // The same again would be as large.
                throw .portal(
                    .answerTooLarge(Self.answerBytesMax, method: call.method, access: call.access))
            default:
                return .failed(.noAnswer(error.message, to: call, mayHaveBeenSent: error.mayHaveBeenSent))
            }
        }
    }

    // -- The pace -----------------------------------------------------------------------------------------------------

    /// Returns when a call of this method may go out.
    ///
    /// Whoever waits asks the queue whenever its head may go, and passes the turn on when it is another's: so no task
    /// runs beside the calls, and a call that is cancelled leaves the queue.
    private func turn(_ method: String) async throws(EffectFailure) {
        let ticket = state.withLock { state in
            state.nextTicket += 1
            state.queue.enqueue(state.nextTicket, method: method)
            return state.nextTicket
        }
        while let waitNS = waitNS(for: ticket) {
            do throws(EffectFailure) {
                try await pause(.nanoseconds(Int64(clamping: waitNS)))
            } catch {
                state.withLock { state in
                    state.queue.withdraw(ticket)
                    state.granted.remove(ticket)
                }
                throw error
            }
        }
    }

    /// Nanoseconds until it makes sense to ask again; nil when it is the ticket's turn.
    private func waitNS(for ticket: UInt64) -> UInt64? {
        state.withLock { state in
            while state.granted.remove(ticket) == nil {
                let nowNS = Self.nowNS()
                switch state.queue.next(nowNS: nowNS) {
                case .start(let started): state.granted.insert(started)
                case .wait(let untilNS): return untilNS - min(untilNS, nowNS)
                case .idle: return nil
                }
            }
            return nil
        }
    }

    private func pause(_ duration: Duration) async throws(EffectFailure) {
        do {
            try await Task.sleep(for: duration)
        } catch {
            throw .cancelled
        }
    }

    /// A clock that only goes forward.
    private static func nowNS() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
