internal import CGnuTLS
internal import Glibc
internal import Synchronization

/// AES-256 in Galois/Counter Mode (NIST SP 800-38D): encryption which also tells whether anything was changed.
///
/// A nonce may be used once under a key, ever.
struct AES256GCM: Sendable {
    static let keyBytes = 32
    static let nonceBytes = 12
    static let tagBytes = 16

    let key: KeyBytes
    private let cipher: KeyedCipher

    init(key: KeyBytes) {
        self.key = key
        cipher = KeyedCipher(key)
    }

    /// `head` as it is, then the ciphertext, as long as `plain`, and the tag: one array, so that nothing is copied.
    func encrypt(
        _ plain: [UInt8], nonce: [UInt8], associated: [UInt8], after head: [UInt8] = []
    ) throws(CryptographyFailure) -> [UInt8] {
        try cipher.use { (library, cipher) throws(CryptographyFailure) in
            let room = plain.count + Self.tagBytes
            var code: Int32 = 0
            let sealed = [UInt8](unsafeUninitializedCapacity: head.count + room) { buffer, count in
                guard let start = buffer.baseAddress else { return }
                for (place, byte) in head.enumerated() { (start + place).initialize(to: byte) }
                var size = room
                code = library.pointee.aead_encrypt(
                    cipher, nonce, nonce.count, associated, associated.count, Self.tagBytes, plain, plain.count,
                    start + head.count, &size)
                if code >= 0 { count = head.count + size }
            }
            guard code >= 0 else { throw CryptographyFailure(code, while: "Sealing", library) }
            return sealed
        }
    }

    /// The plain bytes; nil when key, nonce, associated bytes, ciphertext or tag are not those of `encrypt`.
    func decrypt(
        _ sealed: [UInt8], nonce: [UInt8], associated: [UInt8]
    ) throws(CryptographyFailure) -> [UInt8]? {
        guard sealed.count >= Self.tagBytes else { return nil }
        return try cipher.use { (library, cipher) throws(CryptographyFailure) in
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
    }
}

/// GnuTLS's set-up of a key, made at its first use and kept: it costs more than sealing a short value does. One thread
/// at a time has it.
private final class KeyedCipher: Sendable {
    private struct Opened: ~Copyable {
        var cipher: gnutls_aead_cipher_hd_t?
    }

    private let key: KeyBytes
    private let opened = Mutex(Opened())

    init(_ key: KeyBytes) { self.key = key }

    deinit {
        opened.withLock { opened in
            guard let cipher = opened.cipher, let library = try? loadedGnuTLS() else { return }
            library.pointee.aead_deinit(cipher)
            opened.cipher = nil
        }
    }

    func use<T: Sendable>(
        _ body: (GnuTLS, gnutls_aead_cipher_hd_t) throws(CryptographyFailure) -> T
    ) throws(CryptographyFailure) -> T {
        let result: Result<T, CryptographyFailure> = opened.withLock { opened in
            do throws(CryptographyFailure) {
                let library = try loadedGnuTLS()
                let cipher: gnutls_aead_cipher_hd_t
                if let open = opened.cipher { cipher = open } else { cipher = try open(library) }
                opened.cipher = cipher
                return .success(try body(library, cipher))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    private func open(_ library: GnuTLS) throws(CryptographyFailure) -> gnutls_aead_cipher_hd_t {
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
