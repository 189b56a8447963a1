/// Answers one request, once: at once or later, from any thread. The first answer counts, later ones return false.
///
/// A responder that goes away without an answer answers 500, so a forgotten request is an error and not a hang.
public final class HTTPResponder: Sendable {
    private let exchange: Exchange

    init(_ exchange: Exchange) { self.exchange = exchange }

    deinit {
        exchange.finish(
            .reply(.error(500, "no_response", "The server's handler gave up on this request without an answer.")))
    }

    /// Sends an answer; Content-Length, Date and Connection are the server's own and may not be given.
    ///
    /// `body` is not copied: the array is held until it is sent.
    @discardableResult
    public func respond(
        status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = []
    ) -> Bool {
        exchange.finish(.reply(Reply(status: status, headers: headers, body: body)))
    }

    /// Announces the whole body, sends its first `truncatedAt` bytes, and closes the connection: a fault on demand.
    @discardableResult
    public func respond(
        status: Int, headers: [(name: String, value: String)] = [], body: [UInt8], truncatedAt: Int
    ) -> Bool {
        let sentBytesMax = Swift.max(0, Swift.min(truncatedAt, body.count))
        return exchange.finish(
            .reply(Reply(status: status, headers: headers, body: body, sentBytesMax: sentBytesMax)))
    }

    /// Closes the connection without an answer: a fault on demand.
    @discardableResult
    public func drop() -> Bool { exchange.finish(.drop) }
}
