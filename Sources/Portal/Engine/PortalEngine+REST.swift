internal import Wire

// From an HTTP request to the methods it calls.
extension PortalEngine {
    /// Finds out who calls, and takes the proof out of the parameters.
    typealias CredentialReader = (Authentication, inout JSONObject) throws(PortalFailure) -> PortalCredential

    func rest(
        _ request: PortalRequest, api: PortalAPI, method: String, credential: CredentialReader
    ) -> PortalAnswer {
        log.requestCount += 1
        let hit = state.faults.take(method, using: &state.random)
        var answer = overLimit(api: api) ?? faulty(request, hit, api: api, method: method, credential)
        answer.delayMS = state.settings.latencyMS + hit.latencyMS
        state.clock.advance(milliseconds: hit.virtualLatencyMS)
        if state.settings.escapesUnicode, answer.isJSON { answer.body = UnicodeEscaping.escaped(answer.body) }
        return answer
    }

    /// Reads the token where the caller put it, and hides it from the method.
    func token(of request: PortalRequest) -> CredentialReader {
        { authentication, parameters throws(PortalFailure) in
            let value = authentication.presented(request, parameters)
            parameters.remove("auth")
            return try authentication.token(value)
        }
    }

    private func faulty(
        _ request: PortalRequest, _ hit: FaultHit, api: PortalAPI, method: String, _ credential: CredentialReader
    ) -> PortalAnswer {
        if let closure = state.settings.closure { return refuse(closure.failure(state.settings), api: api) }
        do {
            if hit.expiresTokens { try TokenStore(state: state).expire(.access) }
            if let name = hit.newName { state.site.rename(toHost: name) }
        } catch {
            return refuse(error, api: api)
        }
        if let answer = moved(request) ?? hit.answer?.answerBefore(target: request.target, api: api) { return answer }
        let answer = answer(request, api: api, method: method, credential)
        return hit.answer?.answerAfter(answer, api: api) ?? answer
    }

    private func answer(
        _ request: PortalRequest, api: PortalAPI, method: String, _ credential: CredentialReader
    ) -> PortalAnswer {
        let start = state.clock.nanoseconds
        do throws(PortalFailure) {
            var (parameters, files) = try RequestParameters.read(request, api: api)
            if api == .v3, method == "batch", parameters["auth"] != nil {
                throw BatchV3Run.refusal("Unable to recognize the command `auth` of the batch")
            }
            let caller = try credential(Authentication(state: state, api: api), &parameters)
            let call = MethodCall(
                name: method, api: api, credential: caller, parameters: parameters, headers: request.headers,
                files: files)
            return try answerCall(call, start: start)
        } catch {
            return refuse(error, api: api)
        }
    }

    private func answerCall(_ call: MethodCall, start: Int64) throws(PortalFailure) -> PortalAnswer {
        if call.name == "batch", call.api == .classic {
            let batchIsCharged = state.settings.operatingAccounting == .batch
            if batchIsCharged { try checkOperating(call, as: call.name, at: start / 1_000_000_000) }
            var run = BatchRun(engine: self)
            let result = try run.run(call)
            var time = CallTime(startNanoseconds: start, finishNanoseconds: state.clock.nanoseconds)
            if batchIsCharged, state.settings.batchTimeHasOperating {
                time.operating = recordOperating(call, as: call.name, seconds: 0, start: start)
            }
            return PortalAnswer(body: Envelope.success(MethodReply(json: result), time: time, state: state))
        }
        if call.name == "batch" {
            var run = BatchV3Run(engine: self)
            let reply = MethodReply(json: try run.run(call))
            let time = CallTime(startNanoseconds: start, finishNanoseconds: state.clock.nanoseconds)
            return PortalAnswer(body: Envelope.success(reply, time: time, state: state))
        }
        let (reply, time) = try perform(call, isInBatch: false)
        if case .file(let content) = reply.result { return PortalAnswer(headers: reply.headers, body: content.bytes) }
        let body: [UInt8] = Envelope.success(reply, time: time, state: state)
        return PortalAnswer(headers: PortalAnswer.json + reply.headers, body: body)
    }

    private func overLimit(api: PortalAPI) -> PortalAnswer? {
        guard let drain = state.settings.drainPerSecond else { return nil }
        let isAdmitted = bucket.admits(
            at: state.clock.nanoseconds, drainPerSecond: drain, burst: state.settings.burst,
            refusedRequestsCount: state.settings.refusedRequestsCount)
        guard !isAdmitted else { return nil }
        log.refusedRequestCount += 1
        return refuse(MethodRefusal.overLimit, api: api)
    }

    /// Where the portal is now, for who asks at an address it had before.
    ///
    /// https://apidocs.bitrix24.com/settings/oauth/index.html
    func moved(_ request: PortalRequest) -> PortalAnswer? {
        guard request.door == .portal, let host = request.header("host"), state.site.former.contains(host) else {
            return nil
        }
        let location = String(state.site.portalURL.dropLast()) + request.target
        return PortalAnswer(status: 302, headers: [(name: "Location", value: location)])
    }

    /// `/oauth/token/`. It counts neither in the portal's bucket nor among its methods.
    func tokens(_ request: PortalRequest) -> PortalAnswer {
        let hit = state.faults.take(TokenEndpoint.methodName, using: &state.random)
        var answer = hit.answer?.answerBefore(target: request.target, api: .classic) ?? exchange(request)
        if let fault = hit.answer { answer = fault.answerAfter(answer, api: .classic) }
        answer.delayMS = state.settings.latencyMS + hit.latencyMS
        return answer
    }

    /// `app.info` of the authorization server: what an application may trust, whatever a portal says.
    func applicationInfo(_ request: PortalRequest) -> PortalAnswer {
        let start = state.clock.nanoseconds
        let authentication = Authentication(state: state, api: .classic)
        do {
            let parameters = try RequestParameters.read(request, api: .classic).0
            let (token, application) = try authentication.application(
                authentication.presented(request, parameters))
            let info = OAuthFamily.trustedInfo(state, token: token, application: application)
            let time = CallTime(startNanoseconds: start, finishNanoseconds: state.clock.nanoseconds)
            return PortalAnswer(body: Envelope.success(MethodReply(.object(info)), time: time, state: state))
        } catch {
            return refuse(error, api: .classic)
        }
    }

    private func exchange(_ request: PortalRequest) -> PortalAnswer {
        let start = state.clock.nanoseconds
        var failure: PortalFailure?
        let answer: PortalAnswer
        do {
            answer = PortalAnswer(body: JSONValue.object(try TokenEndpoint(state: state).answer(request)).encoded())
        } catch {
            failure = error
            answer = refuse(error, api: .classic)
        }
        log.append(
            CallLogEntry(
                unixSeconds: start / 1_000_000_000, method: TokenEndpoint.methodName, status: answer.status,
                error: failure?.code ?? "", durationMicroseconds: (state.clock.nanoseconds - start) / 1_000,
                userID: 0, isInBatch: false))
        return answer
    }
}
