import Foundation
import Testing

@Suite("The documents are whole")
struct DocumentTests {
    @Test("every decision has its number in name and title, and a measured number behind it")
    func decisions() throws {
        var numbers: [Int] = []
        for path in Repository.files(in: "docs/decisions", endingIn: [".md"]) {
            let name = (path as NSString).lastPathComponent
            let number = try #require(Int(name.prefix(3)), "\(path) has no number")
            numbers.append(number)
            let text = try Repository.text(path)
            #expect(text.hasPrefix("# \(name.prefix(3))"), "the title of \(path) begins with its number")
            let body = text.split(separator: "\n").dropFirst().joined(separator: "\n")
            #expect(body.contains(/\d/), "\(path): no number decided this")
        }
        #expect(numbers == Array(1...max(1, numbers.count)), "decisions are numbered 1, 2, 3 … without holes")
    }

    @Test("every example and every recipe says what it is and how to run it")
    func readmes() throws {
        for path in Repository.files(endingIn: ["/recipe.lua"])
        where path.hasPrefix("recipes/") || path.hasPrefix("examples/") {
            let readme = (path as NSString).deletingLastPathComponent + "/README.md"
            try #require(Repository.exists(readme), "\(readme) is missing")
            #expect(try Repository.text(readme).contains("host run"), "\(readme) shows the command")
        }
    }

    @Test("the changelog has a place for what is not released yet")
    func changelog() throws {
        #expect(try Repository.text("CHANGELOG.md").contains("\n## Unreleased\n"))
    }
}
