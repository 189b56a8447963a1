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

    mutating func append(_ other: borrowing ByteBuffer) {
        reserve(other.count)
        (base + count).update(from: other.base, count: other.count)
        count += other.count
    }

    /// Appends the text percent-coded.
    mutating func appendCoded(_ text: String) {
        var text = text
        text.withUTF8 { utf8 in
            // Each byte takes three at most.
            reserve(utf8.count * 3)
            var end = base + count
            for byte in utf8 {
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
