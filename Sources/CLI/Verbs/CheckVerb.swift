import Host
import Wire

/// `host check [FILE|RECIPE…] [--json]`
enum CheckVerb: Verb {
    static let name = "check"
    static let summary = "checks the configuration and loads its recipes, and does nothing else"
    static let usage = "[FILE|RECIPE…] [--json]"
    static let options = [
        Option("--json", "one JSON object on standard output: portals, recipes, warnings, problems")
    ]
    static let notes = """
        Without an operand it checks host.lua of this folder. A FILE whose name ends in host.lua is a configuration, and
        so is the host.lua of a folder; all else are recipes, which are checked without settings.
        It asks no portal. The status is 4 when there are problems.
        """

    static func run(_ words: [String]) async throws(CommandLineFailure) -> ExitStatus {
        let options = try Options(words, options, verb: name)
        let operands = options.operands.isEmpty ? [HostConfiguration.fileName] : options.operands
        var report = CheckReport()
        for operand in operands { try await check(operand, &report) }
        if options.has("--json") {
            Terminal.out(report.json.text + "\n")
        } else {
            for line in report.lines { Terminal.out(line + "\n") }
            for warning in report.warnings { Terminal.error("host: warning: \(warning)\n") }
            for problem in report.problems { Terminal.error("host: \(problem)\n") }
        }
        return report.problems.isEmpty ? .done : .configuration
    }

    private static func check(_ operand: String, _ report: inout CheckReport) async throws(CommandLineFailure) {
        do throws(HostFailure) {
            guard let path = try configuration(at: operand) else {
                return await load(try RecipeFolder(operand), &report)
            }
            switch await ConfigurationFile.load(path, variable: Environment.variable) {
            case .success(let configuration): await check(configuration, &report)
            case .failure(let failure):
                report.warnings += failure.warnings
                report.problems += failure.problems
            }
        } catch {
            throw CommandLineFailure(error)
        }
    }

    /// The configuration's file that is meant; nil for a recipe.
    private static func configuration(at operand: String) throws(HostFailure) -> String? {
        if operand.hasSuffix(HostConfiguration.fileName) { return operand }
        if RecipeFolder.isRecipe(operand) { return nil }
        let inside = (operand.hasSuffix("/") ? operand : operand + "/") + HostConfiguration.fileName
        return RecipeFolder.isFile(inside) ? inside : nil
    }

    private static func load(_ recipe: RecipeFolder, _ report: inout CheckReport) async {
        switch await RecipeDeclaration.load(recipe) {
        case .success(let declaration): report.add(declaration, path: recipe.path)
        case .failure(let failure): report.problems.append(failure.message)
        }
    }

    private static func check(_ configuration: HostConfiguration, _ report: inout CheckReport) async {
        report.warnings += configuration.warnings
        for portal in configuration.portals { report.add(portal) }
        var places: [String: String] = [:]
        for recipe in configuration.recipes {
            let path = recipe.recipe.path
            switch await RecipeDeclaration.load(recipe.recipe, settings: recipe.settings, limits: recipe.limits) {
            case .failure(let failure): report.problems.append(configuration.redactor.redact(failure.message))
            case .success(let declared):
                report.add(declared, path: path, by: recipe)
                report.problems += declared.problems.map { "\(path): " + configuration.redactor.redact($0) }
                if declared.handlers.isEmpty, declared.schedules.isEmpty {
                    report.problems.append("\(path): nothing would wake it: it has no on(…) and no every(…)")
                }
                if let other = places.updateValue(path, forKey: declared.name), other != path {
                    report.problems.append("\(path): its name '\(declared.name)' is that of \(other) too")
                }
            }
        }
    }
}
