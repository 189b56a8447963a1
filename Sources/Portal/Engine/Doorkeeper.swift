/// Keeps web pages out: a page that somebody has open in a browser must not drive the portal of this machine.
///
/// A name of the page's own that resolves to loopback (DNS rebinding) shows in `Host`; a form, a script or an image of
/// another site shows in `Origin` or `Sec-Fetch-Site`. Programs send neither.
struct Doorkeeper {
    let site: PortalSite
    let hostNames: Set<String>

    private static let loopbackNames: Set<String> = ["127.0.0.1", "localhost", "[::1]"]

    func refusal(_ request: PortalRequest) -> PortalFailure? {
        if let host = request.header("host"), !isOurs(host) {
            return PortalFailure(
                "LOCAL_PORTAL_WRONG_HOST", "The local portal answers at \(site.portal) and loopback names only.",
                status: 403)
        }
        if isForeign(request) {
            return PortalFailure(
                "LOCAL_PORTAL_CROSS_ORIGIN", "The local portal takes no requests from web pages of other sites.",
                status: 403)
        }
        return nil
    }

    private func isOurs(_ host: String) -> Bool {
        let name = PortalSite.host(of: host).lowercased()
        if Self.loopbackNames.contains(name) || hostNames.contains(name) { return true }
        return site.former.union([site.portal, site.authorization]).contains { PortalSite.host(of: $0) == name }
    }

    private func isForeign(_ request: PortalRequest) -> Bool {
        if let origin = request.header("origin") { return !isOurOrigin(origin) }
        guard let relation = request.header("sec-fetch-site")?.lowercased() else { return false }
        // A link may lead here: to the page, or to `/oauth/authorize/`, which is made for it.
        let isVisit = request.header("sec-fetch-mode") == "navigate" && request.header("sec-fetch-dest") == "document"
        let isPage = PortalRoute(path: request.path).isForBrowsers && request.method == "GET"
        return !["same-origin", "none"].contains(relation) && !(isVisit && isPage)
    }

    /// The same port too: another program's page on this machine is another site.
    private func isOurOrigin(_ origin: String) -> Bool {
        let addresses = site.former.union([site.portal, site.authorization])
        let ports = addresses.map { $0.dropFirst(PortalSite.host(of: $0).count) }
        let names = addresses.map(PortalSite.host).filter { !Self.loopbackNames.contains($0) } + Self.loopbackNames
        return ports.contains { port in names.contains { "\(site.scheme)://\($0)\(port)" == origin.lowercased() } }
    }
}

extension PortalRoute {
    /// What people open, rather than programs.
    var isForBrowsers: Bool { self == .page || self == .authorize }
}
