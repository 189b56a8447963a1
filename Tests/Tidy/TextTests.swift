import Testing

@Suite("Every text file is fit to be shown")
struct TextTests {
    @Test("no long lines, no trailing blanks, no paths of one machine, no TODO without an issue")
    func texts() throws {
        let paths = Repository.files(endingIn: TextRules.codeEndings + TextRules.documentEndings)
            .filter { !$0.hasPrefix("Tests/Tidy/") }  // These files spell what they look for.
        #expect(paths.count > 20, "the files were not found")
        report(try paths.flatMap { TextRules.findings(path: $0, text: try Repository.text($0)) })
    }

    @Test("every link between documents leads somewhere")
    func links() throws {
        for path in Repository.files(endingIn: [".md"]) {
            #expect(Links.broken(in: path, text: try Repository.text(path)) == [], "\(path)")
        }
    }

    @Test(
        "what breaks a rule is found",
        arguments: [
            String(repeating: "x", count: 121), "let a = 1 ", "// see /root/notes", "// TODO: later", "-- FIXME",
        ])
    func violations(line: String) {
        #expect(TextRules.findings(path: "a.swift", text: line).count == 1)
    }

    @Test("what only looks like it is left alone", arguments: ["// TODO(#12): later", "mastodon", "framework/x"])
    func innocents(line: String) {
        #expect(TextRules.findings(path: "a.swift", text: line) == [])
    }

    @Test("a link to a file that is not there is found")
    func brokenLink() {
        let text = "[a](no-such-page.md) [b](../README.md#top) [c](https://example.com/x)"
        #expect(Links.broken(in: "docs/STYLE.md", text: text) == ["no-such-page.md"])
    }
}
