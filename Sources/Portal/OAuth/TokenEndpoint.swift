internal import Wire

/// `/oauth/token/`: codes and refresh tokens against pairs of tokens.
///
/// https://apidocs.bitrix24.com/settings/oauth/index.html
struct TokenEndpoint {
    /// The name that the log and faults know it by.
    static let methodName = "oauth.token"

    let state: PortalState
    private var settings: OAuthSettings { state.settings.oauth }
    private var tokens: TokenStore { TokenStore(state: state) }

    init(state: PortalState) { self.state = state }

    func answer(_ request: PortalRequest) throws(PortalFailure) -> JSONObject {
        let parameters = try parameters(of: request)
        let kind = try required("grant_type", in: parameters)
        switch kind {
        case "authorization_code":
            let application = try application(parameters)
            return try exchange(code: try required("code", in: parameters), for: application, parameters)
        case "refresh_token":
            let application = try application(parameters)
            return try refresh(try required("refresh_token", in: parameters), of: application, parameters)
        default:
            throw PortalFailure("invalid_request", "Unsupported \"grant_type\"")
        }
    }

    private func parameters(of request: PortalRequest) throws(PortalFailure) -> JSONObject {
        do throws(PortalFailure) {
            return try RequestParameters.read(request, api: .classic).0
        } catch {
            throw PortalFailure("invalid_request", error.description)
        }
    }

    private func required(_ name: String, in parameters: JSONObject) throws(PortalFailure) -> String {
        guard let text = parameters[name]?.phpText, !text.isEmpty else {
            throw PortalFailure("invalid_request", "No \"\(name)\" parameter found")
        }
        return text
    }

    // MARK: The application

    private func application(_ parameters: JSONObject) throws(PortalFailure) -> PortalApplication {
        let clientID = try required("client_id", in: parameters)
        let secret = try required("client_secret", in: parameters)
        guard let application = state.applications[clientID], application.clientSecret == secret else {
            throw wrongClient
        }
        guard application.installation != .absent else {
            throw PortalFailure("NOT_INSTALLED", "Application not installed", status: 401)
        }
        guard !application.isPaymentExpired else {
            throw PortalFailure("PAYMENT_REQUIRED", "Payment required", status: 401)
        }
        return application
    }

    private var wrongClient: PortalFailure {
        switch settings.wrongClient {
        case .invalidClient: PortalFailure("invalid_client", "Client not found")
        case .wrongClient: PortalFailure("wrong_client", "Client not found", status: 200)
        }
    }

    // MARK: The two grants

    private func exchange(
        code: String, for application: PortalApplication, _ parameters: JSONObject
    ) throws(PortalFailure) -> JSONObject {
        let token = try live(.code, code, of: application)
        guard !token.isSpent else { throw Self.invalidGrant }
        let scopes = try scopes(parameters, of: application)
        try tokens.spend(token)
        return try pair(token.grant, scopes, application, namesUser: settings.codeAnswerNamesUser)
    }

    private func refresh(
        _ value: String, of application: PortalApplication, _ parameters: JSONObject
    ) throws(PortalFailure) -> JSONObject {
        let token = try live(.refresh, value, of: application)
        guard !token.isSpent || settings.spentRefreshTokenWorks else { throw Self.invalidGrant }
        let scopes = try scopes(parameters, of: application)
        try tokens.spend(token)
        if settings.refreshEndsAccessToken { try tokens.expire(.access, of: token.grant) }
        return try pair(token.grant, scopes, application, namesUser: true)
    }

    private func live(
        _ kind: TokenStore.Kind, _ value: String, of application: PortalApplication
    ) throws(PortalFailure) -> TokenStore.Token {
        guard let token = try tokens.find(kind, value), token.grant.clientID == application.clientID,
            token.expires > state.clock.unixSeconds
        else { throw Self.invalidGrant }
        return token
    }

    private static let invalidGrant = PortalFailure("invalid_grant", "The grant is invalid, expired or was used")

    /// The scopes asked for, or all of the application's card.
    private func scopes(
        _ parameters: JSONObject, of application: PortalApplication
    ) throws(PortalFailure) -> [String] {
        guard let text = parameters["scope"]?.phpText, !text.isEmpty else { return application.scopes }
        let asked = text.lowercased().split { $0 == "," || $0 == " " }.map(String.init)
        guard asked.allSatisfy(application.scopes.contains) else {
            throw PortalFailure("invalid_scope", "The scope is beyond what the application was given", status: 403)
        }
        return asked
    }

    private func pair(
        _ grant: TokenStore.Grant, _ scopes: [String], _ application: PortalApplication, namesUser: Bool
    ) throws(PortalFailure) -> JSONObject {
        let given = TokenStore.Grant(clientID: grant.clientID, userID: grant.userID, scopes: scopes)
        var answer = JSONObject()
        answer["access_token"] = .string(
            try tokens.issue(.access, for: given, seconds: settings.accessTokenSeconds))
        if namesUser { answer["expires"] = .integer(state.clock.unixSeconds + settings.accessTokenSeconds) }
        answer["expires_in"] = .integer(settings.accessTokenSeconds)
        answer["scope"] = .string(scopes.joined(separator: settings.scopeSeparator))
        // Here the authorization server names itself; in events and widgets `domain` is the portal.
        answer["domain"] = .string(state.site.authorization)
        answer["server_endpoint"] = .string(state.site.serverEndpoint)
        answer["status"] = .string(application.status.rawValue)
        answer["client_endpoint"] = .string(state.site.clientEndpoint)
        answer["member_id"] = .string(state.memberID)
        if namesUser { answer["user_id"] = .integer(Int64(grant.userID)) }
        answer["refresh_token"] = .string(
            try tokens.issue(.refresh, for: given, seconds: settings.refreshTokenSeconds))
        return answer
    }
}
