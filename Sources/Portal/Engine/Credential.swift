/// A credential that was recognised.
struct Credential {
    /// Keys the operating time; not the secret itself, which stays out of logs.
    let name: String
    let userID: Int
    let scopes: Set<String>?

    /// - Throws: 401 for a secret the portal does not know or a user it does not belong to.
    static func webhook(
        user: String, secret: String, api: PortalAPI, settings: PortalSettings
    ) throws(PortalFailure) -> Credential {
        let known = settings.webhooks.firstIndex { $0.secret == secret && String($0.userID) == user }
        guard let known else { throw refusal(api: api, settings: settings) }
        let webhook = settings.webhooks[known]
        return Credential(name: "webhook \(known)", userID: webhook.userID, scopes: webhook.scopes)
    }

    static func refusal(api: PortalAPI, settings: PortalSettings) -> PortalFailure {
        switch api {
        case .classic:
            PortalFailure(settings.wrongWebhookCode, "Wrong authorization data", status: 401)
        case .v3:
            PortalFailure("BITRIX_REST_V3_EXCEPTION_ACCESSDENIEDEXCEPTION", "Access denied", status: 401)
        }
    }
}
