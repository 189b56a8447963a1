import Bitrix24
import Glibc
import Wire

/// Reads which recipes there are, and what is decided for them.
struct RecipesReader {
    private static let keys = ["path", "portal", "settings", "limits"]
    static let recipesMax = 1000

    private let reader: ConfigurationReader
    private let portalNames: [String]
    private let portalsAreSound: Bool
    private let limits: RunLimits
    private var problems: ConfigurationProblems { reader.problems }

    /// - Parameter portalsAreSound: false where some could not be read, so that nothing is said of names.
    init(_ reader: ConfigurationReader, _ read: HostConfiguration, portalsAreSound: Bool) {
        self.reader = reader
        self.portalsAreSound = portalsAreSound
        portalNames = read.portals.map(\.name)
        limits = read.limits
    }

    /// Those that are listed, in their order, then those with a name.
    func recipes(_ host: ConfigurationTable) -> [RecipeConfiguration] {
        guard let table = host.table("recipes", keys: nil) else { return [] }
        let named = self.named(table)
        let recipes = listed(table, besides: Set(named.map(\.recipe.realPath))) + named
        refuseTwins(recipes)
        return recipes
    }

    private func named(_ table: ConfigurationTable) -> [RecipeConfiguration] {
        guard let named = table.table("named", keys: nil) else { return [] }
        return named.keys.compactMap { name in
            let value = named.value(name) ?? .null
            return recipe(ConfigurationTable(value, at: "recipes.\(name)", keys: Self.keys, problems), named: name)
        }
    }

    /// - Parameter named: files that have an entry of their own, which goes before a pattern.
    private func listed(_ table: ConfigurationTable, besides named: Set<String>) -> [RecipeConfiguration] {
        var recipes: [RecipeConfiguration] = []
        for (place, element) in (table.value("paths")?.arrayValue ?? []).enumerated() {
            guard let path = element.stringValue, !path.isEmpty else {
                problems.add("recipes[\(place + 1)] must be a path such as \"recipes/hello\" or \"recipes/*\"")
                continue
            }
            guard !path.contains(ConfigurationProblems.missingValue) else { continue }
            do throws(HostFailure) {
                let found =
                    Self.isPattern(path)
                    ? try Self.recipes(matching: reader.path(path)).filter { !named.contains($0.realPath) }
                    : [try RecipeFolder(reader.path(path))]
                recipes += found.map(listed)
            } catch {
                problems.add("recipes[\(place + 1)]: \(error.message)")
            }
        }
        return recipes
    }

    private static func isPattern(_ path: String) -> Bool { path.contains { "*?[".contains($0) } }

    private func listed(_ folder: RecipeFolder) -> RecipeConfiguration {
        let name = folder.defaultName
        return RecipeConfiguration(
            name: name, recipe: folder, portal: defaultPortal(name), settings: [], limits: limits)
    }

    private func recipe(_ table: ConfigurationTable, named name: String) -> RecipeConfiguration? {
        let settings = settings(table)
        var limits = limits
        for limit in table.limits("limits") {
            do throws(HostFailure) {
                try limits.set(limit.name, limit.value)
            } catch {
                table.refuse("limits", error.message)
            }
        }
        let portal = table.has("portal") ? portal(table) : defaultPortal(name)
        guard table.has("path") else {
            table.refuse("path", "is missing")
            return nil
        }
        guard let path = table.text("path") else { return nil }
        do throws(HostFailure) {
            let folder = try RecipeFolder(reader.path(path))
            return RecipeConfiguration(name: name, recipe: folder, portal: portal, settings: settings, limits: limits)
        } catch {
            problems.add("\(table.path).path: \(error.message)")
            return nil
        }
    }

    private func portal(_ table: ConfigurationTable) -> String? {
        guard let name = table.text("portal") else { return nil }
        guard !portalNames.contains(name), portalsAreSound else { return name }
        let meant = Spelling.nearest(to: name, among: portalNames).map { "did you mean \($0)?" }
        let known = portalNames.isEmpty ? "there is none" : "they are \(portalNames.joined(separator: ", "))"
        table.refuse("portal", "names no portal: '\(name)'; \(meant ?? known)")
        return nil
    }

    private func defaultPortal(_ recipe: String) -> String? {
        if portalNames.count > 1, portalsAreSound {
            problems.add(
                "recipes: '\(recipe)' has to say its portal, one of \(portalNames.joined(separator: ", ")): "
                    + "\(recipe) = { path = …, portal = … }")
        }
        return portalNames.count == 1 ? portalNames.first : nil
    }

    private func settings(_ table: ConfigurationTable) -> [GivenSetting] {
        guard let settings = table.table("settings", keys: nil) else { return [] }
        return settings.keys.compactMap { name in
            guard let value = settings.value(name) else { return nil }
            let texts = value.texts
            guard !texts.contains(where: { $0.contains(ConfigurationProblems.missingValue) }) else { return nil }
            return GivenSetting(name, .json(value), isSecret: texts.contains(where: problems.isSecret))
        }
    }

    /// One recipe on one portal twice would do everything twice.
    private func refuseTwins(_ recipes: [RecipeConfiguration]) {
        var seen: [String: String] = [:]
        for recipe in recipes {
            let identity = "\(recipe.recipe.realPath)\n\(recipe.portal ?? "")"
            if let other = seen.updateValue(recipe.name, forKey: identity) {
                problems.add("recipes: '\(other)' and '\(recipe.name)' are the same file: \(recipe.recipe.path)")
            }
        }
        if recipes.count > Self.recipesMax {
            problems.add("recipes: there are \(recipes.count), and \(Self.recipesMax) are allowed")
        }
    }

    /// The recipes a pattern means, sorted: folders with a `recipe.lua`, and files that end in `.lua`.
    private static func recipes(matching path: String) throws(HostFailure) -> [RecipeFolder] {
        var found = glob_t()
        defer { globfree(&found) }
        let paths =
            glob(path, 0, nil, &found) == 0
            ? (0..<Int(found.gl_pathc)).compactMap { found.gl_pathv[$0].map { String(cString: $0) } } : []
        // A README beside the recipes is none, and a folder without `recipe.lua` is something else.
        let isRecipe = { (path: String) in
            RecipeFolder.isRecipe(path) && (path.hasSuffix(".lua") || !RecipeFolder.isFile(path))
        }
        let recipes = try paths.sorted().filter(isRecipe).map { path throws(HostFailure) in try RecipeFolder(path) }
        guard !recipes.isEmpty else { throw HostFailure(.configuration, "no recipe is at \(path)") }
        return recipes
    }
}
