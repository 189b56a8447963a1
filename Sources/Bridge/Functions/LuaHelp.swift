/// A page of help, made from a declaration.
public enum LuaHelp {
    public static func text(for declaration: FunctionDeclaration) -> String {
        var text = signature(declaration) + "\n\n  " + declaration.doc + "\n"
        text += section("Parameters", declaration.parameters.map(line))
        text += section("Returns", declaration.results.map { "\($0.name) (\($0.type.rawValue)): \($0.doc)" })
        text += section("Fails", declaration.errors)
        text += section("Cost", declaration.cost.map { [$0] } ?? [])
        let example = declaration.example.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        text += section("Example", declaration.example.isEmpty ? [] : example)
        return text
    }

    /// `slots.open(options [, limit]) → slots`
    public static func signature(_ declaration: FunctionDeclaration) -> String {
        var parameters = ""
        for parameter in declaration.parameters {
            let separated = (parameters.isEmpty ? "" : ", ") + parameter.name
            parameters += parameter.isOptional ? "[\(separated)]" : separated
        }
        let results = declaration.results.map(\.name).joined(separator: ", ")
        return "\(declaration.name)(\(parameters))" + (results.isEmpty ? "" : " → \(results)")
    }

    private static func line(_ parameter: Parameter) -> String {
        let optional = parameter.isOptional ? ", optional" : ""
        return "\(parameter.name) (\(parameter.type.rawValue)\(optional)): \(parameter.doc)"
    }

    private static func section(_ title: String, _ lines: [String]) -> String {
        lines.isEmpty ? "" : "\n\(title)\n" + lines.map { "  \($0)\n" }.joined()
    }
}
