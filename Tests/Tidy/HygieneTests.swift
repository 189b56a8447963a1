import Testing

@Suite("Swift sources keep the rules of docs/STYLE.md")
struct HygieneTests {
    @Test("every file under Sources")
    func sources() throws {
        report(try Repository.sources().flatMap(Hygiene.findings))
    }

    @Test("no test target is a placeholder, and none has a file that is two things")
    func tests() throws {
        for path in Repository.files(in: "Tests", endingIn: [".swift"]) {
            let lines = try Repository.text(path).split(separator: "\n", omittingEmptySubsequences: false)
            #expect(lines.count <= Hygiene.linesMax + 1, "\(path) has \(lines.count - 1) lines")
            #expect(!path.hasSuffix("/Placeholder.swift"), "\(path) is a dead file")
        }
    }

    @Test(
        "what breaks a rule is found",
        arguments: [
            "let a = try! f()", "let a = b as! Int", "let a = b!", "let a = b()!.c", "var a: [Int]!", "let a = b[0]!",
            "fatalError()", "final class A: @unchecked Sendable {}", "nonisolated(unsafe) var a = 1",
            "Task.detached { }", "usleep(10)", "print(1)", "exit(1)", "abort()", "enum Wire {}", "let s = \"\\(a!)\"",
        ])
    func violations(text: String) {
        #expect(Hygiene.findings(in: SwiftFile(path: "Sources/Wire/A.swift", text: text)).count == 1)
    }

    @Test(
        "what only looks like it is left alone",
        arguments: [
            "let a = !b", "if a != b {}", "if a !== b {}", "let s = \"wait!\"", "// really!",
            "let a = b!  // safe: checked above",
            "/* a! */ let b = 1", "let s = #\"say \"no!\" now\"#", "let s = \"\"\"\n  no!\n  \"\"\"",
            "#if !os(Linux)\n#endif", "fatalError(\"the table is sorted at build time\")",
            "try await Task.sleep(for: x)",
            "output.print(1)", "func print(_ text: String)", "struct WireFormat {}", "let s = \"\\(f(\")!\"))\"",
        ])
    func innocents(text: String) {
        #expect(Hygiene.findings(in: SwiftFile(path: "Sources/Wire/A.swift", text: text)) == [])
    }

    @Test("a file of 401 lines is too long unless it is generated")
    func length() {
        let text = String(repeating: "let a = 1\n", count: 401)
        #expect(Hygiene.findings(in: SwiftFile(path: "Sources/Wire/A.swift", text: text)).count == 1)
        #expect(Hygiene.findings(in: SwiftFile(path: "Sources/Wire/A.gen.swift", text: text)).isEmpty)
        let fitting = String(repeating: "let a = 1\n", count: 400)
        #expect(Hygiene.findings(in: SwiftFile(path: "Sources/Wire/A.swift", text: fitting)).isEmpty)
    }
}
