/// A request to send. Redirects are never followed: a 302 is an answer like any other.
public struct HTTPRequest: Sendable {
    public var method: String
    /// An `http` or `https` URL.
    public var url: String
    /// Sent in this order. Content-Length and Transfer-Encoding are the client's own and may not be given.
    public var headers: [(name: String, value: String)]
    public var body: [UInt8]
    /// From now to the last byte of the answer, waiting for a free connection included; at least 1.
    public var timeoutMS: Int
    /// The largest body taken, after decompression.
    public var responseBytesMax: Int
    /// Whether the request may be sent a second time when a kept-alive connection breaks before any byte of an answer
    /// came. A server may have done the work and died before it could say so: true for what only reads, and for nothing
    /// else.
    public var isRepeatable: Bool

    /// `isRepeatable` is true by default for GET, HEAD and OPTIONS, and false for everything else.
    public init(
        method: String = "POST", url: String, headers: [(name: String, value: String)] = [], body: [UInt8] = [],
        timeoutMS: Int = 60_000, responseBytesMax: Int = 32 << 20, isRepeatable: Bool? = nil
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeoutMS = timeoutMS
        self.responseBytesMax = responseBytesMax
        self.isRepeatable = isRepeatable ?? ["GET", "HEAD", "OPTIONS"].contains(method)
    }
}
