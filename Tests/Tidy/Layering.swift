/// The arrows of docs/ARCHITECTURE.md: what each module may import.
enum Layering {
    static let arrows: [String: Set<String>] = [
        "CLua": [], "CCurl": [], "CMicrohttpd": [], "CGnuTLS": [], "CPQ": [], "CSQLite": [],
        "Wire": [],
        "Bridge": ["CLua", "Wire"],
        "Bitrix24": ["Wire"],
        "Cryptography": ["CGnuTLS", "Wire"],
        "Net": ["CCurl", "CMicrohttpd", "Cryptography", "Wire"],
        "Storage": ["CPQ", "CSQLite"],
        "Portal": ["Bitrix24", "Cryptography", "Net", "Storage", "Wire"],
        "Host": ["Bitrix24", "Bridge", "Cryptography", "Net", "Storage", "Wire"],
        "CLI": ["Bitrix24", "Bridge", "Cryptography", "Host", "Net", "Portal", "Wire"],
    ]

    /// The system, for all: no Foundation, and no Dispatch (threads here are pthreads with an owner).
    static let system: Set<String> = ["Glibc", "Synchronization"]

    static func findings(in file: SwiftFile) -> [Finding] {
        guard let allowed = arrows[file.module] else {
            return [
                Finding(path: file.path, line: 0, message: "\(file.module) is not a module of docs/ARCHITECTURE.md")
            ]
        }
        return file.lines.enumerated().compactMap { index, line in
            guard let name = importedModule(line.code), !allowed.contains(name), !system.contains(name) else {
                return nil
            }
            return Finding(path: file.path, line: index + 1, message: "\(file.module) may not import \(name)")
        }
    }

    /// `Wire` of `@_exported public import struct Wire.JSONValue`.
    static func importedModule(_ code: String) -> String? {
        let words = code.split(separator: " ")
        guard let at = words.firstIndex(of: "import"), at + 1 < words.count else { return nil }
        let modifiers: Set<Substring> = ["public", "internal", "package", "fileprivate", "private"]
        guard words[..<at].allSatisfy({ $0.hasPrefix("@") || modifiers.contains($0) }) else { return nil }
        let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]
        let name = kinds.contains(words[at + 1]) && at + 2 < words.count ? words[at + 2] : words[at + 1]
        return name.split(separator: ".").first.map(String.init)
    }
}
