internal import CGnuTLS
internal import Wire

/// A key that seals bytes: what it sealed cannot be read, changed, or moved to another context without it.
///
///     let key = try SealingKey.random()
///     let sealed = try key.seal(Array(token.utf8), context: Array("grant acme".utf8))
///     let token = try key.open(sealed, context: Array("grant acme".utf8))
///
/// A sealed value is the byte 1 (the form's version), 12 random bytes, the ciphertext and a tag of 16 bytes:
/// AES-256-GCM, the version and the context authenticated. Random nonces of 96 bits bound a key to 2^32 values
/// (NIST SP 800-38D, section 8.3); a store that changes a token each second reaches them in 136 years.
public struct SealingKey: Sendable {
    /// How much longer a sealed value is than what was sealed.
    public static let overheadBytes = 1 + AES256GCM.nonceBytes + AES256GCM.tagBytes

    private static let version: UInt8 = 1
    private let cipher: AES256GCM

    /// - Parameter bytes: 32, all of them secret and random.
    public init(bytes: [UInt8]) throws(CryptographyFailure) {
        guard bytes.count == AES256GCM.keyBytes else {
            throw CryptographyFailure(
                kind: .badKey, message: "A key has \(AES256GCM.keyBytes) bytes; this one has \(bytes.count).")
        }
        cipher = AES256GCM(key: KeyBytes(bytes))
    }

    /// - Parameter text: 64 hexadecimal digits, or Base64 of 32 bytes; white space around it does not count.
    public init(text: String) throws(CryptographyFailure) {
        let trimmed = text.utf8.drop { Self.isSpace($0) }.reversed().drop { Self.isSpace($0) }.reversed()
        let characters = Array(trimmed)
        let bytes =
            characters.count == 2 * AES256GCM.keyBytes
            ? Hex.decode(characters) : Base64.decode(characters, isPaddingOptional: true)
        guard let bytes, bytes.count == AES256GCM.keyBytes else {
            throw CryptographyFailure(
                kind: .badKey,
                message: "A key is 64 hexadecimal digits or 44 characters of Base64; "
                    + "this text of \(characters.count) characters is neither.")
        }
        try self.init(bytes: bytes)
    }

    public static func random() throws(CryptographyFailure) -> SealingKey {
        try SealingKey(bytes: SecureRandom.bytes(AES256GCM.keyBytes))
    }

    /// The key itself as 64 hexadecimal digits, to be kept where only its owner reads.
    public var text: String { Hex.encode(cipher.key.copy) }

    /// - Parameters:
    ///   - context: what the value is and belongs to. It is not kept, and opening needs the same.
    ///   - head: what stands before the sealed value, readable to all.
    public func seal(
        _ plain: [UInt8], context: [UInt8], after head: [UInt8] = []
    ) throws(CryptographyFailure) -> [UInt8] {
        let nonce = try SecureRandom.nonce(AES256GCM.nonceBytes)
        return try cipher.encrypt(
            plain, nonce: nonce, associated: [Self.version] + context, after: head + [Self.version] + nonce)
    }

    public func open(_ sealed: [UInt8], context: [UInt8]) throws(CryptographyFailure) -> [UInt8] {
        let start = 1 + AES256GCM.nonceBytes
        guard sealed.count >= Self.overheadBytes, sealed[0] == Self.version,
            let plain = try cipher.decrypt(
                Array(sealed[start...]), nonce: Array(sealed[1..<start]), associated: [Self.version] + context)
        else {
            throw CryptographyFailure(
                kind: .cannotOpen,
                message: "The sealed value cannot be opened: it was sealed with another key or for something else, "
                    + "or was changed since.")
        }
        return plain
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}

/// A key is never printed, not by a log, a failed test or a debugger's dump.
extension SealingKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "a sealing key" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
