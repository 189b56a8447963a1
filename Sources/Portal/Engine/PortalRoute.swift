internal import Wire

/// Where a path leads.
enum PortalRoute: Equatable {
    /// `/rest/{user}/{secret}/{method}` and `/rest/api/…`.
    case webhook(api: PortalAPI, user: String, secret: String, method: String)
    /// `/rest/{method}` and `/rest/api/{method}`: the token is among the parameters.
    case token(api: PortalAPI, method: String)
    /// `/oauth/authorize/`
    case authorize
    /// `/oauth/token/`
    case tokenEndpoint
    /// `/__portal/…`: the portal's own controls.
    case control(String)
    case page
    case unknown

    init(path: String) {
        var parts = path.split(separator: "/", omittingEmptySubsequences: true).map(String.init)
        guard let first = parts.first else {
            self = .page
            return
        }
        parts.removeFirst()
        switch first {
        case "__portal": self = .control(parts.joined(separator: "/"))
        case "rest":
            let isV3 = parts.first == "api" && parts.count > 1
            if isV3 { parts.removeFirst() }
            switch parts.count {
            case 1: self = .token(api: isV3 ? .v3 : .classic, method: PortalRoute.method(parts[0]))
            case 3:
                self = .webhook(
                    api: isV3 ? .v3 : .classic, user: parts[0], secret: parts[1],
                    method: PortalRoute.method(parts[2]))
            default: self = .unknown
            }
        case "oauth" where parts == ["authorize"]: self = .authorize
        case "oauth" where parts == ["token"]: self = .tokenEndpoint
        default: self = .unknown
        }
    }

    /// Lower case, without the format suffix.
    private static func method(_ part: String) -> String {
        let name = part.lowercased()
        return name.hasSuffix(".json") ? String(name.dropLast(5)) : name
    }
}
