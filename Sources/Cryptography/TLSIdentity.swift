internal import CGnuTLS
internal import Glibc

/// What a TLS server shows and proves: a certificate and the key it belongs to.
public struct TLSIdentity: Sendable {
    /// The certificate, and those between it and its authority after it. No secret.
    public let certificatePEM: String
    /// The secret key, not encrypted.
    public let keyPEM: String

    public init(certificatePEM: String, keyPEM: String) {
        self.certificatePEM = certificatePEM
        self.keyPEM = keyPEM
    }

    /// More hosts in one certificate are refused.
    public static let hostsMax = 100

    /// A new key (ECDSA on P-256, which every client of the last ten years speaks) and a certificate it signed itself.
    /// A client trusts it by naming `certificatePEM` as its authority, such as in `SSL_CERT_FILE`.
    ///
    /// - Parameters:
    ///   - hosts: DNS names (`portal.test`, `*.portal.test`) and numeric IPv4 and IPv6 addresses, at least one.
    ///   - validDays: from `start` on, 1 to 36 500.
    ///   - start: seconds since 1970; nil is an hour ago, for clients whose clocks are slow.
    public static func selfSigned(
        hosts: [String], validDays: Int, from start: Int? = nil
    ) throws(CryptographyFailure) -> TLSIdentity {
        guard (1...hostsMax).contains(hosts.count), (1...36_500).contains(validDays) else {
            throw CryptographyFailure(
                kind: .badCertificate,
                message: "A certificate is for 1 to \(hostsMax) hosts and 1 to 36500 days; "
                    + "\(hosts.count) hosts and \(validDays) days were asked for.")
        }
        var names: [Subject] = []
        for host in hosts { names.append(try Subject(host)) }
        let library = try loadedGnuTLS()
        let begin = start ?? Glibc.time(nil) - 3_600
        return try make(names, from: begin, until: begin + validDays * 86_400, library)
    }

    /// Throws when no server could work with it: no PEM text, or a key that is another certificate's.
    public func check() throws(CryptographyFailure) {
        let library = try loadedGnuTLS()
        let code = cgnutls_check_identity(library, certificatePEM, keyPEM)
        guard code == 0 else {
            let reason = CryptographyFailure(code, while: "Reading certificate and key", library)
            throw CryptographyFailure(kind: .badCertificate, message: reason.message)
        }
    }

    private static func make(
        _ names: [Subject], from begin: Int, until end: Int, _ library: GnuTLS
    ) throws(CryptographyFailure) -> TLSIdentity {
        var serial = try SecureRandom.bytes(cgnutls_serial_bytes)
        serial[0] = serial[0] & 0x7F | 0x01  // positive and not zero: RFC 5280, section 4.1.2.2
        var certificate = [CChar](repeating: 0, count: cgnutls_pem_bytes_max)
        var key = certificate
        defer {
            key.withUnsafeMutableBytes { if let address = $0.baseAddress { explicit_bzero(address, $0.count) } }
        }
        let bytes = names.flatMap(\.bytes)
        let code = bytes.withUnsafeBytes { bytes in
            var at = 0
            let hosts = names.map { name in
                defer { at += name.bytes.count }
                return cgnutls_host(
                    type: name.type, bytes: bytes.baseAddress.map { $0 + at }, size: UInt32(name.bytes.count))
            }
            return cgnutls_self_signed(
                library, hosts, hosts.count, serial, Int64(begin), Int64(end), &certificate, &key)
        }
        guard code == 0 else { throw CryptographyFailure(code, while: "Making a certificate", library) }
        return TLSIdentity(certificatePEM: text(certificate), keyPEM: text(key))
    }

    private static func text(_ characters: [CChar]) -> String {
        String(decoding: characters.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}

/// One subjectAltName.
private struct Subject {
    let type: gnutls_x509_subject_alt_name_t
    let bytes: [UInt8]

    init(_ host: String) throws(CryptographyFailure) {
        var v4 = in_addr()
        var v6 = in6_addr()
        if inet_pton(AF_INET, host, &v4) == 1 {
            (type, bytes) = (GNUTLS_SAN_IPADDRESS, withUnsafeBytes(of: v4) { Array($0) })
        } else if inet_pton(AF_INET6, host, &v6) == 1 {
            (type, bytes) = (GNUTLS_SAN_IPADDRESS, withUnsafeBytes(of: v6) { Array($0) })
        } else {
            guard (1...253).contains(host.utf8.count), host.utf8.allSatisfy(Subject.isOfName) else {
                throw CryptographyFailure(
                    kind: .badCertificate,
                    message:
                        "“\(host)” is neither a DNS name in ASCII nor a numeric address, so no certificate names it.")
            }
            (type, bytes) = (GNUTLS_SAN_DNSNAME, Array(host.utf8))
        }
    }

    private static func isOfName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "*"),
            UInt8(ascii: "_"):
            true
        default: false
        }
    }
}

/// The key is never printed.
extension TLSIdentity: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "a TLS identity" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["certificatePEM": certificatePEM]) }
}
