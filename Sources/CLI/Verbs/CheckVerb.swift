import Host
import Wire

/// `host check`
enum CheckVerb: Verb {
    static let name = "check"
    static let summary = "checks host.lua and its recipes, and says all that is wrong with them"
    static let usage = "[FILE|RECIPE…] [--json]"
    static let options = [Option("--json", "one JSON object on standard output")]
    static let notes = "Without a word it checks host.lua of the current folder. Nothing is asked of any portal."

    static func run(_ words: [String]) async throws(CommandLineFailure) -> ExitStatus {
        let options = try Options(words, options, verb: name)
        var reports: [ConfigurationCheck] = []
        let named = options.operands
        for word in named.isEmpty ? [Environment.configurationDefault] : named {
            reports.append(
                word.hasSuffix("host.lua") || named.isEmpty
                    ? await ConfigurationCheck(configuration: word, variable: Environment.variable)
                    : await ConfigurationCheck(recipe: word))
        }
        let isFine = reports.allSatisfy { $0.problems.isEmpty }
        if options.has("--json") {
            Terminal.out(
                JSONValue.object([
                    "lines": .array(reports.flatMap(\.lines).map(JSONValue.string)),
                    "problems": .array(reports.flatMap(\.problems).map(JSONValue.string)),
                ]).text + "\n")
        } else {
            for line in reports.flatMap(\.lines) { Terminal.out(line + "\n") }
            for problem in reports.flatMap(\.problems) { Terminal.error("host: \(problem)\n") }
            if isFine { Terminal.out("all is well\n") }
        }
        return isFine ? .done : .configuration
    }
}
