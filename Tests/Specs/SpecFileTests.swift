import Testing

@Suite("A spec file")
struct SpecFileTests {
    static let sample = """
        # Greets.
        @portal seeds/a.json

        $ host run a.lua
        Hello

        Bye
        2> careful
        => 1

        # And again.
        $ true
        $ host \\
            help
        usage

        """

    @Test("is comments, directives and commands with output, errors and status")
    func parsing() {
        #expect(
            SpecFile(parsing: Self.sample).steps == [
                .text("# Greets."),
                .directive(name: "portal", argument: "seeds/a.json"),
                .text(""),
                .command(
                    "host run a.lua",
                    expected: .init(output: ["Hello", "", "Bye"], errors: ["careful"], status: 1)),
                .text(""),
                .text("# And again."),
                .command("true", expected: .init()),
                .command("host \\\n    help", expected: .init(output: ["usage"])),
            ])
    }

    @Test("is written as it was read")
    func roundTrip() {
        #expect(SpecFile(parsing: Self.sample).text == Self.sample)
    }

    @Test(
        "takes a wildcard for what differs",
        arguments: [
            ("a", "a", true), ("a", "b", false), ("a[..]c", "abc", true), ("a[..]c", "ac", true),
            ("a[..]c", "abd", false),
            ("[..]b[..]b", "abab", true), ("a[..]a", "a", false), ("[..]", "", true), ("x[..]y[..]z", "x1y2z", true),
        ])
    func wildcards(pattern: String, line: String, isMatch: Bool) {
        #expect(Wildcards.match(line: line, pattern) == isMatch)
    }

    @Test(
        "takes three dots for any lines",
        arguments: [
            (["..."], [], true), (["a", "..."], ["a", "b", "c"], true), (["...", "c"], ["a", "b", "c"], true),
            (["...", "b", "..."], ["a", "c"], false), (["a", "...", "a"], ["a"], false),
        ])
    func wildLines(pattern: [String], lines: [String], isMatch: Bool) {
        #expect(Wildcards.match(pattern[...], lines[...]) == isMatch)
    }

    @Test("does not match another status, output or error")
    func mismatches() {
        let expected = SpecFile.Outcome(output: ["a"], errors: ["b"], status: 1)
        #expect(expected.matches(expected))
        #expect(!expected.matches(.init(output: ["a"], errors: ["b"], status: 2)))
        #expect(!expected.matches(.init(output: ["a", "a"], errors: ["b"], status: 1)))
        #expect(!expected.matches(.init(output: ["a"], errors: [], status: 1)))
    }
}
