import Cryptography
import Foundation
import Net
import Testing

/// Our client and our server over TLS, with certificates made here.
@Suite struct TLSTests {
    private let secret = "s3cr3t-webhook"

    @Test(arguments: ["localhost", "127.0.0.1"])
    func `a client that trusts the certificate speaks to the server`(host: String) async throws {
        let body = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
        let response = try await exchange(
            TLSIdentity.selfSigned(hosts: ["localhost", "127.0.0.1"], validDays: 1), asking: host, body: body
        ).get()
        #expect(response.status == 200)
        #expect(response.body == body)
    }

    @Test func `a certificate nobody vouches for is refused before anything is sent`() async throws {
        let identity = try TLSIdentity.selfSigned(hosts: ["localhost"], validDays: 1)
        let other = try TLSIdentity.selfSigned(hosts: ["localhost"], validDays: 1)
        for trusted in [nil, other.certificatePEM] {
            let failure = try await failure(identity, trusting: trusted)
            #expect(failure?.kind == .untrustedCertificate)
            #expect(failure?.message.contains("SSL_CERT_FILE") == true)
        }
    }

    @Test(arguments: [["portal.test"], ["127.0.0.2"], ["*.localhost"]])
    func `a certificate for another host is refused`(hosts: [String]) async throws {
        let identity = try TLSIdentity.selfSigned(hosts: hosts, validDays: 1)
        #expect(try await failure(identity, trusting: identity.certificatePEM)?.kind == .wrongHost)
    }

    @Test(arguments: [-3, 3])
    func `a certificate is refused outside of its days`(startDay: Int) async throws {
        let now = Int(Date().timeIntervalSince1970)
        let identity = try TLSIdentity.selfSigned(hosts: ["localhost"], validDays: 1, from: now + startDay * 86_400)
        #expect(try await failure(identity, trusting: identity.certificatePEM)?.kind == .expiredCertificate)
    }

    @Test func `a file of trusted certificates that is none says so`() async throws {
        let identity = try TLSIdentity.selfSigned(hosts: ["localhost"], validDays: 1)
        let failure = try await failure(identity, trusting: "no certificate")
        #expect(failure?.kind == .tls)
        #expect(failure?.message.contains("certificate") == true)
    }

    @Test func `plain HTTP and HTTPS do not understand each other, and no more happens`() async throws {
        let identity = try TLSIdentity.selfSigned(hosts: ["localhost"], validDays: 1)
        let secure = server(identity)
        let plain = server(nil)
        let client = HTTPClient()
        defer { client.close(); secure.stop(); plain.stop() }
        let toSecure = await failureOf(client, HTTPRequest(url: "http://localhost:\(try secure.start())/\(secret)"))
        #expect([.closed, .truncated, .other].contains(toSecure?.kind))
        let toPlain = await failureOf(client, HTTPRequest(url: "https://localhost:\(try plain.start())/\(secret)"))
        #expect(toPlain?.kind == .tls)
        #expect(toPlain?.message.contains(secret) == false)
    }

    @Test(arguments: [("1.0", 1, false), ("1.1", 2, false), ("1.2", 3, true)] as [(String, UInt8, Bool)])
    func `a client of an older TLS than 1.2 is turned away`(name: String, minor: UInt8, isServed: Bool) throws {
        let server = server(try TLSIdentity.selfSigned(hosts: ["localhost"], validDays: 1))
        defer { server.stop() }
        let connection = try RawConnection(port: try server.start())
        // RFC 5246, section 7.4.1.2: version, random, no session, three cipher suites, no compression, and as
        // extensions the curve P-256 and the signature ECDSA with SHA-256.
        let extensions: [UInt8] = [0, 10, 0, 4, 0, 2, 0, 23, 0, 13, 0, 4, 0, 2, 4, 3]
        let suites: [UInt8] = [0xC0, 0x2B, 0xC0, 0x09, 0xC0, 0x13]
        let hello =
            [3, minor] + [UInt8](repeating: 7, count: 32) + [0, 0, 6] + suites + [1, 0, 0, UInt8(extensions.count)]
            + extensions
        let handshake = [1, 0, 0, UInt8(hello.count)] + hello
        connection.send([22, 3, 1, 0, UInt8(handshake.count)] + handshake)
        connection.finishSending()
        // 22: the server's side of the handshake. libmicrohttpd turns a client away without a word.
        #expect((connection.receiveBytes().first == 22) == isServed, "TLS \(name)")
    }

    @Test func `a certificate and a key that do not belong together do not start a server`() throws {
        let one = try TLSIdentity.selfSigned(hosts: ["localhost"], validDays: 1)
        let other = try TLSIdentity.selfSigned(hosts: ["localhost"], validDays: 1)
        for (certificate, key) in [(one.certificatePEM, other.keyPEM), ("", ""), ("nonsense", "nonsense")] {
            let server = server(TLSIdentity(certificatePEM: certificate, keyPEM: key))
            let failure = #expect(throws: HTTPServerFailure.self) { try server.start() }
            #expect(failure?.kind == .badIdentity)
        }
    }

    private func server(_ identity: TLSIdentity?) -> HTTPServer {
        var configuration = HTTPServer.Configuration()
        configuration.tls = identity
        return HTTPServer(configuration) { request, responder in responder.respond(status: 200, body: request.body) }
    }

    private func failure(_ identity: TLSIdentity, trusting certificate: String?) async throws -> HTTPFailure? {
        guard case .failure(let failure) = try await exchange(identity, trusting: .some(certificate)) else {
            return nil
        }
        #expect(failure.mayHaveBeenSent == false)
        #expect(!failure.message.contains(secret))
        return failure
    }

    /// One request over TLS; trusts the server's own certificate unless told otherwise.
    private func exchange(
        _ identity: TLSIdentity, asking host: String = "localhost", trusting certificate: String?? = .none,
        body: [UInt8] = []
    ) async throws -> Result<HTTPResponse, HTTPFailure> {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID()).pem")
        defer { try? FileManager.default.removeItem(at: file) }
        var configuration = HTTPClient.Configuration()
        configuration.trustedCertificates = nil
        if let text = certificate ?? identity.certificatePEM {
            try Data(text.utf8).write(to: file)
            configuration.trustedCertificates = file.path
        }
        let server = server(identity)
        let client = HTTPClient(configuration)
        defer { client.close(); server.stop() }
        let url = "https://\(host):\(try server.start())/rest/1/\(secret)/x"
        do throws(HTTPFailure) {
            return .success(try await client.send(HTTPRequest(url: url, body: body)))
        } catch {
            return .failure(error)
        }
    }
}
