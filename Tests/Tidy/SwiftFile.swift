/// A Swift file, split into what the compiler runs and what people read.
///
/// A lexer, not a parser: it knows comments, nested comments, strings of every kind and interpolation, which is what
/// rules about words need. Regex literals are taken for code.
struct SwiftFile {
    struct Line: Equatable {
        /// The line without comments; the contents of string literals are gone, their quotes stay.
        var code = ""
        /// The text of its comments, markers included.
        var comment = ""
    }

    let path: String
    let lines: [Line]

    init(path: String, text: String) {
        self.path = path
        var lexer = Lexer(bytes: Array(text.utf8))
        lines = lexer.split()
    }

    /// The folder under `Sources` or `Tests` it belongs to.
    var module: String {
        let parts = path.split(separator: "/")
        return parts.count > 1 ? String(parts[1]) : ""
    }

    var isGenerated: Bool { path.contains(".gen.") }

    /// Whether a comment stands on the line or within `distance` lines above it.
    func hasComment(near index: Int, within distance: Int = 1) -> Bool {
        lines[max(0, index - distance)...index].contains { !$0.comment.isEmpty }
    }
}

private struct Lexer {
    private enum Mode: Equatable {
        case code
        /// Inside `\( … )` of a string, this many parentheses deep.
        case interpolation(depth: Int)
        case string(hashes: Int, isMultiline: Bool)
        case lineComment
        case blockComment(depth: Int)
    }

    let bytes: [UInt8]
    private var at = 0
    private var modes: [Mode] = [.code]
    private var lines: [SwiftFile.Line] = []
    private var codeBytes: [UInt8] = []
    private var commentBytes: [UInt8] = []

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func split() -> [SwiftFile.Line] {
        while at < bytes.count {
            if bytes[at] == UInt8(ascii: "\n") {
                endLine()
                continue
            }
            switch modes[modes.count - 1] {
            case .code: readCode()
            case .interpolation(let depth): readInterpolation(depth)
            case .string(let hashes, let isMultiline): readString(hashes, isMultiline)
            case .lineComment: comment(1)
            case .blockComment(let depth): readBlockComment(depth)
            }
        }
        endText()
        return lines
    }

    private mutating func endLine() {
        switch modes[modes.count - 1] {
        case .lineComment, .string(_, isMultiline: false): modes.removeLast()
        default: break
        }
        endText()
        at += 1
    }

    private mutating func endText() {
        let code = String(decoding: codeBytes, as: UTF8.self)
        lines.append(SwiftFile.Line(code: code, comment: String(decoding: commentBytes, as: UTF8.self)))
        codeBytes.removeAll(keepingCapacity: true)
        commentBytes.removeAll(keepingCapacity: true)
    }

    private func starts(with text: String, at offset: Int) -> Bool {
        var place = offset
        for byte in text.utf8 {
            guard place < bytes.count, bytes[place] == byte else { return false }
            place += 1
        }
        return true
    }

    private mutating func comment(_ count: Int) {
        commentBytes.append(contentsOf: bytes[at..<at + count])
        at += count
    }

    private mutating func code(_ count: Int) {
        codeBytes.append(contentsOf: bytes[at..<at + count])
        at += count
    }

    /// Enters a comment or a string that begins here; false when none does.
    private mutating func enter() -> Bool {
        if starts(with: "//", at: at) {
            modes.append(.lineComment)
            return true
        }
        if starts(with: "/*", at: at) {
            modes.append(.blockComment(depth: 1))
            comment(2)
            return true
        }
        var quote = at
        while quote < bytes.count, bytes[quote] == UInt8(ascii: "#") { quote += 1 }
        guard quote < bytes.count, bytes[quote] == UInt8(ascii: "\"") else { return false }
        let hashes = quote - at
        let isMultiline = starts(with: "\"\"\"", at: quote)
        modes.append(.string(hashes: hashes, isMultiline: isMultiline))
        code(hashes + (isMultiline ? 3 : 1))
        return true
    }

    private mutating func readCode() {
        if !enter() { code(1) }
    }

    private mutating func readInterpolation(_ depth: Int) {
        if enter() { return }
        switch bytes[at] {
        case UInt8(ascii: "("): modes[modes.count - 1] = .interpolation(depth: depth + 1)
        case UInt8(ascii: ")") where depth == 1: modes.removeLast()
        case UInt8(ascii: ")"): modes[modes.count - 1] = .interpolation(depth: depth - 1)
        default: break
        }
        code(1)
    }

    private mutating func readString(_ hashes: Int, _ isMultiline: Bool) {
        let marks = String(repeating: "#", count: hashes)
        let end = (isMultiline ? "\"\"\"" : "\"") + marks
        if starts(with: end, at: at) {
            modes.removeLast()
            code(end.count)
        } else if starts(with: "\\" + marks + "(", at: at) {
            at += 1 + hashes
            modes.append(.interpolation(depth: 1))
            code(1)
        } else if starts(with: "\\" + marks, at: at) {
            at += min(2 + hashes, bytes.count - at)
        } else {
            at += 1
        }
    }

    private mutating func readBlockComment(_ depth: Int) {
        if starts(with: "*/", at: at) {
            comment(2)
            modes.removeLast()
            if depth > 1 { modes.append(.blockComment(depth: depth - 1)) }
        } else if starts(with: "/*", at: at) {
            comment(2)
            modes[modes.count - 1] = .blockComment(depth: depth + 1)
        } else {
            comment(1)
        }
    }
}
