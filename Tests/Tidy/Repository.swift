import Foundation

/// The checkout these tests were built from, and its files.
enum Repository {
    static let root = URL(filePath: #filePath).deletingLastPathComponent()  // Tidy
        .deletingLastPathComponent()  // Tests
        .deletingLastPathComponent()

    /// Built, downloaded or hidden things: not ours to keep tidy.
    private static let skipped: Set<String> = [".build", ".git", ".venv", ".host", "__pycache__"]

    /// Paths from the root, sorted, of the files in `folder` and below it whose names end so.
    static func files(in folder: String = "", endingIn endings: [String]) -> [String] {
        let start = folder.isEmpty ? root : root.appending(path: folder)
        let prefix = root.path.count + 1
        guard let walk = FileManager.default.enumerator(at: start, includingPropertiesForKeys: nil) else { return [] }
        var found: [String] = []
        for case let url as URL in walk {
            if skipped.contains(url.lastPathComponent) {
                walk.skipDescendants()
            } else if endings.contains(where: url.lastPathComponent.hasSuffix) {
                found.append(String(url.path.dropFirst(prefix)))
            }
        }
        return found.sorted()
    }

    static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: root.appending(path: path).path)
    }

    /// Every Swift file that people wrote of the product.
    static func sources() throws -> [SwiftFile] {
        try files(in: "Sources", endingIn: [".swift"]).filter { !$0.contains(".gen.") }.map {
            SwiftFile(path: $0, text: try text($0))
        }
    }
}
