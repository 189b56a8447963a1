/// A request to send. Redirects are never followed: a 302 is an answer like any other.
public struct HTTPRequest: Sendable {
    public var method: String
    /// An `http` or `https` URL.
    public var url: String
    /// Sent in this order. Content-Length and Transfer-Encoding are the client's own and may not be given.
    public var headers: [(name: String, value: String)]
    public var body: [UInt8]
    /// Sent instead of `body`, read while it is sent.
    public var upload: HTTPUpload?
    /// Takes the body of an answer with a status from 200 to 299, which is then empty in the response; other answers
    /// come in memory. Nothing is in its place before `commit`.
    public var target: FileTarget?
    /// From now to the last byte of the answer, waiting for a free connection included; at least 1.
    public var timeoutMS: Int
    /// The longest time in which no byte moves, rounded up to seconds; nil for no such bound. For transfers whose whole
    /// time nobody can tell.
    public var stallTimeoutMS: Int?
    /// The largest body taken into memory, after decompression.
    public var responseBytesMax: Int
    /// Whether the request ends before it is sent when the host's name leads to this machine or into a private network:
    /// for addresses that others have written. Through a proxy it is the proxy's address that counts.
    public var refusesPrivateAddresses = false
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
