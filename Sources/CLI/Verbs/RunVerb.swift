import Host
import Wire

/// `host run RECIPE …`
enum RunVerb: Verb {
    static let name = "run"
    static let summary = "runs a recipe, from top to bottom or woken by an event"
    static let usage = """
        RECIPE [--event NAME] [--data JSON|@FILE|-] [--portal NAME|URL] [--set KEY=VALUE]…
                 [--limit NAME=VALUE]… [--plan] [--json]
        """
    static let options = [
        Option("--event", "NAME", "wakes the recipe's handler for this event"),
        Option("--data", "JSON|@FILE|-", "the event's data: JSON, a file of it, or - for standard input"),
        Option("--portal", "NAME|URL", "a webhook, NAME of BITRIX24_WEBHOOK_URL_NAME, or an authorised portal"),
        Option("--set", "KEY=VALUE", repeats: true, "a setting of the recipe"),
        Option("--limit", "NAME=VALUE", repeats: true, "a bound of the run, such as cpu=500ms"),
        Option("--store", "FILE", "where store.* keeps values; else HOST_STORE, else .host/store.db"),
        Option("--files", "DIR", "the folder of files the recipe may send and write; else 'files' beside the recipe"),
        Option("--plan", "does the reads, lists the writes and does none of them"),
        Option("--verbose", "shows debug lines of the log too"),
        Option("--json", "one JSON object on standard output: run, reply, reads, writes, durationMS, waitedMS"),
    ]

    static var notes: String {
        let width = (RunLimits.declarations.map { $0.example.count + $0.name.count + 1 }.max() ?? 0) + 2
        return "Limits (with their defaults):\n"
            + RunLimits.declarations.map {
                "  \(HelpVerb.padded("\($0.name)=\($0.example)", width))\($0.doc)"
            }.joined(separator: "\n")
    }

    static func run(_ words: [String]) async throws(CommandLineFailure) -> ExitStatus {
        let options = try Options(words, options, verb: name, operandsMax: 1)
        guard let path = options.operands.first else { throw .usage("which recipe? host run RECIPE", verb: name) }
        let asJSON = options.has("--json")
        let request = try request(path, options)
        let progress = ProgressLine()
        let portal = try Environment.portal(options.value("--portal"), progress: progress)
        let environment = RunEnvironment(
            portal: portal,
            store: Environment.store(options.value("--store")),
            logMinimum: options.has("--verbose") ? .debug : .info,
            output: { bytes in
                progress.clear()
                if asJSON { Terminal.error(bytes) } else { Terminal.out(bytes) }
            },
            log: { line in
                progress.clear()
                Terminal.error(line + "\n")
            },
            progress: { reads, writes in progress.update("\(reads) read, \(writes) written …") })
        let report = await RecipeRun.run(request, in: environment)
        await portal?.finish()
        progress.clear()
        if asJSON {
            Terminal.out(report.json.text + "\n")
        } else {
            for line in report.plan { Terminal.out(line.described + "\n") }
            if let reply = report.reply { Terminal.out(reply.text + "\n") }
            if !report.plan.isEmpty { Terminal.error("planned, not done: \(report.plan.count)\n") }
            if let events = report.idleEvents {
                Terminal.error("host: the recipe answers events only: \(events); add --event NAME\n")
            }
        }
        guard let failure = report.failure else { return .done }
        let status: ExitStatus =
            switch failure.kind {
            case .failed: .failed
            case .limit: .limit
            case .configuration: .configuration
            }
        if asJSON { return status }
        let written =
            report.writes == 0 || !report.plan.isEmpty ? nil : "writes sent before it failed: \(report.writes)"
        let hints = [failure.hint, written].compactMap { $0 }
        throw CommandLineFailure(status, failure.message, hint: hints.isEmpty ? nil : hints.joined(separator: "\n  "))
    }

    private static func request(_ path: String, _ options: Options) throws(CommandLineFailure) -> RunRequest {
        do throws(HostFailure) {
            var request = RunRequest(recipe: try RecipeFolder(path))
            if let name = options.value("--event") {
                request.event = RunEvent(name: name, data: try Environment.json(options.value("--data"), "--data"))
            } else if options.has("--data") {
                throw HostFailure(.usage, "--data belongs to an event", hint: "add --event NAME")
            }
            for pair in options.all("--set") {
                let (name, text) = try Environment.pair(pair, "--set")
                request.settings.append(GivenSetting(name, .text(text)))
            }
            for pair in options.all("--limit") {
                let (name, value) = try Environment.pair(pair, "--limit")
                try request.limits.set(name, value)
            }
            if let folder = options.value("--files") { request.files = try FileFolder(folder) }
            request.mode = options.has("--plan") ? .plan : .live
            return request
        } catch {
            throw CommandLineFailure(error)
        }
    }
}
