import Bitrix24

/// Collects what is wrong with a configuration, and the secrets that no sentence about it may hold.
final class ConfigurationProblems {
    /// Stands for a value that could not be had, of which there is a problem already.
    static let missingValue = "\u{1}missing\u{1}"

    private(set) var sentences: [String] = []
    private(set) var warnings: [String] = []
    private(set) var secrets: [String] = []
    /// `host.lua:3`, once that is known.
    var place: String

    init(place: String) { self.place = place }

    func add(_ sentence: String) { sentences.append("\(place): \(clean(sentence))") }

    func warn(_ sentence: String) { warnings.append("\(place): \(clean(sentence))") }

    func hide(_ secret: String) { if !secret.isEmpty { secrets.append(secret) } }

    var redactor: Redactor { Redactor(hiding: secrets) }

    /// Whether a text came as a secret, or was made of one.
    func isSecret(_ text: String) -> Bool {
        secrets.contains { text == $0 || $0.utf8.count >= Redactor.secretLengthMin && text.contains($0) }
    }

    /// Without secrets; those too short to be taken out of any text are taken out of quotes, where values stand.
    private func clean(_ sentence: String) -> String {
        secrets.reduce(redactor.redact(sentence)) { text, secret in
            secret.utf8.count >= Redactor.secretLengthMin
                ? text : text.split(separator: "'\(secret)'", omittingEmptySubsequences: false).joined(separator: "'…'")
        }
    }
}

/// Everything that is wrong with a configuration, a sentence each, with its place and without secrets.
public struct ConfigurationFailure: Error, Sendable {
    public let problems: [String]
    public let warnings: [String]
}
