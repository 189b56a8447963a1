/// Why an authorisation cannot go on, found before anybody was asked. Never quotes a code, a token or a secret.
public struct AuthorizationFailure: Error, Sendable, Equatable, CustomStringConvertible {
    public let message: String
    /// What to do, in one sentence.
    public let hint: String

    init(_ message: String, hint: String) {
        self.message = message
        self.hint = hint
    }

    public var description: String { "\(message). \(hint)" }
}
