extension JSONScanner {
    /// Reads a string literal whose opening quote is at `position`.
    @inlinable @inline(__always)
    mutating func string() throws(JSONFailure) -> JSONSlice {
        let start = position + 1
        var at = start
        // Eight bytes at a time while they are plain: no quote, no backslash, no control, all ASCII.
        while count - at >= 8 {
            let stop = JSONScanner.stops(in: UnsafeRawPointer(base + at).loadUnaligned(as: UInt64.self))
            if stop == 0 {
                at += 8
                continue
            }
            at += stop.trailingZeroBitCount >> 3
            if base[at] == UInt8(ascii: "\"") {
                position = at + 1
                return JSONSlice(start: base + start, count: at - start, hasEscapes: false)
            }
            break
        }
        return try stringSlowly(from: start, at: at)
    }

    /// Marks, by their highest bit, the bytes of a word that end a plain run. Exact for the lowest mark, which is the
    /// only one used: a borrow can raise false marks above a true one only.
    @inlinable @inline(__always)
    static func stops(in littleEndianWord: UInt64) -> UInt64 {
        let word = UInt64(littleEndian: littleEndianWord)
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highs: UInt64 = 0x8080_8080_8080_8080
        let quote = word ^ (ones &* 0x22)
        let backslash = word ^ (ones &* 0x5C)
        let found = (quote &- ones) | (backslash &- ones) | (word &- ones &* 0x20) | word
        return found & highs
    }

    /// The same with escapes, other alphabets and the last seven bytes of the text.
    @usableFromInline
    mutating func stringSlowly(from start: Int, at first: Int) throws(JSONFailure) -> JSONSlice {
        var at = first
        var hasEscapes = false
        while true {
            while count - at >= 8 {
                let stop = JSONScanner.stops(in: UnsafeRawPointer(base + at).loadUnaligned(as: UInt64.self))
                if stop == 0 {
                    at += 8
                    continue
                }
                at += stop.trailingZeroBitCount >> 3
                break
            }
            guard at < count else { throw truncated(at: count) }
            let byte = base[at]
            if byte == UInt8(ascii: "\"") {
                position = at + 1
                return JSONSlice(start: base + start, count: at - start, hasEscapes: hasEscapes)
            }
            if byte == UInt8(ascii: "\\") {
                hasEscapes = true
                // PHP writes a word of another alphabet as a run of escapes.
                repeat { at = try escape(at: at) } while at < count && base[at] == UInt8(ascii: "\\")
            } else if byte >= 0x80 {
                // A word of another alphabet is a run of these: stay here until ASCII comes back.
                repeat {
                    let length = UTF8Bytes.sequenceLength(base + at, count - at)
                    guard length > 0 else { throw notUTF8(at: at) }
                    at += length
                } while at < count && base[at] >= 0x80
            } else if byte < 0x20 {
                throw failure(.syntax, "a control character in a string must be escaped", at: at)
            } else {
                at += 1
            }
        }
    }

    /// Checks the escape whose backslash is at `at`, a surrogate pair as one; returns where it ends.
    @inline(__always)
    private func escape(at: Int) throws(JSONFailure) -> Int {
        guard at + 1 < count else { throw truncated(at: count) }
        guard base[at + 1] == UInt8(ascii: "u") else {
            guard JSONEscape.meaning(ofLetter: base[at + 1]) != 0 else {
                throw failure(.syntax, "no such escape", at: at)
            }
            return at + 2
        }
        try checkHex4(at: at + 2)
        // D800 to DFFF: half of a pair.
        let isHalf = base[at + 2] | 0x20 == UInt8(ascii: "d") && base[at + 3] >= UInt8(ascii: "8")
        return isHalf ? try surrogatePair(at: at) : at + 6
    }

    /// Checks that the escape at `at` is the first half of a pair and that the second follows; returns where it ends.
    @inline(never)
    private func surrogatePair(at: Int) throws(JSONFailure) -> Int {
        let lone = failure(.encoding, "half of a surrogate pair", at: at)
        guard JSONEscape.hex4(base + (at + 2)) & 0xFC00 == 0xD800 else { throw lone }
        for (place, byte) in [(at + 6, UInt8(ascii: "\\")), (at + 7, UInt8(ascii: "u"))] {
            guard place < count else { throw truncated(at: count) }
            guard base[place] == byte else { throw lone }
        }
        try checkHex4(at: at + 8)
        guard JSONEscape.hex4(base + (at + 8)) & 0xFC00 == 0xDC00 else { throw lone }
        return at + 12
    }

    @inline(__always)
    private func checkHex4(at: Int) throws(JSONFailure) {
        guard at + 4 <= count else { throw truncated(at: count) }
        guard JSONEscape.areHex4(base + at) else {
            throw failure(.syntax, "\\u needs four hexadecimal digits", at: at - 2)
        }
    }
}
