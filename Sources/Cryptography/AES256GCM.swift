internal import CGnuTLS
internal import Glibc

/// AES-256 in Galois/Counter Mode (NIST SP 800-38D): encryption which also tells whether anything was changed.
///
/// A nonce may be used once under a key, ever.
struct AES256GCM {
    static let keyBytes = 32
    static let nonceBytes = 12
    static let tagBytes = 16

    let key: KeyBytes

    /// The ciphertext, as long as `plain`, and the tag after it.
    func encrypt(
        _ plain: [UInt8], nonce: [UInt8], associated: [UInt8]
    ) throws(CryptographyFailure) -> [UInt8] {
        let library = try loadedGnuTLS()
        let cipher = try opened(library)
        defer { library.pointee.aead_deinit(cipher) }
        var sealed = [UInt8](repeating: 0, count: plain.count + Self.tagBytes)
        var size = sealed.count
        let code = library.pointee.aead_encrypt(
            cipher, nonce, nonce.count, associated, associated.count, Self.tagBytes, plain, plain.count, &sealed, &size)
        guard code >= 0 else { throw CryptographyFailure(code, while: "Sealing", library) }
        sealed.removeLast(sealed.count - size)
        return sealed
    }

    /// The plain bytes; nil when key, nonce, associated bytes, ciphertext or tag are not those of `encrypt`.
    func decrypt(
        _ sealed: [UInt8], nonce: [UInt8], associated: [UInt8]
    ) throws(CryptographyFailure) -> [UInt8]? {
        guard sealed.count >= Self.tagBytes else { return nil }
        let library = try loadedGnuTLS()
        let cipher = try opened(library)
        defer { library.pointee.aead_deinit(cipher) }
        var plain = [UInt8](repeating: 0, count: sealed.count)
        var size = plain.count
        let code = library.pointee.aead_decrypt(
            cipher, nonce, nonce.count, associated, associated.count, Self.tagBytes, sealed, sealed.count, &plain,
            &size)
        if code == GNUTLS_E_DECRYPTION_FAILED { return nil }
        guard code >= 0 else { throw CryptographyFailure(code, while: "Opening", library) }
        plain.removeLast(plain.count - size)
        return plain
    }

    private func opened(_ library: GnuTLS) throws(CryptographyFailure) -> gnutls_aead_cipher_hd_t {
        var cipher: gnutls_aead_cipher_hd_t?
        let code = key.withDatum { library.pointee.aead_init(&cipher, GNUTLS_CIPHER_AES_256_GCM, $0) }
        guard code >= 0, let cipher else { throw CryptographyFailure(code, while: "Setting up AES-256-GCM", library) }
        return cipher
    }
}

/// A key's bytes at one place, overwritten when nobody needs them any more; copies of an array would stay behind.
final class KeyBytes: @unchecked Sendable {
    // @unchecked: written in init and deinit only.
    private let bytes: UnsafeMutableRawBufferPointer

    init(_ key: [UInt8]) {
        bytes = .allocate(byteCount: key.count, alignment: 1)
        bytes.copyBytes(from: key)
    }

    deinit {
        if let address = bytes.baseAddress { explicit_bzero(address, bytes.count) }
        bytes.deallocate()
    }

    var copy: [UInt8] { Array(bytes) }

    func withDatum<T>(_ body: (UnsafePointer<gnutls_datum_t>) -> T) -> T {
        var datum = gnutls_datum_t(
            data: bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), size: UInt32(clamping: bytes.count))
        return withUnsafePointer(to: &datum, body)
    }
}
