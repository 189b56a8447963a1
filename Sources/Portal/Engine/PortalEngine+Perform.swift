internal import Bitrix24
internal import Wire

// One method call, at the root or inside a batch.
extension PortalEngine {
    /// Checks, runs, times and logs a call. A handler that throws leaves no trace in the database.
    func perform(_ call: MethodCall, isInBatch: Bool) throws(PortalFailure) -> (MethodReply, CallTime) {
        let start = state.clock.nanoseconds
        do throws(PortalFailure) {
            let method = try admitted(call)
            let isChargedToBatch = isInBatch && state.settings.operatingAccounting == .batch
            let charged = isChargedToBatch ? "batch" : call.name
            // A batch that is charged itself was checked before its first command.
            if !isChargedToBatch { try checkOperating(call, as: charged, at: start / 1_000_000_000) }
            let fault = isInBatch ? state.faults.take(call.name, .command, using: &state.random).answer : nil
            if case .errorBefore(let status, let code, let description) = fault?.kind {
                throw PortalFailure(code, description, status: status)
            }
            state.events.cause = PortalEvents.Cause(
                userID: call.userID, connector: call.text("auth_connector") ?? "")
            let reply = try state.transaction { () throws(PortalFailure) in
                let reply = try method.handler(state, call)
                try state.events.settle(in: state)
                return reply
            }
            queueOutgoing()
            if case .errorAfter(let status, let code, let description) = fault?.kind {
                throw PortalFailure(code, description, status: status)
            }
            let finish = state.clock.nanoseconds
            let seconds =
                Double(finish - start) / 1_000_000_000 + (state.settings.operatingSecondsAdded[call.name] ?? 0)
            let operating = recordOperating(call, as: charged, seconds: seconds, start: start)
            record(call, start: start, finish: finish, failure: nil, isInBatch: isInBatch)
            return (
                reply, CallTime(startNanoseconds: start, finishNanoseconds: finish, operating: operating)
            )
        } catch {
            let finish = state.clock.nanoseconds
            state.caches.forgetAll()
            state.events.forget()
            record(call, start: start, finish: finish, failure: error, isInBatch: isInBatch)
            throw error
        }
    }

    /// The method, when it exists, is played and the credential may call it.
    private func admitted(_ call: MethodCall) throws(PortalFailure) -> PortalMethod {
        let refusal = MethodRefusal(call: call, settings: state.settings)
        let played = PortalMethods.lookup(call.name, api: call.api)
        let facts = Catalog.lookup(call.name, api: call.api == .v3 ? .v3 : .classic)
        guard played != nil || facts != nil else { throw MethodRefusal.notFound(call.api) }
        if facts?.isAppOnly ?? false, !refusal.isOpenToWebhooks, !call.credential.isApplication {
            throw refusal.applicationOnly
        }
        if let played, !played.isOpen(to: call.scopes) { throw refusal.insufficientScope }
        let isRefusedHere = !(played?.checksAdministrator ?? false)
        if facts?.isAdminOnly ?? false, isRefusedHere, !call.credential.isAdministrator { throw refusal.adminOnly }
        if let consent = refusal.missingConsent { throw consent }
        guard let played else { throw MethodRefusal.notPlayed(call.name) }
        return played
    }

    /// - Parameter charged: Whose total counts: the method's, or that of the batch around it.
    func checkOperating(_ call: MethodCall, as charged: String, at unixSeconds: Int64) throws(PortalFailure) {
        guard let limit = state.settings.operatingSecondsMax else { return }
        let used = operating.seconds(credential: call.credential.name, method: charged, at: unixSeconds)
        // The threshold is exclusive, and what counts is the total before this call.
        guard used <= limit else { throw MethodRefusal.operatingLimit }
    }

    func recordOperating(
        _ call: MethodCall, as charged: String, seconds: Double, start: Int64
    ) -> (seconds: Double, resetAt: Int64) {
        let total = operating.record(
            credential: call.credential.name, method: charged, seconds: seconds, startedAt: start / 1_000_000_000)
        return (total.operating, total.resetAt)
    }

    private func record(
        _ call: MethodCall, start: Int64, finish: Int64, failure: PortalFailure?, isInBatch: Bool
    ) {
        log.append(
            CallLogEntry(
                unixSeconds: start / 1_000_000_000, method: call.name, status: failure?.status ?? 200,
                error: failure?.code ?? "", durationMicroseconds: (finish - start) / 1_000,
                userID: call.userID, isInBatch: isInBatch))
    }
}
