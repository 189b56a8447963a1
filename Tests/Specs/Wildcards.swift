/// `[..]` within a line, `...` for any number of lines: the notation of Rust's trycmd.
enum Wildcards {
    static func match(_ expected: ArraySlice<String>, _ actual: ArraySlice<String>) -> Bool {
        guard let pattern = expected.first else { return actual.isEmpty }
        let rest = expected.dropFirst()
        if pattern == "..." {
            return (actual.startIndex...actual.endIndex).contains { match(rest, actual[$0...]) }
        }
        guard let line = actual.first, match(line: line, pattern) else { return false }
        return match(rest, actual.dropFirst())
    }

    static func match(line: String, _ pattern: String) -> Bool {
        var parts = pattern.split(separator: "[..]", omittingEmptySubsequences: false)
        guard parts.count > 1 else { return line == pattern }
        let first = parts.removeFirst()
        let last = parts.removeLast()
        guard line.hasPrefix(first), line.hasSuffix(last), line.count >= first.count + last.count else { return false }
        var middle = line.dropFirst(first.count).dropLast(last.count)
        // The earliest place is always as good as a later one, because what follows may begin anywhere.
        for part in parts where !part.isEmpty {
            guard let found = middle.firstRange(of: part) else { return false }
            middle = middle[found.upperBound...]
        }
        return true
    }
}
