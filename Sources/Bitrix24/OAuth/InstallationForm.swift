public import Wire

/// What a portal posts to an application's address: tokens at its installation or opening, a farewell at its end.
/// Sources: https://apidocs.bitrix24.com/settings/oauth/simple-way.html,
/// https://apidocs.bitrix24.com/api-reference/common/events/on-app-install.html
///
/// Anybody can post such a form. Tokens from one are used only after the authorisation server has renewed them with the
/// application's secret and said whose they are; a farewell counts only with the application token.
public enum InstallationForm: Sendable, Equatable {
    /// Not yet believed: see `Grant.init(_:confirming:)`.
    case installed(Grant)
    case uninstalled(memberID: String, applicationToken: Secret?)

    /// - Parameters:
    ///   - body: the form, decoded.
    ///   - query: of the address it was posted to, decoded: the simplified flow names the portal there.
    public init(
        body: JSONObject, query: JSONObject, application: OAuthApplication, now: Timestamp
    ) throws(AuthorizationFailure) {
        if body["AUTH_ID"] != nil {
            self = .installed(try Self.opened(body, query, application, now))
            return
        }
        let auth = body["auth"]?.objectValue ?? JSONObject()
        switch body["event"]?.scalarText?.asciiLowercased() {
        case "onappinstall", "onappupdate":
            self = .installed(try Self.installed(auth, application, now))
        case "onappuninstall":
            guard let memberID = auth["member_id"]?.scalarText, Grant.isMemberID(memberID) else {
                throw Self.incomplete("member_id")
            }
            self = .uninstalled(
                memberID: memberID, applicationToken: auth["application_token"]?.scalarText.flatMap(Secret.init))
        default:
            throw AuthorizationFailure(
                "the form is neither the opening nor the installation of an application",
                hint: "Enter this address as the application's handler or initial installation path.")
        }
    }

    /// The simplified flow: the application is opened inside a page of the portal.
    private static func opened(
        _ form: JSONObject, _ query: JSONObject, _ application: OAuthApplication, _ now: Timestamp
    ) throws(AuthorizationFailure) -> Grant {
        guard let host = query["DOMAIN"]?.scalarText ?? form["DOMAIN"]?.scalarText else { throw incomplete("DOMAIN") }
        let isPlain = (query["PROTOCOL"] ?? form["PROTOCOL"])?.scalarText == "0"
        return try grant(
            portal: isPlain ? "http://\(host)" : "https://\(host)", memberID: form["member_id"],
            access: form["AUTH_ID"], refresh: form["REFRESH_ID"], server: form["SERVER_ENDPOINT"],
            expiresAt: TokenReply.expiry(nil, form["AUTH_EXPIRES"], now), scopes: form["APPLICATION_SCOPE"],
            userID: nil, applicationToken: form["APPLICATION_TOKEN"], application)
    }

    private static func installed(
        _ auth: JSONObject, _ application: OAuthApplication, _ now: Timestamp
    ) throws(AuthorizationFailure) -> Grant {
        guard let endpoint = auth["client_endpoint"]?.scalarText else { throw incomplete("auth[client_endpoint]") }
        return try grant(
            portal: endpoint, memberID: auth["member_id"], access: auth["access_token"],
            refresh: auth["refresh_token"], server: auth["server_endpoint"],
            expiresAt: TokenReply.expiry(auth["expires"], auth["expires_in"], now), scopes: auth["scope"],
            userID: auth["user_id"], applicationToken: auth["application_token"], application)
    }

    private static func grant(
        portal: String, memberID: JSONValue?, access: JSONValue?, refresh: JSONValue?, server: JSONValue?,
        expiresAt: Timestamp?, scopes: JSONValue?, userID: JSONValue?, applicationToken: JSONValue?,
        _ application: OAuthApplication
    ) throws(AuthorizationFailure) -> Grant {
        guard let memberID = memberID?.scalarText, Grant.isMemberID(memberID) else { throw incomplete("member_id") }
        guard let access = access?.scalarText.flatMap(Secret.init) else { throw incomplete("an access token") }
        guard let refresh = refresh?.scalarText.flatMap(Secret.init) else { throw incomplete("a refresh token") }
        return Grant(
            memberID: memberID, portal: try PortalAddress.origin(portal),
            application: try application.at(application.server.trusting(server?.scalarText)), accessToken: access,
            refreshToken: refresh, expiresAt: expiresAt, scopes: Grant.scopes(scopes?.scalarText),
            userID: userID?.scalarText.flatMap { Int($0) },
            applicationToken: applicationToken?.scalarText.flatMap(Secret.init))
    }

    private static func incomplete(_ what: String) -> AuthorizationFailure {
        AuthorizationFailure(
            "the portal's form has no usable \(what)",
            hint: "Open the application from the portal itself, or install it again.")
    }
}

extension Grant {
    /// The grant of a form, once the authorisation server has renewed its pair.
    ///
    /// - Throws: when the pair belongs to another portal than the form says.
    public init(_ reply: TokenReply, confirming claimed: Grant) throws(AuthorizationFailure) {
        guard let memberID = reply.memberID, let portal = reply.portal, memberID == claimed.memberID else {
            throw AuthorizationFailure(
                "the form's tokens belong to another portal than it says",
                hint: "Somebody else may have posted it: open the application from the portal itself.")
        }
        self = claimed.renewed(by: reply)
        self.portal = portal
    }
}
