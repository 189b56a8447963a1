/// One of the five fields of a cron expression: what it may say, and the set of values it does say.
struct CronField {
    let name: String
    let values: ClosedRange<Int>
    /// Three letters each, from the first value on.
    let words: [String]

    static let minute = CronField(name: "minute", values: 0...59, words: [])
    static let hour = CronField(name: "hour", values: 0...23, words: [])
    static let day = CronField(name: "day of month", values: 1...31, words: [])
    static let month = CronField(
        name: "month", values: 1...12,
        words: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"])
    /// 0 and 7 are Sunday.
    static let weekday = CronField(
        name: "day of week", values: 0...7, words: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"])

    static let all = [minute, hour, day, month, weekday]

    /// A bit for each value: `*`, `5`, `1-5`, `*/15`, `9-18/3` and lists of them.
    func set(_ text: Substring) throws(CronFailure) -> UInt64 {
        var set: UInt64 = 0
        for part in text.split(separator: ",", omittingEmptySubsequences: false) { set |= try bits(part, of: text) }
        return set
    }

    private func bits(_ part: Substring, of text: Substring) throws(CronFailure) -> UInt64 {
        let halves = part.split(separator: "/", omittingEmptySubsequences: false)
        guard halves.count <= 2 else { throw failure(text, "has more than one '/'") }
        let span = halves.first ?? ""
        var step = 1
        if halves.count == 2 {
            guard let given = number(halves[1]), given >= 1, given <= values.upperBound else {
                throw failure(text, "needs a step of 1 to \(values.upperBound) after '/'")
            }
            guard span == "*" || span.contains("-") else {
                throw failure(text, "has a step without a range: write \(span)-\(values.upperBound)/\(given)")
            }
            step = given
        }
        let range = try range(span, of: text)
        var bits: UInt64 = 0
        for value in stride(from: range.lowerBound, through: range.upperBound, by: step) { bits |= bit(value) }
        return bits
    }

    private func range(_ span: Substring, of text: Substring) throws(CronFailure) -> ClosedRange<Int> {
        if span == "*" { return words.isEmpty || values.lowerBound == 1 ? values : 0...6 }
        let ends = span.split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count <= 2, let first = ends.first, let last = ends.last, let low = value(first),
            var high = value(last)
        else { throw failure(text, "is not understood") }
        // A week that ends on Sunday: fri-sun.
        if values.upperBound == 7, high == 0, ends.count == 2, low > 0 { high = 7 }
        guard low <= high else { throw failure(text, "has a range that runs backwards") }
        return low...high
    }

    /// Sunday has one bit, whichever of its numbers it is called by.
    private func bit(_ value: Int) -> UInt64 { 1 << UInt64(values.upperBound == 7 ? value % 7 : value) }

    private func value(_ text: Substring) -> Int? {
        if let place = words.firstIndex(of: text.lowercased()) { return values.lowerBound + place }
        return number(text).flatMap { values.contains($0) ? $0 : nil }
    }

    private func number(_ text: Substring) -> Int? {
        guard (1...4).contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return Int(text)
    }

    private func failure(_ text: Substring, _ problem: String) -> CronFailure {
        let named = words.first.map { " or \($0) to \(words[words.count - 1])" } ?? ""
        return CronFailure(
            message: "the \(name) field '\(text)' \(problem); it takes \(values.lowerBound) to \(values.upperBound)"
                + "\(named), *, ranges (a-b), steps (*/n) and lists (a,b)")
    }
}

/// Why a text is no cron expression: a sentence that names the field and what is allowed there.
public struct CronFailure: Error, Sendable, Equatable {
    public let message: String
}
