public import Bridge

/// Everything a recipe can call, as declarations: binding, argument checks, stubs and help all come from these.
public enum LuaModules {
    /// All but the members of `b24`, which are installed with its paths.
    static let functions: [HostFunction] =
        RecipeModule.functions + [B24Batch.ref] + SlotsModule.functions + BalanceModule.functions + VarsModule.functions
        + FileModule.functions + StoreModule.functions + EventModule.functions + PhoneModule.functions
        + TimeModule.functions
        + LogModule.functions

    /// The functions that are written in Lua, as one chunk.
    static let prelude = LuaSource(functions.compactMap(\.luaStatement).joined(), name: "host")

    /// For stubs and help: described, not bound to a run.
    public static var declarations: [FunctionDeclaration] {
        (B24Module.members + functions).map { $0.declaration(for: nil) } + LuaJSONModule.declarations
    }
}
