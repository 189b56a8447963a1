internal import CCurl
internal import Glibc

/// An HTTP client over libcurl's multi interface, with a thread of its own and connections kept alive between requests.
///
/// HTTP/1.1 and, over TLS, HTTP/2; compressed answers are unpacked; certificates are always verified, and TLS is 1.2 or
/// newer. Nothing is loaded and no thread runs before the first request.
///
///     let client = HTTPClient()
///     let response = try await client.send(HTTPRequest(method: "GET", url: "https://example.com/"))
public final class HTTPClient: Sendable {
    public struct Configuration: Sendable {
        public var userAgent = "host"
        public var connectTimeoutMS = 10_000
        /// Connections to one host at a time; further requests wait for one, within their time-out.
        public var connectionsPerHostMax = 16
        /// Connections kept open while nothing uses them.
        public var idleConnectionsMax = 64
        /// A connection that nothing used for longer is not used again: the other side, or a box on the way, has most
        /// likely forgotten it.
        public var idleSecondsMax = 118
        /// Requests under way and waiting; one more fails at once.
        public var requestsMax = 10_000
        /// A PEM file of certificates trusted in addition to the system's: the environment's `SSL_CERT_FILE`, if any.
        public var trustedCertificates = Configuration.trustedByEnvironment
        /// Whether `http_proxy`, `https_proxy` and `no_proxy` count. Loopback is never reached through a proxy.
        public var usesProxyFromEnvironment = true

        public init() {}

        private static var trustedByEnvironment: String? {
            guard let file = getenv("SSL_CERT_FILE"), file.pointee != 0 else { return nil }
            return String(cString: file)
        }
    }

    private enum State {
        case idle
        case running(ClientLoop, pthread_t)
        case closing
        case closed
    }

    private let configuration: Configuration
    private let state = Monitor(State.idle)

    public init(_ configuration: Configuration = Configuration()) {
        self.configuration = configuration
    }

    deinit { close() }

    /// Sends a request and waits for its whole answer, whatever its status. Cancelling the task ends the transfer.
    public func send(_ request: HTTPRequest) async throws(HTTPFailure) -> HTTPResponse {
        let loop = try startedLoop()
        let transfer = Transfer(request)
        await withTaskCancellationHandler {
            // Unsafe: the loop resumes it exactly once (Transfer.finish), and a checked one costs an allocation.
            await withUnsafeContinuation { continuation in loop.submit(transfer, continuation) }
        } onCancel: {
            loop.cancel(transfer)
        }
        return try transfer.takeResult().get()
    }

    /// Ends every request under way as cancelled and joins the thread; later requests fail as cancelled, too.
    public func close() {
        let running = state.signal { state -> (ClientLoop, pthread_t)? in
            guard case .running(let loop, let thread) = state else {
                if case .idle = state { state = .closed }
                return nil
            }
            state = .closing
            return (loop, thread)
        }
        guard let (loop, thread) = running else {
            // Another thread may be at it: whoever calls close may rely on the thread being gone.
            state.wait(untilMS: .max / 2) { if case .closing = $0 { false } else { true } }
            return
        }
        loop.close()
        pthread_join(thread, nil)
        state.signal { $0 = .closed }
    }

    private func startedLoop() throws(HTTPFailure) -> ClientLoop {
        let result = state.withLock { state -> Result<ClientLoop, HTTPFailure> in
            switch state {
            case .running(let loop, _): return .success(loop)
            case .closing, .closed: return .failure(.clientClosed)
            case .idle:
                do throws(HTTPFailure) {
                    let (loop, thread) = try ClientLoop.start(configuration)
                    state = .running(loop, thread)
                    return .success(loop)
                } catch {
                    return .failure(error)
                }
            }
        }
        return try result.get()
    }
}

extension HTTPFailure {
    static var clientClosed: HTTPFailure {
        HTTPFailure(kind: .cancelled, mayHaveBeenSent: false, message: "The HTTP client is closed.")
    }
}
