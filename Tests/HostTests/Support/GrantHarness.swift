import Foundation
import Net
import Portal
import Storage
import Testing
import Wire

@testable import Bitrix24
@testable import Host

/// An application on a portal of its own, and the host's store of grants in a folder that goes with the harness.
final class GrantHarness {
    static let secret = "SECRETclientOfTheHarness"
    static let clientID = "local.harness.1"

    let portal: PortalServer
    let address: PortalServer.Address
    let folder: URL
    private(set) var connections: [PortalConnection] = []

    init(scopes: [String] = ["crm", "user"], _ configure: (inout PortalSettings) -> Void = { _ in }) throws {
        var configuration = PortalServer.Configuration()
        configuration.settings.drainPerSecond = nil
        configuration.settings.applications = [
            PortalApplication(
                clientID: Self.clientID, clientSecret: Self.secret, scopes: scopes,
                redirectURI: "https://app.example/back")
        ]
        configure(&configuration.settings)
        portal = try PortalServer(configuration)
        address = try portal.start()
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("grants-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit {
        for connection in connections { connection.close() }
        portal.stop()
        try? FileManager.default.removeItem(at: folder)
    }

    var origin: String {
        get throws { try PortalAddress.origin(address.url) }
    }

    var storePath: String { folder.appendingPathComponent("store.db").path }
    var keyPath: String { folder.appendingPathComponent("key").path }

    /// As another process has it: a database connection and a key of its own.
    func store(clock: (@Sendable () -> Int64)? = nil) -> GrantStore {
        GrantStore(storePath, key: .file(keyPath), clock: clock)
    }

    func application(secret: String = GrantHarness.secret) throws -> OAuthApplication {
        try OAuthApplication(
            clientID: Self.clientID, clientSecret: secret, server: AuthorizationServer(address.authorization))
    }

    /// The address that the browser ends at.
    func redirect(of link: String) throws -> String {
        let url = try URLParts(link)
        let answer = try control("GET", url.path, query: url.query ?? "")
        return try #require(answer.headers.first { $0.name == "Location" }?.value)
    }

    @discardableResult
    func authorize(needing scopes: [String] = []) async throws -> Grant {
        let authorization = try Authorization(of: application(), on: origin, needing: scopes, into: store())
        return try await authorization.grant(pasted: redirect(of: authorization.link))
    }

    /// A connection as another process makes it, from the stored grant.
    func connection(
        _ renewal: RenewalPolicy = GrantHarness.impatient, clock: (@Sendable () -> Int64)? = nil
    ) throws -> PortalConnection {
        let store = store(clock: clock)
        let stored = try #require(try store.grants().first)
        var retry = RetryPolicy()
        retry.backoffMS = 0
        retry.operatingWaitMSMin = 0
        let connection = PortalConnection(
            grant: stored, in: store, plan: Pace.Plan(drainPerSecond: 10_000, burst: 10_000), retry: retry,
            renewal: renewal)
        connections.append(connection)
        return connection
    }

    /// Tests expire tokens that have just come.
    static var impatient: RenewalPolicy {
        var policy = RenewalPolicy()
        policy.ageMSMin = 0
        policy.backoffMS = 10
        return policy
    }

    @discardableResult
    func control(_ method: String, _ path: String, query: String = "", _ body: JSONValue = [:]) throws -> PortalAnswer {
        try portal.withEngine { (engine) throws(PortalFailure) in
            engine.handle(PortalRequest(method, path, query: query, body: body.encoded()))
        }
    }

    func expire(_ kind: String = "access") throws {
        try control("POST", "/__portal/tokens/expire", ["kind": .string(kind)])
    }

    func fail(_ method: String, _ kind: PortalFault.Kind, skip: Int = 0, count: Int? = nil) throws {
        try portal.withEngine { (engine) throws(PortalFailure) in
            engine.faults.add(PortalFault(method, kind, skip: skip, count: count))
        }
    }

    /// Pairs that the authorisation server has given.
    func pairs() throws -> Int {
        try portal.withEngine { (engine) throws(PortalFailure) in
            try engine.state.first("SELECT count(*) FROM oauth_token WHERE kind = 'refresh'") { $0.int(0) } ?? 0
        }
    }

    /// What nobody may be shown: the client's secret, and every code and token that was given.
    func secrets() throws -> [String] {
        try portal.withEngine { (engine) throws(PortalFailure) in
            try engine.state.texts("SELECT value FROM oauth_token").map { $0[0] }
        } + [Self.secret]
    }

    /// Questions that reached `/oauth/token/`.
    func tokenRequests() throws -> Int {
        try portal.withEngine { (engine) throws(PortalFailure) in
            engine.log.entries.filter { $0.method == "oauth.token" }.count
        }
    }

    static func profile(on connection: PortalConnection) async throws -> String {
        try await MethodCall.result(of: NamedMethod("user.current"), JSONObject(), on: connection)
    }
}
