import Wire

/// How often a failed run of a recipe is tried again, and how long is waited before: `first`, then twice as long each
/// time, `most` at most.
public struct RetryRule: Sendable, Equatable {
    /// Further tries after the first; 0 for none.
    public var max = 5
    public var firstMS = 10_000
    public var mostMS = 3_600_000

    static let maxMax = 100
    /// A recipe that has to wait longer is better woken by a schedule.
    static let waitMSMax = 7 * 86_400_000

    public init() {}

    /// Reads `{ max = 5, first = "10s", most = "1h" }`; what it leaves out stays as it is by default.
    init(_ value: JSONValue?) throws(FieldFailure) {
        guard let value, value != .null, value != .array([]) else { return }
        guard let table = value.objectValue else {
            throw FieldFailure("retry must be a table such as { max = 5, first = \"10s\", most = \"1h\" }")
        }
        for (key, value) in table {
            switch key {
            case "max":
                guard let count = value.integerValue.flatMap({ Int(exactly: $0) }), (0...Self.maxMax).contains(count)
                else {
                    throw FieldFailure("retry.max must be a whole number from 0 to \(Self.maxMax)")
                }
                max = count
            case "first": firstMS = try Self.wait(value, "first")
            case "most": mostMS = try Self.wait(value, "most")
            default: throw FieldFailure("retry has the unknown key '\(key)'; keys are max, first, most")
            }
        }
        // A first wait that is longer than the longest by default says only that.
        if table["most"] == nil { mostMS = Swift.max(mostMS, firstMS) }
        guard firstMS <= mostMS else { throw FieldFailure("retry.first is longer than retry.most") }
    }

    /// The wait before the `number`th further try, from 1; nil when there is none.
    public func waitMS(before number: Int) -> Int? {
        guard (1...Swift.max(1, max)).contains(number), number <= max else { return nil }
        var wait = firstMS
        for _ in 1..<number where wait < mostMS { wait *= 2 }
        return Swift.min(wait, mostMS)
    }

    private static func wait(_ value: JSONValue, _ name: String) throws(FieldFailure) -> Int {
        guard let milliseconds = value.stringValue.flatMap(Quantity.milliseconds),
            (1...waitMSMax).contains(milliseconds)
        else { throw FieldFailure("retry.\(name) must be a duration of 1ms to 7d, such as \"10s\"") }
        return milliseconds
    }
}
