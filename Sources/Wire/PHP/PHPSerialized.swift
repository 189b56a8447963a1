/// Reads what PHP's `serialize` writes: https://www.php.net/manual/en/function.serialize.php
///
/// Arrays whose keys count 0, 1, 2 … become lists, others objects. Lengths count UTF-8 bytes. Objects of classes and
/// references are refused: nothing that comes from outside may name a class.
public struct PHPSerialized {
    public static let depthMax = 64
    public static let valuesMax = 100_000

    private let bytes: [UInt8]
    private var at = 0
    private var count = 0

    public static func decode(_ bytes: [UInt8]) throws(PHPSerializedFailure) -> JSONValue {
        var reader = PHPSerialized(bytes: bytes)
        let value = try reader.value(depth: 0)
        guard reader.at == bytes.count else { throw reader.failure("something follows the value") }
        return value
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private mutating func value(depth: Int) throws(PHPSerializedFailure) -> JSONValue {
        count += 1
        guard depth <= Self.depthMax else { throw failure("it is nested deeper than depthMax, \(Self.depthMax)") }
        guard count <= Self.valuesMax else { throw failure("it has more than valuesMax, \(Self.valuesMax), values") }
        guard at < bytes.count else { throw failure("it ends in the middle") }
        let kind = bytes[at]
        at += 1
        switch kind {
        case UInt8(ascii: "N"):
            try skip(";")
            return .null
        case UInt8(ascii: "b"):
            try skip(":")
            let digits = try text(until: ";")
            guard digits == "0" || digits == "1" else { throw failure("a boolean is neither 0 nor 1") }
            return .bool(digits == "1")
        case UInt8(ascii: "i"):
            try skip(":")
            guard let number = Int64(try text(until: ";")) else { throw failure("an integer is none") }
            return .integer(number)
        case UInt8(ascii: "d"):
            try skip(":")
            guard let number = Double(try text(until: ";")), number.isFinite else { throw failure("a number is none") }
            return .number(number)
        case UInt8(ascii: "s"):
            try skip(":")
            let string = try string()
            try skip(";")
            return .string(string)
        case UInt8(ascii: "a"):
            try skip(":")
            return try array(depth: depth)
        default: throw failure("a value is of a kind that is not read")
        }
    }

    private mutating func array(depth: Int) throws(PHPSerializedFailure) -> JSONValue {
        guard let length = Int(try text(until: ":")), length >= 0, length <= Self.valuesMax else {
            throw failure("an array's length is none")
        }
        try skip("{")
        var object = JSONObject()
        var isList = true
        for place in 0..<length {
            let key: String
            switch try value(depth: depth + 1) {
            case .integer(let number): key = String(number)
            case .string(let text): key = text
            default: throw failure("a key is neither a number nor a text")
            }
            if key != String(place) { isList = false }
            object[key] = try value(depth: depth + 1)
        }
        try skip("}")
        return isList ? .array(object.map(\.value)) : .object(object)
    }

    /// `5:"hello"`
    private mutating func string() throws(PHPSerializedFailure) -> String {
        guard let length = Int(try text(until: ":")), length >= 0, length <= bytes.count - at - 2 else {
            throw failure("a text's length is wrong: it counts bytes of UTF-8")
        }
        try skip("\"")
        let content = bytes[at..<at + length]
        at += length
        try skip("\"")
        guard let string = String(validating: content, as: UTF8.self) else { throw failure("a text is not UTF-8") }
        return string
    }

    private mutating func text(until end: Unicode.Scalar) throws(PHPSerializedFailure) -> String {
        guard let close = bytes[at...].firstIndex(of: UInt8(ascii: end)) else { throw failure("it ends in the middle") }
        defer { at = close + 1 }
        return String(decoding: bytes[at..<close], as: UTF8.self)
    }

    private mutating func skip(_ mark: Unicode.Scalar) throws(PHPSerializedFailure) {
        guard at < bytes.count, bytes[at] == UInt8(ascii: mark) else { throw failure("'\(mark)' is missing") }
        at += 1
    }

    private func failure(_ message: String) -> PHPSerializedFailure {
        PHPSerializedFailure(message: message, offset: at)
    }
}

/// Why bytes are nothing that PHP serialized.
public struct PHPSerializedFailure: Error, Sendable, Equatable, CustomStringConvertible {
    public let message: String
    /// In bytes.
    public let offset: Int

    public var description: String { "byte \(offset): \(message)" }
}
