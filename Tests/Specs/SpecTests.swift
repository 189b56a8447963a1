import Foundation
import Testing

/// Every folder under `cases` is a spec. `UPDATE_SPECS=1` writes what came back into those that do not match.
@Suite("The command line does what its specs show")
struct SpecTests {
    static let cases = Host.root.appending(path: "Tests/Specs/cases")
    static let isUpdating = ProcessInfo.processInfo.environment["UPDATE_SPECS"] == "1"

    static var names: [String] {
        let found = try? FileManager.default.contentsOfDirectory(atPath: cases.path)
        return (found ?? []).filter { !$0.hasPrefix(".") }.sorted()
    }

    @Test("there are specs, and the program they are about")
    func ready() {
        #expect(!Self.names.isEmpty)
        #expect(FileManager.default.isExecutableFile(atPath: Host.program.path), "\(Host.program.path) is missing")
    }

    @Test("spec", arguments: names)
    func spec(name: String) async throws {
        let folder = Self.cases.appending(path: name)
        let file = folder.appending(path: "spec.txt")
        let spec = SpecFile(parsing: try String(contentsOf: file, encoding: .utf8))
        let workspace = try Workspace(copying: folder)
        defer { workspace.remove() }
        let played = try await SpecRun(workspace: workspace).play(spec)
        if Self.isUpdating, played != spec {
            try played.text.write(to: file, atomically: true, encoding: .utf8)
        }
    }
}
