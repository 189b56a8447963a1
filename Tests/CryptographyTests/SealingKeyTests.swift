import Testing

@testable import Cryptography

@Suite struct SealingKeyTests {
    private let context = Array("grant acme".utf8)
    private let plain = Array("a token nobody may read".utf8)

    @Test(arguments: [0, 1, 15, 16, 17, 1_000, 100_000])
    func `what was sealed is opened`(count: Int) throws {
        let key = try SealingKey.random()
        let bytes = try SecureRandom.bytes(count)
        let sealed = try key.seal(bytes, context: context)
        #expect(sealed.count == count + SealingKey.overheadBytes)
        #expect(try key.open(sealed, context: context) == bytes)
    }

    @Test func `the same bytes are sealed differently each time`() throws {
        let key = try SealingKey.random()
        #expect(try key.seal(plain, context: context) != key.seal(plain, context: context))
    }

    @Test func `a change of any bit anywhere is seen`() throws {
        let key = try SealingKey.random()
        let sealed = try key.seal(plain, context: context)
        for index in sealed.indices {
            for bit in 0..<8 {
                var changed = sealed
                changed[index] ^= 1 << bit
                expectClosed(changed, key)
            }
        }
    }

    @Test func `a value cut short or made longer is not opened`() throws {
        let key = try SealingKey.random()
        let sealed = try key.seal(plain, context: context)
        for count in 0..<sealed.count { expectClosed(Array(sealed.prefix(count)), key) }
        expectClosed(sealed + [0], key)
    }

    @Test func `another key or another context does not open`() throws {
        let key = try SealingKey.random()
        let sealed = try key.seal(plain, context: context)
        expectClosed(sealed, try SealingKey.random())
        expectClosed(sealed, key, context: [])
        expectClosed(sealed, key, context: Array("grant acmf".utf8))
    }

    private func expectClosed(_ sealed: [UInt8], _ key: SealingKey, context: [UInt8]? = nil) {
        let failure = #expect(throws: CryptographyFailure.self) {
            try key.open(sealed, context: context ?? self.context)
        }
        #expect(failure?.kind == .cannotOpen)
    }

    @Test func `a key's text makes the same key`() throws {
        let digits = String(repeating: "0fA9", count: 16)
        let bytes = try #require(try? SealingKey(text: digits))
        let sealed = try bytes.seal(plain, context: context)
        #expect(bytes.text == digits.lowercased())
        let same = "D6kPqQ+pD6kPqQ+pD6kPqQ+pD6kPqQ+pD6kPqQ+pD6k="
        for text in [digits, " \(digits)\n", same, String(same.dropLast()), bytes.text] {
            #expect(try SealingKey(text: text).open(sealed, context: context) == plain)
        }
    }

    @Test(arguments: ["", "secret", String(repeating: "g", count: 64), String(repeating: "0", count: 63), "AAAA"])
    func `a text that is no key is refused and not repeated`(text: String) {
        let failure = #expect(throws: CryptographyFailure.self) { try SealingKey(text: text) }
        #expect(failure?.kind == .badKey)
        if !text.isEmpty { #expect(failure?.message.contains(text) == false) }
    }

    @Test func `a key has 32 bytes`() {
        for count in [0, 16, 31, 33] {
            #expect(throws: CryptographyFailure.self) { try SealingKey(bytes: Array(repeating: 1, count: count)) }
        }
    }

    @Test func `a key is never printed`() throws {
        let key = try SealingKey(bytes: Array(repeating: 0xAB, count: 32))
        var dumped = ""
        dump(key, to: &dumped)
        for text in ["\(key)", String(reflecting: key), String(describing: [key]), dumped] {
            #expect(text.contains("a sealing key"))
            #expect(!text.lowercased().contains("abab") && !text.contains("171"))
        }
    }

    /// Test case 15 and 16 of McGrew and Viega, “The Galois/Counter Mode of Operation”, appendix B.
    @Test(
        arguments: [
            (
                "", 64,
                """
                522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa\
                8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015adb094dac5d93471bdec1a502270e3cc6c
                """
            ),
            (
                "feedfacedeadbeeffeedfacedeadbeefabaddad2", 60,
                """
                522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa\
                8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b
                """
            ),
        ])
    func `the cipher gives the answers its authors published`(associated: String, count: Int, sealed: String) throws {
        let key = bytes("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308")
        let plain = bytes(
            """
            d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72\
            1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255
            """)
        let cipher = AES256GCM(key: KeyBytes(key))
        let nonce = bytes("cafebabefacedbaddecaf888")
        let found = try cipher.encrypt(Array(plain.prefix(count)), nonce: nonce, associated: bytes(associated))
        #expect(found == bytes(sealed))
        #expect(try cipher.decrypt(found, nonce: nonce, associated: bytes(associated)) == Array(plain.prefix(count)))
    }
}

func bytes(_ digits: String) -> [UInt8] {
    stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(digits.dropFirst($0).prefix(2), radix: 16) }
}
