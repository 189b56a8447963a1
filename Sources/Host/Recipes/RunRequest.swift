public import Bitrix24
public import Wire

/// What wakes a recipe: an event's name and its data.
public struct RunEvent: Sendable {
    public let name: String
    public let data: JSONValue

    public init(name: String, data: JSONValue) {
        self.name = name
        self.data = data
    }
}

/// How effects are answered.
public enum RunMode: String, Sendable {
    case live, plan
}

/// One run to be done.
public struct RunRequest: Sendable {
    public var recipe: RecipeFolder
    /// Without one, the recipe's file just runs from top to bottom.
    public var event: RunEvent?
    /// In the order they were given; of several with one name the last counts.
    public var settings: [GivenSetting] = []
    public var limits = RunLimits()
    public var mode = RunMode.live
    /// Of its chance; nil for one that nobody can repeat.
    var seed: UInt64?
    /// Whose files the recipe may send and write; nil is the folder `files` beside the recipe.
    public var files: FileFolder?

    public init(recipe: RecipeFolder) {
        self.recipe = recipe
    }
}

/// What a run is given of the world.
public struct RunEnvironment {
    public let portal: PortalConnection?
    public let store: KeyValueStore
    /// Tells the time to the recipe and to what is computed for it.
    public let clock: @Sendable () -> Timestamp
    /// How long lost answers to writes are waited for, and how often they are tried again.
    public let writing: ManyWrite.Policy
    /// Keeps the run, step by step; nil for a run that is forgotten when it ends.
    var journal: RunJournal?
    /// Where `emit` puts events; nil where nobody listens.
    var events: EventTarget?
    public let logMinimum: RunLog.Level
    /// Takes what `print` writes.
    public let output: (UnsafeRawBufferPointer) -> Void
    /// Takes log lines, without their line end.
    public let log: (String) -> Void
    /// Told, after each request, how many commands have read and written so far.
    public let progress: (_ reads: Int, _ writes: Int) -> Void

    public init(
        portal: PortalConnection?, store: KeyValueStore, clock: (@Sendable () -> Timestamp)? = nil,
        writing: ManyWrite.Policy = ManyWrite.Policy(), logMinimum: RunLog.Level = .info,
        output: @escaping (UnsafeRawBufferPointer) -> Void, log: @escaping (String) -> Void,
        progress: @escaping (_ reads: Int, _ writes: Int) -> Void = { _, _ in }
    ) {
        self.portal = portal
        self.store = store
        self.clock = clock ?? WallClock.now
        self.writing = writing
        self.logMinimum = logMinimum
        self.output = output
        self.log = log
        self.progress = progress
    }
}
