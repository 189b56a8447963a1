/// Rules about the words of a Swift file. Each needs only the line and the comments near it.
enum Hygiene {
    struct Rule: Sendable {
        var message: String
        /// Whether a comment on the line, or close above it, makes it right.
        var isExcusedByComment: Bool
        var breaks: @Sendable (_ code: String, _ file: SwiftFile) -> Bool
    }

    /// A declaration's doc comment may be followed by attributes, so a reason may stand this many lines above.
    static let reasonDistance = 3

    static let rules: [Rule] = [
        Rule(message: "`try!` without a comment that says why it cannot fail", isExcusedByComment: true) { code, _ in
            code.contains("try!")
        },
        Rule(message: "`as!` without a comment that says why it cannot fail", isExcusedByComment: true) { code, _ in
            code.contains("as!")
        },
        Rule(message: "a force unwrap without a comment that says why it is safe", isExcusedByComment: true) {
            code, _ in
            hasForceUnwrap(code)
        },
        Rule(message: "a crash without a sentence that says why", isExcusedByComment: true) { code, _ in
            code.contains("fatalError()") || code.contains("preconditionFailure()")
        },
        Rule(message: "`@unchecked Sendable` without its reason", isExcusedByComment: true) { code, _ in
            code.contains("@unchecked Sendable")
        },
        Rule(message: "`nonisolated(unsafe)` without its reason", isExcusedByComment: true) { code, _ in
            code.contains("nonisolated(unsafe)")
        },
        Rule(
            message: "a detached task belongs to nobody: use a child task or a thread with an owner",
            isExcusedByComment: false
        ) {
            code, _ in code.contains("Task.detached")
        },
        Rule(message: "a thread may not sleep: wait on a condition with a deadline", isExcusedByComment: true) {
            code, _ in
            code.firstMatch(of: /(^|[^.\w])(usleep|nanosleep|sleep)\(/) != nil
        },
        Rule(message: "only the CLI talks to standard output and ends the process", isExcusedByComment: false) {
            code, file in
            file.module != "CLI" && ["print(", "exit(", "abort()"].contains(where: code.contains)
                && code.firstMatch(of: /(^|[^.\w])((print|exit|_exit)\(|abort\(\))/) != nil
                && !code.contains("func ")
        },
    ]

    /// Nothing for a generated file: its generator is what is kept tidy.
    static func findings(in file: SwiftFile) -> [Finding] {
        guard !file.isGenerated else { return [] }
        return file.lines.enumerated().flatMap { index, line in
            rules.compactMap { rule in
                guard rule.breaks(line.code, file) else { return nil }
                if rule.isExcusedByComment && file.hasComment(near: index, within: reasonDistance) { return nil }
                return Finding(path: file.path, line: index + 1, message: rule.message)
            }
        } + shapeFindings(in: file)
    }

    /// `x!`, `f()!`, `a[0]!`, `T!`; not `!x`, `a != b`, `try!`, `as!`.
    static func hasForceUnwrap(_ code: String) -> Bool {
        code.utf8.contains(UInt8(ascii: "!"))
            && code.matches(of: /(\w+|[\)\]}>"?])!(?!=)/).contains { !["try", "as"].contains($0.output.1) }
    }

    /// Lines a file may have. 400 is where one thing has become two.
    static let linesMax = 400

    private static func shapeFindings(in file: SwiftFile) -> [Finding] {
        var found: [Finding] = []
        if file.lines.count > linesMax + 1 {
            let message = "\(file.lines.count - 1) lines, more than \(linesMax): is it still one thing?"
            found.append(Finding(path: file.path, line: 0, message: message))
        }
        if file.path.hasSuffix("/Placeholder.swift") {
            found.append(Finding(path: file.path, line: 0, message: "a placeholder is a dead file"))
        }
        for (index, line) in file.lines.enumerated() where declaresModuleName(line.code, module: file.module) {
            let message = "a type may not bear the name of its module: nothing in it could then be qualified"
            found.append(Finding(path: file.path, line: index + 1, message: message))
        }
        return found
    }

    private static func declaresModuleName(_ code: String, module: String) -> Bool {
        code.contains(module)
            && code.matches(of: /\b(?:class|struct|enum|actor|protocol|typealias)\s+(\w+)/).contains {
                $0.output.1 == module
            }
    }
}
