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

    private let configured: [RecipeConfiguration]
    private let store: HostStore
    private let log: HostLog
    private let loaded = Mutex<[String: Loaded]>([:])

    init(_ configuration: HostConfiguration, store: HostStore, log: HostLog) {
        configured = configuration.recipes
        self.store = store
        self.log = log
    }

    /// What is wrong with recipes now, by their paths.
    var problems: [(path: String, failure: HostFailure)] {
        let loaded = loaded.withLock { $0 }
        return configured.compactMap { recipe in loaded[recipe.recipe.path]?.problem.map { (recipe.recipe.path, $0) } }
    }

    /// Looks at the files, and loads what changed.
    ///
    /// - Returns: all recipes, when anything changed; nil otherwise.
    func refresh() async -> RecipeSet? {
        var hasChanged = false
        for recipe in configured {
            let path = recipe.recipe.path
            let stamp = Self.stamp(path)
            let before = loaded.withLock { $0[path] }
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
                log.say(.error, "\(path) does not load, \(kept): \(error.message)")
            }
            loaded.withLock { $0[path] = now }
        }
        return hasChanged ? set() : nil
    }

    private func set() -> RecipeSet {
        let loaded = loaded.withLock { $0 }
        var recipes: [ServedRecipe] = []
        for configured in configured {
            guard let recipe = loaded[configured.recipe.path]?.recipe else { continue }
            if let other = recipes.first(where: { $0.name == recipe.name }) {
                log.say(
                    .error,
                    "\(configured.recipe.path) is not served: its name '\(recipe.name)' is that of "
                        + other.folder.path)
                continue
            }
            recipes.append(recipe)
        }
        return RecipeSet(recipes: recipes)
    }

    private func load(_ configured: RecipeConfiguration) async throws(HostFailure) -> ServedRecipe {
        let recipe = try await Self.served(configured)
        try await CodeTable.put(recipe.code, store)
        return recipe
    }

    /// The recipe with its files as they are now.
    ///
    /// - Parameter folder: other files for the same recipe.
    static func served(
        _ configured: RecipeConfiguration, from folder: RecipeFolder? = nil
    ) async throws(HostFailure) -> ServedRecipe {
        let folder = folder ?? configured.recipe
        let code = try folder.readCode()
        let declared: RecipeDeclaration
        let loaded = await RecipeDeclaration.load(
            folder.with(code), settings: configured.settings, limits: configured.limits)
        switch loaded {
        case .success(let declaration): declared = declaration
        case .failure(let failure): throw HostFailure(.recipe, failure.message, hint: failure.hint)
        }
        if let problem = declared.problems.first { throw HostFailure(.configuration, problem) }
        return ServedRecipe(configured, folder.with(code), code, declared)
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
