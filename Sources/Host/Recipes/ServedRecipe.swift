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
    let settings: [GivenSetting]
    /// The operator's; the recipe may ask for less when it declares itself.
    let limits: RunLimits
    let declared: RecipeDeclaration

    /// The events it has handlers for, each once.
    let events: [String]

    init(
        _ configured: RecipeConfiguration, _ folder: RecipeFolder, _ code: RecipeCode, _ declared: RecipeDeclaration
    ) {
        name = declared.name
        title = declared.title ?? declared.name
        self.folder = folder
        self.code = code
        portal = configured.portal
        settings = configured.settings
        limits = configured.limits
        self.declared = declared
        var seen: Set<String> = []
        events = declared.handlers.map(\.event).filter { seen.insert($0).inserted }
    }

    /// Handlers that declare their input.
    var tools: [RecipeDeclaration.Handler] { declared.handlers.filter { !$0.input.isEmpty } }

    var schedules: [RecipeDeclaration.Schedule] { declared.schedules }

    /// Whether it is told of what the host changed on the portal itself.
    var echoes: Bool { declared.echoes }

    func listens(to event: StoredEvent) -> Bool {
        if let recipe = event.recipe { return recipe == name }
        // A portal's events are for the recipes of that portal.
        if event.source == .portal || event.source == .offline, event.portal != portal ?? "" { return false }
        return events.contains(event.name)
    }
}

/// The recipes that are served now. Replaced as a whole when something changes, so that an event sees all of the old or
/// all of the new.
struct RecipeSet: Sendable {
    let recipes: [ServedRecipe]

    func recipe(named name: String) -> ServedRecipe? { recipes.first { $0.name == name } }

    func listening(to event: StoredEvent) -> [ServedRecipe] { recipes.filter { $0.listens(to: event) } }

    func hasListener(for event: StoredEvent) -> Bool { recipes.contains { $0.listens(to: event) } }
}
