/// UTF-8 as bytes, for places where making a `String` would cost more than the work itself.
public enum UTF8Bytes {
    /// The offset of the first byte that does not belong to a valid sequence (Unicode 15, table 3-7); nil when all
    /// is valid. Surrogates, overlong forms and anything past U+10FFFF are invalid.
    public static func firstInvalidOffset(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        guard let base = bytes.baseAddress else { return nil }
        var at = 0
        let count = bytes.count
        while at < count {
            if count - at >= 8 {
                let word = UnsafeRawPointer(base + at).loadUnaligned(as: UInt64.self)
                if word & 0x8080_8080_8080_8080 == 0 {
                    at += 8
                    continue
                }
            }
            if base[at] < 0x80 {
                at += 1
                continue
            }
            let length = sequenceLength(base + at, count - at)
            if length == 0 { return at }
            at += length
        }
        return nil
    }

    /// The length, 2 to 4, of the valid multi-byte sequence at `bytes`; 0 when there is none. Reads at most
    /// `available` bytes, of which there is at least one.
    @inlinable
    public static func sequenceLength(_ bytes: UnsafePointer<UInt8>, _ available: Int) -> Int {
        let lead = bytes[0]
        if lead < 0xC2 { return 0 }
        if lead < 0xE0 { return available >= 2 && isContinuation(bytes[1]) ? 2 : 0 }
        if lead < 0xF0 {
            guard available >= 3, isContinuation(bytes[1]), isContinuation(bytes[2]) else { return 0 }
            if lead == 0xE0 && bytes[1] < 0xA0 { return 0 }
            if lead == 0xED && bytes[1] >= 0xA0 { return 0 }
            return 3
        }
        guard lead < 0xF5, available >= 4 else { return 0 }
        guard isContinuation(bytes[1]), isContinuation(bytes[2]), isContinuation(bytes[3]) else { return 0 }
        if lead == 0xF0 && bytes[1] < 0x90 { return 0 }
        if lead == 0xF4 && bytes[1] >= 0x90 { return 0 }
        return 4
    }

    @inlinable @inline(__always)
    static func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }

    /// Writes a scalar that is no surrogate; returns how many bytes, 1 to 4.
    static func write(_ scalar: UInt32, to bytes: UnsafeMutablePointer<UInt8>) -> Int {
        func tail(_ shift: UInt32) -> UInt8 { 0x80 | UInt8(truncatingIfNeeded: scalar >> shift) & 0x3F }
        switch scalar {
        case 0..<0x80:
            bytes[0] = UInt8(scalar)
            return 1
        case 0x80..<0x800:
            bytes[0] = 0xC0 | UInt8(scalar >> 6)
            bytes[1] = tail(0)
            return 2
        case 0x800..<0x10000:
            bytes[0] = 0xE0 | UInt8(scalar >> 12)
            bytes[1] = tail(6)
            bytes[2] = tail(0)
            return 3
        default:
            bytes[0] = 0xF0 | UInt8(truncatingIfNeeded: scalar >> 18)
            bytes[1] = tail(12)
            bytes[2] = tail(6)
            bytes[3] = tail(0)
            return 4
        }
    }
}

public enum HexDigit {
    /// 0 to 15, or nil when `byte` is no hexadecimal digit.
    public static func value(of byte: UInt8) -> Int? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte &- UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): Int(byte &- UInt8(ascii: "a")) + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): Int(byte &- UInt8(ascii: "A")) + 10
        default: nil
        }
    }

    /// The upper-case digit of a number below 16.
    @inlinable @inline(__always)
    public static func byte(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") &+ value : UInt8(ascii: "A") &+ (value &- 10)
    }
}
