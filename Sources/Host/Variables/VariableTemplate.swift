/// A text with variables, parsed once.
///
/// `{{NAME}}` is a variable; white space inside the braces does not matter. `\{{` stands for two plain braces, `\\{{`
/// for a backslash before a variable; other backslashes and closing braces stand for themselves.
public struct VariableTemplate: Sendable, Equatable {
    enum Segment: Sendable, Equatable {
        case text(String)
        case variable(Variable)
    }

    /// More than any message or field takes.
    public static let bytesMax = 256 << 10

    private(set) var segments: [Segment] = []

    /// - Throws: `.unclosed`, `.unknown` with the nearest name, `.tooLong`.
    public init(_ text: String) throws(VariableFailure) {
        let bytes = Array(text.utf8)
        guard bytes.count <= VariableTemplate.bytesMax else {
            throw VariableFailure(
                .tooLong, "\(bytes.count) bytes of text are more than bytesMax, \(VariableTemplate.bytesMax)")
        }
        var plain: [UInt8] = []
        var at = 0
        while at < bytes.count {
            guard VariableTemplate.isPair(UInt8(ascii: "{"), bytes, at) else {
                plain.append(bytes[at])
                at += 1
                continue
            }
            if plain.last == UInt8(ascii: "\\") {
                plain.removeLast()
                // An escaped backslash is one backslash, and the braces open a variable after all.
                if plain.last != UInt8(ascii: "\\") {
                    plain += [bytes[at], bytes[at + 1]]
                    at += 2
                    continue
                }
            }
            let (variable, end) = try VariableTemplate.variable(bytes, at)
            append(&plain)
            segments.append(.variable(variable))
            at = end
        }
        append(&plain)
    }

    /// The variables it names, each once, in the order they appear first.
    public var variables: [Variable] {
        var seen: Set<Variable> = []
        return segments.compactMap { segment in
            if case .variable(let variable) = segment, seen.insert(variable).inserted { variable } else { nil }
        }
    }

    /// The text with every variable replaced by its value, as it is: braces in a value mean nothing.
    func rendered(_ value: (Variable) throws(VariableFailure) -> String) throws(VariableFailure) -> String {
        var text = ""
        for segment in segments {
            switch segment {
            case .text(let part): text += part
            case .variable(let variable): text += try value(variable)
            }
        }
        return text
    }

    private mutating func append(_ plain: inout [UInt8]) {
        if !plain.isEmpty { segments.append(.text(String(decoding: plain, as: UTF8.self))) }
        plain.removeAll(keepingCapacity: true)
    }

    private static func isPair(_ byte: UInt8, _ bytes: [UInt8], _ at: Int) -> Bool {
        at + 1 < bytes.count && bytes[at] == byte && bytes[at + 1] == byte
    }

    private static func variable(_ bytes: [UInt8], _ open: Int) throws(VariableFailure) -> (Variable, end: Int) {
        var close = open + 2
        while close < bytes.count, !isPair(UInt8(ascii: "}"), bytes, close) {
            // The next variable opens: this one was forgotten.
            if isPair(UInt8(ascii: "{"), bytes, close) { break }
            close += 1
        }
        guard isPair(UInt8(ascii: "}"), bytes, close) else {
            throw VariableFailure(
                .unclosed, "the {{ at byte \(open) has no }}; plain braces are written \\{{", offset: open)
        }
        let name = String(decoding: bytes[(open + 2)..<close], as: UTF8.self)
            .split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard let variable = Variable.named(name) else {
            let nearest = Variable.nearest(to: name).map { "; did you mean {{\($0.name)}}?" } ?? ""
            throw VariableFailure(
                .unknown, "there is no variable {{\(name.prefix(40))}} (at byte \(open))\(nearest)", offset: open)
        }
        return (variable, close + 2)
    }
}
