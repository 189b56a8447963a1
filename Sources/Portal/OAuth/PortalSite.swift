/// Where a portal and its authorization server are reached. The two never share an address, so that a client that takes
/// one for the other is found out.
public struct PortalSite: Sendable, Equatable {
    public var isSecure = false
    /// Host and port of the portal, as its clients write them: `127.0.0.1:8080`.
    public var portal = "portal.example"
    /// Host and port of the authorization server.
    public var authorization = "oauth.example"
    /// Addresses the portal had before it was renamed; they answer 302.
    public private(set) var former: Set<String> = []

    var scheme: String { isSecure ? "https" : "http" }
    /// `http://127.0.0.1:8080/`
    public var portalURL: String { "\(scheme)://\(portal)/" }
    public var clientEndpoint: String { "\(portalURL)rest/" }
    public var serverEndpoint: String { "\(scheme)://\(authorization)/rest/" }

    /// From now on the portal is reached at another address.
    mutating func rename(to address: String) {
        guard address != portal else { return }
        former.insert(portal)
        former.remove(address)
        portal = address
    }

    /// The same with a host name alone: the port stays.
    mutating func rename(toHost host: String) {
        rename(to: Self.host(of: host) == host ? host + portal.dropFirst(Self.host(of: portal).count) : host)
    }

    /// `127.0.0.1` of `127.0.0.1:8080`, `[::1]` of `[::1]:8080`.
    static func host(of address: String) -> String {
        guard let colon = address.lastIndex(of: ":"), address[colon...].dropFirst().allSatisfy(\.isNumber),
            !address[colon...].dropFirst().isEmpty
        else { return address }
        return String(address[..<colon])
    }
}
