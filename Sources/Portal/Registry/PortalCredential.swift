/// Who calls: a credential that was recognised. Its secret is here for links alone, which hold it on the platform too.
public struct PortalCredential: Sendable {
    /// Keys the operating time: one application or webhook.
    let name: String
    /// The employee in whose name it acts.
    public let userID: Int
    /// Whether that employee is an administrator.
    public let isAdministrator: Bool
    /// Lower-case scopes; nil means all of them.
    public let scopes: Set<String>?
    /// The application behind an access token; nil for a webhook.
    public let clientID: String?
    /// What stands between `/rest/` and the method in links for a webhook: `1/secret/`; empty for a token.
    var linkPath = ""
    /// What links carry as `auth`: the access token; nil for a webhook.
    var linkToken: String?

    /// An access token, not a webhook: methods for applications only ask for it.
    public var isApplication: Bool { clientID != nil }

    /// The portal itself, for an employee: it may call everything.
    static func portal(userID: Int) -> PortalCredential {
        PortalCredential(name: "portal", userID: userID, isAdministrator: true, scopes: nil, clientID: nil)
    }
}
