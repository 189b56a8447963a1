/// One word after `host`: what it is called, how it is used, what it does.
protocol Verb {
    static var name: String { get }
    /// One line, for the list of verbs.
    static var summary: String { get }
    /// The words after the name, as usage shows them.
    static var usage: String { get }
    static var options: [Option] { get }
    /// What `host help VERB` adds below the options.
    static var notes: String { get }
    static func run(_ words: [String]) async throws(CommandLineFailure) -> ExitStatus
}

extension Verb {
    static var notes: String { "" }
}

enum Verbs {
    static var all: [any Verb.Type] {
        [
            RunVerb.self, CheckVerb.self, CallVerb.self, AuthVerb.self, MethodsVerb.self, LimitsVerb.self,
            PortalVerb.self, StubsVerb.self, HelpVerb.self,
        ]
    }

    /// All that may stand after `host`.
    static var words: [String] { all.map { $0.name } + ["--version"] }

    static func named(_ name: String) -> (any Verb.Type)? { all.first { $0.name == name } }
}
