/// A request as the server received it, with its whole body.
public struct HTTPServerRequest: Sendable {
    /// As sent, usually upper case.
    public let method: String
    /// The target up to the question mark, percent-coding untouched.
    public let path: String
    /// The target after the first question mark, untouched; empty when there is none.
    public let query: String
    /// In the order they came; names as sent.
    public let headers: [(name: String, value: String)]
    public let body: [UInt8]

    public init(
        method: String, path: String, query: String = "", headers: [(name: String, value: String)] = [],
        body: [UInt8] = []
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
    }

    /// The first header of that name in any letter case.
    public func header(_ name: String) -> String? { headers.first(named: name) }
}

extension [(name: String, value: String)] {
    func first(named wanted: String) -> String? {
        first { $0.name.equalsIgnoringASCIICase(wanted) }?.value
    }
}

extension String {
    func equalsIgnoringASCIICase(_ other: String) -> Bool {
        utf8.count == other.utf8.count && zip(utf8, other.utf8).allSatisfy { $0.asciiLowercase == $1.asciiLowercase }
    }
}

extension UInt8 {
    var asciiLowercase: UInt8 { self >= 0x41 && self <= 0x5a ? self | 0x20 : self }
}
