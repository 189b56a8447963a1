internal import CMicrohttpd
public import Cryptography
internal import Glibc

/// An HTTP/1.1 server over libmicrohttpd, with a polling thread of its own.
///
///     let server = HTTPServer { request, responder in
///         responder.respond(status: 200, body: request.body)
///     }
///     let port = try server.start()
///
/// The handler runs on the server's thread with the complete body; it must not block, for everybody waits for it. It
/// answers through the responder at once or later, from any thread.
public final class HTTPServer: Sendable {
    public typealias Handler = @Sendable (HTTPServerRequest, HTTPResponder) -> Void

    public struct Configuration: Sendable {
        /// A numeric IPv4 or IPv6 address.
        public var host = "127.0.0.1"
        /// 0 takes any free port; `start` tells which.
        public var port = 0
        /// With it the server speaks HTTPS, TLS 1.2 and 1.3, and nothing else; nil is plain HTTP.
        public var tls: TLSIdentity?
        /// A larger body is answered with 413 and never reaches the handler.
        public var bodyBytesMax = 32 << 20
        /// The request line and headers together; more is answered with 431 (414 for the line).
        public var headerBytesMax = 32 << 10
        /// Connections beyond it wait to be accepted.
        public var connectionsMax = 1_000
        /// How long a connection may say nothing, rounded up to seconds.
        public var idleTimeoutMS = 60_000
        /// How long a client has from connecting, or from its last answer, to a complete request.
        public var receiveTimeoutMS = 60_000
        /// How long `stop` waits for requests that are being answered.
        public var stopGraceMS = 5_000

        public init() {}
    }

    private enum State {
        case ready
        case running(ServerCore, daemon: OpaquePointer)
        case stopping
        case stopped
    }

    private let configuration: Configuration
    private let handler: Handler
    private let state = Monitor(State.ready)

    public init(_ configuration: Configuration = Configuration(), handler: @escaping Handler) {
        self.configuration = configuration
        self.handler = handler
    }

    deinit { stop() }

    /// Listens and serves; the port it listens on. A server starts once.
    public func start() throws(HTTPServerFailure) -> Int {
        let result = state.signal { state -> Result<Int, HTTPServerFailure> in
            guard case .ready = state else {
                return .failure(
                    HTTPServerFailure(kind: .alreadyStarted, message: "This server was started before; make another."))
            }
            do throws(HTTPServerFailure) {
                let (core, daemon, port) = try launch()
                state = .running(core, daemon: daemon)
                return .success(port)
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    /// Accepts nothing more, lets running requests finish within `stopGraceMS`, closes every connection and joins the
    /// thread. Calling it again, or before `start`, does nothing more. Not to be called from the handler: the server's
    /// thread cannot wait for itself.
    public func stop() {
        let running = state.signal { state -> (ServerCore, OpaquePointer)? in
            guard case .running(let core, let daemon) = state else {
                if case .ready = state { state = .stopped }
                return nil
            }
            state = .stopping
            return (core, daemon)
        }
        guard let (core, daemon) = running else {
            // Another thread may be at it: whoever calls stop may rely on the server being gone.
            state.wait(untilMS: .max / 2) { if case .stopping = $0 { false } else { true } }
            return
        }
        core.stop(daemon)
        Unmanaged.passUnretained(core).release()
        state.signal { $0 = .stopped }
    }

    private func launch() throws(HTTPServerFailure) -> (ServerCore, daemon: OpaquePointer, port: Int) {
        guard let library = cmicrohttpd_load() else {
            throw HTTPServerFailure(kind: .libraryMissing, message: String(cString: cmicrohttpd_load_error()))
        }
        try checkIdentity(library)
        let (socket, port) = try ListeningSocket.open(host: configuration.host, port: configuration.port)
        let core = ServerCore(configuration, library, handler)
        // libmicrohttpd's reference, given back when the daemon is stopped.
        let context = Unmanaged.passRetained(core)
        var options = ServerCallbacks.options
        options.listen_socket = socket
        options.connections_max = UInt32(clamping: max(1, configuration.connectionsMax))
        options.idle_timeout_s = UInt32(clamping: max(1, (configuration.idleTimeoutMS + 999) / 1_000))
        options.connection_memory_bytes_max = max(1_024, configuration.headerBytesMax)
        options.context = context.toOpaque()
        guard let daemon = start(library, &options) else {
            let reason = String(cString: strerror(errno))
            // libmicrohttpd has closed the socket: a second close could be of somebody else's.
            context.release()
            throw HTTPServerFailure(kind: .other, message: "libmicrohttpd does not start a server: \(reason)")
        }
        return (core, daemon, port)
    }

    /// libmicrohttpd itself would not say what is wrong.
    private func checkIdentity(_ library: Microhttpd) throws(HTTPServerFailure) {
        guard let tls = configuration.tls else { return }
        guard library.pointee.is_feature_supported(.FEATURE_SSL).rawValue != 0 else {
            throw HTTPServerFailure(kind: .libraryMissing, message: "This libmicrohttpd was built without HTTPS.")
        }
        do throws(CryptographyFailure) {
            try tls.check()
        } catch {
            throw HTTPServerFailure(
                kind: .badIdentity, message: "The server's certificate and key cannot be used: \(error.message)")
        }
    }

    private func start(_ library: Microhttpd, _ options: inout cmicrohttpd_options) -> OpaquePointer? {
        guard let tls = configuration.tls else { return cmicrohttpd_start(library, &options) }
        return tls.certificatePEM.withCString { certificate in
            tls.keyPEM.withCString { key in
                options.certificate_pem = certificate
                options.key_pem = key
                return cmicrohttpd_start(library, &options)
            }
        }
    }
}
