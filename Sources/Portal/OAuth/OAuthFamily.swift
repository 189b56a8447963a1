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
            throw MethodRefusal(call: call, settings: state.settings).applicationOnly
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
}
