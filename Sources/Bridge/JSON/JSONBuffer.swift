import Wire

/// Bytes of JSON that grow; room is made once a value, not once a byte.
struct JSONBuffer: ~Copyable {
    private var base: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private(set) var count = 0

    init(capacity: Int) {
        self.capacity = capacity
        base = .allocate(capacity: capacity)
    }

    deinit { base.deallocate() }

    /// Valid until the buffer is changed or goes away.
    var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: base, count: count) }

    /// - Parameter length: at most `count`.
    mutating func shorten(to length: Int) { count = length }

    @inline(__always)
    mutating func append(_ byte: UInt8) {
        reserve(1)
        base[count] = byte
        count &+= 1
    }

    @inline(__always)
    mutating func append(_ word: StaticString) {
        reserve(8)
        (base + count).update(from: word.utf8Start, count: word.utf8CodeUnitCount)
        count &+= word.utf8CodeUnitCount
    }

    mutating func append(decimal value: Int64) {
        reserve(DecimalText.lengthMax)
        count &+= DecimalText.write(value, to: base + count)
    }

    /// As `JSONWriter.number`: the shortest text that reads back as the same double, a whole number without fraction.
    mutating func append(number value: Double) {
        if value.magnitude <= 0x1p53, value == value.rounded(.towardZero), value != 0 || value.sign == .plus {
            return append(decimal: Int64(value))
        }
        var text = value.description
        text.withUTF8 { utf8 in
            reserve(utf8.count)
            if let start = utf8.baseAddress { (base + count).update(from: start, count: utf8.count) }
            count += utf8.count
        }
    }

    /// Appends the text as a string literal; returns the offset of the first byte that is not UTF-8, if there is one.
    @inline(__always)
    mutating func append(quoting text: UnsafePointer<UInt8>, _ length: Int) -> Int? {
        // Room for the text as it is and for what a word may write too much.
        reserve(length &+ 16)
        base[count] = UInt8(ascii: "\"")
        count &+= 1
        var at = 0
        while length &- at >= 8 {
            let word = UnsafeRawPointer(text + at).loadUnaligned(as: UInt64.self)
            UnsafeMutableRawPointer(base + count).storeBytes(of: word, as: UInt64.self)
            let stop = JSONBuffer.stops(in: word)
            if stop != 0 {
                let plain = stop.trailingZeroBitCount >> 3
                count &+= plain
                return appendSlowly(text, length, from: at &+ plain)
            }
            at &+= 8
            count &+= 8
        }
        while at < length {
            let byte = text[at]
            if byte < 0x20 || byte >= 0x80 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
                return appendSlowly(text, length, from: at)
            }
            base[count] = byte
            count &+= 1
            at &+= 1
        }
        base[count] = UInt8(ascii: "\"")
        count &+= 1
        return nil
    }

    /// The rest of a literal, with escapes and other alphabets, and its closing quote.
    @inline(never)
    private mutating func appendSlowly(_ text: UnsafePointer<UInt8>, _ length: Int, from start: Int) -> Int? {
        var at = start
        while at < length {
            // An escape takes six bytes, a sequence four; after each of them there is room for a word.
            reserve(length - at + 16)
            let byte = text[at]
            if byte >= 0x80 {
                let sequence = UTF8Bytes.sequenceLength(text + at, length - at)
                guard sequence > 0 else { return at }
                (base + count).update(from: text + at, count: sequence)
                count &+= sequence
                at &+= sequence
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20 {
                appendEscape(byte)
                at &+= 1
            } else {
                base[count] = byte
                count &+= 1
                at &+= 1
            }
        }
        append(UInt8(ascii: "\""))
        return nil
    }

    private mutating func appendEscape(_ byte: UInt8) {
        append(UInt8(ascii: "\\"))
        if let letter = JSONEscape.letter(for: byte) { return append(letter) }
        // In lower case, as other encoders write it.
        append("u00")
        append(HexDigit.byte(byte >> 4) | 0x20)
        append(HexDigit.byte(byte & 0x0F) | 0x20)
    }

    /// Puts the texts of `members`, which stand one after another to the end, each with a comma, in the order of
    /// `places`.
    mutating func permute(_ members: ArraySlice<LuaJSONEncoder.Member>, _ places: [Int]) {
        guard let start = members.first?.start else { return }
        let length = count - start
        // The copy lies behind the text, in room that the text may take next.
        reserve(length)
        let copy = base + count
        copy.update(from: base + start, count: length)
        var to = base + start
        for place in places {
            let member = members[members.startIndex + place]
            let size = member.end + 1 - member.start
            to.update(from: copy + (member.start - start), count: size)
            to += size
        }
    }

    /// Marks, by their highest bit, bytes that do not stand for themselves; exact for the lowest mark.
    @inline(__always)
    private static func stops(in littleEndianWord: UInt64) -> UInt64 {
        let word = UInt64(littleEndian: littleEndianWord)
        let ones: UInt64 = 0x0101_0101_0101_0101
        let quote = word ^ (ones &* 0x22)
        let backslash = word ^ (ones &* 0x5C)
        let found = (quote &- ones) | (backslash &- ones) | (word &- ones &* 0x20) | word
        return found & (ones &* 0x80)
    }

    @inline(__always)
    private mutating func reserve(_ more: Int) {
        if capacity &- count < more { grow(more) }
    }

    @inline(never)
    private mutating func grow(_ more: Int) {
        capacity = max(capacity * 2, count + more)
        let grown = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
        grown.update(from: base, count: count)
        base.deallocate()
        base = grown
    }
}
