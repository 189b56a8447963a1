import Wire

/// The right to call one portal for about an hour in the name of a user, as an application.
///
/// Whoever knows the token can do what the application may, so no description shows it.
/// Source: https://apidocs.bitrix24.com/settings/oauth/index.html
public struct AccessToken: Sendable, Equatable {
    /// Scheme, host and port, such as `https://acme.bitrix24.com`: fit to be shown.
    public let portal: String
    /// The portal's identity, which stays when it is renamed.
    public let memberID: String
    /// The application's `client_id`, which is no secret.
    public let clientID: String
    /// The user in whose name calls are made; not every answer of the authorisation server tells it.
    public let userID: Int?
    /// Known to whoever hides it from logs; it goes nowhere else but into requests.
    public let token: String

    /// - Parameters:
    ///   - portal: any address on the portal, such as the `client_endpoint` that came with the token.
    ///   - token: visible ASCII, as it travels in headers too.
    public init(portal: String, memberID: String, clientID: String, userID: Int?, token: String) throws(AddressFailure)
    {
        let url: URLParts
        do throws(URLFailure) { url = try URLParts(portal.trimmed()) } catch { throw AddressFailure(error.message) }
        guard url.scheme == "https" || url.isLoopback else {
            throw AddressFailure("over plain http calls would show their token: write https")
        }
        guard !token.isEmpty, token.utf8.count <= 4096, token.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw AddressFailure("an access token consists of letters, digits and signs")
        }
        self.init(origin: url.origin, memberID: memberID, clientID: clientID, userID: userID, token: token)
    }

    private init(origin: String, memberID: String, clientID: String, userID: Int?, token: String) {
        portal = origin
        self.memberID = memberID
        self.clientID = clientID
        self.userID = userID
        self.token = token
    }

    /// The same token for the portal's new address.
    func at(_ origin: String) -> AccessToken {
        AccessToken(origin: origin, memberID: memberID, clientID: clientID, userID: userID, token: token)
    }
}

extension AccessToken: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "\(portal) (access token)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["address": description]) }
}
