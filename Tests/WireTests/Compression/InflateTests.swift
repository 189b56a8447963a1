import Testing

@testable import Wire

@Suite struct InflateTests {
    private static let text =
        String(repeating: "deal ", count: 400)
        + String(decoding: (0..<500).map { UInt8(33 + $0 * 7 % 90) }, as: UTF8.self)

    /// `text` as zlib 1.2.13 packs it at levels 1 and 9: fixed and dynamic codes, copies that overlap.
    private static let fast = """
        eAFLSU3MUUgZJUbDYDQdjGaD0aJgtCQcLQmHckmoqKFvZuviHRSZkJ5XqqRpYG7n6hMclZiRX6asZWhh7+YbEp2UWVCuom1k\
        6eDuFxqTnFVYoapjbOXo4R8Wm5JdVKmma2Lt5BkQHpeaU1ylrmdq4+wVGBGfllsyavJgDQ0APp5Dag==
        """
    private static let best = """
        eNpLSU3MUUgZJUaJUWKUGCVGiVFiKBOKGvpmti7eQZEJ6XmlSpoG5nauPsFRiRn5Zcpahhb2br4h0UmZBeUq2kaWDu5+oTHJ\
        WYUVqjrGVo4e/mGxKdlFlWq6JtZOngHhcak5xVXqeqY2zl6BEfFpuSWjJg9WkwE+nkNq
        """

    private func bytes(_ base64: String) throws -> [UInt8] { try #require(Base64.decode(base64.utf8)) }

    @Test(arguments: [fast, best])
    func whatZlibPackedComesBack(_ packed: String) throws {
        #expect(String(decoding: try Inflate.zlib(try bytes(packed)), as: UTF8.self) == Self.text)
    }

    @Test func storedBlocksAndEmptyStreams() throws {
        #expect(
            try Inflate.zlib([0x78, 0x01, 0x01, 2, 0, 0xFD, 0xFF, 0x68, 0x69, 0x01, 0x3B, 0x00, 0xD2]) == [0x68, 0x69])
        #expect(try Inflate.zlib([0x78, 0x9C, 0x03, 0, 0, 0, 0, 1]) == [])
    }

    @Test func everyCutAndEveryFlippedByteIsRefusedOrAtLeastBounded() throws {
        let whole = try bytes(Self.best)
        for count in 0..<whole.count {
            #expect(throws: InflateFailure.self) { try Inflate.zlib(Array(whole[..<count])) }
        }
        for place in whole.indices {
            var broken = whole
            broken[place] ^= 0x10
            let result = try? Inflate.zlib(broken, bytesMax: 1 << 16)
            #expect(result.map { String(decoding: $0, as: UTF8.self) } != Self.text)
        }
    }

    @Test func aBombStopsAtItsBound() throws {
        let failure = #expect(throws: InflateFailure.self) { try Inflate.zlib(try bytes(Self.best), bytesMax: 100) }
        #expect(failure?.message.contains("bytesMax") == true)
    }
}
