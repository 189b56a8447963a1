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
            while count - from >= 8 {
                // Eight bytes without a backslash; what is written too much is overwritten, and `to` is never past
                // `from`, so the buffer has the room.
                let word = UnsafeRawPointer(start + from).loadUnaligned(as: UInt64.self)
                UnsafeMutableRawPointer(buffer + to).storeBytes(of: word, as: UInt64.self)
                let ones: UInt64 = 0x0101_0101_0101_0101
                let different = UInt64(littleEndian: word) ^ (ones &* 0x5C)
                let found = (different &- ones) & ~different & (ones &* 0x80)
                let plain = found == 0 ? 8 : found.trailingZeroBitCount >> 3
                from += plain
                to += plain
                if plain < 8 { break }
            }
            guard from < count else { break }
            if start[from] != UInt8(ascii: "\\") {
                buffer[to] = start[from]
                from += 1
                to += 1
            }
            while from < count, start[from] == UInt8(ascii: "\\") { unescapeOne(&from, &to, buffer) }
        }
        return to
    }

    @inline(__always)
    private func unescapeOne(_ from: inout Int, _ to: inout Int, _ buffer: UnsafeMutablePointer<UInt8>) {
        let letter = start[from + 1]
        from += 2
        guard letter == UInt8(ascii: "u") else {
            buffer[to] = JSONEscape.meaning(ofLetter: letter)
            to += 1
            return
        }
        var scalar = UInt32(JSONEscape.hex4(start + from))
        from += 4
        if scalar & 0xF800 == 0 {
            // Latin, Greek, Cyrillic …: two bytes at most.
            if scalar < 0x80 {
                buffer[to] = UInt8(truncatingIfNeeded: scalar)
                to += 1
            } else {
                buffer[to] = 0xC0 | UInt8(truncatingIfNeeded: scalar >> 6)
                buffer[to + 1] = 0x80 | UInt8(truncatingIfNeeded: scalar & 0x3F)
                to += 2
            }
            return
        }
        if scalar & 0xFC00 == 0xD800 {
            let low = UInt32(JSONEscape.hex4(start + from + 2))
            from += 6
            scalar = 0x10000 + ((scalar - 0xD800) << 10 | (low - 0xDC00))
        }
        to += UTF8Bytes.write(scalar, to: buffer + to)
    }
}
