import Foundation
import Testing
import Wire

@Suite struct Base64Tests {
    @Test(
        arguments: [
            // RFC 4648, section 10.
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ])
    func `the vectors of the RFC come out and go in`(plain: String, text: String) {
        #expect(Base64.encode(Array(plain.utf8)) == text)
        #expect(Base64.decode(text.utf8) == Array(plain.utf8))
    }

    @Test func `it agrees with Foundation at every length`() throws {
        var random = SeededRandom(seed: 7)
        for length in 0..<200 {
            let bytes = (0..<length).map { _ in UInt8.random(in: .min ... .max, using: &random) }
            let text = Data(bytes).base64EncodedString()
            #expect(Base64.encode(bytes) == text)
            #expect(Base64.decode(text.utf8) == bytes)
            let bare = text.filter { $0 != "=" }
            #expect(Base64.decode(bare.utf8, isPaddingOptional: true) == bytes)
        }
    }

    @Test(arguments: [
        "Z", "Zg", "Zg=", "Zg===", "Zm8", "Z===", "====", "=", "Zm9v=", "Zm9 v", "Zm9v\n", "Zm-_", "Zh==", "Zm9=",
    ])
    func `what is not Base64 is refused`(text: String) {
        #expect(Base64.decode(text.utf8) == nil)
    }

    @Test(arguments: ["Z", "Zm9vZ", "Zh", "Zm9"])
    func `missing padding excuses nothing else`(text: String) {
        #expect(Base64.decode(text.utf8, isPaddingOptional: true) == nil)
    }

    @Test(arguments: [([], ""), ([0, 255, 16], "00ff10")] as [([UInt8], String)])
    func `bytes are written as hexadecimal digits and read back`(bytes: [UInt8], text: String) {
        #expect(Hex.encode(bytes) == text)
        #expect(Hex.decode(text.uppercased().utf8) == bytes)
    }

    @Test(arguments: ["0", "0g", "00 1", "é"])
    func `what is not hexadecimal is refused`(text: String) {
        #expect(Hex.decode(text.utf8) == nil)
    }
}
