internal import Bitrix24
public import Storage
internal import Wire

/// The whole portal without a socket: a request value in, an answer value out.
///
/// Not Sendable and not reentrant: one thread at a time. `PortalServer` is the thin shell that puts it
/// on a port; tests call `handle` themselves.
public final class PortalEngine {
    public let state: PortalState
    public var faults = FaultTable()
    public internal(set) var log = CallLog()
    private var bucket = LeakyBucket()
    var operating = OperatingLedger()

    /// - Throws: when the database or the time zone cannot be opened.
    public init(
        settings: PortalSettings = PortalSettings(), clock: PortalClock = PortalClock(),
        location: Database.Location = .memory
    ) throws(PortalFailure) {
        let database: Database
        let timeZone: TimeZoneRules
        // Indexes look into records with json_extract, which SQLite 3.40 does not count as harmless.
        var limits = Database.Limits()
        limits.trustsSchema = true
        do { database = try Database(location, limits: limits) } catch { throw .local("\(error)") }
        do { timeZone = try TimeZoneRules(name: settings.timeZoneName) } catch { throw .local("\(error)") }
        state = PortalState(database: database, clock: clock, timeZone: timeZone, settings: settings)
        try state.transaction { () throws(PortalFailure) in
            for family in PortalMethods.families {
                for statement in family.schema { try state.execute(statement) }
            }
            for family in PortalMethods.families { try family.prepare?(state) }
        }
    }

    public func handle(_ request: PortalRequest) -> PortalAnswer {
        switch PortalRoute(path: request.path) {
        case .webhook(let api, let user, let secret, let method):
            let answer = rest(request, api: api, user: user, secret: secret, method: method)
            guard state.settings.escapesUnicode else { return answer }
            var escaped = answer
            escaped.body = UnicodeEscaping.escaped(answer.body)
            return escaped
        case .token: return refuse(.notPlayed("OAuth tokens"), api: .classic)
        case .control(let path): return control(request, path: path)
        case .page: return page(query: request.query)
        case .unknown:
            return PortalAnswer(status: 404, headers: PortalAnswer.html, body: Array("404 Not Found".utf8))
        }
    }

    private func page(query: String) -> PortalAnswer {
        do {
            let body = try PortalMethods.page(state, log, query: query)
            return PortalAnswer(headers: PortalAnswer.html, body: body)
        } catch {
            return refuse(error, api: .classic)
        }
    }

    // MARK: REST

    private func rest(
        _ request: PortalRequest, api: PortalAPI, user: String, secret: String, method: String
    ) -> PortalAnswer {
        log.requestCount += 1
        if let refusal = overLimit() { return refuse(refusal, api: api) }
        let fault = faults.take(method)
        if let answer = fault?.answerBefore(path: request.path) { return answer }
        let start = state.clock.nanoseconds
        var answer: PortalAnswer
        do {
            let credential = try Credential.webhook(
                user: user, secret: secret, api: api, settings: state.settings)
            let parameters = try RequestParameters.read(request, api: api)
            let call = MethodCall(
                name: method, api: api, userID: credential.userID, parameters: parameters,
                scopes: credential.scopes, headers: request.headers)
            answer = try answerCall(call, credential: credential, start: start)
        } catch {
            answer = refuse(error, api: api)
        }
        if let fault { answer = fault.answerAfter(answer) }
        return answer
    }

    private func answerCall(
        _ call: MethodCall, credential: Credential, start: Int64
    ) throws(PortalFailure) -> PortalAnswer {
        if call.name == "batch", call.api == .classic {
            var run = BatchRun(engine: self, credential: credential)
            let result = try run.run(call)
            let time = CallTime(startNanoseconds: start, finishNanoseconds: state.clock.nanoseconds)
            return PortalAnswer(body: Envelope.success(MethodReply(json: result), time: time, state: state))
        }
        let (reply, time) = try perform(call, credential: credential, isInBatch: false)
        let body: [UInt8] = Envelope.success(reply, time: time, state: state)
        return PortalAnswer(headers: PortalAnswer.json + reply.headers, body: body)
    }

    private func overLimit() -> PortalFailure? {
        guard let drain = state.settings.drainPerSecond else { return nil }
        let isAdmitted = bucket.admits(
            at: state.clock.nanoseconds, drainPerSecond: drain, burst: state.settings.burst,
            refusedRequestsCount: state.settings.refusedRequestsCount)
        return isAdmitted
            ? nil : PortalFailure("QUERY_LIMIT_EXCEEDED", "Too many requests", status: 503)
    }

    func refuse(_ failure: PortalFailure, api: PortalAPI) -> PortalAnswer {
        PortalAnswer(status: failure.status, body: Envelope.failure(failure, api: api))
    }
}

extension PortalAnswer {
    static let html: [(name: String, value: String)] = [
        (name: "Content-Type", value: "text/html; charset=utf-8")
    ]
}
