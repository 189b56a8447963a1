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
        var lexer = Lexer(characters: Array(text))
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

    let characters: [Character]
    private var at = 0
    private var modes: [Mode] = [.code]
    private var lines: [SwiftFile.Line] = []
    private var line = SwiftFile.Line()

    init(characters: [Character]) {
        self.characters = characters
    }

    mutating func split() -> [SwiftFile.Line] {
        while at < characters.count {
            if characters[at].isNewline {
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
        lines.append(line)
        return lines
    }

    private mutating func endLine() {
        switch modes[modes.count - 1] {
        case .lineComment, .string(_, isMultiline: false): modes.removeLast()
        default: break
        }
        lines.append(line)
        line = SwiftFile.Line()
        at += 1
    }

    private func starts(with text: String, at offset: Int) -> Bool {
        let wanted = Array(text)
        guard offset + wanted.count <= characters.count else { return false }
        return characters[offset..<offset + wanted.count].elementsEqual(wanted)
    }

    private mutating func comment(_ count: Int) {
        line.comment.append(contentsOf: characters[at..<at + count])
        at += count
    }

    private mutating func code(_ count: Int) {
        line.code.append(contentsOf: characters[at..<at + count])
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
        while quote < characters.count, characters[quote] == "#" { quote += 1 }
        guard quote < characters.count, characters[quote] == "\"" else { return false }
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
        switch characters[at] {
        case "(": modes[modes.count - 1] = .interpolation(depth: depth + 1)
        case ")" where depth == 1: modes.removeLast()
        case ")": modes[modes.count - 1] = .interpolation(depth: depth - 1)
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
            at += min(2 + hashes, characters.count - at)
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
