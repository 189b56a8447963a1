import Cryptography
import Foundation
import Net
import Synchronization
import Testing
import Wire

@testable import Portal

@Suite struct PortalServerTests {
    @Test("A served portal answers over HTTP, drops and cuts on demand, and stops with a call still parked")
    func serving() async throws {
        let server = try PortalServer()
        let address = try server.start()
        #expect(address.webhook == "http://127.0.0.1:\(address.port)/rest/1/local0portal0secret/")
        let client = HTTPClient()
        let request = HTTPRequest(url: address.webhook + "server.time", timeoutMS: 500)
        let reply = try await client.send(request)
        #expect(reply.status == 200)
        #expect(reply.header("content-type") == "application/json; charset=utf-8")
        #expect(try JSONValue(parsing: reply.body)["result"] != nil)
        for kind in [PortalFault.Kind.dropBefore, .truncated, .never] {
            try server.withEngine { engine throws(PortalFailure) in
                engine.faults.add(PortalFault("server.time", kind, count: 1))
            }
            await #expect(throws: HTTPFailure.self) { try await client.send(request) }
        }
        server.stop()
        client.close()
    }

    @Test("Whoever runs the portal hears of events that go nowhere")
    func refusedDeliveries() throws {
        let heard = Mutex<[String]>([])
        var configuration = PortalServer.Configuration()
        configuration.onRefusedDelivery = { origin in heard.withLock { $0.append(origin) } }
        let server = try PortalServer(configuration)
        for _ in 0..<2 {
            try server.withEngine { engine throws(PortalFailure) in
                engine.deliveries.append("ONCRMDEALADD", to: "https://a.example/back", [:], at: 0)
            }
        }
        server.stop()
        let told = heard.withLock { $0 }
        #expect(told == ["https://a.example"])
    }

    @Test("A reply that is late holds nobody else up, and the server sends it when it stops")
    func latency() async throws {
        let server = try PortalServer()
        let address = try server.start()
        let client = HTTPClient()
        try server.withEngine { engine throws(PortalFailure) in
            engine.faults.add(PortalFault("scope", .latency(milliseconds: PortalFault.latencyMSMax, isVirtual: false)))
            engine.faults.add(PortalFault("profile", .latency(milliseconds: 20, isVirtual: false)))
        }
        async let late = client.send(HTTPRequest(url: address.webhook + "scope", timeoutMS: 60_000))
        // Nothing tells that the late request has arrived but the portal's own log.
        while try server.withEngine({ engine throws(PortalFailure) in engine.log.requestCount }) == 0 {
            await Task.yield()
        }
        #expect(try await client.send(HTTPRequest(url: address.webhook + "profile")).status == 200)
        #expect(try await client.send(HTTPRequest(url: address.webhook + "server.time")).status == 200)
        server.stop()
        #expect(try await late.status == 200)
        client.close()
    }

    @Test("With a certificate both servers speak HTTPS, and tell addresses that do")
    func https() async throws {
        var configuration = PortalServer.Configuration()
        configuration.tls = try TLSIdentity.selfSigned(hosts: ["127.0.0.1"], validDays: 1)
        configuration.settings.applications = [
            PortalApplication(clientID: "local.1", clientSecret: "s3cret", scopes: ["crm"])
        ]
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("certificate-\(UUID()).pem").path
        try configuration.tls?.certificatePEM.write(toFile: path, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: path) }
        let server = try PortalServer(configuration)
        let address = try server.start()
        #expect(address.webhook.hasPrefix("https://127.0.0.1:") && address.authorization.hasPrefix("https://"))
        var trusting = HTTPClient.Configuration()
        trusting.trustedCertificates = path
        let client = HTTPClient(trusting)
        #expect(try await client.send(HTTPRequest(url: address.webhook + "server.time")).status == 200)
        let refused = try await client.send(
            HTTPRequest(url: address.authorization + "oauth/token/?grant_type=refresh_token&client_id=local.1"))
        #expect(try JSONValue(parsing: refused.body)["error"] == "invalid_request")
        server.stop()
        client.close()
    }

    @Test("A portal with a data file finds its records again")
    func persistence() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("portal-\(UUID()).db").path
        defer { for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) } }
        for run in 1...2 {
            let engine = try PortalEngine(location: .file(path))
            try engine.addRecords(entityTypeID: 1, count: 1) { _ in JSONObject([("TITLE", "kept")]) }
            #expect(try engine.state.integer("SELECT count(*) FROM crm_item_1") == run)
            #expect(try engine.state.integer("SELECT count(*) FROM crm_status WHERE entity_id = 'STATUS'") == 5)
        }
    }

    @Test("A portal with a data file knows its tokens after a restart, and gives none of them again")
    func tokensStay() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("portal-\(UUID()).db").path
        defer { for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) } }
        var given: [String] = []
        for _ in 1...2 {
            let tokens = TokenStore(state: try PortalEngine(location: .file(path)).state)
            let grant = TokenStore.Grant(clientID: "local.1", userID: 1, scopes: ["crm"])
            given.append(try tokens.issue(.refresh, for: grant, seconds: 60))
            for value in given { #expect(try tokens.find(.refresh, value)?.grant.userID == 1) }
        }
        #expect(Set(given).count == 2)
    }
}
