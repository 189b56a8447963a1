import Wire

/// The address of an inbound webhook: `https://{host}/rest/{user}/{secret}/`.
///
/// Whoever knows it can do on the portal what its user can, so no description shows the secret; only `url` does, and
/// its result goes nowhere but into a request.
/// Source: https://apidocs.bitrix24.com/first-steps/access-to-rest-api.html
public struct Webhook: Sendable, Equatable {
    /// Scheme, host and port, such as `https://acme.bitrix24.com`: fit to be shown.
    public let portal: String
    /// The user in whose name calls are made.
    public let userID: Int
    /// Known to whoever hides it from logs; it goes nowhere else but into `url`.
    public let secret: String

    /// Reads a webhook's address as the portal shows it, with or without the last slash; what a person copied along,
    /// a method or the `api` of REST 3.0, is left out.
    public init(_ text: String) throws(WebhookFailure) {
        let url: URLParts
        do throws(URLFailure) { url = try URLParts(text.trimmed()) } catch { throw WebhookFailure(error.message) }
        guard url.scheme == "https" || url.isLoopback else {
            throw WebhookFailure("over plain http the webhook would show its secret: write https")
        }
        guard url.query == nil else { throw WebhookFailure("a webhook's address has no '?'") }
        var parts = url.path.split(separator: "/")
        guard parts.first == "rest" else { throw WebhookFailure("the path of a webhook begins with /rest/") }
        parts.removeFirst()
        if parts.first == "api" { parts.removeFirst() }
        guard let user = parts.first.flatMap({ Int($0) }), user > 0 else {
            throw WebhookFailure("after /rest/ comes the number of a user: /rest/1/…")
        }
        guard parts.count >= 2 else { throw WebhookFailure("after the user's number comes the secret: /rest/1/…/") }
        guard parts.count <= 3 else { throw WebhookFailure("more follows the secret than one method") }
        guard parts[1].utf8.allSatisfy(\.isLetterOrDigit), parts[1].utf8.count <= 128 else {
            throw WebhookFailure("the secret consists of letters and digits")
        }
        self.init(portal: url.origin, userID: user, secret: String(parts[1]))
    }

    private init(portal: String, userID: Int, secret: String) {
        self.portal = portal
        self.userID = userID
        self.secret = secret
    }

    /// The address of a method; holds the secret.
    public func url(of method: String, api: RESTVersion) -> String {
        switch api {
        case .classic: "\(portal)/rest/\(userID)/\(secret)/\(method).json"
        case .v3: "\(portal)/rest/api/\(userID)/\(secret)/\(method)"
        }
    }

    /// The same webhook after the portal was renamed, as the `Location` header of a 302 tells.
    ///
    /// Only the host may change: the path must be the one asked for, and https stays https.
    /// Source: https://apidocs.bitrix24.com/settings/how-to-call-rest-api/domain-change.html
    public func moved(to location: String, asking method: String, api: RESTVersion) throws(WebhookFailure) -> Webhook {
        let asked: URLParts
        let target: URLParts
        do throws(URLFailure) {
            asked = try URLParts(url(of: method, api: api))
            target = try asked.resolving(location)
        } catch {
            throw WebhookFailure("the portal moved to an address that is none: \(error.message)")
        }
        guard target.path == asked.path else { throw WebhookFailure("the portal redirects to another path") }
        guard target.scheme == "https" || (target.isLoopback && asked.isLoopback) else {
            throw WebhookFailure("the portal redirects to plain http, which would show the secret")
        }
        guard target.origin != asked.origin else { throw WebhookFailure("the portal redirects to itself") }
        return Webhook(portal: target.origin, userID: userID, secret: secret)
    }

    /// `text` without the secret, for words that come from elsewhere.
    public func redacting(_ text: String) -> String {
        text.split(separator: secret, omittingEmptySubsequences: false).joined(separator: "***")
    }
}

extension Webhook: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "\(portal)/rest/\(userID)/***/" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["address": description]) }
}

/// Why a text is no webhook we use. Never quotes it.
public struct WebhookFailure: Error, Sendable, Equatable, CustomStringConvertible {
    public let message: String
    init(_ message: String) { self.message = message }
    public var description: String { message }
}

extension URLParts {
    /// `localhost`, `127.x.x.x` or `[::1]`: a connection that does not leave this machine.
    var isLoopback: Bool {
        if host == "localhost" || host == "[::1]" { return true }
        let octets = host.split(separator: ".", omittingEmptySubsequences: false)
        return octets.count == 4 && octets[0] == "127" && octets.allSatisfy { UInt8($0) != nil }
    }
}

extension UInt8 {
    var isLetterOrDigit: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}

extension String {
    func trimmed() -> String {
        let isSpace: (Character) -> Bool = { $0.isWhitespace }
        return String(drop(while: isSpace).reversed().drop(while: isSpace).reversed())
    }
}
