import Bridge
public import Wire

/// What a recipe is, without running any of it for an event: its file is run from top to bottom behind a door that
/// refuses every effect.
public struct RecipeDeclaration: Sendable {
    public struct Handler: Sendable {
        public let event: String
        public let title: String?
        /// Declared fields of the event's data; with them it is a tool.
        public let input: [FieldDeclaration]
    }

    public struct Schedule: Sendable {
        public let schedule: CronSchedule
        public let title: String?
        /// From 1; `every:INDEX` is the event that wakes it.
        public let index: Int

        public var event: String { "\(RecipeSession.schedulePrefix)\(index)" }
    }

    /// The declared one, else that of its folder or file.
    public let name: String
    public let title: String?
    public let scopes: [String]
    public let hosts: [HostPattern]
    public let settings: [FieldDeclaration]
    /// Bounds it asks for, as `--limit` takes them.
    public let limits: [(name: String, value: String)]
    public let retry: RetryRule
    /// Events that its own writes cause wake it too.
    public let echoes: Bool
    public let handlers: [Handler]
    public let schedules: [Schedule]
    /// What is wrong with the settings that were given and the bounds it asks for, a sentence each, without values of
    /// settings.
    public let problems: [String]

    /// Tight: a declaration computes nothing.
    static let loadingLimits: RunLimits = {
        var limits = RunLimits()
        limits.lua.cpuMSMax = 1000
        limits.lua.wallMSMax = 10_000
        limits.lua.memoryBytesMax = 32 << 20
        return limits
    }()

    /// Loads the recipe once. The failure is one of the recipe itself; trouble with settings is in `problems`.
    ///
    /// - Parameter limits: those of its runs, as its operator sets them.
    public static func load(
        _ recipe: RecipeFolder, settings: [GivenSetting] = [], limits: RunLimits = RunLimits(),
        clock: (@Sendable () -> Timestamp)? = nil
    ) async -> Result<RecipeDeclaration, RunFailure> {
        let session = RecipeSession(
            given: settings, name: recipe.defaultName, limits: limits, loadingLimits: loadingLimits)
        let interpreter = LoadingInterpreter()
        let log = RunLog(
            redactor: Redactor(), lineBytesMax: loadingLimits.logLineBytesMax,
            totalBytesMax: loadingLimits.logBytesMax, write: { _ in })
        let context = RunContext(
            id: "load", mode: .live, door: Door(interpreter, limits: loadingLimits), log: log, recipe: session,
            files: recipe.files, portalUserID: nil, portalScopes: nil, pagingProfiles: nil,
            clock: clock ?? WallClock.now,
            random: SystemRandomNumberGenerator(), writing: .init(), progress: { _, _ in })
        do throws(LuaFailure) {
            let source: LuaSource
            do throws(HostFailure) {
                source = try recipe.recipe()
            } catch {
                throw LuaFailure(EffectFailure.host(error))
            }
            let run = try await RecipeState.open(context, sources: recipe, output: { _ in })
            defer { run.close() }
            try await run.run(source)
            if let refusal = interpreter.refusal { throw LuaFailure(EffectFailure.host(refusal)) }
        } catch {
            return .failure(RunFailure(error, context))
        }
        return .success(RecipeDeclaration(session))
    }

    private init(_ session: RecipeSession) {
        let head = session.head
        name = head.name
        title = head.title
        scopes = head.scopes
        hosts = head.hosts
        settings = head.settings
        limits = head.limits
        retry = head.retry
        echoes = head.echoes
        handlers = session.handlers.map { Handler(event: $0.event, title: $0.title, input: $0.input) }
        schedules = session.schedules.map {
            Schedule(schedule: CronSchedule($0.spec, in: $0.zone), title: $0.title, index: $0.index)
        }
        problems =
            session.problems.map(\.message)
            + (session.strayGiven.map { ["the recipe has no setting '\($0)'; it declares none"] } ?? [])
    }
}

/// Refuses every effect, and remembers it where the recipe caught the refusal.
private final class LoadingInterpreter: Interpreter {
    private(set) var refusal: HostFailure?

    func result(of effect: Effect) async throws(EffectFailure) -> EffectResult {
        let failure = HostFailure(
            .recipe, "\(effect.name): a recipe does nothing at load time: put it into on(…) or every(…)")
        refusal = refusal ?? failure
        throw .host(failure)
    }
}
