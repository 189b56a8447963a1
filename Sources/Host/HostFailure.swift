/// Why the host could not do what it was asked to, outside any recipe's code: what, and what to do about it.
public struct HostFailure: Error, Sendable {
    public enum Kind: String, Sendable {
        /// The words of the command line, or a value in them.
        case usage
        /// A portal that is not named or refuses us, a missing setting, a missing scope.
        case configuration
        /// The recipe itself: unreadable, without a handler for the event.
        case recipe
        /// A disk or a library of this machine.
        case machine
    }

    public let kind: Kind
    public let message: String
    public let hint: String?

    public init(_ kind: Kind, _ message: String, hint: String? = nil) {
        self.kind = kind
        self.message = message
        self.hint = hint
    }
}
