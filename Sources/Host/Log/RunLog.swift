public import Wire

/// What a run says for its operator: lines with a level, bounded in length and in sum, secrets taken out.
public final class RunLog {
    public enum Level: String, Sendable, CaseIterable {
        case debug, info, warn, error
    }

    private(set) var redactor: Redactor
    private var lineBytesMax: Int
    private var totalBytesMax: Int
    private let minimum: Level
    private let write: (String) -> Void
    private var totalBytes = 0

    /// - Parameters:
    ///   - lineBytesMax: a longer line is cut, and says how much is missing.
    ///   - totalBytesMax: bytes of all lines of this run together.
    ///   - write: takes whole lines, without their line end.
    public init(
        redactor: Redactor, lineBytesMax: Int, totalBytesMax: Int, minimum: Level = .info,
        write: @escaping (String) -> Void
    ) {
        self.redactor = redactor
        self.lineBytesMax = lineBytesMax
        self.totalBytesMax = totalBytesMax
        self.minimum = minimum
        self.write = write
    }

    /// Other bounds from now on; what was said counts.
    func bound(lineBytesMax: Int, totalBytesMax: Int) {
        self.lineBytesMax = lineBytesMax
        self.totalBytesMax = totalBytesMax
    }

    /// Throws when the run has said more than it may.
    public func line(_ level: Level, _ message: String, _ fields: JSONObject = JSONObject()) throws(RunLogFull) {
        guard level.rank >= minimum.rank else { return }
        var text = level.rawValue
        text += " "
        text += message
        for (key, value) in fields { text += " \(key)=\(value.text)" }
        text = Self.oneLine(Self.cut(redactor.redact(text), to: lineBytesMax))
        totalBytes += text.utf8.count + 1
        guard totalBytes <= totalBytesMax else { throw RunLogFull(totalBytesMax: totalBytesMax) }
        write(text)
    }

    /// A secret that became known during the run.
    func hide(_ secret: String) { redactor.add(secret) }

    private static func cut(_ text: String, to bytesMax: Int) -> String {
        let count = text.utf8.count
        guard count > bytesMax else { return text }
        var end = text.utf8.index(text.utf8.startIndex, offsetBy: bytesMax)
        while String.Index(end, within: text) == nil, end > text.utf8.startIndex { end = text.utf8.index(before: end) }
        let kept = text[..<end]
        return "\(kept)… (\(count - kept.utf8.count) more bytes; limit 'log_line')"
    }

    /// Control characters are shown, not obeyed: a log line stays a line, and a terminal is never steered by data.
    static func oneLine(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n": result += "\\n"
            case "\t": result += " "
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                result += "\\u{\(String(scalar.value, radix: 16))}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}

/// The run said more than its limit `log` allows.
public struct RunLogFull: Error {
    let totalBytesMax: Int
}

extension RunLog.Level {
    var rank: Int {
        switch self {
        case .debug: 0
        case .info: 1
        case .warn: 2
        case .error: 3
        }
    }
}
