internal import Wire

/// Who is told of an event, and the `auth` it is told with.
///
/// https://apidocs.bitrix24.com/api-reference/events/index.html
enum EventListener {
    case application(PortalApplication)
    /// An outgoing webhook: it gets no tokens, only the proof that it is the portal that calls.
    case outgoing(token: String)

    /// - Returns: nil for an application that may not be told: it is gone, or its installation is not finished.
    init?(_ binding: EventBinding, in state: PortalState) {
        if binding.clientID.isEmpty {
            self = .outgoing(token: binding.token)
            return
        }
        guard let application = state.applications[binding.clientID], application.installation == .finished else {
            return nil
        }
        self = .application(application)
    }

    /// - Parameters:
    ///   - userID: in whose name the tokens act; nil leaves them out.
    ///   - hasRefreshToken: only a few events bring one.
    func auth(of userID: Int?, hasRefreshToken: Bool, in state: PortalState) throws(PortalFailure) -> JSONObject {
        switch self {
        case .outgoing(let token):
            return [
                "domain": .string(state.site.portal), "client_endpoint": .string(state.site.clientEndpoint),
                "server_endpoint": .string(state.site.serverEndpoint), "member_id": .string(state.memberID),
                "application_token": .string(token),
            ]
        case .application(let application):
            let authorization = ApplicationAuthorization(state: state, application: application)
            var auth = try authorization.event(userID: userID, refreshes: hasRefreshToken)
            // Robots are told these two, events are not.
            auth.remove("expires")
            auth.remove("user_id")
            return auth
        }
    }
}

extension MethodCall {
    /// The application behind the call.
    ///
    /// - Throws: for a webhook, and for a token whose application is not on the portal any more.
    func requiredApplication(_ state: PortalState) throws(PortalFailure) -> PortalApplication {
        guard let clientID = credential.clientID, let application = state.applications[clientID] else {
            throw PortalFailure("ACCESS_DENIED", "Access denied! Application context required", status: 403)
        }
        return application
    }
}
