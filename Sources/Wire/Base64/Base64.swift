/// Base64 of RFC 4648 section 4: the standard alphabet, padded with `=`.
public enum Base64 {
    /// How many characters `count` bytes become.
    public static func encodedCount(_ count: Int) -> Int { (count + 2) / 3 * 4 }

    /// The text of the bytes, on one line.
    public static func encode(_ bytes: [UInt8]) -> String {
        let length = encodedCount(bytes.count)
        return String(unsafeUninitializedCapacity: length) { text in
            bytes.withUnsafeBufferPointer { encode($0, to: text) }
        }
    }

    /// Writes the text of the bytes, which the buffer must have room for; how long it is.
    public static func encode(
        _ bytes: UnsafeBufferPointer<UInt8>, to text: UnsafeMutableBufferPointer<UInt8>
    ) -> Int {
        let length = encodedCount(bytes.count)
        precondition(text.count >= length, "the text of \(bytes.count) bytes is longer than its buffer")
        write(bytes, to: text)
        return length
    }

    /// The bytes of a text; nil when a character is not of the alphabet, the padding is not right, or bits that mean
    /// nothing are set (RFC 4648 section 3.5), so that two different texts never mean the same bytes.
    ///
    /// - Parameter isPaddingOptional: also accepts a text whose `=` at the end are missing.
    public static func decode(_ text: some Collection<UInt8>, isPaddingOptional: Bool = false) -> [UInt8]? {
        let decoded = text.withContiguousStorageIfAvailable { decode($0, isPaddingOptional) }
        return decoded ?? Array(text).withUnsafeBufferPointer { decode($0, isPaddingOptional) }
    }

    private static func write(_ bytes: UnsafeBufferPointer<UInt8>, to text: UnsafeMutableBufferPointer<UInt8>) {
        guard let source = bytes.baseAddress, let target = text.baseAddress else { return }
        let count = bytes.count
        alphabet.utf8Start.withMemoryRebound(to: UInt8.self, capacity: 64) { alphabet in
            var at = 0
            var to = 0
            while at + 2 < count {
                let word = Int(source[at]) << 16 | Int(source[at + 1]) << 8 | Int(source[at + 2])
                target[to] = alphabet[word >> 18]
                target[to + 1] = alphabet[word >> 12 & 63]
                target[to + 2] = alphabet[word >> 6 & 63]
                target[to + 3] = alphabet[word & 63]
                at += 3
                to += 4
            }
            guard at < count else { return }
            let isPair = at + 1 < count
            let word = Int(source[at]) << 16 | (isPair ? Int(source[at + 1]) << 8 : 0)
            target[to] = alphabet[word >> 18]
            target[to + 1] = alphabet[word >> 12 & 63]
            target[to + 2] = isPair ? alphabet[word >> 6 & 63] : padding
            target[to + 3] = padding
        }
    }

    private static func decode(_ text: UnsafeBufferPointer<UInt8>, _ isPaddingOptional: Bool) -> [UInt8]? {
        var count = text.count
        while count > 0, text.count - count < 2, text[count - 1] == padding { count -= 1 }
        let missing = (4 - count % 4) % 4
        let isPadded = text.count == count + missing
        guard missing < 3, isPadded || isPaddingOptional && text.count == count else { return nil }
        let size = count / 4 * 3 + [0, 0, 1, 2][count % 4]
        var isValid = true
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { bytes, filled in
            filled = size
            isValid = values.withUnsafeBufferPointer { decode(text, count, to: bytes, $0) }
        }
        return isValid ? bytes : nil
    }

    private static func decode(
        _ text: UnsafeBufferPointer<UInt8>, _ count: Int, to bytes: UnsafeMutableBufferPointer<UInt8>,
        _ values: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        // Each value is below 64, or 255: any bit above the sixth says that a character was none.
        var seen: UInt8 = 0
        func value(_ at: Int) -> Int {
            let value = values[Int(text[at])]
            seen |= value
            return Int(value)
        }
        var at = 0
        var to = 0
        while at + 3 < count {
            let word = value(at) << 18 | value(at + 1) << 12 | value(at + 2) << 6 | value(at + 3)
            bytes[to] = UInt8(truncatingIfNeeded: word >> 16)
            bytes[to + 1] = UInt8(truncatingIfNeeded: word >> 8)
            bytes[to + 2] = UInt8(truncatingIfNeeded: word)
            at += 4
            to += 3
        }
        var rest = 0
        if count - at >= 2 {
            rest = value(at) << 10 | value(at + 1) << 4
            if count - at == 3 { rest |= value(at + 2) >> 2 }
            bytes[to] = UInt8(truncatingIfNeeded: rest >> 8)
            if count - at == 3 {
                bytes[to + 1] = UInt8(truncatingIfNeeded: rest)
                rest = value(at + 2) & 0x03
            } else {
                rest &= 0xFF
            }
        }
        return seen < 64 && rest == 0
    }

    private static let padding = UInt8(ascii: "=")
    private static let alphabet: StaticString = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

    /// What each byte stands for; 255 for those outside the alphabet.
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 255, count: 256)
        for value in 0..<64 { values[Int(alphabet.utf8Start[value])] = UInt8(value) }
        return values
    }()
}
