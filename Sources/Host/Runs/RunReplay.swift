import Bitrix24
import Storage
public import Wire

/// `host replay`: does a run again over its journal, with the same code or other code, to see what it would have done.
///
/// Nothing is done: each effect is answered with what came then. Where the code asks for something else, that is said;
/// only when it may go on does it go on live.
public struct RunReplay: Sendable {
    private let configuration: HostConfiguration
    private let history: RunHistory
    private let portals: [ServedPortal]
    private let log: HostLog

    public init(_ configuration: HostConfiguration, _ history: RunHistory, portals: [ServedPortal], log: HostLog) {
        self.configuration = configuration
        self.history = history
        self.portals = portals
        self.log = log
    }

    public enum Outcome: Sendable {
        /// The code asks for the same, step for step, and ends as it did.
        case same(steps: Int)
        /// It does the same as far as the journal goes, and then would go on.
        case ends(steps: Int)
        case diverged(Divergence)
        /// It went on live, and became this.
        case went(JSONValue)
        case failed(message: String)
    }

    /// - Parameters:
    ///   - folder: other code; nil is the code that the run began with.
    ///   - goesOn: live from where the journal ends or the code leaves it. Only for a run that is over.
    public func replay(_ id: String, with folder: RecipeFolder?, goesOn: Bool) async throws(HostFailure) -> Outcome {
        let detail = try await history.detail(id)
        guard let event = detail.event else {
            throw HostFailure(.usage, "the event of the run is not kept any more")
        }
        if goesOn, [.running, .parked, .waiting].contains(detail.run.state) {
            throw HostFailure(
                .usage, "the run is \(detail.run.state.word): the host that serves goes on with it itself")
        }
        let recipe = try await recipe(of: detail.run, folder)
        let connections = Dictionary(portals.map { ($0.name, $0.connection) }) { first, _ in first }
        let inbox = Inbox(history.store, metrics: Metrics(), clock: history.clock)
        let performer = RunPerformer(
            .init(
                store: history.store, inbox: inbox, portals: { connections[$0] }, clock: history.clock, log: log,
                stopping: StopFlag()))
        var run = detail.run
        run.code = recipe.code.id
        if goesOn {
            try await CodeTable.put(recipe.code, history.store)
            let ending = await performer.perform(
                run, of: recipe, on: event, recorded: detail.steps, isNew: false, divergence: .goOn)
            switch ending {
            case .over(let run), .later(let run): return .went(.object(RunHistory.json(run)))
            case .suspended(_, let failure): return .failed(message: failure.message)
            }
        }
        return await performer.replay(run, of: recipe, on: event, recorded: detail.steps)
    }

    private func recipe(of run: RunRecord, _ folder: RecipeFolder?) async throws(HostFailure) -> ServedRecipe {
        let store = history.store
        for configured in configuration.recipes {
            guard let served = try? await RecipeLibrary.served(configured, from: folder), served.name == run.recipe
            else { continue }
            guard folder == nil, served.code.id != run.code else { return served }
            let kept = try await store.result { (database) throws(DatabaseFailure) in
                try CodeTable.code(run.code, store, in: database)
            }
            return kept.map(served.with) ?? served
        }
        throw HostFailure(
            .configuration, "the recipe '\(run.recipe)' is not in the configuration",
            hint: "put it back into host.lua, or name the configuration with --config")
    }
}
