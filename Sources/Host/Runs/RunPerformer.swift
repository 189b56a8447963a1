import Bitrix24
import Bridge
import Storage
import Synchronization
import Wire

/// Does one run, from its beginning or from where its journal ends, and writes what became of it.
final class RunPerformer: Sendable {
    /// What a run needs of the house.
    struct Surroundings: Sendable {
        let store: HostStore
        let inbox: Inbox
        let portals: @Sendable (String) -> PortalConnection?
        let clock: @Sendable () -> Timestamp
        let log: HostLog
        let stopping: StopFlag
        var writing = ManyWrite.Policy()
    }

    /// How far a run has come.
    enum Ending: Sendable {
        /// Done, failed, uncertain: over for now and for good.
        case over(RunRecord)
        /// It goes on by itself at `dueMS`.
        case later(RunRecord)
        /// The store or the host stopped it; it goes on when they do.
        case suspended(RunRecord, HostFailure)
    }

    let surroundings: Surroundings

    init(_ surroundings: Surroundings) { self.surroundings = surroundings }

    private var store: HostStore { surroundings.store }

    /// A run that begins: its record goes to the store with the first commit it needs.
    func begin(_ recipe: ServedRecipe, _ event: StoredEvent) -> RunRecord {
        let nowMS = surroundings.clock().unixMilliseconds
        let run = RunRecord(
            id: TimeOrderedID.next(nowMS: nowMS), event: event.id, recipe: recipe.name, code: recipe.code.id,
            eventName: event.name, portal: recipe.portal ?? "", startedMS: nowMS, seed: UInt64.random(in: 0 ... .max))
        return run
    }

    /// - Parameters:
    ///   - recorded: its journal so far.
    ///   - settles: it is the event's only run, whose end settles the event in the same commit.
    func perform(
        _ given: RunRecord, of recipe: ServedRecipe, on event: StoredEvent, recorded: [JournalEntry], isNew: Bool,
        settles: Bool = false, divergence: RunJournal.AtDivergence = .stop
    ) async -> Ending {
        var run = given
        let journal = RunJournal(
            run: run.id, store: store, recorded: recorded, divergence: divergence, stopping: surroundings.stopping,
            clock: surroundings.clock)
        if isNew {
            let owner = store.owner
            journal.post { (database) throws(DatabaseFailure) in try RunTable.insert(given, owner: owner, in: database)
            }
        }
        let report = await RecipeRun.run(request(run, recipe, event), in: environment(run, recipe, journal))
        run.workedMS += Int64(report.durationMS)
        run.steps = journal.step
        run.reads = report.reads
        run.writes = report.writes
        return await ended(run, report, recipe, journal, settles: settles)
    }

    /// Goes over the journal, and no further.
    func replay(
        _ run: RunRecord, of recipe: ServedRecipe, on event: StoredEvent, recorded: [JournalEntry]
    ) async -> RunReplay.Outcome {
        let journal = RunJournal(
            run: run.id, store: store, recorded: recorded, divergence: .stop, endsLive: false,
            stopping: surroundings.stopping, clock: surroundings.clock)
        let report = await RecipeRun.run(request(run, recipe, event), in: environment(run, recipe, journal))
        switch journal.ending {
        case .diverged(let divergence)?: return .diverged(divergence)
        case .ended?: return .ends(steps: recorded.count)
        case .suspended(let failure)?: return .failed(message: failure.message)
        case .parked?, nil: break
        }
        guard journal.step == recorded.count else {
            return .failed(
                message: "the code ends after step \(journal.step), the run went on to step \(recorded.count)")
        }
        let before = run.failure.flatMap { try? JSONValue(parsing: $0) }?["message"]?.stringValue
        guard report.failure?.message == before else {
            return .failed(message: report.failure?.message ?? "the code ends well, the run had failed")
        }
        return .same(steps: recorded.count)
    }

    private func request(_ run: RunRecord, _ recipe: ServedRecipe, _ event: StoredEvent) -> RunRequest {
        var request = RunRequest(recipe: recipe.folder)
        // The inbox took nothing that is no JSON.
        request.event = RunEvent(name: event.name, data: (try? JSONValue(parsing: event.data)) ?? .null)
        request.settings = recipe.settings
        request.limits = recipe.limits
        request.seed = run.seed
        return request
    }

    private func environment(_ run: RunRecord, _ recipe: ServedRecipe, _ journal: RunJournal) -> RunEnvironment {
        let log = surroundings.log
        let portal = recipe.portal.flatMap(surroundings.portals)
        let id = run.id.description
        var environment = RunEnvironment(
            portal: portal, store: KeyValueStore(.memory), clock: surroundings.clock,
            writing: surroundings.writing, logMinimum: log.minimum,
            output: { bytes in log.printed(bytes, run: id, recipe: recipe.name) },
            log: { line in log.line(line, run: id, recipe: recipe.name) })
        environment.journal = journal
        environment.events = EventTarget(inbox: surroundings.inbox, portal: recipe.portal ?? "")
        return environment
    }

    // -- Endings ------------------------------------------------------------------------------------------------------

    private func ended(
        _ given: RunRecord, _ report: RunReport, _ recipe: ServedRecipe, _ journal: RunJournal, settles: Bool
    ) async -> Ending {
        var run = given
        let nowMS = surroundings.clock().unixMilliseconds
        run.endedMS = nowMS
        run.dueMS = nil
        run.reply = nil
        run.failure = nil
        switch (journal.ending, report.failure) {
        case (.suspended(let failure)?, _): return .suspended(given, failure)
        case (.ended?, _): return .suspended(given, HostFailure(.machine, "the journal ends"))
        case (.parked(let untilMS)?, _):
            run.state = .parked
            run.dueMS = untilMS
            run.endedMS = nil
        case (.diverged?, nil), (nil, nil):
            run.state = .done
            run.reply = report.reply?.encoded()
        case (.diverged?, let failure?), (nil, let failure?):
            run.failure = failure.json.text
            if failure.fields["uncertain"]?.boolValue == true {
                run.state = .uncertain
            } else if failure.kind == .failed, failure.fields["retryable"]?.boolValue == true,
                let waitMS = recipe.declared.retry.waitMS(before: run.attempt)
            {
                run.state = .waiting
                // Between half of it and all, so that what failed together does not come again together.
                run.dueMS = nowMS + Int64(Int.random(in: waitMS / 2...waitMS))
                run.attempt += 1
            } else {
                run.state = .failed
            }
        }
        return await write(run, journal, settles: settles)
    }

    private func write(_ run: RunRecord, _ journal: RunJournal, settles: Bool) async -> Ending {
        do throws(HostFailure) {
            let sealed = try run.reply.map { (reply) throws(HostFailure) in
                try store.sealer.seal(reply, RunRecord.context)
            }
            try await store.result { (database) throws(DatabaseFailure) in
                try RunTable.update(run, sealed: sealed, in: database)
                // What failed is asked for again; what came before stands.
                if run.state == .waiting {
                    try JournalTable.cutFailure(of: run.id, in: database)
                } else if settles {
                    try EventTable.finish(run.event, in: database)
                }
            }
            try journal.checkWritten()
        } catch {
            return .suspended(run, error)
        }
        switch run.state {
        case .parked, .waiting: return .later(run)
        default: return .over(run)
        }
    }
}
