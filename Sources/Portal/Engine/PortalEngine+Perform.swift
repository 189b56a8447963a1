internal import Bitrix24
internal import Wire

// One method call, at the root or inside a batch.
extension PortalEngine {
    /// Checks, runs, times and logs a call. A handler that throws leaves no trace in the database.
    func perform(
        _ call: MethodCall, credential: Credential, isInBatch: Bool
    ) throws(PortalFailure) -> (MethodReply, CallTime) {
        let start = state.clock.nanoseconds
        do {
            let method = try admitted(call, credential: credential)
            try checkOperating(call, credential: credential, at: start / 1_000_000_000)
            let reply = try state.transaction { () throws(PortalFailure) in try method.handler(state, call) }
            let finish = state.clock.nanoseconds
            let operating = recordOperating(call, credential: credential, start: start, finish: finish)
            record(call, start: start, finish: finish, failure: nil, isInBatch: isInBatch)
            return (
                reply, CallTime(startNanoseconds: start, finishNanoseconds: finish, operating: operating)
            )
        } catch {
            let finish = state.clock.nanoseconds
            state.caches.forgetAll()
            record(call, start: start, finish: finish, failure: error, isInBatch: isInBatch)
            throw error
        }
    }

    /// The method, when it exists, is played and the credential may call it.
    private func admitted(
        _ call: MethodCall, credential: Credential
    ) throws(PortalFailure) -> PortalMethod {
        guard let method = PortalMethods.lookup(call.name, api: call.api) else {
            throw MethodRefusal.notPlayed(call, settings: state.settings)
        }
        guard method.isOpen(to: credential.scopes) else {
            throw MethodRefusal.insufficientScope(call.api, settings: state.settings)
        }
        return method
    }

    private func checkOperating(
        _ call: MethodCall, credential: Credential, at unixSeconds: Int64
    ) throws(PortalFailure) {
        guard let limit = state.settings.operatingSecondsMax else { return }
        let used = operating.seconds(credential: credential.name, method: call.name, at: unixSeconds)
        // The threshold is exclusive, and what counts is the total before this call.
        guard used <= limit else {
            throw PortalFailure(
                "OPERATION_TIME_LIMIT", "Method is blocked due to operation time limit.", status: 429)
        }
    }

    private func recordOperating(
        _ call: MethodCall, credential: Credential, start: Int64, finish: Int64
    ) -> (seconds: Double, resetAt: Int64) {
        let measured = Double(finish - start) / 1_000_000_000
        let added = state.settings.operatingSecondsAdded[call.name] ?? 0
        let total = operating.record(
            credential: credential.name, method: call.name, seconds: measured + added,
            startedAt: start / 1_000_000_000)
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

/// Why a method is not run.
enum MethodRefusal {
    /// Nobody knows the method, or only this portal does not, or it is not for this kind of credential.
    static func notPlayed(_ call: MethodCall, settings: PortalSettings) -> PortalFailure {
        guard let facts = Catalog.lookup(call.name, api: call.api == .v3 ? .v3 : .classic) else {
            return notFound(call.api)
        }
        if facts.isAppOnly { return applicationOnly(settings) }
        return PortalFailure(
            "LOCAL_PORTAL_NOT_PLAYED",
            "The local portal does not play \(facts.name) yet; Bitrix24 has this method.", status: 501)
    }

    private static func notFound(_ api: PortalAPI) -> PortalFailure {
        switch api {
        case .classic: PortalFailure("ERROR_METHOD_NOT_FOUND", "Method not found!", status: 404)
        case .v3:
            PortalFailure(
                "BITRIX_REST_V3_EXCEPTION_METHODNOTFOUNDEXCEPTION", "Method not found!", status: 404)
        }
    }

    private static func applicationOnly(_ settings: PortalSettings) -> PortalFailure {
        switch settings.applicationOnly {
        case .accessDenied:
            PortalFailure("ACCESS_DENIED", "Access denied! Application context required", status: 403)
        case .wrongAuthType:
            PortalFailure("WRONG_AUTH_TYPE", "Current authorization type is denied for this method", status: 403)
        }
    }

    static func insufficientScope(_ api: PortalAPI, settings: PortalSettings) -> PortalFailure {
        let text = "The request requires higher privileges than provided by the webhook token"
        return switch api {
        case .classic: PortalFailure("insufficient_scope", text, status: settings.insufficientScopeStatus)
        case .v3: PortalFailure("BITRIX_REST_V3_EXCEPTION_INSUFFICIENTSCOPEEXCEPTION", text, status: 403)
        }
    }
}
