import Bitrix24
import Wire

/// `host methods [WORD] [--json]`
enum MethodsVerb: Verb {
    static let name = "methods"
    static let summary = "lists the REST methods the host knows, all or those with a word in their name"
    static let usage = "[WORD] [--json]"
    static let options = [Option("--json", "one JSON array instead of lines")]

    static func run(_ words: [String]) async throws(CommandLineFailure) -> ExitStatus {
        let options = try Options(words, options, verb: name, operandsMax: 1)
        let found = Catalog.search(options.operands.first ?? "")
        if options.has("--json") {
            Terminal.out(JSONValue.array(found.map(json)).text + "\n")
        } else {
            let width = (found.map { $0.name.count }.max() ?? 0) + 2
            for facts in found { Terminal.out(line(facts, width)) }
        }
        guard !found.isEmpty else {
            let nearest = Catalog.nearest(to: options.operands.first ?? "")
            throw CommandLineFailure(
                .failed, "no method has '\(options.operands.first ?? "")' in its name",
                hint: nearest.isEmpty ? nil : "the nearest are \(nearest.joined(separator: ", "))")
        }
        return .done
    }

    private static func line(_ facts: MethodFacts, _ width: Int) -> String {
        var notes = [facts.access == .read ? "reads" : "writes", facts.scope]
        if facts.api == .v3 { notes.append("v3") }
        if facts.isAppOnly { notes.append("applications only") }
        if facts.isAdminOnly { notes.append("administrators only") }
        if let replacement = facts.replacedBy { notes.append("use \(replacement)") }
        return HelpVerb.padded(facts.name, width) + notes.joined(separator: ", ") + "\n"
    }

    private static func json(_ facts: MethodFacts) -> JSONValue {
        var object: JSONObject = [
            "name": .string(facts.name), "api": facts.api == .v3 ? "v3" : "classic",
            "access": .string(facts.access.rawValue), "scope": .string(facts.scope),
            "parameters": .array(facts.parameters.map { .string($0.name) }),
        ]
        if let documentation = facts.documentation { object["documentation"] = .string(documentation) }
        if let replacement = facts.replacedBy { object["replacedBy"] = .string(replacement) }
        return .object(object)
    }
}
