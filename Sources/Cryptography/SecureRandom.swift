internal import CGnuTLS

/// Random bytes nobody can guess.
public enum SecureRandom {
    /// - Parameter count: as many bytes; none below one.
    public static func bytes(_ count: Int) throws(CryptographyFailure) -> [UInt8] {
        try bytes(count, GNUTLS_RND_KEY)
    }

    /// Bytes that may be seen and must not come twice: GnuTLS's generator for them is not made anew after each call.
    static func nonce(_ count: Int) throws(CryptographyFailure) -> [UInt8] { try bytes(count, GNUTLS_RND_NONCE) }

    private static func bytes(_ count: Int, _ level: gnutls_rnd_level_t) throws(CryptographyFailure) -> [UInt8] {
        let library = try loadedGnuTLS()
        var bytes = [UInt8](repeating: 0, count: max(0, count))
        let code = bytes.withUnsafeMutableBytes { library.pointee.rnd(level, $0.baseAddress, $0.count) }
        guard code >= 0 else { throw CryptographyFailure(code, while: "Making random bytes", library) }
        return bytes
    }
}
