import Bridge
import Host

/// `host stubs`: the LuaCATS stubs that editors read; `types/host.gen.lua` is its checked-in output.
enum StubsVerb: Verb {
    static let name = "stubs"
    static let summary = "prints LuaCATS stubs of everything a recipe can call, for editors"
    static let usage = ""
    static let options: [Option] = []

    static func run(_ words: [String]) async throws(CommandLineFailure) -> ExitStatus {
        _ = try Options(words, options, verb: name, operandsMax: 0)
        Terminal.out(LuaStubs.luaCATS(LuaModules.declarations))
        return .done
    }
}
