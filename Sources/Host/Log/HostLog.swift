import Synchronization
public import Wire

/// What `host serve` says for its operator, a line each: JSON for machines, or words for people. Every line of a run
/// has the run's identifier and, as OpenTelemetry wants it, a trace id made of it.
public final class HostLog: Sendable {
    public enum Format: String, Sendable, CaseIterable {
        case human, json
    }

    let minimum: RunLog.Level
    private let format: Format
    private let clock: @Sendable () -> Timestamp
    private let write: @Sendable (String) -> Void

    /// - Parameter write: takes whole lines, without their line end, from any thread.
    public init(
        _ format: Format, minimum: RunLog.Level = .info, clock: (@Sendable () -> Timestamp)? = nil,
        write: @escaping @Sendable (String) -> Void
    ) {
        self.format = format
        self.minimum = minimum
        self.clock = clock ?? WallClock.now
        self.write = write
    }

    /// A line of the host's own.
    public func say(_ level: RunLog.Level, _ message: String, _ fields: JSONObject = JSONObject()) {
        guard level.rank >= minimum.rank else { return }
        put(level.rawValue, message, fields)
    }

    /// A line of a run's log: its level is its first word.
    func line(_ line: String, run: String, recipe: String) {
        let words = line.split(separator: " ", maxSplits: 1)
        let level = words.first.map(String.init) ?? RunLog.Level.info.rawValue
        put(level, words.count > 1 ? String(words[1]) : "", ["run": .string(run), "recipe": .string(recipe)])
    }

    /// What a recipe prints.
    func printed(_ bytes: UnsafeRawBufferPointer, run: String, recipe: String) {
        var text = String(decoding: bytes, as: UTF8.self)
        if text.hasSuffix("\n") { text.removeLast() }
        put(RunLog.Level.info.rawValue, text, ["run": .string(run), "recipe": .string(recipe), "print": true])
    }

    private func put(_ level: String, _ message: String, _ fields: JSONObject) {
        let time = clock().iso8601(offsetSeconds: 0)
        switch format {
        case .json:
            var object: JSONObject = ["time": .string(time), "level": .string(level), "message": .string(message)]
            for (key, value) in fields { object[key] = value }
            if let run = fields["run"]?.stringValue { object["trace_id"] = .string(Self.trace(run)) }
            write(JSONValue.object(object).text)
        case .human:
            var line = "\(time) \(level) \(RunLog.oneLine(message))"
            for (key, value) in fields { line += " \(key)=\(value.stringValue ?? value.text)" }
            write(line)
        }
    }

    /// 32 hexadecimal digits, not all of them zero (W3C Trace Context).
    static func trace(_ run: String) -> String {
        let value = TimeOrderedID(run).map { UInt64(bitPattern: $0.value) } ?? 1
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 32 - digits.count) + digits
    }
}
