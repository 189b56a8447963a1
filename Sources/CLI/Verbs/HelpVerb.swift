import Bitrix24
import Bridge
import Host

/// `host help [VERB | FUNCTION | lua [FUNCTION]]`
enum HelpVerb: Verb {
    static let name = "help"
    static let summary = "shows how a verb or a Lua function is used"
    static let usage = "[VERB | FUNCTION | lua [FUNCTION]]"
    static let options: [Option] = []

    static func run(_ words: [String]) async throws(CommandLineFailure) -> ExitStatus {
        let operands = try Options(words, options, verb: name, operandsMax: 2).operands
        switch operands.first {
        case nil: Terminal.out(overview)
        case "lua": Terminal.out(try lua(operands.dropFirst().first))
        case let word?:
            if let verb = Verbs.named(word) {
                Terminal.out(text(for: verb))
            } else if let declaration = LuaModules.declarations.first(where: { $0.name == word }) {
                Terminal.out(LuaHelp.text(for: declaration) + "\n")
            } else {
                let known = Verbs.words + LuaModules.declarations.map(\.name)
                throw .usage("there is no verb or Lua function '\(word)'" + meant(word, among: known))
            }
        }
        return .done
    }

    static var overview: String {
        let width = (Verbs.all.map { $0.name.count }.max() ?? 0) + 2
        var text = "host runs recipes: short Lua programs over Bitrix24's REST methods.\n\n"
        for verb in Verbs.all { text += "  host \(padded(verb.name, width))\(verb.summary)\n" }
        text += """

            'host help VERB' tells more; 'host help lua' lists what a recipe can call; 'host --version' tells its own.
            Exit status: 0 done, 1 the recipe failed, 2 usage, 3 a limit was hit, 4 configuration or authorisation.

            """
        return text
    }

    private static func text(for verb: any Verb.Type) -> String {
        var text = "host \(verb.name) \(verb.usage)\n\n\(verb.summary)\n"
        let rows = verb.options.map { ($0.name + ($0.value.map { " " + $0 } ?? ""), $0.doc) }
        let width = (rows.map { $0.0.count }.max() ?? 0) + 2
        if !rows.isEmpty { text += "\n" }
        for row in rows { text += "  \(padded(row.0, width))\(row.1)\n" }
        if !verb.notes.isEmpty { text += "\n\(verb.notes)\n" }
        return text
    }

    private static func lua(_ function: String?) throws(CommandLineFailure) -> String {
        let declarations = LuaModules.declarations
        guard let function else {
            let width = (declarations.map { $0.name.count }.max() ?? 0) + 2
            return declarations.sorted { $0.name < $1.name }
                .map { "  \(padded($0.name, width))\($0.doc)\n" }.joined()
        }
        guard let declaration = declarations.first(where: { $0.name == function }) else {
            throw .usage(
                "there is no Lua function '\(function)'" + meant(function, among: declarations.map(\.name)), verb: "lua"
            )
        }
        return LuaHelp.text(for: declaration) + "\n"
    }

    /// "; did you mean …?" for a name that ends in the word, else for the one most like it; empty when there is none.
    static func meant(_ word: String, among names: [String]) -> String {
        let name = names.first { $0.hasSuffix("." + word) } ?? Spelling.nearest(to: word, among: names)
        return name.map { "; did you mean \($0)?" } ?? ""
    }

    static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}
