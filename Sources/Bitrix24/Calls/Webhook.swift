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
    /// Tells the webhooks of a user apart, and is no secret: 16 bits of a hash of one that has some 80.
    public let tag: String

    /// Reads a webhook's address as the portal shows it, with or without the last slash; what a person copied along,
    /// a method or the `api` of REST 3.0, is left out.
    public init(_ text: String) throws(AddressFailure) {
        let url: URLParts
        do throws(URLFailure) { url = try URLParts(text.trimmed()) } catch { throw AddressFailure(error.message) }
        guard url.scheme == "https" || url.isLoopback else {
            throw AddressFailure("over plain http the webhook would show its secret: write https")
        }
        guard url.query == nil else { throw AddressFailure("a webhook's address has no '?'") }
        var parts = url.path.split(separator: "/")
        guard parts.first == "rest" else { throw AddressFailure("the path of a webhook begins with /rest/") }
        parts.removeFirst()
        if parts.first == "api" { parts.removeFirst() }
        guard let user = parts.first.flatMap({ Int($0) }), user > 0 else {
            throw AddressFailure("after /rest/ comes the number of a user: /rest/1/…")
        }
        guard parts.count >= 2 else { throw AddressFailure("after the user's number comes the secret: /rest/1/…/") }
        guard parts.count <= 3 else { throw AddressFailure("more follows the secret than one method") }
        guard parts[1].utf8.allSatisfy(\.isLetterOrDigit), parts[1].utf8.count <= 128 else {
            throw AddressFailure("the secret consists of letters and digits")
        }
        self.init(portal: url.origin, userID: user, secret: String(parts[1]))
    }

    private init(portal: String, userID: Int, secret: String) {
        self.portal = portal
        self.userID = userID
        self.secret = secret
        tag = Webhook.tag(of: secret)
    }

    /// FNV-1a, folded: the same in every process.
    private static func tag(of secret: String) -> String {
        let hash = secret.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
        let folded = UInt16(truncatingIfNeeded: hash ^ hash >> 16 ^ hash >> 32 ^ hash >> 48)
        let digits = String(folded, radix: 16)
        return String(repeating: "0", count: 4 - digits.utf8.count) + digits
    }

    /// The address of a method; holds the secret.
    public func url(of method: String, api: RESTVersion) -> String {
        switch api {
        case .classic: "\(portal)/rest/\(userID)/\(secret)/\(method).json"
        case .v3: "\(portal)/rest/api/\(userID)/\(secret)/\(method)"
        }
    }

    /// The same webhook at the portal's new address.
    func at(_ origin: String) -> Webhook { Webhook(portal: origin, userID: userID, secret: secret) }
}

extension Webhook: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "\(portal)/rest/\(userID)/***/" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["address": description]) }
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
