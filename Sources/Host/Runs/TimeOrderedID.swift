import Glibc
import Synchronization

/// Identifiers that grow with time and are unique without asking anybody: 41 bits of milliseconds since 2024, 22 bits
/// of chance. Within one process each is greater than the one before, also when the clock jumps back.
///
/// Two processes make the same one once in four million when they make one in the same millisecond; the store refuses
/// the second event then, and its sender comes again.
public struct TimeOrderedID: Sendable, Hashable, Comparable {
    public let value: Int64

    public init(_ value: Int64) { self.value = value }

    private static let epochMS: Int64 = 1_704_067_200_000
    private static let chanceBits: Int64 = 22
    private static let last = Atomic<Int64>(0)

    static func next(nowMS: Int64) -> TimeOrderedID {
        let ms = max(nowMS - epochMS, 0)
        let wanted = ms << chanceBits | Int64.random(in: 0..<1 << chanceBits)
        var before = last.load(ordering: .relaxed)
        while true {
            // The same millisecond goes on counting from a random place, so that other processes are not met.
            let made = before >> chanceBits >= ms ? before + 1 : wanted
            let (exchanged, original) = last.compareExchange(expected: before, desired: made, ordering: .relaxed)
            if exchanged { return TimeOrderedID(made) }
            before = original
        }
    }

    /// The least that can be made at a time.
    static func first(atMS ms: Int64) -> TimeOrderedID { TimeOrderedID(max(ms - epochMS, 0) << chanceBits) }

    /// Identifiers made from now on are greater than this one.
    static func follow(_ id: TimeOrderedID) {
        var before = last.load(ordering: .relaxed)
        while before < id.value {
            let (exchanged, original) = last.compareExchange(expected: before, desired: id.value, ordering: .relaxed)
            if exchanged { return }
            before = original
        }
    }

    /// When it was made, in milliseconds since 1970.
    var madeMS: Int64 { value >> Self.chanceBits + Self.epochMS }

    public static func < (left: Self, right: Self) -> Bool { left.value < right.value }
}

/// As people see and type it: 13 digits of Crockford's Base32, in order of time.
extension TimeOrderedID: CustomStringConvertible {
    private static let digits = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
    private static let length = 13

    public var description: String {
        var rest = UInt64(bitPattern: value)
        var text = [UInt8](repeating: 0, count: Self.length)
        for place in text.indices.reversed() {
            text[place] = Self.digits[Int(rest & 31)]
            rest >>= 5
        }
        return String(decoding: text, as: UTF8.self)
    }

    public init?(_ text: String) {
        guard text.utf8.count == Self.length else { return nil }
        var value: UInt64 = 0
        for byte in text.utf8 {
            // Upper case becomes lower case; digits have the bit set already.
            guard let digit = Self.digits.firstIndex(of: byte | 0x20), value >> 59 == 0 else { return nil }
            value = value << 5 | UInt64(digit)
        }
        guard let signed = Int64(exactly: value) else { return nil }
        self.init(signed)
    }
}
