extension JSONWriter {
    @inlinable @inline(__always)
    mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = true
    }

    @inlinable @inline(__always)
    mutating func open(_ bracket: UInt8) {
        separate()
        bytes.append(bracket)
        needsComma = false
    }

    @inlinable @inline(__always)
    mutating func close(_ bracket: UInt8) {
        bytes.append(bracket)
        needsComma = true
    }

    @inlinable @inline(__always)
    mutating func append(_ word: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
    }

    @inlinable
    mutating func appendDecimal(_ value: Int64) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: DecimalText.lengthMax) { text in
            guard let start = text.baseAddress else { return }
            let length = DecimalText.write(value, to: start)
            bytes.append(contentsOf: UnsafeBufferPointer(start: start, count: length))
        }
    }

    /// Appends runs that need no escape whole; most strings are one run.
    @inlinable
    mutating func appendEscaped(_ text: UnsafeBufferPointer<UInt8>) {
        guard let base = text.baseAddress else { return }
        var runStart = 0
        var at = 0
        while true {
            at = JSONWriter.plainEnd(base, from: at, to: text.count)
            bytes.append(contentsOf: UnsafeBufferPointer(start: base + runStart, count: at - runStart))
            guard at < text.count else { return }
            appendEscape(base[at])
            at += 1
            runStart = at
        }
    }

    /// Where the run of bytes that stand for themselves ends.
    @inlinable
    static func plainEnd(_ base: UnsafePointer<UInt8>, from start: Int, to end: Int) -> Int {
        var at = start
        let ones: UInt64 = 0x0101_0101_0101_0101
        while end - at >= 8 {
            let word = UInt64(littleEndian: UnsafeRawPointer(base + at).loadUnaligned(as: UInt64.self))
            let quote = word ^ (ones &* 0x22)
            let backslash = word ^ (ones &* 0x5C)
            // `& ~x`: a byte of another alphabet, high bit set, is no stop.
            let found =
                (quote &- ones) & ~quote | (backslash &- ones) & ~backslash | (word &- ones &* 0x20) & ~word
            let stop = found & 0x8080_8080_8080_8080
            if stop != 0 { return at + (stop.trailingZeroBitCount >> 3) }
            at += 8
        }
        while at < end {
            let byte = base[at]
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20 { return at }
            at += 1
        }
        return end
    }

    @usableFromInline
    mutating func appendEscape(_ byte: UInt8) {
        bytes.append(UInt8(ascii: "\\"))
        if let letter = JSONEscape.letter(for: byte) { return bytes.append(letter) }
        // In lower case, as other encoders write it.
        append("u00")
        bytes.append(HexDigit.byte(byte >> 4) | 0x20)
        bytes.append(HexDigit.byte(byte & 0x0F) | 0x20)
    }
}
