/// Unpacks zlib streams (RFC 1950 around RFC 1951), as PHP's `gzcompress` makes them.
///
/// Small and plain: it reads files of some kilobytes, not traffic.
public struct Inflate {
    /// Unpacks a whole stream and checks its sum.
    ///
    /// - Parameter bytesMax: the most it may unpack to.
    public static func zlib(_ bytes: [UInt8], bytesMax: Int = 32 << 20) throws(InflateFailure) -> [UInt8] {
        guard bytes.count >= 6, bytes[0] & 0x0F == 8, bytes[0] >> 4 <= 7,
            (Int(bytes[0]) << 8 | Int(bytes[1])) % 31 == 0, bytes[1] & 0x20 == 0
        else { throw InflateFailure("the bytes are no zlib stream") }
        var inflate = Inflate(bytes: bytes, at: 2, bytesMax: bytesMax)
        try inflate.blocks()
        let sum = bytes.count >= inflate.at + 4 ? bytes[inflate.at..<inflate.at + 4] : []
        guard sum.elementsEqual(adler32(inflate.output)) else {
            throw InflateFailure("the sum at the end of the zlib stream is wrong")
        }
        return inflate.output
    }

    private let bytes: [UInt8]
    private var at: Int
    private let bytesMax: Int
    private var output: [UInt8] = []
    private var held: UInt32 = 0
    private var heldCount = 0

    private init(bytes: [UInt8], at: Int, bytesMax: Int) {
        self.bytes = bytes
        self.at = at
        self.bytesMax = bytesMax
    }

    private mutating func blocks() throws(InflateFailure) {
        var isLast = false
        while !isLast {
            isLast = try bits(1) == 1
            switch try bits(2) {
            case 0: try stored()
            case 1: try coded(HuffmanCode.fixedLiterals, HuffmanCode.fixedDistances)
            case 2:
                let (literals, distances) = try dynamicCodes()
                try coded(literals, distances)
            default: throw InflateFailure("a block is of no known kind")
            }
        }
    }

    private mutating func stored() throws(InflateFailure) {
        // Bits of the current byte are skipped.
        (held, heldCount) = (0, 0)
        guard at + 4 <= bytes.count else { throw .ended }
        let length = Int(bytes[at]) | Int(bytes[at + 1]) << 8
        let complement = Int(bytes[at + 2]) | Int(bytes[at + 3]) << 8
        guard length ^ complement == 0xFFFF else { throw InflateFailure("a stored block has a wrong length") }
        at += 4
        guard at + length <= bytes.count else { throw .ended }
        try check(room: length)
        output.append(contentsOf: bytes[at..<at + length])
        at += length
    }

    private mutating func coded(_ literals: HuffmanCode, _ distances: HuffmanCode) throws(InflateFailure) {
        while true {
            let symbol = try self.symbol(literals)
            if symbol < 256 {
                try check(room: 1)
                output.append(UInt8(symbol))
                continue
            }
            if symbol == 256 { return }
            guard symbol - 257 < Self.lengthBases.count else { throw InflateFailure("a length is out of range") }
            let length = Self.lengthBases[symbol - 257] + Int(try bits(Self.lengthExtras[symbol - 257]))
            let code = try self.symbol(distances)
            guard code < Self.distanceBases.count else { throw InflateFailure("a distance is out of range") }
            let distance = Self.distanceBases[code] + Int(try bits(Self.distanceExtras[code]))
            guard distance <= output.count else { throw InflateFailure("a distance reaches before the beginning") }
            try check(room: length)
            // Byte by byte: what is copied may overlap what is written.
            for _ in 0..<length { output.append(output[output.count - distance]) }
        }
    }

    private mutating func dynamicCodes() throws(InflateFailure) -> (HuffmanCode, HuffmanCode) {
        let literalCount = Int(try bits(5)) + 257
        let distanceCount = Int(try bits(5)) + 1
        let lengthCount = Int(try bits(4)) + 4
        var lengths = [Int](repeating: 0, count: 19)
        for place in Self.lengthOrder.prefix(lengthCount) { lengths[place] = Int(try bits(3)) }
        let code = try HuffmanCode(lengths: lengths)
        var all: [Int] = []
        while all.count < literalCount + distanceCount {
            switch try symbol(code) {
            case let length where length < 16: all.append(length)
            case 16:
                guard let last = all.last else { throw InflateFailure("a repeated length has nothing before it") }
                all.append(contentsOf: repeatElement(last, count: Int(try bits(2)) + 3))
            case 17: all.append(contentsOf: repeatElement(0, count: Int(try bits(3)) + 3))
            default: all.append(contentsOf: repeatElement(0, count: Int(try bits(7)) + 11))
            }
        }
        guard all.count == literalCount + distanceCount else { throw InflateFailure("there are too many lengths") }
        return (
            try HuffmanCode(lengths: Array(all[..<literalCount])), try HuffmanCode(lengths: Array(all[literalCount...]))
        )
    }

    private mutating func symbol(_ code: HuffmanCode) throws(InflateFailure) -> Int {
        var walk = HuffmanCode.Walk()
        while true {
            if let symbol = try code.step(&walk, Int(try bits(1))) { return symbol }
        }
    }

    private mutating func bits(_ count: Int) throws(InflateFailure) -> UInt32 {
        while heldCount < count {
            guard at < bytes.count else { throw .ended }
            held |= UInt32(bytes[at]) << heldCount
            at += 1
            heldCount += 8
        }
        let value = held & ((1 << count) - 1)
        held >>= count
        heldCount -= count
        return value
    }

    private func check(room: Int) throws(InflateFailure) {
        guard output.count + room <= bytesMax else {
            throw InflateFailure("the stream unpacks to more than bytesMax, \(bytesMax) bytes")
        }
    }

    private static func adler32(_ bytes: [UInt8]) -> [UInt8] {
        var low: UInt32 = 1
        var high: UInt32 = 0
        for byte in bytes {
            low = (low + UInt32(byte)) % 65_521
            high = (high + low) % 65_521
        }
        return [UInt8(high >> 8), UInt8(high & 0xFF), UInt8(low >> 8), UInt8(low & 0xFF)]
    }

    private static let lengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
    private static let lengthBases = [
        3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227,
        258,
    ]
    private static let lengthExtras = [
        0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
    ]
    private static let distanceBases = [
        1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1_025, 1_537, 2_049, 3_073,
        4_097, 6_145, 8_193, 12_289, 16_385, 24_577,
    ]
    private static let distanceExtras = [
        0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
    ]
}

/// Why bytes could not be unpacked.
public struct InflateFailure: Error, Sendable, Equatable, CustomStringConvertible {
    public let message: String

    init(_ message: String) { self.message = message }

    static let ended = InflateFailure("the zlib stream ends in the middle")

    public var description: String { message }
}

/// A canonical Huffman code, walked bit by bit.
struct HuffmanCode {
    private static let lengthMax = 15
    /// Symbols of each length, and all symbols in the order of their codes.
    private var counts = [Int](repeating: 0, count: lengthMax + 1)
    private var symbols: [Int] = []

    struct Walk {
        fileprivate var code = 0
        fileprivate var first = 0
        fileprivate var index = 0
        fileprivate var length = 0
    }

    init(lengths: [Int]) throws(InflateFailure) {
        for length in lengths where length > 0 { counts[length] += 1 }
        var left = 1
        for length in 1...Self.lengthMax {
            left = left * 2 - counts[length]
            guard left >= 0 else { throw InflateFailure("a code has too many symbols") }
        }
        symbols = lengths.indices.filter { lengths[$0] > 0 }.sorted {
            (lengths[$0], $0) < (lengths[$1], $1)
        }
    }

    private init(known lengths: [Int]) {
        for length in lengths { counts[length] += 1 }
        symbols = lengths.indices.sorted { (lengths[$0], $0) < (lengths[$1], $1) }
    }

    static let fixedLiterals = HuffmanCode(
        known: (0..<288).map { $0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8 })
    static let fixedDistances = HuffmanCode(known: [Int](repeating: 5, count: 30))

    /// The symbol that the bits so far stand for; nil while they stand for none.
    func step(_ walk: inout Walk, _ bit: Int) throws(InflateFailure) -> Int? {
        walk.length += 1
        guard walk.length <= Self.lengthMax else { throw InflateFailure("bits stand for no symbol") }
        walk.code |= bit
        let count = counts[walk.length]
        if walk.code - count < walk.first { return symbols[walk.index + walk.code - walk.first] }
        walk.index += count
        walk.first = (walk.first + count) * 2
        walk.code *= 2
        return nil
    }
}
