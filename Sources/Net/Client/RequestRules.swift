internal import Glibc

/// What may be given to libcurl, which would write a line break in a header as it is.
enum RequestRules {
    static func check(_ request: HTTPRequest) throws(HTTPFailure) {
        guard isToken(request.method) else { throw refusal(.badRequest, "The HTTP method is no token.") }
        guard !request.url.isEmpty, !request.url.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7f }) else {
            throw refusal(.badURL, "The URL is empty or holds a blank or control character.")
        }
        // libcurl would guess a scheme where there is none.
        guard ["http://", "https://"].contains(where: { hasPrefix($0, request.url) }) else {
            throw refusal(.badURL, "The URL begins with neither http:// nor https://.")
        }
        for (name, value) in request.headers {
            guard isToken(name) else { throw refusal(.badRequest, "A header's name is no token.") }
            guard !value.utf8.contains(where: { $0 < 0x20 && $0 != 0x09 || $0 == 0x7f }) else {
                throw refusal(.badRequest, "The header \(name) holds a control character.")
            }
            guard !ownHeaders.contains(where: name.equalsIgnoringASCIICase) else {
                throw refusal(.badRequest, "The header \(name) is the client's own.")
            }
        }
    }

    private static func hasPrefix(_ prefix: String, _ url: String) -> Bool {
        String(url.prefix(prefix.count)).equalsIgnoringASCIICase(prefix)
    }

    private static let ownHeaders = ["Content-Length", "Transfer-Encoding", "Expect"]

    /// RFC 9110, section 5.6.2.
    private static func isToken(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
                }
            }
    }

    private static func refusal(_ kind: HTTPFailure.Kind, _ message: String) -> HTTPFailure {
        HTTPFailure(kind: kind, mayHaveBeenSent: false, message: message)
    }
}

/// Which hosts are reached directly when the environment names a proxy.
enum ProxyRules {
    /// The environment's own exceptions, and loopback: the local portal is on this machine and not on the proxy's.
    static func exceptions() -> String {
        guard let text = getenv("no_proxy") ?? getenv("NO_PROXY") else { return loopback }
        let own = String(cString: text)
        // A star stands alone: in a list libcurl would take it for a name.
        return own == "*" ? own : "\(own),\(loopback)"
    }

    private static let loopback = "localhost,127.0.0.1,::1"
}
