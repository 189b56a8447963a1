/// Why a method is not run.
///
/// https://apidocs.bitrix24.com/api-reference/common/errors.html
struct MethodRefusal {
    let call: MethodCall
    let settings: PortalSettings

    static let overLimit = PortalFailure("QUERY_LIMIT_EXCEEDED", "Too many requests", status: 503)
    static let operatingLimit = PortalFailure(
        "OPERATION_TIME_LIMIT", "Method is blocked due to operation time limit.", status: 429)

    static func notFound(_ api: PortalAPI) -> PortalFailure {
        switch api {
        case .classic: PortalFailure("ERROR_METHOD_NOT_FOUND", "Method not found!", status: 404)
        case .v3:
            PortalFailure(
                "BITRIX_REST_V3_EXCEPTION_METHODNOTFOUNDEXCEPTION", "Method not found!", status: 404)
        }
    }

    /// Bitrix24 has the method, this portal does not.
    static func notPlayed(_ name: String) -> PortalFailure {
        PortalFailure(
            "LOCAL_PORTAL_NOT_PLAYED", "The local portal does not play \(name) yet; Bitrix24 has this method.",
            status: 501)
    }

    var applicationOnly: PortalFailure {
        switch settings.applicationOnly {
        case .accessDenied: denied("Access denied! Application context required")
        case .wrongAuthType:
            call.api == .v3
                ? denied("Current authorization type is denied for this method")
                : PortalFailure(
                    "WRONG_AUTH_TYPE", "Current authorization type is denied for this method", status: 403)
        }
    }

    /// An exception from what the catalog keeps for applications.
    var isOpenToWebhooks: Bool { call.name == "app.info" && settings.webhooksMayAskAppInfo }

    var adminOnly: PortalFailure { denied("Access denied!") }

    var insufficientScope: PortalFailure {
        let holder = call.credential.isApplication ? "access token" : "webhook token"
        let text = "The request requires higher privileges than provided by the \(holder)"
        return switch call.api {
        case .classic: PortalFailure("insufficient_scope", text, status: settings.insufficientScopeStatus)
        case .v3: PortalFailure("BITRIX_REST_V3_EXCEPTION_INSUFFICIENTSCOPEEXCEPTION", text, status: 403)
        }
    }

    /// The refusal of a method that needs an administrator's word first, until it was given.
    var missingConsent: PortalFailure? {
        switch settings.consents[call.name] {
        case .waiting: PortalFailure("METHOD_CONFIRM_WAITING", "Waiting for confirmation", status: 401)
        case .denied: PortalFailure("METHOD_CONFIRM_DENIED", "Method call denied", status: 403)
        case .given, nil: nil
        }
    }

    private func denied(_ text: String) -> PortalFailure {
        switch call.api {
        case .classic: PortalFailure("ACCESS_DENIED", text, status: 403)
        case .v3: PortalFailure("BITRIX_REST_V3_EXCEPTION_ACCESSDENIEDEXCEPTION", text, status: 403)
        }
    }
}
