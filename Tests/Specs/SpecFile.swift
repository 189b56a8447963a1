/// A spec of the command line: what a person types, and what comes back.
///
///     # Lines with a hash explain.
///     @portal seeds/cleaning-company.json
///
///     $ host run greet.lua --data '{"name": "Ada"}'
///     Hello, Ada
///
///     $ host run broken.lua
///     2> broken.lua:3: unexpected symbol near 'end'
///     => 1
///
/// A command goes to `sh`; a trailing backslash goes on to the next line. Below it stand its standard output, its
/// standard error after `2> `, and its status after `=> ` where that is not 0.
///
/// | Directive | |
/// |---|---|
/// | `@portal [SEED] [--option…]` | a portal: webhook in `BITRIX24_WEBHOOK_URL`, page at `PORTAL`, `AUTHORIZATION` |
/// | `@fault {…}` | posts a fault to that portal |
///
/// In expected text `[..]` stands for anything within a line and a line `...` for any lines. `[WEBHOOK]`, `[PORTAL]`
/// and `[CWD]` stand for what differs from one run to the next.
struct SpecFile: Equatable {
    enum Step: Equatable {
        /// A comment or an empty line, kept as it is.
        case text(String)
        case directive(name: String, argument: String)
        case command(String, expected: Outcome)
    }

    /// What a command left behind, in lines.
    struct Outcome: Equatable {
        var output: [String] = []
        var errors: [String] = []
        var status = 0
    }

    var steps: [Step]

    init(steps: [Step]) {
        self.steps = steps
    }

    init(parsing text: String) {
        steps = []
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)[...]
        if lines.last == "" { lines.removeLast() }
        while let line = lines.popFirst() {
            if line.hasPrefix("$ ") {
                steps.append(Self.command(line, &lines))
            } else if line.hasPrefix("@") {
                let parts = line.dropFirst().split(separator: " ", maxSplits: 1).map(String.init)
                steps.append(.directive(name: parts.first ?? "", argument: parts.count > 1 ? parts[1] : ""))
            } else {
                steps.append(.text(line))
            }
        }
    }

    private static func command(_ first: String, _ lines: inout ArraySlice<String>) -> Step {
        var text = String(first.dropFirst(2))
        while text.hasSuffix("\\"), let next = lines.popFirst() {
            text += "\n" + next
        }
        var body: [String] = []
        while let line = lines.first, !["$ ", "@", "# "].contains(where: line.hasPrefix) {
            body.append(line)
            lines.removeFirst()
        }
        // Empty lines before the next step belong to the layout, not to the output.
        while body.last == "" {
            body.removeLast()
            lines.insert("", at: lines.startIndex)
        }
        var expected = Outcome()
        for line in body {
            if line.hasPrefix("2> ") || line == "2>" {
                expected.errors.append(String(line.dropFirst(3)))
            } else if line.hasPrefix("=> "), let status = Int(line.dropFirst(3)) {
                expected.status = status
            } else {
                expected.output.append(line)
            }
        }
        return .command(text, expected: expected)
    }

    var text: String {
        steps.map { step in
            switch step {
            case .text(let line): line + "\n"
            case .directive(let name, let argument): "@\(name)\(argument.isEmpty ? "" : " ")\(argument)\n"
            case .command(let command, let expected): "$ \(command)\n" + expected.text
            }
        }.joined()
    }
}

extension SpecFile.Outcome {
    /// As it stands in a spec.
    var text: String {
        var lines = output
        lines += errors.map { $0.isEmpty ? "2>" : "2> " + $0 }
        if status != 0 { lines.append("=> \(status)") }
        return lines.map { $0 + "\n" }.joined()
    }

    /// Whether `actual` is what this expects, wildcards included.
    func matches(_ actual: Self) -> Bool {
        status == actual.status && Wildcards.match(output[...], actual.output[...])
            && Wildcards.match(errors[...], actual.errors[...])
    }
}
