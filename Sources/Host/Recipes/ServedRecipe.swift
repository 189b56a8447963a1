import Bitrix24
import Wire

/// A recipe as `host serve` runs it: its code as it was loaded, and what the configuration gives it.
struct ServedRecipe: Sendable {
    let name: String
    let title: String
    var folder: RecipeFolder
    var code: RecipeCode
    /// The configuration's name of its portal; nil for none.
    let portal: String?
    let settings: [(name: String, value: GivenSetting)]
    let limits: RunLimits
    let retry: RetryRule
    /// Whether it is told of what the host changed on the portal itself.
    var echoes = true
    var scopes: [String] = []
    /// The events it has handlers for, each once. Portals' events in upper case.
    let events: [String]
    /// Its tools: handlers that declare their input.
    let tools: [Tool]
    let schedules: [Schedule]

    struct Tool: Sendable {
        let event: String
        let title: String?
        let input: [FieldDeclaration]
    }

    struct Schedule: Sendable {
        /// From 1: `every:1`.
        let place: Int
        let spec: String
        let zone: String
        let title: String?
        let schedule: CronSchedule
    }

    func listens(to event: StoredEvent) -> Bool {
        if let recipe = event.recipe { return recipe == name }
        // A portal's events are for the recipes of that portal.
        if event.source == .portal || event.source == .offline, event.portal != portal ?? "" { return false }
        return events.contains(event.name)
    }
}

/// How often a run that failed is tried again, and after which waits.
public struct RetryRule: Sendable, Equatable {
    /// Attempts, the first included.
    public var max = 5
    /// The wait before the second; it doubles.
    public var firstMS = 10_000
    public var mostMS = 3_600_000

    public init() {}

    /// The wait after attempt n, from 1: a random time between half of it and all, so that what failed together does
    /// not come again together.
    func waitMS(after attempt: Int, random: Double) -> Int {
        let doubled = attempt < 30 ? firstMS << (attempt - 1) : mostMS
        let whole = min(Swift.max(doubled, 1), mostMS)
        return whole / 2 + Int(Double(whole - whole / 2) * random)
    }
}

/// The recipes that are served now. Replaced as a whole when something changes, so that an event sees all of the old or
/// all of the new.
struct RecipeSet: Sendable {
    let recipes: [ServedRecipe]

    func recipe(named name: String) -> ServedRecipe? { recipes.first { $0.name == name } }

    func listening(to event: StoredEvent) -> [ServedRecipe] { recipes.filter { $0.listens(to: event) } }
}
