/// Writes pairs one after another. The coded name of the level at hand is kept as a prefix and copied before each
/// value, so a deep name is coded once.
struct FormEncoder {
    private(set) var bytes: [UInt8] = []
    private var prefix: [UInt8] = []

    mutating func member(_ name: String, _ value: JSONValue) {
        PercentCoding.append(name, to: &prefix)
        append(value)
        prefix.removeAll(keepingCapacity: true)
    }

    private mutating func append(_ value: JSONValue) {
        switch value {
        case .null: beginPair()
        case .bool(let value): pair(value ? "1" : "0")
        case .integer(let value): pair(String(value))
        case .number(let value): pair(FormEncoder.text(of: value))
        case .string(let value): pair(value)
        case .array(let elements) where elements.isEmpty: beginPair("[]")
        case .array(let elements):
            for (index, element) in elements.enumerated() {
                nested(element) { $0.append(contentsOf: String(index).utf8) }
            }
        case .object(let object) where object.isEmpty: beginPair("[]")
        case .object(let object):
            for (key, value) in object {
                nested(value) { PercentCoding.append(key, to: &$0) }
            }
        }
    }

    private mutating func nested(_ value: JSONValue, _ appendKey: (inout [UInt8]) -> Void) {
        let outer = prefix.count
        prefix.append(UInt8(ascii: "["))
        appendKey(&prefix)
        prefix.append(UInt8(ascii: "]"))
        append(value)
        prefix.removeSubrange(outer...)
    }

    private mutating func pair(_ value: String) {
        beginPair()
        PercentCoding.append(value, to: &bytes)
    }

    private mutating func beginPair(_ suffix: StaticString = "") {
        if !bytes.isEmpty { bytes.append(UInt8(ascii: "&")) }
        bytes.append(contentsOf: prefix)
        bytes.append(contentsOf: UnsafeBufferPointer(start: suffix.utf8Start, count: suffix.utf8CodeUnitCount))
        bytes.append(UInt8(ascii: "="))
    }

    /// As in JSON: no fraction where there is none. What is not finite has no number to send: empty, as null.
    private static func text(of value: Double) -> String {
        guard value.isFinite else { return "" }
        if value.magnitude <= 0x1p53, let whole = Int64(exactly: value) { return String(whole) }
        return value.description
    }
}
