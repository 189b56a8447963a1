import Host
import Wire

/// `host runs`
enum RunsVerb: Verb {
    static let name = "runs"
    static let summary = "what ran, the latest first; 'runs show ID' one with all it did"
    static let usage = "[show ID] [--failed] [--recipe NAME] [--count N] [--before ID] [--json]"
    static let options = [
        Option("--failed", "only runs that are dead: failed for good, or uncertain"),
        Option("--recipe", "NAME", "only runs of this recipe"),
        Option("--count", "N", "how many, 50 when left out, at most \(RunHistory.Filter.countMax)"),
        Option("--before", "ID", "only runs that began before this one"),
        Option("--json", "JSON on standard output"),
        Environment.configurationOption,
    ]

    static func run(_ words: [String]) async throws(CommandLineFailure) -> ExitStatus {
        let options = try Options(words, options, verb: name, operandsMax: 2)
        let asJSON = options.has("--json")
        if options.operands.first == "show" {
            guard options.operands.count == 2 else { throw .usage("which run? host runs show ID", verb: name) }
            let id = options.operands[1]
            let text = try await Environment.withHistory(options) { (history) async throws(HostFailure) in
                asJSON ? try await history.json(of: id).text : try await history.lines(of: id).joined(separator: "\n")
            }
            Terminal.out(text + "\n")
            return .done
        }
        guard options.operands.isEmpty else { throw .usage("'\(options.operands[0])' is no word of runs", verb: name) }
        var filter = RunHistory.Filter()
        filter.isDead = options.has("--failed")
        filter.recipe = options.value("--recipe")
        filter.before = options.value("--before")
        if let text = options.value("--count") {
            guard let count = Int(text), (1...RunHistory.Filter.countMax).contains(count) else {
                throw .usage("--count takes 1 to \(RunHistory.Filter.countMax)", verb: name)
            }
            filter.count = count
        }
        let wanted = filter
        let lines = try await Environment.withHistory(options) { (history) async throws(HostFailure) in
            asJSON ? [try await history.json(wanted).text] : try await history.lines(wanted)
        }
        for line in lines { Terminal.out(line + "\n") }
        if lines.isEmpty { Terminal.error("no runs\n") }
        return .done
    }
}

/// `host dead`
enum DeadVerb: Verb {
    static let name = "dead"
    static let summary = "runs that failed for good; 'dead drop ID' takes one off the list"
    static let usage = "[drop ID] [--json]"
    static let options = [Option("--json", "JSON on standard output"), Environment.configurationOption]

    static func run(_ words: [String]) async throws(CommandLineFailure) -> ExitStatus {
        let options = try Options(words, options, verb: name, operandsMax: 2)
        if options.operands.first == "drop" {
            guard options.operands.count == 2 else { throw .usage("which run? host dead drop ID", verb: name) }
            let id = options.operands[1]
            try await Environment.withHistory(options) { (history) async throws(HostFailure) in
                try await history.drop(id)
            }
            return .done
        }
        guard options.operands.isEmpty else { throw .usage("'\(options.operands[0])' is no word of dead", verb: name) }
        let asJSON = options.has("--json")
        var filter = RunHistory.Filter()
        filter.isDead = true
        filter.count = RunHistory.Filter.countMax
        let wanted = filter
        let lines = try await Environment.withHistory(options) { (history) async throws(HostFailure) in
            asJSON ? [try await history.json(wanted).text] : try await history.lines(wanted)
        }
        for line in lines { Terminal.out(line + "\n") }
        if lines.isEmpty { Terminal.error("nothing is dead\n") }
        return .done
    }
}

/// `host retry`
enum RetryVerb: Verb {
    static let name = "retry"
    static let summary = "lets a run that is over be done again: from where it failed, or from a step"
    static let usage = "ID [--from STEP] [--with RECIPE]"
    static let options = [
        Option("--from", "STEP", "from this step on, as 'host runs show' counts them; 1 is the beginning"),
        Option("--with", "RECIPE", "with the code of this file or folder, instead of what it began with"),
        Environment.configurationOption,
    ]
    static let notes = """
        The host that serves from the store takes it up within a second. What the journal has before that step is not
        done again. A run that is uncertain may have written: look at the portal first.
        """

    static func run(_ words: [String]) async throws(CommandLineFailure) -> ExitStatus {
        let options = try Options(words, options, verb: name, operandsMax: 1)
        guard let id = options.operands.first else { throw .usage("which run? host retry ID", verb: name) }
        var step: Int?
        if let text = options.value("--from") {
            guard let number = Int(text), number > 0 else { throw .usage("--from takes a step's number", verb: name) }
            step = number
        }
        let (from, path) = (step, options.value("--with"))
        try await Environment.withHistory(options) { (history) async throws(HostFailure) in
            try await history.retry(
                id, fromStep: from, with: try path.map { (path) throws(HostFailure) in try RecipeFolder(path) })
        }
        Terminal.out("run \(id) is to be done again\n")
        return .done
    }
}
