/// A token or a client secret: it goes into requests and sealed rows, and no description shows it.
public struct Secret: Sendable {
    /// The secret itself. It goes nowhere but into a request, a sealed row or a redactor.
    public let exposed: String

    /// What tokens and secrets have at most; the platform's have 32 to 128.
    public static let bytesMax = 4096

    /// Nil for a text that cannot be one: empty, too long, with blanks or control characters.
    public init?(_ text: String) {
        guard (1...Secret.bytesMax).contains(text.utf8.count), text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else { return nil }
        exposed = text
    }
}

extension Secret: Equatable {
    /// Takes as long whatever the texts share: who guesses an application's token learns nothing from the time.
    public static func == (left: Secret, right: Secret) -> Bool {
        let (mine, theirs) = (Array(left.exposed.utf8), Array(right.exposed.utf8))
        guard !theirs.isEmpty else { return mine.isEmpty }
        var difference = mine.count ^ theirs.count
        for index in mine.indices { difference |= Int(mine[index] ^ theirs[index % theirs.count]) }
        return difference == 0
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "***" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

extension String {
    /// The text without any of the secrets, for words that come from elsewhere.
    func redacting(_ secrets: [Secret]) -> String {
        secrets.sorted { $0.exposed.utf8.count > $1.exposed.utf8.count }.reduce(self) { text, secret in
            text.split(separator: secret.exposed, omittingEmptySubsequences: false).joined(separator: "***")
        }
    }
}
