import Foundation
import Testing

@Suite("Modules import only what the arrows allow")
struct LayeringTests {
    @Test("no import under Sources goes round an arrow")
    func imports() throws {
        let files = try Repository.sources()
        #expect(!files.isEmpty, "the sources were not found")
        report(files.flatMap(Layering.findings))
    }

    @Test("Package.swift has the same arrows")
    func package() throws {
        let text = try Repository.text("Package.swift")
        let target = /\.(?:executableT|t)arget\(\s*name: "(\w+)"(?:,\s*dependencies: \[([^\]]*)\])?/
        var found: [String: Set<String>] = [:]
        for match in text.matches(of: target) {
            let names = (match.output.2 ?? "").matches(of: /"(\w+)"/).map { String($0.output.1) }
            found[String(match.output.1)] = Set(names)
        }
        for (module, allowed) in Layering.arrows {
            let declared = try #require(found[module], "Package.swift has no target \(module)")
            #expect(declared == allowed, "the arrows of \(module)")
        }
        // Programs that only tests run live elsewhere.
        let shipped = found.keys.filter { Repository.exists("Sources/\($0)") }
        #expect(Set(shipped) == Set(Layering.arrows.keys))
    }

    @Test(
        "an import is seen in each of its forms",
        arguments: [
            ("import Wire", "Wire"), ("public import Wire", "Wire"), ("@preconcurrency import Net", "Net"),
            ("@_exported public import struct Wire.JSONValue", "Wire"), ("internal import func Glibc.open", "Glibc"),
        ])
    func forms(code: String, module: String) {
        #expect(Layering.importedModule(code) == module)
    }

    @Test(
        "an import that goes round an arrow is found",
        arguments: [
            ("Sources/Wire/A.swift", "import Foundation"), ("Sources/Bitrix24/A.swift", "import Net"),
            ("Sources/Portal/A.swift", "public import Host"), ("Sources/Other/A.swift", "let x = 1"),
        ])
    func violations(path: String, text: String) {
        #expect(Layering.findings(in: SwiftFile(path: path, text: text)).count == 1)
    }
}
