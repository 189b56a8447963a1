public import Cryptography
public import Net
public import Storage

/// The portal on a loopback port: a thin shell around `PortalEngine`.
///
///     let server = try PortalServer(PortalServer.Configuration())
///     let address = try server.start()
///     // address.url, address.webhook …
///     server.stop()
public final class PortalServer: Sendable {
    public struct Configuration: Sendable {
        /// Loopback only: the portal's controls have no password.
        public var host = "127.0.0.1"
        /// 0 takes any free port.
        public var port = 0
        /// The authorization server's; 0 takes any free port.
        public var authorizationPort = 0
        /// With it both servers speak HTTPS, and nothing else.
        public var tls: TLSIdentity?
        /// `.memory`, or a file that keeps the portal's data.
        public var location = Database.Location.memory
        public var settings = PortalSettings()
        /// Seconds since 1970 at which the portal's clock stands still until it is moved; nil is the machine's clock.
        public var clockStandsAt: Int64?
        /// Told once of each address that events are not delivered to because it is not on this machine, from any
        /// thread.
        public var onRefusedDelivery: (@Sendable (_ origin: String) -> Void)?

        public init() {}
    }

    /// Where the portal is.
    public struct Address: Sendable {
        public let port: Int
        /// `http://127.0.0.1:8080/`
        public let url: String
        /// The first webhook: `http://127.0.0.1:8080/rest/1/secret/`
        public let webhook: String
        /// The authorization server, where codes become tokens: `http://127.0.0.1:8081/`
        public let authorization: String
    }

    private let configuration: Configuration
    private let core: Core
    private let portal: HTTPServer
    private let authorization: HTTPServer

    /// - Throws: when the data file or the time zone cannot be opened.
    public init(_ configuration: Configuration = Configuration()) throws(PortalFailure) {
        let core = Core(
            try PortalEngine(
                settings: configuration.settings,
                clock: configuration.clockStandsAt.map(PortalClock.init(standingAt:)) ?? PortalClock(),
                location: configuration.location),
            onRefusedDelivery: configuration.onRefusedDelivery)
        var net = HTTPServer.Configuration()
        net.host = configuration.host
        net.port = configuration.port
        net.tls = configuration.tls
        self.configuration = configuration
        self.core = core
        portal = HTTPServer(net) { request, responder in core.answer(request, at: .portal, responder) }
        net.port = configuration.authorizationPort
        authorization = HTTPServer(net) { request, responder in core.answer(request, at: .authorization, responder) }
    }

    /// Listens. A server starts once.
    public func start() throws(HTTPServerFailure) -> Address {
        let authorizationPort = try authorization.start()
        let port = try portal.start()
        let site = core.settle(
            portal: "\(configuration.host):\(port)", authorization: "\(configuration.host):\(authorizationPort)",
            isSecure: configuration.tls != nil)
        let webhook = configuration.settings.webhooks.first
            .map { "\(site.clientEndpoint)\($0.userID)/\($0.secret)/" }
        return Address(
            port: port, url: site.portalURL, webhook: webhook ?? site.portalURL,
            authorization: String(site.serverEndpoint.dropLast("rest/".utf8.count)))
    }

    /// Lets running requests finish and closes. Calls that were left without an answer are dropped.
    public func stop() {
        core.close()
        portal.stop()
        authorization.stop()
    }

    /// Runs `body` alone with the engine: seeding, faults, the log.
    public func withEngine<T: Sendable>(_ body: (PortalEngine) throws(PortalFailure) -> T) throws(PortalFailure) -> T {
        try core.withEngine(body)
    }
}
