/// The escapes of RFC 8259.
public enum JSONEscape {
    /// What follows the backslash; nil for a control character that is written as `u00` and two hexadecimal digits.
    public static func letter(for byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): byte
        case 0x08: UInt8(ascii: "b")
        case 0x09: UInt8(ascii: "t")
        case 0x0A: UInt8(ascii: "n")
        case 0x0C: UInt8(ascii: "f")
        case 0x0D: UInt8(ascii: "r")
        default: nil
        }
    }

    /// The byte that a one-letter escape stands for; 0 when there is no such escape.
    static func meaning(ofLetter letter: UInt8) -> UInt8 {
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): letter
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        default: 0
        }
    }

    /// Whether four bytes are hexadecimal digits. All at once: each byte of a word is checked by sums that cannot carry
    /// into the next, and set bit 7 for "at least" and "above".
    @inline(__always)
    static func areHex4(_ digits: UnsafePointer<UInt8>) -> Bool {
        let word = UInt32(littleEndian: UnsafeRawPointer(digits).loadUnaligned(as: UInt32.self))
        let lower = word | 0x2020_2020
        let isDigit = (word &+ 0x5050_5050) & ~(word &+ 0x4646_4646)
        let isLetter = (lower &+ 0x1F1F_1F1F) & ~(lower &+ 0x1919_1919)
        return word & 0x8080_8080 == 0 && (isDigit | isLetter) & 0x8080_8080 == 0x8080_8080
    }

    /// What four hexadecimal digits mean. Reads exactly four bytes; anything when they are no digits.
    @inline(__always)
    static func hex4(_ digits: UnsafePointer<UInt8>) -> Int {
        let word = UInt32(littleEndian: UnsafeRawPointer(digits).loadUnaligned(as: UInt32.self))
        let nibbles = (word & 0x0F0F_0F0F) &+ 9 &* (word >> 6 & 0x0101_0101)
        let pairs = (nibbles << 4 | nibbles >> 8) & 0x00FF_00FF
        return Int((pairs << 8 | pairs >> 16) & 0xFFFF)
    }
}
