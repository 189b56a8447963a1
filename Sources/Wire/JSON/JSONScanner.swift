/// A pull scanner over the bytes of one JSON text: call `next()` until it returns `.end`.
///
/// Strict RFC 8259 and strict UTF-8. It allocates nothing, builds nothing and copies nothing, so a caller can put
/// tokens where they belong (a Lua stack, a struct) or skip a value and keep its byte range.
///
/// The bytes must outlive the scanner and every slice it gave out, and must not change meanwhile. A text of several
/// values one after another is not JSON; after a failure the scanner is spent.
@frozen
public struct JSONScanner {
    @frozen
    @usableFromInline
    enum Expectation: UInt8 {
        case value
        /// Right after `[`.
        case valueOrEnd
        /// Right after `{`.
        case keyOrEnd
        case commaOrEnd
        /// The outermost value is complete.
        case nothing
    }

    @usableFromInline let base: UnsafePointer<UInt8>
    @usableFromInline let count: Int
    @usableFromInline let depthMax: Int
    /// The byte `next()` will look at first, from 0.
    @usableFromInline var position: Int
    /// Where the value that `next()` returned last begins; of an array or an object, its opening bracket.
    @usableFromInline var valueStart: Int
    @usableFromInline var level: Int
    /// One bit an open container, the innermost lowest: 1 for an object.
    @usableFromInline var kinds: UInt128
    @usableFromInline var expectation: Expectation

    /// - Throws: `.size` when there are more bytes than the limit.
    @inlinable
    public init(
        _ bytes: UnsafeBufferPointer<UInt8>, limits: JSONLimits = .default
    ) throws(JSONFailure) {
        guard bytes.count <= limits.bytesMax else { throw JSONScanner.tooLong(bytes.count, limits) }
        base = bytes.baseAddress ?? JSONScanner.nowhere
        count = bytes.count
        depthMax = min(limits.depthMax, JSONLimits.depthCeiling)
        position = 0
        valueStart = 0
        level = 0
        kinds = 0
        expectation = .value
    }

    /// The next token. After the outermost value it is `.end`, for ever.
    @inlinable
    public mutating func next() throws(JSONFailure) -> JSONToken {
        skipSpace()
        guard position < count else {
            if expectation == .nothing { return .end }
            throw truncated()
        }
        switch expectation {
        case .value:
            return try value()
        case .valueOrEnd:
            if base[position] == UInt8(ascii: "]") { return closeContainer(.endArray) }
            return try value()
        case .keyOrEnd:
            if base[position] == UInt8(ascii: "}") { return closeContainer(.endObject) }
            return try key()
        case .commaOrEnd:
            return try afterValue()
        case .nothing:
            throw trailing()
        }
    }

    /// Reads one whole value, nested ones included, and returns where it stands, without the space around it. To be
    /// called where a value must come: at the start or after a key.
    @inlinable
    public mutating func skipValue() throws(JSONFailure) -> Range<Int> {
        guard let range = try skipElement() else { throw unexpected("a value") }
        return range
    }

    /// Reads one whole element of the array that is open; nil when the array ends instead.
    @inlinable
    public mutating func skipElement() throws(JSONFailure) -> Range<Int>? {
        let outer = level
        switch try next() {
        case .endArray, .endObject, .end: return nil
        case .key: throw unexpected("an array")
        default: break
        }
        let start = valueStart
        while level > outer { _ = try next() }
        return start..<position
    }

    /// The byte `next()` will look at first, from 0.
    @inlinable
    public var offset: Int { position }

    /// Right after `.beginArray` or `.beginObject`: whether it has no member. Skips white space.
    @inlinable
    public var closesAtOnce: Bool {
        mutating get {
            skipSpace()
            guard position < count else { return false }
            return base[position] == (kinds & 1 == 1 ? UInt8(ascii: "}") : UInt8(ascii: "]"))
        }
    }

    /// How many arrays and objects are open.
    @inlinable
    public var depth: Int { level }

    // MARK: - Grammar

    @inlinable @inline(__always)
    mutating func afterValue() throws(JSONFailure) -> JSONToken {
        let byte = base[position]
        let inObject = kinds & 1 == 1
        if byte == UInt8(ascii: ",") {
            position += 1
            skipSpace()
            guard position < count else { throw truncated() }
            return inObject ? try key() : try value()
        }
        if inObject {
            if byte == UInt8(ascii: "}") { return closeContainer(.endObject) }
            throw unexpected("',' or '}'")
        }
        if byte == UInt8(ascii: "]") { return closeContainer(.endArray) }
        throw unexpected("',' or ']'")
    }

    @inlinable @inline(__always)
    mutating func key() throws(JSONFailure) -> JSONToken {
        guard base[position] == UInt8(ascii: "\"") else { throw unexpected("a key in double quotes") }
        let slice = try string()
        skipSpace()
        guard position < count else { throw truncated() }
        guard base[position] == UInt8(ascii: ":") else { throw unexpected("':'") }
        position += 1
        expectation = .value
        return .key(slice)
    }

    @inlinable @inline(__always)
    mutating func value() throws(JSONFailure) -> JSONToken {
        valueStart = position
        switch base[position] {
        case UInt8(ascii: "\""):
            let slice = try string()
            closeValue()
            return .string(slice)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            let token = try number()
            closeValue()
            return token
        case UInt8(ascii: "{"):
            try openContainer(isObject: true)
            return .beginObject
        case UInt8(ascii: "["):
            try openContainer(isObject: false)
            return .beginArray
        case UInt8(ascii: "n"):
            try word(0x6C6C_756E, 4)
            return .null
        case UInt8(ascii: "t"):
            try word(0x6575_7274, 4)
            return .true
        case UInt8(ascii: "f"):
            try word(0x6573_6C61, 5)
            return .false
        default:
            throw unexpected("a value")
        }
    }

    @inlinable @inline(__always)
    mutating func openContainer(isObject: Bool) throws(JSONFailure) {
        guard level < depthMax else { throw tooDeep() }
        level += 1
        kinds = kinds << 1 | (isObject ? 1 : 0)
        position += 1
        expectation = isObject ? .keyOrEnd : .valueOrEnd
    }

    @inlinable @inline(__always)
    mutating func closeContainer(_ token: JSONToken) -> JSONToken {
        level -= 1
        kinds >>= 1
        position += 1
        closeValue()
        return token
    }

    @inlinable @inline(__always)
    mutating func closeValue() {
        expectation = level == 0 ? .nothing : .commaOrEnd
    }

    /// Reads `true`, `false` or `null`: the last four of its `length` bytes, as a little-endian word.
    @inlinable @inline(__always)
    mutating func word(_ lastFour: UInt32, _ length: Int) throws(JSONFailure) {
        guard count - position >= length else { throw cutWord() }
        let found = UnsafeRawPointer(base + (position + length - 4)).loadUnaligned(as: UInt32.self)
        guard UInt32(littleEndian: found) == lastFour else { throw unexpected("true, false or null") }
        position += length
        closeValue()
    }

    @inlinable @inline(__always)
    mutating func skipSpace() {
        // Compact JSON has none: one comparison and out.
        while position < count, base[position] <= 0x20 {
            let byte = base[position]
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
            position += 1
        }
    }
}
