import Glibc
import Synchronization
import Wire

/// The recipes of the configuration, loaded, and loaded again when their files change.
///
/// A recipe that does not load leaves the one that did in its place, and says so.
final class RecipeLibrary: Sendable {
    private struct Loaded {
        var recipe: ServedRecipe?
        /// Of the files when they were looked at last.
        var stamp: UInt64
        var problem: HostFailure?
    }

    private let configured: [HostConfiguration.Recipe]
    private let limits: RunLimits
    private let store: HostStore
    private let log: HostLog
    private let loaded = Mutex<[String: Loaded]>([:])

    init(_ configuration: HostConfiguration, store: HostStore, log: HostLog) {
        configured = configuration.recipes
        limits = configuration.limits
        self.store = store
        self.log = log
    }

    /// What is wrong with recipes now, by their paths.
    var problems: [(path: String, failure: HostFailure)] {
        let loaded = loaded.withLock { $0 }
        return configured.compactMap { recipe in loaded[recipe.path]?.problem.map { (recipe.path, $0) } }
    }

    /// Looks at the files, and loads what changed.
    ///
    /// - Returns: all recipes, when anything changed; nil otherwise.
    func refresh() async -> RecipeSet? {
        var hasChanged = false
        for recipe in configured {
            let stamp = Self.stamp(recipe.path)
            let before = loaded.withLock { $0[recipe.path] }
            guard before?.stamp != stamp else { continue }
            hasChanged = true
            var now = Loaded(recipe: before?.recipe, stamp: stamp)
            do throws(HostFailure) {
                let fresh = try await load(recipe)
                if before != nil, before?.recipe?.code.id != fresh.code.id {
                    log.say(.info, "loaded anew", ["recipe": .string(fresh.name)])
                }
                now.recipe = fresh
            } catch {
                now.problem = error
                let kept = before?.recipe == nil ? "it is not served" : "the one before goes on"
                log.say(.error, "\(recipe.path) does not load, \(kept): \(error.message)")
            }
            loaded.withLock { $0[recipe.path] = now }
        }
        return hasChanged ? set() : nil
    }

    private func set() -> RecipeSet {
        let loaded = loaded.withLock { $0 }
        var recipes: [ServedRecipe] = []
        for configured in configured {
            guard let recipe = loaded[configured.path]?.recipe else { continue }
            if let other = recipes.first(where: { $0.name == recipe.name }) {
                log.say(
                    .error,
                    "\(configured.path) is not served: its name '\(recipe.name)' belongs to \(other.folder.path)")
                continue
            }
            recipes.append(recipe)
        }
        return RecipeSet(recipes: recipes)
    }

    private func load(_ configured: HostConfiguration.Recipe) async throws(HostFailure) -> ServedRecipe {
        let folder = try RecipeFolder(configured.path)
        let code = try folder.readCode()
        let recipe = try await Self.served(configured, folder.with(code), code, limits)
        try await CodeTable.put(code, store)
        return recipe
    }

    /// - Parameter limits: the operator's; a recipe may ask for less, and the configuration gives each what it gives.
    static func served(
        _ configured: HostConfiguration.Recipe, _ folder: RecipeFolder, _ code: RecipeCode, _ limits: RunLimits
    ) async throws(HostFailure) -> ServedRecipe {
        let declared = try await RecipeDeclaration.load(folder, settings: configured.settings, limits: limits)
        var allowed = try limits.lowered(by: declared.limits)
        for (name, value) in configured.limits { try allowed.set(name, value) }
        return ServedRecipe(
            name: declared.name, title: declared.title ?? declared.name, folder: folder, code: code,
            portal: configured.portal, settings: configured.settings, limits: allowed, retry: declared.retry,
            echoes: declared.echoes, scopes: declared.scopes, events: declared.events,
            tools: declared.handlers.compactMap { handler in
                handler.input.isEmpty
                    ? nil : ServedRecipe.Tool(event: handler.event, title: handler.title, input: handler.input)
            },
            schedules: declared.schedules.enumerated().map { place, schedule in
                ServedRecipe.Schedule(
                    place: place + 1, spec: schedule.spec, zone: schedule.zone, title: schedule.title,
                    schedule: schedule.schedule)
            })
    }

    /// Changes when one of the recipe's Lua files is written, comes or goes.
    private static func stamp(_ path: String) -> UInt64 {
        var print = EffectPrint()
        var status = stat()
        guard stat(path, &status) == 0 else { return print.value }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            add(path, &print)
            // What it may require stands beside it.
            addFolder(
                path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/"), 1,
                &print)
            return print.value
        }
        addFolder(path, 0, &print)
        return print.value
    }

    private static func addFolder(_ path: String, _ depth: Int, _ print: inout EffectPrint) {
        guard depth <= RecipeCode.depthMax, let open = opendir(path.isEmpty ? "." : path) else { return }
        defer { closedir(open) }
        var names: [String] = []
        while let entry = readdir(open), names.count < RecipeCode.filesMax {
            let name = withUnsafePointer(to: entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        for name in names.sorted() {
            let place = (path.isEmpty ? "" : path + "/") + name
            if name.hasSuffix(".lua") {
                add(place, &print)
            } else {
                var status = stat()
                guard lstat(place, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { continue }
                addFolder(place, depth + 1, &print)
            }
        }
    }

    private static func add(_ path: String, _ print: inout EffectPrint) {
        var status = stat()
        guard stat(path, &status) == 0 else { return }
        print.add(path)
        for number in [
            Int64(status.st_size), Int64(status.st_mtim.tv_sec), Int64(status.st_mtim.tv_nsec), Int64(status.st_ino),
        ] {
            withUnsafeBytes(of: number) { print.add($0) }
        }
    }
}

extension RunLimits {
    /// Each limit that is asked for, but none higher than it is here.
    func lowered(by wanted: [(name: String, value: String)]) throws(HostFailure) -> RunLimits {
        var limits = self
        for (name, value) in wanted {
            var trial = self
            try trial.set(name, value)
            guard let declaration = Self.declarations.first(where: { $0.name == name }) else { continue }
            let (asked, allowed) = (trial[keyPath: declaration.path], self[keyPath: declaration.path])
            guard asked <= allowed else {
                throw HostFailure(
                    .configuration, "the recipe asks for \(name) = \(value), which is more than the host allows",
                    hint: "allow it in host.lua: limits = { \(name) = \"\(value)\" }, for all recipes or for this one")
            }
            limits = trial.merging(into: limits, declaration)
        }
        return limits
    }

    private func merging(into other: RunLimits, _ declaration: Declaration) -> RunLimits {
        var limits = other
        limits[keyPath: declaration.path] = self[keyPath: declaration.path]
        return limits
    }
}
