import Bridge
import Wire

/// The Lua state of a recipe: the sandbox with everything a recipe can call, bound to one context.
enum RecipeState {
    /// - Parameter output: takes what `print` writes, secrets taken out.
    static func open(
        _ context: RunContext, sources: RecipeFolder, output: @escaping (UnsafeRawBufferPointer) -> Void
    ) async throws(LuaFailure) -> LuaRun {
        let run = try LuaRun(limits: context.recipe.limits.lua, sources: sources, hooks: hooks(context, output))
        do throws(LuaFailure) {
            try await install(context, in: run)
        } catch {
            run.close()
            throw error
        }
        return run
    }

    private static func install(_ context: RunContext, in run: LuaRun) async throws(LuaFailure) {
        try run.installJSON()
        let native = LuaModules.functions.filter { $0.luaStatement == nil }
        try run.install(native.map { $0.declaration(for: context) })
        try await run.run(LuaModules.prelude)
        try B24Module.install(in: run, context)
        try run.setGlobal("settings", .object(JSONObject()))
        try run.setGlobal("run", ["id": .string(context.id), "mode": .string(context.mode.rawValue)])
        context.publish = { (session) throws(LuaFailure) in
            if !session.head.limits.isEmpty { try run.bound(by: session.limits.lua) }
            let names = session.settingNames
            let known = names.isEmpty ? "" : " (they are \(names.joined(separator: ", ")))"
            try run.setGlobal(
                "settings", session.settings ?? JSONObject(), declared: names,
                otherwise: "the recipe declares no such setting\(known):")
        }
    }

    private static func hooks(_ context: RunContext, _ output: @escaping (UnsafeRawBufferPointer) -> Void) -> LuaHooks {
        var printed = 0
        return LuaHooks(
            now: {
                let now = context.clock()
                return (now.unixSeconds, now.nanoseconds)
            },
            seed: { (context.random.next(), context.random.next()) },
            output: { (bytes) throws(LuaFailure) in
                printed += bytes.count
                let outputBytesMax = context.recipe.limits.outputBytesMax
                guard printed <= outputBytesMax else { throw .limit(.output, outputBytesMax) }
                context.log.redactor.redact(bytes, output)
            })
    }
}
