/// An absolute http or https URL in its parts, still percent-coded as it was written.
public struct URLParts: Sendable, Equatable {
    /// `http` or `https`.
    public var scheme: String
    /// In lower case; an IPv6 address in its brackets.
    public var host: String
    /// 1 to 65535; nil where the URL names none.
    public var port: Int?
    /// Starts with a slash.
    public var path: String
    /// What follows `?`, without it; nil where there is no question mark.
    public var query: String?

    /// How long a URL may be, in bytes.
    public static let bytesMax = 8192

    /// Parses an absolute URL; a fragment is dropped, since no server sees it.
    ///
    /// Refused are: other schemes, user names (they serve to disguise hosts), white space and control characters,
    /// hosts in other alphabets than ASCII (write them in punycode).
    public init(_ text: String) throws(URLFailure) {
        try URLParts.check(text)
        guard let colon = text.firstIndex(of: ":"), text[colon...].hasPrefix("://") else {
            throw URLFailure("the URL has no http:// or https://")
        }
        let scheme = text[..<colon].lowercased()
        guard scheme == "http" || scheme == "https" else { throw URLFailure("the URL is neither http nor https") }
        let rest = text[colon...].dropFirst(3).prefix { $0 != "#" }
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        self.scheme = scheme
        (host, port) = try URLParts.hostAndPort(authority)
        (path, query) = URLParts.pathAndQuery(rest[authority.endIndex...])
    }

    /// The port to connect to: the one named, or the scheme's.
    public var effectivePort: Int { port ?? (scheme == "https" ? 443 : 80) }

    /// Path and query, as the first line of a request has them.
    public var target: String { path + (query.map { "?" + $0 } ?? "") }

    /// Scheme, host and port: what two URLs share that lead to the same server.
    public var origin: String { "\(scheme)://\(host)" + (port.map { ":\($0)" } ?? "") }

    public var text: String { origin + target }
}

/// Why a text is not a URL we accept. Never quotes it: a webhook's URL is a secret.
public struct URLFailure: Error, Sendable, Equatable, CustomStringConvertible {
    public let message: String

    init(_ message: String) { self.message = message }

    public var description: String { message }
}

extension URLParts {
    static func check(_ text: String) throws(URLFailure) {
        guard text.utf8.count <= bytesMax else { throw URLFailure("the URL is longer than bytesMax, \(bytesMax)") }
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw URLFailure("the URL holds spaces, control characters or letters outside ASCII: percent-code them")
        }
    }

    private static func hostAndPort(_ authority: Substring) throws(URLFailure) -> (String, Int?) {
        guard !authority.contains("@") else { throw URLFailure("the URL holds a user name") }
        let host: Substring
        if authority.hasPrefix("[") {
            guard let close = authority.firstIndex(of: "]") else { throw URLFailure("the IPv6 address has no ']'") }
            host = authority[...close]
            guard host.dropFirst().dropLast().allSatisfy({ $0.isHexDigit || $0 == ":" || $0 == "." }), host.count > 3
            else { throw URLFailure("the host is not an IPv6 address") }
        } else {
            host = authority.prefix { $0 != ":" }
            guard !host.isEmpty, host.utf8.allSatisfy(isHostByte), !host.hasPrefix("."), !host.contains("..")
            else { throw URLFailure("the URL has no valid host name") }
        }
        let rest = authority[host.endIndex...]
        if rest.isEmpty || rest == ":" { return (host.lowercased(), nil) }
        let digits = rest.dropFirst()
        guard rest.hasPrefix(":"), digits.allSatisfy(\.isNumber), let port = Int(digits), (1...65535).contains(port)
        else { throw URLFailure("the port is not a number from 1 to 65535") }
        return (host.lowercased(), port)
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    static func pathAndQuery(_ text: Substring) -> (path: String, query: String?) {
        let path = text.prefix { $0 != "?" }
        let query = path.endIndex == text.endIndex ? nil : String(text[path.endIndex...].dropFirst())
        return (path.isEmpty ? "/" : String(path), query)
    }
}
