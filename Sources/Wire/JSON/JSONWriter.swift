/// Appends JSON to bytes, compactly, with nothing between the caller and the text: no tree, no intermediate strings.
///
/// The caller keeps the grammar (each `begin…` its `end…`, a key before each member); the writer puts the commas.
@frozen
public struct JSONWriter {
    public var bytes: [UInt8]
    @usableFromInline var needsComma = false

    /// Starts with nothing, or goes on after `bytes`, which it takes over without copying.
    public init(appendingTo bytes: [UInt8] = [], reserving capacity: Int = 256) {
        self.bytes = bytes
        self.bytes.reserveCapacity(bytes.count + capacity)
    }

    @inlinable
    public mutating func beginObject() { open(UInt8(ascii: "{")) }

    @inlinable
    public mutating func endObject() { close(UInt8(ascii: "}")) }

    @inlinable
    public mutating func beginArray() { open(UInt8(ascii: "[")) }

    @inlinable
    public mutating func endArray() { close(UInt8(ascii: "]")) }

    @inlinable
    public mutating func key(_ name: String) {
        string(name)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// - Parameter utf8: valid UTF-8; `UTF8Bytes.firstInvalidOffset` tells.
    @inlinable
    public mutating func key(utf8: UnsafeBufferPointer<UInt8>) {
        string(utf8: utf8)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    @inlinable
    public mutating func string(_ text: String) {
        var text = text
        text.withUTF8 { string(utf8: $0) }
    }

    /// - Parameter utf8: valid UTF-8; `UTF8Bytes.firstInvalidOffset` tells.
    @inlinable
    public mutating func string(utf8: UnsafeBufferPointer<UInt8>) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        appendEscaped(utf8)
        bytes.append(UInt8(ascii: "\""))
    }

    @inlinable
    public mutating func integer(_ value: Int64) {
        separate()
        appendDecimal(value)
    }

    /// The shortest text that reads back as the same double. Whole numbers up to 2^53 are written without a fraction
    /// (`5`, not `5.0`), as PHP and Lua's cjson write and strict receivers want integers.
    ///
    /// Returns false and writes nothing for NaN and the infinities: JSON has no words for them.
    @inlinable
    public mutating func number(_ value: Double) -> Bool {
        guard value.isFinite else { return false }
        if value.magnitude <= 0x1p53, value == value.rounded(.towardZero), value != 0 || value.sign == .plus {
            integer(Int64(value))
            return true
        }
        separate()
        bytes.append(contentsOf: value.description.utf8)
        return true
    }

    @inlinable
    public mutating func bool(_ value: Bool) {
        separate()
        append(value ? "true" : "false")
    }

    @inlinable
    public mutating func null() {
        separate()
        append("null")
    }

    /// A value that is JSON already.
    @inlinable
    public mutating func raw(_ json: some Collection<UInt8>) {
        separate()
        bytes.append(contentsOf: json)
    }

    /// A whole tree; a number that is not finite becomes `null`.
    public mutating func value(_ value: JSONValue) {
        switch value {
        case .null: null()
        case .bool(let value): bool(value)
        case .integer(let value): integer(value)
        case .number(let value): if !number(value) { null() }
        case .string(let value): string(value)
        case .array(let elements):
            beginArray()
            for element in elements { self.value(element) }
            endArray()
        case .object(let object):
            beginObject()
            for (key, member) in object {
                self.key(key)
                self.value(member)
            }
            endObject()
        }
    }
}
