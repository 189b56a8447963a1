import Bridge
public import Wire

/// What a recipe says of itself: its file is run from top to bottom, and nothing that it asks for is done.
public struct RecipeDeclaration: Sendable {
    public struct Handler: Sendable {
        public let event: String
        public let title: String?
        public let input: [FieldDeclaration]
    }

    public struct Schedule: Sendable {
        public let spec: String
        public let zone: String
        public let title: String?
        let schedule: CronSchedule
    }

    public let name: String
    public let title: String?
    public let scopes: [String]
    public let hosts: [String]
    public let limits: [(name: String, value: String)]
    public let retry: RetryRule
    public let echoes: Bool
    public let handlers: [Handler]
    public let schedules: [Schedule]

    /// Each event once, in order.
    public var events: [String] {
        var seen: Set<String> = []
        return handlers.map(\.event).filter { seen.insert($0).inserted }
    }

    /// - Parameter folder: with its code, or read anew.
    /// - Throws: what stops the file, with its line: a syntax error, a setting that is missing, something it tries to
    ///   do.
    public static func load(
        _ folder: RecipeFolder, settings: [(name: String, value: GivenSetting)], limits: RunLimits = RunLimits()
    ) async throws(HostFailure) -> RecipeDeclaration {
        let session = RecipeSession(given: settings, name: folder.defaultName)
        let log = RunLog(
            redactor: Redactor(), lineBytesMax: limits.logLineBytesMax, totalBytesMax: limits.logBytesMax,
            minimum: .error, write: { _ in })
        let context = RunContext(
            id: "", mode: .plan, door: Door(Refusing(), limits: limits), log: log, recipe: session, files: folder.files,
            portalUserID: nil, portalScopes: nil, pagingProfiles: nil, clock: WallClock.now,
            random: SystemRandomNumberGenerator(), writing: .init(), progress: { _, _ in })
        var loading = limits
        loading.lua.wallMSMax = min(limits.lua.wallMSMax, Self.loadMSMax)
        do throws(LuaFailure) {
            try await run(folder, context, loading)
        } catch {
            let failure = RunFailure(error, context)
            throw HostFailure(.recipe, failure.message, hint: failure.hint)
        }
        return RecipeDeclaration(
            name: session.name, title: session.declared.title, scopes: session.declared.scopes,
            hosts: session.declared.hosts, limits: session.declared.limits, retry: session.declared.retry,
            echoes: session.declared.echoes,
            handlers: session.handlers.map { Handler(event: $0.event, title: $0.title, input: $0.input) },
            schedules: session.schedules.map {
                Schedule(spec: $0.spec, zone: $0.zone, title: $0.title, schedule: $0.schedule)
            })
    }

    /// A file that declares itself has nothing to wait for.
    private static let loadMSMax = 10_000

    private static func run(
        _ folder: RecipeFolder, _ context: RunContext, _ limits: RunLimits
    ) async throws(LuaFailure) {
        let source: LuaSource
        do throws(HostFailure) {
            source = try folder.recipe()
        } catch {
            throw LuaFailure(EffectFailure.host(error))
        }
        let environment = RunEnvironment(portal: nil, store: KeyValueStore(.memory), output: { _ in }, log: { _ in })
        let run = try LuaRun(
            limits: limits.lua, sources: folder, hooks: RecipeRun.hooks(context, limits, environment))
        defer { run.close() }
        try await RecipeRun.install(context, in: run)
        try await run.run(source)
        if let stray = context.recipe.strayGiven {
            throw LuaFailure.setting("the recipe has no setting '\(stray)'; it declares none")
        }
    }

    private final class Refusing: Interpreter {
        func result(of effect: Effect) async throws(EffectFailure) -> EffectResult {
            throw .host(
                HostFailure(
                    .recipe, "a recipe does nothing while its file is loaded, this one asks for \(effect.name)",
                    hint: "put it into a function given to on(…) or every(…)"))
        }
    }
}
