internal import CMicrohttpd

typealias Microhttpd = UnsafePointer<cmicrohttpd>

/// One request and its answer, from the request line to libmicrohttpd's "completed".
///
///     open ──answer──▶ answered ──the server's thread takes it──▶ taken
///       │                 ▲
///       └──park──▶ parked ┘ (the answer resumes the connection)
///
/// libmicrohttpd holds one reference from the request line on, a responder another. While the connection is parked
/// libmicrohttpd cannot end it, so `connection` is valid whenever there is something left to do with it.
final class Exchange: @unchecked Sendable {
    // @unchecked: what a request is read into belongs to the server's thread; the answer is under `state`.
    private enum State {
        case open
        case parked
        case answered(Answer)
        case taken
    }

    let core: ServerCore
    let connection: OpaquePointer
    let peer: Peer?
    private let target: String
    private var body: [UInt8] = []
    private var discardedBytes = 0
    private(set) var isStarted = false
    private(set) var isHandled = false
    private let state = Monitor(State.open)

    init(core: ServerCore, connection: OpaquePointer, peer: Peer?, target: String) {
        self.core = core
        self.connection = connection
        self.peer = peer
        self.target = target
    }

    // MARK: Receiving (server's thread)

    /// The headers are complete; `contentLength` is nil for a chunked body.
    func begin(contentLength: Int?) -> Bool {
        isStarted = true
        guard let contentLength else { return true }
        guard contentLength <= core.configuration.bodyBytesMax else {
            return contentLength - core.configuration.bodyBytesMax <= ServerCore.discardedBytesMax
        }
        body.reserveCapacity(min(contentLength, ServerCore.reservedBytesMax))
        return true
    }

    /// More of the body; false when the sender goes on far beyond the limit and only closing helps.
    func receive(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        if discardedBytes == 0, body.count + bytes.count <= core.configuration.bodyBytesMax {
            body.append(contentsOf: bytes)
            return true
        }
        // Reading on for a while lets the sender see the 413 instead of a reset connection.
        body = []
        discardedBytes += bytes.count
        return discardedBytes <= ServerCore.discardedBytesMax
    }

    /// The request is complete: hands it over, once.
    func handle(method: String, headers: [(name: String, value: String)]) {
        isHandled = true
        guard discardedBytes == 0 else {
            finish(.reply(Exchange.bodyTooLarge))
            return
        }
        let mark = target.utf8.firstIndex(of: UInt8(ascii: "?"))
        let request = HTTPServerRequest(
            method: method,
            path: mark.map { String(target[..<$0]) } ?? target,
            query: mark.map { String(target[target.utf8.index(after: $0)...]) } ?? "",
            headers: headers,
            body: body)
        body = []
        core.handler(request, HTTPResponder(self))
    }

    static let bodyTooLarge = Reply.error(413, "body_too_large", "The request's body is larger than the server takes.")

    // MARK: Answering

    /// Takes the answer if there is one; otherwise parks the connection until there is. Server's thread.
    func takeAnswerOrPark(_ library: Microhttpd) -> Answer? {
        state.withLock { state in
            switch state {
            case .answered(let answer):
                state = .taken
                return answer
            case .open where core.park(self):
                library.pointee.suspend_connection(connection)
                state = .parked
                return nil
            case .open, .taken:
                // The server is closing, or libmicrohttpd asks again after it was told: nothing more to say.
                state = .taken
                return .drop
            case .parked:
                return nil
            }
        }
    }

    /// Gives the answer from any thread; false when there was one already.
    ///
    /// The connection is resumed under the lock: when `ServerCore.stop` has been through every parked exchange, none
    /// is between "answered" and "resumed".
    @discardableResult
    func finish(_ answer: Answer) -> Bool {
        state.withLock { state in
            switch state {
            case .open:
                state = .answered(answer)
                return true
            case .parked:
                state = .answered(answer)
                core.unpark(self)
                core.library.pointee.resume_connection(connection)
                return true
            case .answered, .taken:
                return false
            }
        }
    }
}
