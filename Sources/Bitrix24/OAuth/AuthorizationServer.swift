import Wire

/// Where codes and refresh tokens are exchanged. It is sent the application's secret, so which one it is matters.
/// Source: https://apidocs.bitrix24.com/settings/oauth/index.html
public struct AuthorizationServer: Sendable, Equatable {
    /// The address before `/oauth/token/` and `/rest/`, without a last slash.
    public let base: String

    /// The one of the cloud.
    public static let cloud = AuthorizationServer(base: "https://oauth.bitrix24.tech")

    /// Names of the same service in the platform's data and in its documentation of either language.
    private static let cloudHosts = ["oauth.bitrix24.tech", "oauth.bitrix.info"]

    /// Reads the server's address as a person gives it or as `server_endpoint` holds it: `https://…/rest/`.
    public init(_ text: String) throws(AuthorizationFailure) {
        let url: URLParts
        do throws(URLFailure) {
            url = try URLParts(text.trimmed())
        } catch {
            throw AuthorizationFailure(
                "the authorisation server's address cannot be used: \(error.message)",
                hint: "It looks like https://oauth.bitrix24.tech.")
        }
        guard url.scheme == "https" || url.isLoopback else {
            throw AuthorizationFailure(
                "over plain http the authorisation server would be sent the secret in clear",
                hint: "Write https in its address.")
        }
        guard url.query == nil else {
            throw AuthorizationFailure(
                "the authorisation server's address has no '?'", hint: "It looks like https://oauth.bitrix24.tech.")
        }
        var segments = url.path.split(separator: "/")
        if segments.last == "rest" { segments.removeLast() }
        base = url.origin + segments.map { "/" + $0 }.joined()
    }

    private init(base: String) {
        self.base = base
    }

    var tokenURL: String { base + "/oauth/token/" }

    /// The server that data from outside name, provided that it may be told the application's secret: the cloud's own,
    /// or the one that was configured. Anybody can post a form that names a server of theirs.
    func trusting(_ named: String?) throws(AuthorizationFailure) -> AuthorizationServer {
        guard let named, !named.isEmpty else { return self }
        let server = try AuthorizationServer(named)
        guard server == self || AuthorizationServer.cloudHosts.contains(where: { server.base == "https://\($0)" })
        else {
            throw AuthorizationFailure(
                "the data name an authorisation server that is not known, \(server.base)",
                hint: "If the portal is on premise and this is its server, give --server \(server.base).")
        }
        return server
    }
}
