import Host
import Wire

/// `host events`
enum EventsVerb: Verb {
    static let name = "events"
    static let summary = "the events that the configuration's recipes listen to, and who does"
    static let usage = "[--config FILE]"
    static let options = [Environment.configurationOption]

    static func run(_ words: [String]) async throws(CommandLineFailure) -> ExitStatus {
        let options = try Options(words, options, verb: name, operandsMax: 0)
        let configuration = try await Environment.configuration(options.value("--config"))
        do throws(HostFailure) {
            for line in try await Publisher(configuration, portals: []).eventLines() { Terminal.out(line + "\n") }
        } catch {
            throw CommandLineFailure(error)
        }
        return .done
    }
}

/// `host fire`
enum FireVerb: Verb {
    static let name = "fire"
    static let summary = "gives an event to the host that serves, for trying by hand"
    static let usage = "EVENT [--data JSON|@FILE|-] [--recipe NAME] [--wait 30s]"
    static let options = [
        Option("--data", "JSON|@FILE|-", "the event's data: JSON, a file of it, or - for standard input"),
        Option("--recipe", "NAME", "for this recipe only"),
        Option("--wait", "TIME", "how long its runs are waited for; 30s when left out, 0s for not at all"),
        Environment.configurationOption,
    ]

    static func run(_ words: [String]) async throws(CommandLineFailure) -> ExitStatus {
        let options = try Options(words, options, verb: name, operandsMax: 1)
        guard let event = options.operands.first else { throw .usage("which event? host fire EVENT", verb: name) }
        let wait = options.value("--wait") ?? "30s"
        guard let waitMS = Quantity.milliseconds(wait) else {
            throw .usage("--wait takes a time such as 30s", verb: name)
        }
        let data: JSONValue
        do throws(HostFailure) {
            data = try Environment.json(options.value("--data"), "--data")
        } catch {
            throw CommandLineFailure(error)
        }
        let recipe = options.value("--recipe")
        let outcome = try await Environment.withHistory(options) { (history) async throws(HostFailure) -> JSONValue? in
            let id = try await history.fire(event, data, recipe: recipe, portal: "")
            guard waitMS > 0 else { return .string(id) }
            return try await history.outcome(of: id, within: Int64(waitMS))
        }
        guard let outcome else {
            throw CommandLineFailure(
                .limit, "its runs are not over after \(wait)",
                hint: "is a host serving from this store? 'host runs' shows")
        }
        guard let runs = outcome.arrayValue else {
            Terminal.out((outcome.stringValue ?? "") + "\n")
            return .done
        }
        if runs.isEmpty { Terminal.error("host: no recipe listens to '\(event)'\n") }
        for run in runs { Terminal.out(run.text + "\n") }
        return runs.contains { ["failed", "uncertain"].contains($0["state"]?.stringValue) } ? .failed : .done
    }
}

/// `host publish`
enum PublishVerb: Verb {
    static let name = "publish"
    static let summary = "makes portals tell this host what recipes listen to; shows the difference first"
    static let usage = "[--plan] [--config FILE]"
    static let options = [
        Option("--plan", "shows the difference and changes nothing"), Environment.configurationOption,
    ]
    static let notes = """
        Portals of applications are told by event.bind and event.unbind; of a webhook's portal it prints what a person
        has to set there. Afterwards it fires project_publish_finish for the recipes that listen to it.
        """

    static func run(_ words: [String]) async throws(CommandLineFailure) -> ExitStatus {
        let options = try Options(words, options, verb: name, operandsMax: 0)
        let configuration = try await Environment.configuration(options.value("--config"))
        let log = HostLog(.human, minimum: .warn) { Terminal.error($0 + "\n") }
        let portals = try Environment.portals(of: configuration, log: log)
        let publisher = Publisher(configuration, portals: portals)
        do throws(EffectFailure) {
            for plan in try await publisher.plans() {
                show(plan)
                if !options.has("--plan") { try await publisher.apply(plan) }
            }
        } catch {
            throw CommandLineFailure(error)
        }
        for portal in portals { await portal.connection.finish() }
        guard !options.has("--plan") else { return .done }
        let names = portals.map(\.name)
        _ = try await Environment.withHistory(options) { (history) async throws(HostFailure) in
            try await history.fire(
                finishedEvent, .object(["portals": .array(names.map(JSONValue.string))]), recipe: nil, portal: "")
        }
        Terminal.out("published\n")
        return .done
    }

    private static let finishedEvent = "project_publish_finish"

    private static func show(_ plan: Publisher.Plan) {
        Terminal.out("\(plan.portal): \(plan.handler)\n")
        if plan.isByHand {
            let events = plan.difference.toBind
            Terminal.out(
                events.isEmpty
                    ? "  no recipe listens to its events\n"
                    : "  set an outgoing webhook there by hand, to this address, with: "
                        + "\(events.joined(separator: ", "))\n"
                        + "  and put its application token into portals.\(plan.portal).application_token\n")
            return
        }
        for event in plan.difference.toBind { Terminal.out("  + \(event)\n") }
        for event in plan.difference.toUnbind { Terminal.out("  - \(event)\n") }
        for event in plan.difference.bound { Terminal.out("    \(event)\n") }
        if plan.difference.isEmpty { Terminal.out("  nothing to change\n") }
    }
}

/// `host store`
enum StoreVerb: Verb {
    static let name = "store"
    static let summary = "looks after the store: check, vacuum, export"
    static let usage = "check|vacuum|export [--config FILE]"
    static let options = [Environment.configurationOption]
    static let notes = """
        check    counts what is there and says what is wrong; status 1 when something is
        vacuum   forgets what is older than retention keeps, and gives the room back
        export   recipes' values and runs as lines of JSON on standard output; they hold customers' data
        """

    static func run(_ words: [String]) async throws(CommandLineFailure) -> ExitStatus {
        let options = try Options(words, options, verb: name, operandsMax: 1)
        let configuration = try await Environment.configuration(options.value("--config"))
        switch options.operands.first {
        case "check":
            let (lines, isSound) = try await Environment.withHistory(options) { (history) async throws(HostFailure) in
                try await StoreUpkeep(history).check()
            }
            for line in lines { Terminal.out(line + "\n") }
            return isSound ? .done : .failed
        case "vacuum":
            let count = try await Environment.withHistory(options) { (history) async throws(HostFailure) in
                try await StoreUpkeep(history).vacuum(
                    runsMS: configuration.retention.runsMS, failedMS: configuration.retention.failedRunsMS)
            }
            Terminal.out("forgot \(count) runs\n")
            return .done
        case "export":
            try await Environment.withHistory(options) { (history) async throws(HostFailure) in
                try await StoreUpkeep(history).export { Terminal.out($0 + "\n") }
            }
            return .done
        default: throw .usage("check, vacuum or export?", verb: name)
        }
    }
}

/// `host replay`
enum ReplayVerb: Verb {
    static let name = "replay"
    static let summary = "does a run again over its journal, doing nothing, with the same or other code"
    static let usage = "ID [--with RECIPE] [--continue]"
    static let options = [
        Option("--with", "RECIPE", "the code of this file or folder, instead of what it began with"),
        Option("--continue", "goes on live where the journal ends, or where the code leaves it"),
        Environment.configurationOption,
    ]

    static func run(_ words: [String]) async throws(CommandLineFailure) -> ExitStatus {
        let options = try Options(words, options, verb: name, operandsMax: 1)
        guard let id = options.operands.first else { throw .usage("which run? host replay ID", verb: name) }
        let configuration = try await Environment.configuration(options.value("--config"))
        let log = HostLog(.human, minimum: .info) { Terminal.error($0 + "\n") }
        let portals = options.has("--continue") ? try Environment.portals(of: configuration, log: log) : []
        let (path, goesOn) = (options.value("--with"), options.has("--continue"))
        let outcome = try await Environment.withHistory(options) { (history) async throws(HostFailure) in
            try await RunReplay(configuration, history, portals: portals, log: log).replay(
                id, with: try path.map { (path) throws(HostFailure) in try RecipeFolder(path) }, goesOn: goesOn)
        }
        for portal in portals { await portal.connection.finish() }
        switch outcome {
        case .same(let steps): Terminal.out("the same, all \(steps) steps\n")
        case .ends(let steps): Terminal.out("the same for \(steps) steps; then the code would go on\n")
        case .went(let run): Terminal.out(run.text + "\n")
        case .diverged(let place):
            throw CommandLineFailure(
                .failed,
                "the code leaves the journal at step \(place.step): it asks for \(place.asked), the run had asked for "
                    + place.recorded, hint: "--continue goes on live from there")
        case .failed(let message): throw CommandLineFailure(.failed, message)
        }
        return .done
    }
}
