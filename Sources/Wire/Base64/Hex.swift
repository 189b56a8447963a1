/// Bytes as pairs of hexadecimal digits.
public enum Hex {
    /// Lower case.
    public static func encode(_ bytes: some Collection<UInt8>) -> String {
        let length = bytes.count * 2
        return String(unsafeUninitializedCapacity: length) { text in
            var at = 0
            for byte in bytes {
                text[at] = digit(byte >> 4)
                text[at + 1] = digit(byte & 15)
                at += 2
            }
            return at
        }
    }

    /// The bytes of digits in either letter case; nil when something else is there, or half a byte.
    public static func decode(_ digits: some Collection<UInt8>) -> [UInt8]? {
        guard digits.count % 2 == 0 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits.count / 2)
        var high: Int?
        for byte in digits {
            guard let value = HexDigit.value(of: byte) else { return nil }
            if let upper = high {
                bytes.append(UInt8(upper << 4 | value))
                high = nil
            } else {
                high = value
            }
        }
        return bytes
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + (value - 10)
    }
}
