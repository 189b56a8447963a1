internal import Wire

/// Recognises the credential of a call.
///
/// https://apidocs.bitrix24.com/api-reference/how-to-call-rest-api/index.html
struct Authentication {
    let state: PortalState
    let api: PortalAPI

    /// - Throws: 401 for a secret the portal does not know or a user it does not belong to.
    func webhook(user: String, secret: String) throws(PortalFailure) -> PortalCredential {
        if state.settings.requiresHTTPS, !state.site.isSecure {
            throw api == .classic ? PortalFailure("INVALID_REQUEST", "Https required.") : refusal("", "")
        }
        let webhooks = state.settings.webhooks
        guard let place = webhooks.firstIndex(where: { $0.secret == secret && String($0.userID) == user }) else {
            throw refusal(state.settings.wrongWebhookCode, "Wrong authorization data")
        }
        let webhook = webhooks[place]
        return PortalCredential(
            name: "webhook \(place)", userID: webhook.userID, isAdministrator: state.isAdministrator(webhook.userID),
            scopes: webhook.scopes, clientID: nil, linkPath: "\(user)/\(secret)/")
    }

    /// - Parameter value: nil when the request carries none.
    func token(_ value: String?) throws(PortalFailure) -> PortalCredential {
        let grant = try application(value).token.grant
        guard try ChatMember.isActive(grant.userID, in: state) else {
            throw refusal("authorization_error", "Unable to authorize user")
        }
        return PortalCredential(
            name: "application \(grant.clientID)", userID: grant.userID,
            isAdministrator: state.isAdministrator(grant.userID), scopes: Set(grant.scopes), clientID: grant.clientID,
            linkToken: value)
    }

    /// A token that lives, and the application it was given to.
    func application(
        _ value: String?
    ) throws(PortalFailure) -> (token: TokenStore.Token, application: PortalApplication) {
        guard let value, !value.isEmpty else { throw refusal("NO_AUTH_FOUND", "Wrong authorization data") }
        guard let token = try TokenStore(state: state).find(.access, value) else {
            throw refusal("invalid_token", "Unable to get application by token")
        }
        guard token.expires > state.clock.unixSeconds else {
            throw refusal("expired_token", "The access token provided has expired")
        }
        guard let application = state.applications[token.grant.clientID], application.installation != .absent else {
            throw refusal("APPLICATION_NOT_FOUND", "Application not found")
        }
        guard !application.isPaymentExpired else { throw refusal("PAYMENT_REQUIRED", "Payment required") }
        return (token, application)
    }

    /// Where a call may carry its token. REST 3.0 also reads the header of RFC 6750.
    func presented(_ request: PortalRequest, _ parameters: JSONObject) -> String? {
        if let value = parameters["auth"]?.phpText { return value }
        guard api == .v3 else { return nil }
        // REST 3.0 takes its parameters from the body, and still finds the token in the query.
        if let query = try? Form.decode(Array(request.query.utf8)), let value = query["auth"]?.phpText { return value }
        guard let header = request.header("authorization"), header.lowercased().hasPrefix(Self.bearer) else {
            return nil
        }
        return String(header.dropFirst(Self.bearer.count))
    }

    private static let bearer = "bearer "

    /// REST 3.0 has one code for all of them.
    private func refusal(_ code: String, _ description: String) -> PortalFailure {
        switch api {
        case .classic: PortalFailure(code, description, status: 401)
        case .v3: PortalFailure("BITRIX_REST_V3_EXCEPTION_ACCESSDENIEDEXCEPTION", "Access denied", status: 401)
        }
    }
}
