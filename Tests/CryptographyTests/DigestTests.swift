import Cryptography
import Testing

@Suite struct DigestTests {
    @Test(
        arguments: [
            // FIPS 180-4, the examples of the standard.
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
        ])
    func `SHA-256 gives the published answers`(text: String, digest: String) throws {
        #expect(try Digest.sha256(Array(text.utf8)) == bytes(digest))
    }

    @Test(
        arguments: [
            ([], [], true), ([1], [1], true), ([1, 2], [1, 3], false), ([2, 1], [3, 1], false), ([1], [1, 0], false),
            ([], [0], false),
        ] as [([UInt8], [UInt8], Bool)])
    func `bytes are compared whole`(left: [UInt8], right: [UInt8], isEqual: Bool) {
        #expect(isEqualInConstantTime(left, right) == isEqual)
    }

    @Test func `random bytes are as many as asked for and differ`() throws {
        #expect(try SecureRandom.bytes(-1).isEmpty)
        #expect(try SecureRandom.bytes(0).isEmpty)
        let drawn = try (0..<100).map { _ in try SecureRandom.bytes(16) }
        #expect(drawn.allSatisfy { $0.count == 16 })
        #expect(Set(drawn).count == 100)
    }
}
