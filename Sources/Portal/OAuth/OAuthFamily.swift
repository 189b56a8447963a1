internal import Wire

/// What applications ask about themselves, and the tables of the authorization server.
enum OAuthFamily {
    static let family = PortalFamily(
        "oauth", schema: TokenStore.schema,
        methods: [
            PortalMethod("app.info", scope: "basic") { state, call throws(PortalFailure) in
                try info(state, call)
            }
        ])

    /// https://apidocs.bitrix24.com/api-reference/common/system/app-info.html
    private static func info(_ state: PortalState, _ call: MethodCall) throws(PortalFailure) -> MethodReply {
        guard let clientID = call.credential.clientID, let application = state.applications[clientID] else {
            return webhookInfo(call)
        }
        let place = state.applications.all.firstIndex { $0.clientID == clientID } ?? 0
        return MethodReply(
            .object([
                "ID": .integer(Int64(place + 1)), "CODE": .string(clientID), "VERSION": 1,
                "STATUS": .string(application.status.rawValue),
                "INSTALLED": .bool(application.installation == .finished),
                "PAYMENT_EXPIRED": application.isPaymentExpired ? "Y" : "N", "DAYS": .null, "LANGUAGE_ID": "en",
                "LICENSE": "en_basic", "LICENSE_TYPE": "basic", "LICENSE_FAMILY": "basic",
            ]))
    }

    /// A webhook gets here only where `webhooksMayAskAppInfo` lets it.
    private static func webhookInfo(_ call: MethodCall) -> MethodReply {
        let scopes = SystemFamily.granted(call)
        return MethodReply(.object(["SCOPE": .array(scopes.map { .string($0) }), "LICENSE": "en_basic"]))
    }

    /// `app.info` of the authorization server: the status that an application may trust, in a shape of its own.
    static func trustedInfo(
        _ state: PortalState, token: TokenStore.Token, application: PortalApplication
    ) -> JSONObject {
        let scope = JSONValue.string(token.grant.scopes.joined(separator: ","))
        return [
            "client_id": .string(application.clientID), "scope": scope,
            "expires": .string(state.iso8601(token.expires)),
            "install": [
                "installed": .bool(application.installation == .finished), "version": "1",
                "status": .string(application.status.rawValue), "scope": scope,
                "domain": .string(state.site.portal), "uri": .string(application.installPath ?? ""),
                "client_endpoint": .string(state.site.clientEndpoint), "member_id": .string(state.memberID),
                "member_type": "PORTAL",
            ],
            "user_id": .integer(Int64(token.grant.userID)),
        ]
    }
}
