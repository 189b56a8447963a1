/// What `host check` finds: a line for each thing that is well, a sentence for each that is not.
public struct ConfigurationCheck: Sendable {
    public private(set) var lines: [String] = []
    public private(set) var problems: [String] = []

    /// A configuration with all its recipes.
    public init(configuration path: String, variable: @escaping (String) -> String?) async {
        let configuration: HostConfiguration
        do throws(ConfigurationFailure) {
            configuration = try await ConfigurationLoader.load(path, variable: variable)
        } catch {
            problems = error.problems.map { "\(path): \($0)" }
            return
        }
        for portal in configuration.portals {
            let way =
                switch portal.way {
                case .webhook: "webhook"
                case .grant(let name, _): "grant of \(name)"
                }
            let events = portal.applicationToken == nil ? "" : ", takes events"
            lines.append("portal \(portal.name): \(way)\(events)")
        }
        var names: [String: String] = [:]
        for recipe in configuration.recipes {
            await add(recipe, configuration.limits, &names)
        }
    }

    /// One recipe, without settings.
    public init(recipe path: String) async {
        var names: [String: String] = [:]
        await add(.init(path: path, portal: nil, settings: [], limits: []), RunLimits(), &names)
    }

    private mutating func add(
        _ recipe: HostConfiguration.Recipe, _ limits: RunLimits, _ names: inout [String: String]
    ) async {
        do throws(HostFailure) {
            let folder = try RecipeFolder(recipe.path)
            let code = try folder.readCode()
            let served = try await RecipeLibrary.served(recipe, folder.with(code), code, limits)
            if let other = names[served.name] {
                problems.append("\(recipe.path): its name '\(served.name)' belongs to \(other)")
            }
            names[served.name] = recipe.path
            let wakes = served.events + served.schedules.map { "every \"\($0.spec)\" \($0.zone)" }
            let what = wakes.isEmpty ? "listens to nothing" : wakes.joined(separator: ", ")
            lines.append("recipe \(served.name)" + (recipe.portal.map { " on \($0)" } ?? "") + ": \(what)")
            if recipe.portal == nil, !served.scopes.isEmpty {
                problems.append(
                    "\(recipe.path): it needs a portal (its scopes are \(served.scopes.joined(separator: ", "))), and has "
                        + "none"
                )
            }
        } catch {
            problems.append("\(recipe.path): \(error.message)" + (error.hint.map { " (\($0))" } ?? ""))
        }
    }
}
