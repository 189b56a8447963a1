import Storage
import Wire

// Handling: from an event to its runs, new ones and those that an earlier process has begun.
extension EventDispatcher {
    func handle(_ event: StoredEvent) async {
        inbox.begun(event)
        var runs: [RunRecord]?
        do throws(HostFailure) {
            runs = try await handled(event)
        } catch {
            // The event stays as it is in the store: another look finds it again.
            log.say(.error, error.message, ["event": .string(event.id.description)])
            state.withLock { $0.storeHasMore = true }
            reopen(event)
        }
        settled(event, runs)
    }

    /// Returns when its runs are over, or go on by themselves: its only run, nil where there may be others.
    private func handled(_ event: StoredEvent) async throws(HostFailure) -> [RunRecord]? {
        let store = store
        var begun: [RunRecord] = []
        if event.isRecovered {
            begun = try await store.result { (database) throws(DatabaseFailure) in
                try RunTable.runs(of: event.id, store, in: database)
            }
        }
        let isEcho = inbox.echoes.consume(event, nowMS: nowMS)
        let recipes = recipes.listening(to: event).filter { $0.echoes || !isEcho }
        let fresh = recipes.filter { recipe in !begun.contains { $0.recipe == recipe.name } }
        let unfinished = begun.filter { $0.state == .running || $0.state == .waiting }
        if let recipe = fresh.first, fresh.count == 1, unfinished.isEmpty {
            let (run, isSettled) = try await begin(recipe, event, settles: true)
            if !isSettled { store.finish(event) }
            return begun.isEmpty ? [run] : nil
        }
        if !fresh.isEmpty || !unfinished.isEmpty { try await together(fresh, unfinished, event) }
        store.finish(event)
        return nil
    }

    /// Several recipes listen: their runs go side by side.
    private func together(
        _ fresh: [ServedRecipe], _ unfinished: [RunRecord], _ event: StoredEvent
    ) async throws(HostFailure) {
        let failure = await withTaskGroup(of: HostFailure?.self) { group in
            for recipe in fresh {
                group.addTask {
                    await self.failure(of: { () async throws(HostFailure) in
                        _ = try await self.begin(recipe, event, settles: false)
                    })
                }
            }
            for run in unfinished {
                group.addTask {
                    await self.failure(of: { () async throws(HostFailure) in
                        try await self.continued(run, event)
                    })
                }
            }
            var first: HostFailure?
            for await failure in group where first == nil { first = failure }
            return first
        }
        if let failure { throw failure }
    }

    private func failure(of body: () async throws(HostFailure) -> Void) async -> HostFailure? {
        do throws(HostFailure) {
            try await body()
            return nil
        } catch {
            return error
        }
    }

    // -- One run ------------------------------------------------------------------------------------------------------

    /// - Parameter settles: no other run of the event goes on or begins.
    /// - Returns: the run as far as it came, and whether the event was settled with it.
    private func begin(
        _ recipe: ServedRecipe, _ event: StoredEvent, settles: Bool
    ) async throws(HostFailure) -> (run: RunRecord, isSettled: Bool) {
        let run = performer.begin(recipe, event)
        let ending = await performer.perform(
            run, of: recipe, on: event, recorded: [], isNew: true, settles: settles)
        switch ending {
        case .over(let run):
            tell(run)
            return (run, settles)
        case .later(let run) where run.state == .parked:
            look(atMS: run.dueMS ?? .max)
            return (run, settles)
        case .later, .suspended: return (try await held(ending, event), false)
        }
    }

    private func continued(_ given: RunRecord, _ event: StoredEvent) async throws(HostFailure) {
        _ = try await held(given.state == .waiting ? .later(given) : try await again(given, event), event)
    }

    /// Runs over what its journal has so far.
    private func again(_ run: RunRecord, _ event: StoredEvent) async throws(HostFailure) -> RunPerformer.Ending {
        let store = store
        guard let recipe = try await recipe(of: run) else { return .over(try await lost(run)) }
        let recorded = try await store.result { (database) throws(DatabaseFailure) in
            try JournalTable.entries(of: run.id, store, in: database)
        }
        return await performer.perform(run, of: recipe, on: event, recorded: recorded, isNew: false)
    }

    /// Waits with the lane kept while a run is to be tried again soon.
    private func held(
        _ given: RunPerformer.Ending, _ event: StoredEvent
    ) async throws(HostFailure) -> RunRecord {
        var ending = given
        while true {
            switch ending {
            case .over(let run):
                tell(run)
                return run
            case .suspended(_, let failure): throw failure
            case .later(var run):
                look(atMS: run.dueMS ?? .max)
                let waitMS = (run.dueMS ?? 0) - nowMS
                guard run.state == .waiting, waitMS <= Self.laneHoldMSMax else { return run }
                guard await pause(waitMS) else { throw HostFailure(.machine, "the host stops") }
                run.state = .running
                run.dueMS = nil
                ending = try await again(run, event)
            }
        }
    }

    /// The slot is others' meanwhile. False when the host stops.
    private func pause(_ milliseconds: Int64) async -> Bool {
        state.withLock { $0.handling -= 1 }
        pump()
        let stopping = performer.surroundings.stopping
        var restMS = milliseconds
        while restMS > 0, !stopping.isSet {
            let stepMS = min(restMS, Self.pauseStepMS)
            do { try await Task.sleep(for: .milliseconds(stepMS)) } catch { break }
            restMS -= stepMS
        }
        state.withLock { $0.handling += 1 }
        return !stopping.isSet
    }

    private static let pauseStepMS: Int64 = 250

    /// A run on its own: woken, or tried again long after.
    func resume(_ run: RunRecord) async {
        let store = store
        do throws(HostFailure) {
            let event = try await store.result { (database) throws(DatabaseFailure) in
                try EventTable.event(run.event, store, in: database)
            }
            guard let event else { return tell(try await lost(run)) }
            switch try await again(run, event) {
            case .over(let run): tell(run)
            case .later(let run): look(atMS: run.dueMS ?? .max)
            case .suspended(let run, let failure):
                guard !performer.surroundings.stopping.isSet else { return }
                log.say(.error, failure.message, ["run": .string(run.id.description)])
                store.postpone(run, untilMS: nowMS + Self.suspendedMS)
                look(atMS: nowMS + Self.suspendedMS)
            }
        } catch {
            log.say(.error, error.message, ["run": .string(run.id.description)])
        }
    }

    /// When what the store refused is tried again.
    private static let suspendedMS: Int64 = 2_000

    /// The recipe with the code that the run began with.
    private func recipe(of run: RunRecord) async throws(HostFailure) -> ServedRecipe? {
        guard let recipe = recipes.recipe(named: run.recipe) else { return nil }
        guard recipe.code.id != run.code else { return recipe }
        let store = store
        let code = try await store.result { (database) throws(DatabaseFailure) in
            try CodeTable.code(run.code, store, in: database)
        }
        return code.map(recipe.with)
    }

    private func lost(_ given: RunRecord) async throws(HostFailure) -> RunRecord {
        var run = given
        run.state = .failed
        run.endedMS = nowMS
        run.failure =
            JSONValue.object([
                "kind": "configuration", "message": .string("the recipe '\(run.recipe)' is not served any more"),
                "hint": "put it back into host.lua and retry the run, or drop it",
            ]).text
        let failed = run
        try await store.result { (database) throws(DatabaseFailure) in
            try RunTable.update(failed, sealed: nil, in: database)
        }
        return run
    }

    private func tell(_ run: RunRecord) {
        inbox.metrics.count(run)
        let fields: JSONObject = [
            "run": .string(run.id.description), "recipe": .string(run.recipe), "event": .string(run.eventName),
            "ms": .integer(run.workedMS),
        ]
        guard run.state.isDead else { return log.say(.debug, "run \(run.state.word)", fields) }
        let message = run.failure.flatMap { try? JSONValue(parsing: $0) }?["message"]?.stringValue ?? ""
        log.say(.error, "run \(run.state.word): \(message)", fields)
    }

    private func reopen(_ event: StoredEvent) {
        guard !performer.surroundings.stopping.isSet else { return }
        store.reopen(event)
        look(atMS: nowMS + Self.suspendedMS)
    }
}

extension ServedRecipe {
    /// The same with other code.
    func with(_ code: RecipeCode) -> ServedRecipe {
        var recipe = self
        recipe.folder = folder.with(code)
        recipe.code = code
        return recipe
    }
}
