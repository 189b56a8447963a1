import Foundation

/// Rules about text of any language.
enum TextRules {
    static let columnsMax = 120

    /// Files whose lines are checked; documents wrap tables and links as they must, so only code has a width.
    static let codeEndings = [".swift", ".c", ".h", ".lua", ".sh", ".py", "Makefile"]
    static let documentEndings = [".md", ".txt", ".json", ".yml"]

    /// Places that exist on one machine only.
    static let machinePaths = ["/work/", "/root/", "/tmp/wt", "/tmp/contract", "/home/", "../shared"]

    static func findings(path: String, text: String) -> [Finding] {
        let isCode = codeEndings.contains(where: path.hasSuffix)
        var found: [Finding] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            func add(_ message: String) {
                found.append(Finding(path: path, line: index + 1, message: message))
            }
            if isCode, !path.contains(".gen."), line.count > columnsMax {
                add("\(line.count) columns, more than \(columnsMax)")
            }
            if isCode, line.hasSuffix(" ") || line.hasSuffix("\t") {
                add("blanks at the end of the line")
            }
            if let place = machinePaths.first(where: { line.contains($0) }) {
                add("\(place) is a place on one machine")
            }
            if isCode, line.firstMatch(of: /\b(TODO|FIXME)\b(?!\(#\d+\))/) != nil {
                add("a TODO names its issue, as in TODO(#12), or does not exist")
            }
        }
        return found
    }
}

/// Links of a document to files of this repository.
enum Links {
    static func broken(in path: String, text: String) -> [String] {
        let folder = (path as NSString).deletingLastPathComponent
        return text.matches(of: /\]\(([^)\s]+)\)/).map { String($0.output.1) }.filter { link in
            guard !link.contains("://"), !link.hasPrefix("#"), !link.hasPrefix("mailto:") else { return false }
            let target = String(link.prefix { $0 != "#" })
            return !Repository.exists((folder as NSString).appendingPathComponent(target))
        }
    }
}
