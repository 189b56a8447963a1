/// What a `JSONScanner` found. Nothing in it is owned: slices point into the scanned bytes.
@frozen
public enum JSONToken {
    case beginObject
    case endObject
    case beginArray
    case endArray
    /// A member's name; its colon has been read, its value comes next.
    case key(JSONSlice)
    case string(JSONSlice)
    /// A number without fraction and exponent that fits.
    case integer(Int64)
    /// Any other number; always finite.
    case number(Double)
    case `true`
    case `false`
    case null
    /// The value is complete and only white space followed it.
    case end
}

/// The inside of a string literal: valid UTF-8 with valid escapes, valid as long as the scanned bytes are.
@frozen
public struct JSONSlice {
    public let start: UnsafePointer<UInt8>
    /// Length between the quotes, in bytes, escapes unresolved.
    public let count: Int
    public let hasEscapes: Bool

    @inlinable @inline(__always)
    public init(start: UnsafePointer<UInt8>, count: Int, hasEscapes: Bool) {
        self.start = start
        self.count = count
        self.hasEscapes = hasEscapes
    }

    /// The bytes between the quotes as they stand in the text.
    @inlinable
    public var raw: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: count) }

    /// Writes the meaning of the literal to `buffer`, which has room for `count` bytes: resolving escapes never
    /// lengthens. Returns the number of bytes written.
    @inlinable
    public func unescape(into buffer: UnsafeMutablePointer<UInt8>) -> Int {
        if !hasEscapes {
            buffer.update(from: start, count: count)
            return count
        }
        return unescapeSlowly(into: buffer)
    }

    /// The meaning of the literal as a `String` of its own.
    public var string: String {
        String(unsafeUninitializedCapacity: count) { unescape(into: $0.baseAddress!) }
    }

    // The scanner has checked every escape, so nothing here can fail or read past the end.
    @usableFromInline
    func unescapeSlowly(into buffer: UnsafeMutablePointer<UInt8>) -> Int {
        var from = 0
        var to = 0
        while from < count {
            let byte = start[from]
            if byte != UInt8(ascii: "\\") {
                buffer[to] = byte
                from += 1
                to += 1
                continue
            }
            let letter = start[from + 1]
            from += 2
            if letter != UInt8(ascii: "u") {
                buffer[to] = JSONEscape.meaning(ofLetter: letter)
                to += 1
                continue
            }
            var scalar = UInt32(JSONEscape.hex4(start + from))
            from += 4
            if scalar & 0xFC00 == 0xD800 {
                let low = UInt32(JSONEscape.hex4(start + from + 2))
                from += 6
                scalar = 0x10000 + ((scalar - 0xD800) << 10 | (low - 0xDC00))
            }
            to += UTF8Bytes.write(scalar, to: buffer + to)
        }
        return to
    }
}

enum JSONEscape {
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

    /// Four hexadecimal digits, or -1. Reads exactly four bytes.
    static func hex4(_ digits: UnsafePointer<UInt8>) -> Int {
        var value = 0
        for index in 0..<4 {
            guard let digit = HexDigit.value(of: digits[index]) else { return -1 }
            value = value << 4 | digit
        }
        return value
    }
}
