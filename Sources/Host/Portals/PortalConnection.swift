public import Bitrix24
import Net

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

    let authority: any PortalAuthority
    let client: HTTPClient
    private let sender: CallSender
    let pump: CallPump
    private let onNotice: (@Sendable (PortalNotice) -> Void)?
    let retryPolicy: RetryPolicy
    /// Files on their way.
    let transfers = AsyncSemaphore(FileTransfer.atOnceMax)
    /// What was learnt about its list methods.
    let pagingProfiles = PagingProfiles()

    /// Hides what may not be shown, as far as it is known now: tokens are renewed.
    var redactor: Redactor { authority.redactor }
    /// How often this process has renewed its tokens.
    var renewals: Int { authority.renewals }
    /// Scheme, host and port, as far as it is known now.
    var origin: String? { authority.known?.portal }
    /// In whose name calls are made, where it is known.
    var userID: Int? { authority.known?.userID }
    /// What the portal granted, where that is known before asking.
    var scopes: [String]? { authority.scopes }

    /// - Parameters:
    ///   - plan: how many requests the portal takes.
    ///   - retry: how often a call that failed is sent again, and after which waits.
    ///   - budget: nil for one of its own; processes of one machine should share one.
    ///   - onNotice: told what a person should know, from any thread.
    public convenience init(
        webhook text: String, plan: Pace.Plan = .standard, retry: RetryPolicy = RetryPolicy(),
        budget: (any Budget)? = nil, onNotice: (@Sendable (PortalNotice) -> Void)? = nil
    ) throws(HostFailure) {
        let webhook: Webhook
        do throws(AddressFailure) {
            webhook = try Webhook(text)
        } catch {
            throw HostFailure(
                .configuration, "the webhook's address cannot be used: \(error.message)",
                hint: "it looks like https://acme.bitrix24.com/rest/1/secret/")
        }
        self.init(WebhookAuthority(webhook), plan: plan, retry: retry, budget: budget, onNotice: onNotice)
    }

    init(
        _ authority: any PortalAuthority, plan: Pace.Plan, retry: RetryPolicy, budget: (any Budget)? = nil,
        onNotice: (@Sendable (PortalNotice) -> Void)? = nil
    ) {
        self.authority = authority
        self.onNotice = onNotice
        retryPolicy = retry
        var limits = Dispatcher<UInt64>.Limits()
        limits.operatingWaitMSMin = retry.operatingWaitMSMin
        var configuration = HTTPClient.Configuration()
        // Requests wait in the dispatcher, where they can still be packed, and not for a connection.
        configuration.connectionsPerHostMax = limits.requestsMax
        client = HTTPClient(configuration)
        sender = CallSender(client: client)
        pump = CallPump(
            authority, sender, budget ?? OwnBudget(plan), plan, limits: limits, onNotice: onNotice)
    }

    deinit { close() }

    /// Ends the connections; whoever still waits for an answer gets a failure.
    public func close() {
        pump.close()
        client.close()
    }

    /// Closes, and returns when what was learnt of the portal's limits is kept for other processes.
    public func finish() async {
        close()
        await pump.ended()
    }

    /// Makes the call: in its turn, again where that does no harm, and where the portal is now.
    func reply(to call: Call, for run: RunTicket) async throws(EffectFailure) -> Reply {
        let startNS = MonotonicClock.nowNS()
        var retry = Retry(retryPolicy, nowMS: startNS / 1_000_000)
        var credential = try await authority.credential()
        var isRenewed = false
        var isAlone = false
        // The portal's last word that it takes no more now.
        var refusal: Failure?
        while true {
            let options = DispatchOptions(
                run: run.run, holder: credential.holder, isUrgent: run.urgency == .urgent, isAlone: isAlone)
            let failure: Failure
            switch try await attempt(call, options, run, since: startNS, &credential) {
            case .reply(let reply): return reply
            case .alone:
                isAlone = true
                continue
            case .again: continue
            case .waitOver: throw .portal(refusal ?? .waitOver(call))
            case .moved(let location, let asked):
                credential = try await moved(&retry, credential, to: location, asked)
                continue
            // A portal or a gateway may repeat the address it was asked at, which holds the secret.
            case .failed(let portalFailure): failure = portalFailure.redacted(by: credential)
            }
            if failure.asksForNewToken, !isRenewed {
                isRenewed = true
                credential = try await authority.renewed(after: credential, refusal: failure)
                continue
            }
            let decision = retry.decide(
                after: failure, nowMS: MonotonicClock.nowNS() / 1_000_000, random: Double.random(in: 0..<1))
            switch decision {
            case .fail(let failure): throw .portal(failure)
            case .retry(let afterMS):
                guard failure.asksToWait else {
                    try await pause(.milliseconds(afterMS))
                    break
                }
                refusal = failure
                run.waits.begin()
                defer { run.waits.end() }
                try await pause(.milliseconds(afterMS))
            }
            credential = try await authority.credential()
        }
    }

    /// Makes a batch, and learns from it what its methods have used up.
    func reply(to request: BatchRequest, for run: RunTicket) async throws(EffectFailure) -> BatchReply {
        let reply = try await reply(to: request.call, for: run)
        do throws(Failure) {
            let batch = try BatchReply(reply, to: request)
            if let holder = authority.known?.holder { pump.note(batch, of: request, holder: holder) }
            return batch
        } catch {
            throw .portal(error)
        }
    }

    private enum Attempt {
        case reply(Reply)
        case failed(Failure)
        /// Nothing was done; see `Pack.Outcome`.
        case alone, again
        case moved(location: String, asked: Call)
        case waitOver
    }

    /// Sends the call once, alone or in a pack.
    ///
    /// - Parameter credential: what it was sent with, afterwards: waiting may take longer than a token lives.
    private func attempt(
        _ call: Call, _ options: DispatchOptions, _ run: RunTicket, since startNS: UInt64,
        _ credential: inout Credential
    ) async throws(EffectFailure) -> Attempt {
        switch await turn(call, options, run, at: credential.portal, since: startNS) {
        case nil: return .waitOver
        case .failed(let failure)?: throw failure
        case .moved(let location, let asked, let used)?:
            credential = used
            return .moved(location: location, asked: asked)
        case .settled(let outcome, let used, _)?:
            credential = used
            return switch outcome {
            case .reply(let reply): .reply(reply)
            case .failed(let failure): .failed(failure)
            case .alone: .alone
            case .again: .again
            }
        case .alone?:
            var answer: Answer?
            defer { pump.answered(call, holder: options.holder, answer) }
            credential = try await authority.credential()
            let came = try await sender.answer(to: call, as: credential)
            answer = came
            return switch came {
            case .reply(let reply): .reply(reply)
            case .failed(let failure): .failed(failure)
            case .moved(let location): .moved(location: location, asked: call)
            }
        }
    }

    /// Makes a request to the portal that is no call of a method, in its turn.
    ///
    /// - Parameters:
    ///   - call: stands for it where requests wait; it goes alone.
    ///   - send: makes the request; besides its result it tells the portal's answer, where that says something of the
    ///     pace.
    func inTurn<Result>(
        of call: Call, for run: RunTicket, _ send: () async throws(EffectFailure) -> (Result, Answer?)
    ) async throws(EffectFailure) -> Result {
        let credential = try await authority.credential()
        let options = DispatchOptions(
            run: run.run, holder: credential.holder, isUrgent: run.urgency == .urgent, isAlone: true)
        switch await turn(call, options, run, at: credential.portal, since: MonotonicClock.nowNS()) {
        case nil: throw .portal(.waitOver(call))
        case .failed(let failure)?: throw failure
        case .settled?, .moved?: preconditionFailure("what goes alone is in no pack")
        case .alone?:
            var answer: Answer?
            defer { pump.answered(call, holder: options.holder, answer) }
            let (result, came) = try await send()
            answer = came
            return result
        }
    }

    private func moved(
        _ retry: inout Retry, _ credential: Credential, to location: String, _ asked: Call
    ) async throws(EffectFailure) -> Credential {
        let moved: Credential
        do throws(Failure) {
            moved = try retry.moved(credential, to: location, call: asked)
        } catch {
            throw .portal(error)
        }
        if try await authority.moved(from: credential, to: moved) { onNotice?(.moved(to: moved.portal)) }
        return moved
    }

    func pause(_ duration: Duration) async throws(EffectFailure) {
        do {
            try await Task.sleep(for: duration)
        } catch {
            throw .cancelled
        }
    }
}
