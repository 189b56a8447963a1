import Cryptography
import Testing

// That clients trust it is proven over sockets: NetTests/TLSTests.
@Suite struct TLSIdentityTests {
    @Test func `a certificate and its key are PEM text`() throws {
        let identity = try TLSIdentity.selfSigned(hosts: ["localhost", "127.0.0.1", "::1"], validDays: 30)
        #expect(identity.certificatePEM.hasPrefix("-----BEGIN CERTIFICATE-----\n"))
        #expect(identity.certificatePEM.hasSuffix("-----END CERTIFICATE-----\n"))
        #expect(identity.keyPEM.hasPrefix("-----BEGIN PRIVATE KEY-----\n"))
        #expect(identity.keyPEM.hasSuffix("-----END PRIVATE KEY-----\n"))
    }

    @Test func `each identity is another`() throws {
        let first = try TLSIdentity.selfSigned(hosts: ["localhost"], validDays: 1)
        let second = try TLSIdentity.selfSigned(hosts: ["localhost"], validDays: 1)
        #expect(first.keyPEM != second.keyPEM)
        #expect(first.certificatePEM != second.certificatePEM)
    }

    @Test func `the key is never printed`() throws {
        let identity = try TLSIdentity.selfSigned(hosts: ["localhost"], validDays: 1)
        var dumped = ""
        dump(identity, to: &dumped)
        for text in ["\(identity)", String(reflecting: identity), dumped] {
            #expect(text.contains("a TLS identity"))
            #expect(!text.contains("PRIVATE"))
        }
    }

    @Test(
        arguments: [
            ([], 1), ([""], 1), (["two words"], 1), (["münchen.de"], 1), (["nul\0"], 1), (["localhost"], 0),
            (["localhost"], 36_501), (Array(repeating: "a", count: 101), 1),
            ([String(repeating: "a", count: 254)], 1),
        ])
    func `what no certificate can say is refused`(hosts: [String], days: Int) {
        let failure = #expect(throws: CryptographyFailure.self) {
            try TLSIdentity.selfSigned(hosts: hosts, validDays: days)
        }
        #expect(failure?.kind == .badCertificate)
    }

    @Test func `a certificate names as many hosts as it may`() throws {
        let hosts = (0..<TLSIdentity.hostsMax).map { "h\($0).portal.test" }
        #expect(try !TLSIdentity.selfSigned(hosts: hosts, validDays: 1).certificatePEM.isEmpty)
    }
}
