/// Quantities as people write them: `500ms`, `90s`, `15m`, `2h`, `3d`; `64MB`, `8KB`, `512`.
public enum Quantity {
    private static let durationUnits: [(suffix: String, milliseconds: Int)] = [
        ("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000),
    ]
    private static let sizeUnits: [(suffix: String, bytes: Int)] = [
        ("KB", 1 << 10), ("MB", 1 << 20), ("GB", 1 << 30), ("B", 1),
    ]

    /// Milliseconds, or nil when the text is no duration. The unit is required.
    public static func milliseconds(_ text: String) -> Int? {
        for unit in durationUnits {
            guard text.hasSuffix(unit.suffix), let value = number(text.dropLast(unit.suffix.count)) else { continue }
            return scaled(value, by: unit.milliseconds)
        }
        return nil
    }

    /// Bytes, or nil when the text is no size. Units are powers of 1024; without one the number counts bytes.
    public static func bytes(_ text: String) -> Int? {
        let upper = text.uppercased()
        for unit in sizeUnits {
            guard upper.hasSuffix(unit.suffix), let value = number(upper.dropLast(unit.suffix.count)) else { continue }
            return scaled(value, by: unit.bytes)
        }
        return count(text)
    }

    /// A whole number of things, 0 or more.
    public static func count(_ text: String) -> Int? {
        guard let first = text.utf8.first, (48...57).contains(first) else { return nil }
        return Int(text)
    }

    private static func number(_ text: some StringProtocol) -> Double? {
        guard let first = text.utf8.first, (48...57).contains(first),
            text.utf8.allSatisfy({ (48...57).contains($0) || $0 == UInt8(ascii: ".") })
        else { return nil }
        return Double(String(text))
    }

    private static func scaled(_ value: Double, by unit: Int) -> Int? {
        Int(exactly: (value * Double(unit)).rounded())
    }
}
