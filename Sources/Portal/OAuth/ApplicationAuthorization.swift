internal import Wire

/// What the portal hands an application by itself: in events, and in the form that opens it in a frame.
struct ApplicationAuthorization {
    let state: PortalState
    let application: PortalApplication

    /// The `auth` of an event, a robot's call or a widget.
    ///
    /// https://apidocs.bitrix24.com/api-reference/events/index.html
    ///
    /// - Parameters:
    ///   - userID: In whose name the application may act; nil gives no token, as when nobody caused the event.
    ///   - refreshes: Whether a refresh token comes along: in ONAPPINSTALL, ONAPPUPDATE and ONOFFLINEEVENT only.
    func event(userID: Int?, refreshes: Bool) throws(PortalFailure) -> JSONObject {
        let settings = state.settings.oauth
        var auth = JSONObject()
        if let userID {
            let grant = grant(userID)
            auth["access_token"] = .string(
                try tokens.issue(.access, for: grant, seconds: settings.accessTokenSeconds))
            auth["expires"] = .integer(state.clock.unixSeconds + settings.accessTokenSeconds)
            auth["expires_in"] = .integer(settings.accessTokenSeconds)
            if refreshes {
                auth["refresh_token"] = .string(
                    try tokens.issue(.refresh, for: grant, seconds: settings.refreshTokenSeconds))
            }
            auth["user_id"] = .integer(Int64(userID))
        }
        auth["scope"] = .string(application.scopes.joined(separator: settings.scopeSeparator))
        auth["domain"] = .string(state.site.portal)
        auth["server_endpoint"] = .string(state.site.serverEndpoint)
        auth["status"] = .string(application.status.rawValue)
        auth["client_endpoint"] = .string(state.site.clientEndpoint)
        auth["member_id"] = .string(state.memberID)
        auth["application_token"] = .string(application.applicationToken)
        return auth
    }

    /// What the browser posts to the application's address when somebody opens it on the portal.
    ///
    /// - Parameter placement: `DEFAULT`, or the code of a widget.
    func frame(userID: Int, placement: String, options: JSONValue) throws(PortalFailure) -> (
        query: String, body: String
    ) {
        let settings = state.settings.oauth
        let grant = grant(userID)
        let query: JSONObject = [
            "DOMAIN": .string(state.site.portal), "PROTOCOL": state.site.isSecure ? "1" : "0", "LANG": "en",
            "APP_SID": .string(String(application.applicationToken.prefix(sessionDigits))),
        ]
        let body: JSONObject = [
            "AUTH_ID": .string(try tokens.issue(.access, for: grant, seconds: settings.accessTokenSeconds)),
            "AUTH_EXPIRES": .string(String(settings.accessTokenSeconds)),
            "REFRESH_ID": .string(try tokens.issue(.refresh, for: grant, seconds: settings.refreshTokenSeconds)),
            "SERVER_ENDPOINT": .string(state.site.serverEndpoint),
            "APPLICATION_TOKEN": .string(application.applicationToken),
            "APPLICATION_SCOPE": .string(application.scopes.joined(separator: ",")),
            "member_id": .string(state.memberID), "status": .string(application.status.rawValue),
            "PLACEMENT": .string(placement), "PLACEMENT_OPTIONS": .string(options.text),
        ]
        return (text(query), text(body))
    }

    private let sessionDigits = 32
    private var tokens: TokenStore { TokenStore(state: state) }

    init(state: PortalState, application: PortalApplication) {
        self.state = state
        self.application = application
    }

    private func grant(_ userID: Int) -> TokenStore.Grant {
        TokenStore.Grant(clientID: application.clientID, userID: userID, scopes: application.scopes)
    }

    private func text(_ form: JSONObject) -> String { String(decoding: Form.encode(form), as: UTF8.self) }
}
