/// An application of Bitrix24, as the authorisation server knows it.
/// Source: https://apidocs.bitrix24.com/settings/app-installation/local-apps/index.html
public struct OAuthApplication: Sendable, Equatable {
    /// `local.…` or `app.…`.
    public let clientID: String
    /// Sent to the authorisation server and nowhere else.
    public let clientSecret: Secret
    public private(set) var server: AuthorizationServer

    public init(
        clientID: String, clientSecret: String, server: AuthorizationServer = .cloud
    ) throws(AuthorizationFailure) {
        guard OAuthApplication.isClientID(clientID) else {
            throw AuthorizationFailure(
                "the client_id is not one", hint: "It looks like local.5c8bb1b0891cf2.87252039; see the application.")
        }
        guard let secret = Secret(clientSecret.trimmed()) else {
            throw AuthorizationFailure(
                "the client_secret is not one", hint: "Copy it from the application's settings, without blanks.")
        }
        self.clientID = clientID
        self.clientSecret = secret
        self.server = server
    }

    static func isClientID(_ text: String) -> Bool {
        (1...128).contains(text.utf8.count)
            && text.utf8.allSatisfy { $0.isLetterOrDigit || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "_") }
    }

    /// The same application at another authorisation server; the caller knows that it may be told the secret.
    func at(_ server: AuthorizationServer) -> OAuthApplication {
        var application = self
        application.server = server
        return application
    }

    /// The page that asks the portal's user for consent. Where it leads afterwards stands in the application's
    /// settings: the platform takes no `redirect_uri` here.
    /// Source: https://apidocs.bitrix24.com/settings/oauth/index.html
    ///
    /// - Parameter state: a random text that the redirect has to bring back.
    public func authorizationLink(portal: String, state: String) -> String {
        "\(portal)/oauth/authorize/?client_id=\(clientID)&state=\(state)"
    }
}
