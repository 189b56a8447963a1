public import Net
public import Storage
internal import Synchronization

/// The portal on a loopback port: a thin shell around `PortalEngine`.
///
///     let server = try PortalServer(PortalServer.Configuration())
///     let address = try server.start()
///     // address.url, address.webhook …
///     server.stop()
public final class PortalServer: Sendable {
    public struct Configuration: Sendable {
        /// Loopback only: the portal has no HTTPS and its controls have no password.
        public var host = "127.0.0.1"
        /// 0 takes any free port.
        public var port = 0
        /// `.memory`, or a file that keeps the portal's data.
        public var location = Database.Location.memory
        public var settings = PortalSettings()

        public init() {}
    }

    /// Where the portal is.
    public struct Address: Sendable {
        public let port: Int
        /// `http://127.0.0.1:8080/`
        public let url: String
        /// The first webhook: `http://127.0.0.1:8080/rest/1/secret/`
        public let webhook: String
    }

    private let configuration: Configuration
    private let core: Core
    private let server: HTTPServer

    /// - Throws: when the data file or the time zone cannot be opened.
    public init(_ configuration: Configuration = Configuration()) throws(PortalFailure) {
        let core = Core(
            try PortalEngine(settings: configuration.settings, location: configuration.location))
        var net = HTTPServer.Configuration()
        net.host = configuration.host
        net.port = configuration.port
        self.configuration = configuration
        self.core = core
        server = HTTPServer(net) { request, responder in core.answer(request, responder) }
    }

    /// Listens. A server starts once.
    public func start() throws(HTTPServerFailure) -> Address {
        let port = try server.start()
        let url = "http://\(configuration.host):\(port)/"
        let webhook = configuration.settings.webhooks.first.map { "\(url)rest/\($0.userID)/\($0.secret)/" }
        return Address(port: port, url: url, webhook: webhook ?? url)
    }

    /// Lets running requests finish and closes. Calls that were left without an answer are dropped.
    public func stop() {
        core.dropParked()
        server.stop()
    }

    /// Runs `body` alone with the engine: seeding, faults, the log.
    public func withEngine<T: Sendable>(_ body: (PortalEngine) throws(PortalFailure) -> T) throws(PortalFailure) -> T {
        try core.withEngine(body)
    }
}

extension PortalServer {
    /// The engine behind its lock. HTTP calls come from the server's thread, seeding from another.
    private final class Core: Sendable {
        /// The engine is not Sendable; it is made before the server starts and touched inside the lock only.
        private struct Guarded: @unchecked Sendable {
            let engine: PortalEngine
            /// Connections that a fault keeps waiting.
            var parked: [HTTPResponder] = []
        }

        private let guarded: Mutex<Guarded>

        init(_ engine: PortalEngine) {
            guarded = Mutex(Guarded(engine: engine))
        }

        func withEngine<T: Sendable>(
            _ body: (PortalEngine) throws(PortalFailure) -> T
        ) throws(PortalFailure) -> T {
            let result = guarded.withLock { guarded -> Result<T, PortalFailure> in
                do throws(PortalFailure) { return .success(try body(guarded.engine)) } catch {
                    return .failure(error)
                }
            }
            return try result.get()
        }

        func answer(_ request: HTTPServerRequest, _ responder: HTTPResponder) {
            let answer = guarded.withLock { guarded in
                let answer = guarded.engine.handle(
                    PortalRequest(
                        request.method, request.path, query: request.query, headers: request.headers,
                        body: request.body))
                if answer.delivery == .never { guarded.parked.append(responder) }
                return answer
            }
            switch answer.delivery {
            case .whole: responder.respond(status: answer.status, headers: answer.headers, body: answer.body)
            case .truncated(let bytes):
                responder.respond(
                    status: answer.status, headers: answer.headers, body: answer.body, truncatedAt: bytes)
            case .dropped: responder.drop()
            case .never: break
            }
        }

        func dropParked() {
            let parked = guarded.withLock { guarded in
                defer { guarded.parked = [] }
                return guarded.parked
            }
            for responder in parked { responder.drop() }
        }
    }
}
