/// Bytes that grow, with room made once a text instead of once a byte: what makes `Form.encode` fast.
struct ByteBuffer: ~Copyable {
    private var base: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private(set) var count = 0

    init(capacity: Int) {
        self.capacity = capacity
        base = .allocate(capacity: capacity)
    }

    deinit { base.deallocate() }

    var bytes: [UInt8] { Array(UnsafeBufferPointer(start: base, count: count)) }

    mutating func append(_ byte: UInt8) {
        reserve(1)
        base[count] = byte
        count += 1
    }

    /// Begins a pair of a form: `&name=`, without the `&` where nothing stands before.
    @inline(__always)
    mutating func beginPair(_ name: borrowing ByteBuffer) {
        reserve(name.count + 2)
        var end = base + count
        if count > 0 {
            end.pointee = UInt8(ascii: "&")
            end += 1
        }
        end.update(from: name.base, count: name.count)
        end += name.count
        end.pointee = UInt8(ascii: "=")
        count = end + 1 - base
    }

    /// Appends the text percent-coded.
    mutating func appendCoded(_ text: String) {
        if text.utf8.withContiguousStorageIfAvailable({ appendCoded($0) }) != nil { return }
        var text = text
        text.withUTF8 { appendCoded($0) }
    }

    mutating func appendCoded(_ utf8: UnsafeBufferPointer<UInt8>) {
        // Each byte takes three at most.
        reserve(utf8.count * 3)
        var end = base + count
        var at = 0
        while at < utf8.count {
            if utf8.count - at >= 8, let start = utf8.baseAddress {
                let word = UnsafeRawPointer(start + at).loadUnaligned(as: UInt64.self)
                if ByteBuffer.arePlain(word) {
                    UnsafeMutableRawPointer(end).storeBytes(of: word, as: UInt64.self)
                    end += 8
                    at += 8
                    continue
                }
            }
            let byte = utf8[at]
            at += 1
            if PercentCoding.isUnreserved(byte) {
                end.pointee = byte
                end += 1
            } else {
                end[0] = UInt8(ascii: "%")
                end[1] = HexDigit.byte(byte >> 4)
                end[2] = HexDigit.byte(byte & 0x0F)
                end += 3
            }
        }
        count = end - base
    }

    /// Whether eight bytes are all letters, digits or underscores, as most of a name are: each is checked by sums that
    /// cannot carry into the next byte and set bit 7 for "at least" and "above".
    @inline(__always)
    private static func arePlain(_ word: UInt64) -> Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highs = ones &* 0x80
        guard word & highs == 0 else { return false }
        let lower = word | ones &* 0x20
        let isLetter = (lower &+ ones &* (0x80 - 0x61)) & ~(lower &+ ones &* (0x80 - 0x7B))
        let isDigit = (word &+ ones &* (0x80 - 0x30)) & ~(word &+ ones &* (0x80 - 0x3A))
        let isUnderscore = ~((word ^ ones &* 0x5F) &+ ones &* 0x7F)
        return (isLetter | isDigit | isUnderscore) & highs == highs
    }

    mutating func append(decimal value: Int64) {
        reserve(DecimalText.lengthMax)
        count += DecimalText.write(value, to: base + count)
    }

    /// - Parameter length: at most `count`.
    mutating func shorten(to length: Int) { count = length }

    private mutating func reserve(_ more: Int) {
        guard count + more > capacity else { return }
        capacity = max(capacity * 2, count + more)
        let grown = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
        grown.update(from: base, count: count)
        base.deallocate()
        base = grown
    }
}
