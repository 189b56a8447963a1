import Wire

/// Where calls go and as whom: with an inbound webhook, or with an application's access token.
public enum Credential: Sendable, Equatable {
    case webhook(Webhook)
    case token(AccessToken)

    /// Scheme, host and port: fit to be shown.
    public var portal: String {
        switch self {
        case .webhook(let webhook): webhook.portal
        case .token(let token): token.portal
        }
    }

    /// The user in whose name calls are made, where it is known.
    public var userID: Int? {
        switch self {
        case .webhook(let webhook): webhook.userID
        case .token(let token): token.userID
        }
    }

    /// Whose operating time calls use up, by a name that is no secret: the portal counts by webhook and by application.
    /// Source: https://apidocs.bitrix24.com/limits.html
    public var holder: String {
        switch self {
        case .webhook(let webhook): "webhook \(webhook.tag) of user \(webhook.userID)"
        case .token(let token): "application \(token.clientID)"
        }
    }

    /// What may not be shown.
    public var secret: String {
        switch self {
        case .webhook(let webhook): webhook.secret
        case .token(let token): token.token
        }
    }

    /// The address of a method; a webhook's holds the secret.
    /// Source: https://apidocs.bitrix24.com/settings/how-to-call-rest-api/index.html
    public func url(of method: String, api: RESTVersion) -> String {
        switch (self, api) {
        case (.webhook(let webhook), _): webhook.url(of: method, api: api)
        case (.token(let token), .classic): "\(token.portal)/rest/\(method).json"
        case (.token(let token), .v3): "\(token.portal)/rest/api/\(method)"
        }
    }

    /// The same credential after the portal was renamed, as the `Location` header of a 302 tells.
    ///
    /// Only the host may change, within its family (`PortalFamily`): the path must be the one asked for, and https
    /// stays https.
    /// Source: https://apidocs.bitrix24.com/settings/how-to-call-rest-api/domain-change.html
    public func moved(
        to location: String, asking method: String, api: RESTVersion
    ) throws(AddressFailure) -> Credential {
        let asked: URLParts
        let target: URLParts
        do throws(URLFailure) {
            asked = try URLParts(url(of: method, api: api))
            target = try asked.resolving(location)
        } catch {
            throw AddressFailure("the portal moved to an address that is none: \(error.message)")
        }
        guard PortalFamily.holds(asked, target) else {
            // A portal could repeat the secret as a name.
            let place = redacting(target.origin)
            throw AddressFailure(
                "\(asked.host) redirects to \(place)/ (302), another domain: nothing was sent there; if the portal "
                    + "really moved, configure its new address")
        }
        guard target.path == asked.path else { throw AddressFailure("the portal redirects to another path") }
        guard target.scheme == "https" || (target.isLoopback && asked.isLoopback) else {
            throw AddressFailure("the portal redirects to plain http, which would show the secret")
        }
        guard target.origin != asked.origin else { throw AddressFailure("the portal redirects to itself") }
        return switch self {
        case .webhook(let webhook): .webhook(webhook.at(target.origin))
        case .token(let token): .token(token.at(target.origin))
        }
    }

    /// `text` without the secret, for words that come from elsewhere.
    public func redacting(_ text: String) -> String {
        text.split(separator: secret, omittingEmptySubsequences: false).joined(separator: "***")
    }
}

extension Credential: CustomStringConvertible, CustomReflectable {
    public var description: String {
        switch self {
        case .webhook(let webhook): webhook.description
        case .token(let token): token.description
        }
    }
    public var customMirror: Mirror { Mirror(self, children: ["address": description]) }
}
