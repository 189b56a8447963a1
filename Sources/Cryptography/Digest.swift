internal import CGnuTLS

public enum Digest {
    /// The 32 bytes of SHA-256 (FIPS 180-4).
    public static func sha256(_ bytes: [UInt8]) throws(CryptographyFailure) -> [UInt8] {
        let library = try loadedGnuTLS()
        var digest = [UInt8](repeating: 0, count: 32)
        let code = digest.withUnsafeMutableBytes { digest in
            bytes.withUnsafeBytes {
                library.pointee.hash_fast(GNUTLS_DIG_SHA256, $0.baseAddress, $0.count, digest.baseAddress)
            }
        }
        guard code >= 0 else { throw CryptographyFailure(code, while: "Hashing", library) }
        return digest
    }
}

/// Whether two secrets are the same, in a time that says nothing of where they differ. Their lengths are no secret.
public func isEqualInConstantTime(_ left: some Collection<UInt8>, _ right: some Collection<UInt8>) -> Bool {
    let left = Array(left)
    let right = Array(right)
    return left.count == right.count && cgnutls_is_equal(left, right, left.count)
}
