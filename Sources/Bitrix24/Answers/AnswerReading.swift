import Wire

/// Turns the bytes of one answer into a reply or a failure.
struct AnswerReading {
    let raw: RawAnswer
    let method: String
    let access: Access

    var claimsJSON: Bool { raw.contentType?.asciiLowercased().contains("json") ?? false }

    func answer(hasEnvelope: Bool) -> Answer {
        guard let first = raw.bytes.first(where: { $0 > 0x20 }) else {
            return .failed(unreadable("EMPTY_ANSWER", "the portal answered nothing"))
        }
        if first == UInt8(ascii: "<") {
            return .failed(unreadable("NOT_JSON", "the portal answered a web page instead of JSON"))
        }
        let envelope: Envelope
        do throws(JSONFailure) {
            envelope = try Envelope(raw.bytes)
        } catch {
            return .failed(
                error.kind == .truncated
                    ? unreadable("TRUNCATED_ANSWER", "the answer ends in the middle, after \(raw.bytes.count) bytes")
                    : unreadable("NOT_JSON", "the answer is no JSON: \(error.message) at byte \(error.offset)"))
        }
        return answer(envelope, hasEnvelope)
    }

    private func answer(_ envelope: Envelope, _ hasEnvelope: Bool) -> Answer {
        let isSuccess = (200..<300).contains(raw.status)
        if let error = envelope.error, envelope.result == nil || !isSuccess || !error.isEmpty {
            return .failed(coded(error))
        }
        guard isSuccess else {
            return .failed(unreadable("HTTP_ERROR", "the portal answered HTTP \(raw.status) without saying why"))
        }
        guard let range = envelope.result ?? (hasEnvelope ? nil : 0..<raw.bytes.count) else {
            return .failed(unreadable("NO_RESULT", "the answer is JSON, but has no result"))
        }
        var reply = Reply(bytes: raw.bytes, resultRange: range)
        reply.next = envelope.next
        reply.total = envelope.total
        reply.time = envelope.time
        if let error = innerError(reply) { return .failed(coded(error)) }
        return .reply(reply)
    }

    /// `imconnector.*` answers success with the failure inside: `{"result":{"result":false,"error":"…"}}`.
    /// Source: https://apidocs.bitrix24.com/api-reference/imopenlines/imconnector/index.html
    private func innerError(_ reply: Reply) -> PortalError? {
        guard method.asciiLowercased().hasPrefix("imconnector.") else { return nil }
        let result = reply.withResult { try? JSONValue(parsing: UnsafeRawBufferPointer($0)) }
        guard let result, result["result"]?.boolValue == false, let code = result["error"]?.stringValue
        else { return nil }
        return PortalError(code: code, message: result["error_description"]?.stringValue ?? code)
    }

    func coded(_ error: PortalError) -> Failure {
        let kind = ErrorKind(code: error.code, message: error.message, status: raw.status)
        return Failure(
            code: error.code, message: error.fullMessage, method: method, status: raw.status, category: kind.category,
            outcome: kind.outcome, access: access, argument: error.argument)
    }

    /// No portal's code tells what happened: the status is all there is, and it may have come after the deed.
    private func unreadable(_ code: String, _ message: String) -> Failure {
        switch raw.status {
        case 401: failure(code, message, .authorization, .nothingDone)
        case 403: failure(code, message, .permission, .nothingDone)
        case 404: failure(code, message, .notFound, .nothingDone)
        case 429: failure(code, message, .throttled, .nothingDone)
        case 400, 402, 405...407, 410...428, 430..<500: failure(code, message, .invalid, .nothingDone)
        case 408, 500...: failure(code, message, .server, .unknown)
        default: failure(code, message, .unreadable, .unknown)
        }
    }

    func failure(
        _ code: String, _ message: String, _ category: Failure.Category, _ outcome: Failure.Outcome = .unknown
    ) -> Failure {
        Failure(
            code: code, message: message, method: method, status: raw.status, category: category, outcome: outcome,
            access: access)
    }
}

/// What a portal's error says about the call, from its code and, where that says nothing, the status.
/// Source: https://apidocs.bitrix24.com/error-codes.html
struct ErrorKind {
    let category: Failure.Category
    let outcome: Failure.Outcome

    init(code: String, message: String, status: Int) {
        category = ErrorKind.byCode(code) ?? ErrorKind.byStatus(status)
        if category == .server || message.hasPrefix("Email send error") {
            // Inside the portal something broke half-way; a mail activity exists although its mail did not go.
            outcome = .unknown
        } else {
            outcome = .nothingDone
        }
    }

    private static func byCode(_ code: String) -> Failure.Category? {
        let code = code.uppercased()
        switch code {
        case "QUERY_LIMIT_EXCEEDED": return .throttled
        case "OPERATION_TIME_LIMIT": return .operatingLimit
        case "OVERLOAD_LIMIT", "PORTAL_DELETED", "PAYMENT_REQUIRED": return .blocked
        case "EXPIRED_TOKEN", "INVALID_TOKEN", "NO_AUTH_FOUND", "INVALID_CREDENTIALS", "AUTHORIZATION_ERROR",
            "APPLICATION_NOT_FOUND", "ERROR_OAUTH", "NOT_INSTALLED", "INVALID_CLIENT", "WRONG_CLIENT", "INVALID_GRANT":
            return .authorization
        case "INSUFFICIENT_SCOPE", "INVALID_SCOPE", "ACCESS_DENIED", "USER_ACCESS_ERROR", "ALLOWED_ONLY_INTRANET_USER",
            "WRONG_AUTH_TYPE", "METHOD_CONFIRM_DENIED", "METHOD_CONFIRM_WAITING":
            return .permission
        case "ERROR_METHOD_NOT_FOUND", "NOT_FOUND", "ERROR_MANIFEST_IS_NOT_AVAILABLE": return .notFound
        case "INTERNAL_SERVER_ERROR", "ERROR_UNEXPECTED_ANSWER": return .server
        case "INVALID_REQUEST", "INVALID_ARG_VALUE", "ERROR_ARGUMENT", "ERROR_BATCH_LENGTH_EXCEEDED",
            "ERROR_BATCH_METHOD_NOT_ALLOWED":
            return .invalid
        default: break
        }
        guard code.hasPrefix("BITRIX_REST_V3_EXCEPTION_") else { return nil }
        if code.hasSuffix("INSUFFICIENTSCOPEEXCEPTION") { return .permission }
        if code.hasSuffix("NOTFOUNDEXCEPTION") { return .notFound }
        return nil
    }

    /// The status that a code comes with, where the pages give it but one.
    static func documentedStatus(_ code: String) -> Int? {
        switch code.uppercased() {
        case "INVALID_REQUEST", "ERROR_BATCH_LENGTH_EXCEEDED": 400
        case "EXPIRED_TOKEN", "NO_AUTH_FOUND", "METHOD_CONFIRM_WAITING": 401
        case "403", "ACCESS_DENIED", "ALLOWED_ONLY_INTRANET_USER", "CHAT_DELETE_USER_PERMISSION_DENIED",
            "CONFIG_WRONG_USER_PERMISSION", "INSUFFICIENT_SCOPE", "INVALID_CREDENTIALS", "METHOD_CONFIRM_DENIED",
            "USER_ACCESS_ERROR":
            403
        case "ERROR_METHOD_NOT_FOUND", "ERROR_MANIFEST_IS_NOT_AVAILABLE": 404
        case "ERROR_BATCH_METHOD_NOT_ALLOWED": 405
        case "OPERATION_TIME_LIMIT": 429
        case "INTERNAL_SERVER_ERROR", "ERROR_UNEXPECTED_ANSWER", "PORTAL_DELETED": 500
        case "QUERY_LIMIT_EXCEEDED", "OVERLOAD_LIMIT": 503
        default: nil
        }
    }

    private static func byStatus(_ status: Int) -> Failure.Category {
        switch status {
        case 401: .authorization
        case 402, 410: .blocked
        case 403: .permission
        case 404, 501: .notFound
        case 429: .throttled
        case 408, 500...: .server
        default: .invalid
        }
    }
}
