/// Why a verb stopped, ready to be shown: one sentence, and what to do about it.
struct CommandLineFailure: Error {
    let status: ExitStatus
    let message: String
    let hint: String?

    init(_ status: ExitStatus, _ message: String, hint: String? = nil) {
        self.status = status
        self.message = message
        self.hint = hint
    }

    static func usage(_ message: String, verb: String? = nil) -> CommandLineFailure {
        CommandLineFailure(.usage, message, hint: "see 'host help\(verb.map { " " + $0 } ?? "")'")
    }
}
