/// LuaCATS annotations, which editors read, made from the declarations.
public enum LuaStubs {
    /// One file's text: a table per module, a function per declaration, in the order given.
    public static func luaCATS(_ declarations: [FunctionDeclaration]) -> String {
        var text = "---@meta\n"
        var tables: Set<String> = []
        for declaration in declarations {
            if let table = declaration.tableName, tables.insert(table).inserted {
                text += "\n\(table) = \(table) or {}\n"
            }
            text += "\n" + stub(declaration)
        }
        return text
    }

    private static func stub(_ declaration: FunctionDeclaration) -> String {
        var lines = declaration.doc.split(separator: "\n", omittingEmptySubsequences: false).map { "---\($0)" }
        if let cost = declaration.cost { lines.append("---Cost: \(cost).") }
        lines += declaration.errors.map { "---Fails: \($0)" }
        if !declaration.example.isEmpty {
            lines.append("---```lua")
            lines += declaration.example.split(separator: "\n", omittingEmptySubsequences: false).map { "---\($0)" }
            lines.append("---```")
        }
        lines += declaration.parameters.map { parameter in
            "---@param \(parameter.name)\(parameter.isOptional ? "?" : "") \(parameter.type.rawValue) \(parameter.doc)"
        }
        lines += declaration.results.map { "---@return \($0.type.rawValue) \($0.name) \($0.doc)" }
        let parameters = declaration.parameters.map(\.name).joined(separator: ", ")
        lines.append("function \(declaration.name)(\(parameters)) end")
        return lines.joined(separator: "\n") + "\n"
    }
}

extension FunctionDeclaration {
    /// `slots` of `slots.open`; nil for a global.
    var tableName: String? {
        name.split(separator: ".", maxSplits: 1).count == 2
            ? name.split(separator: ".", maxSplits: 1).first.map(String.init) : nil
    }
}
