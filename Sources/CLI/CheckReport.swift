import Host
import Wire

/// What `host check` found.
struct CheckReport {
    private struct Recipe {
        let declaration: RecipeDeclaration
        let path: String
        /// Nil where it is checked by itself, without settings.
        let configuration: RecipeConfiguration?
    }

    private var portals: [PortalConfiguration] = []
    private var recipes: [Recipe] = []
    var warnings: [String] = []
    var problems: [String] = []

    mutating func add(_ portal: PortalConfiguration) { portals.append(portal) }

    mutating func add(_ declaration: RecipeDeclaration, path: String, by configuration: RecipeConfiguration? = nil) {
        recipes.append(Recipe(declaration: declaration, path: path, configuration: configuration))
    }

    /// A line for each portal and recipe.
    var lines: [String] { portals.map(Self.line) + recipes.map(Self.line) }

    private static func line(_ portal: PortalConfiguration) -> String {
        "portal \(portal.name): \(portal.origin), by \(way(portal))"
    }

    private static func way(_ portal: PortalConfiguration) -> String {
        switch portal.access {
        case .webhook: "webhook"
        case .grant: "grant"
        }
    }

    private static func line(_ recipe: Recipe) -> String {
        let declared = recipe.declaration
        let woken = events(declared)
        var parts = [woken.isEmpty ? "woken by nothing" : "on \(woken.joined(separator: ", "))"]
        if let portal = recipe.configuration?.portal { parts.append("portal \(portal)") }
        if !declared.scopes.isEmpty { parts.append("scopes \(declared.scopes.joined(separator: ", "))") }
        let needed = declared.settings.filter { $0.isRequired && $0.defaultValue == nil }.map(\.name)
        if !needed.isEmpty, recipe.configuration == nil { parts.append("needs \(needed.joined(separator: ", "))") }
        return "recipe \(declared.name): \(recipe.path); " + parts.joined(separator: "; ")
    }

    /// The events, each once, then the schedules as they are written.
    private static func events(_ declared: RecipeDeclaration) -> [String] {
        var seen: Set<String> = []
        return declared.handlers.map(\.event).filter { seen.insert($0).inserted }
            + declared.schedules.map { "\($0.schedule.expression.text) (\($0.schedule.zone.name))" }
    }

    var json: JSONValue {
        [
            "portals": .array(
                portals.map {
                    ["name": .string($0.name), "portal": .string($0.origin), "by": .string(Self.way($0))]
                }),
            "recipes": .array(recipes.map(Self.json)),
            "warnings": .array(warnings.map { .string($0) }), "problems": .array(problems.map { .string($0) }),
        ]
    }

    private static func json(_ recipe: Recipe) -> JSONValue {
        let declared = recipe.declaration
        var object: JSONObject = [
            "name": .string(declared.name), "path": .string(recipe.path),
            "events": .array(declared.handlers.map { .string($0.event) }),
            "schedules": .array(
                declared.schedules.map {
                    [
                        "event": .string($0.event), "spec": .string($0.schedule.expression.text),
                        "zone": .string($0.schedule.zone.name),
                    ]
                }),
            "scopes": .array(declared.scopes.map { .string($0) }),
            "settings": .array(declared.settings.map { .string($0.name) }),
        ]
        if let title = declared.title { object["title"] = .string(title) }
        if let portal = recipe.configuration?.portal { object["portal"] = .string(portal) }
        return .object(object)
    }
}
