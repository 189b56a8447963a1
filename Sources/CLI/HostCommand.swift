import Glibc
import Host

@main
enum HostCommand {
    static func main() async {
        // A reader that goes away (`host … | head`) ends writing, not the process half-way through a run.
        signal(SIGPIPE, SIG_IGN)
        exit(await run(Array(CommandLine.arguments.dropFirst())).rawValue)
    }

    private static func run(_ words: [String]) async -> ExitStatus {
        do throws(CommandLineFailure) {
            guard let first = words.first else {
                Terminal.error(HelpVerb.overview)
                return .usage
            }
            let rest = Array(words.dropFirst())
            if first == "--version" {
                Terminal.out("host \(Version.text)\n")
                return .done
            }
            if first == "--help" || first == "-h" { return try await HelpVerb.run(rest) }
            guard let verb = Verbs.named(first) else {
                throw CommandLineFailure(
                    .usage, "there is no verb '\(first)'" + HelpVerb.meant(first, among: Verbs.words),
                    hint: "verbs are \(Verbs.all.map { $0.name }.joined(separator: ", "))")
            }
            if rest.contains("--help") || rest.contains("-h") { return try await HelpVerb.run([first]) }
            return try await verb.run(rest)
        } catch {
            Terminal.error("host: \(error.message)\n" + (error.hint.map { "  \($0)\n" } ?? ""))
            return error.status
        }
    }
}
