import Bitrix24
import Wire

/// What a recipe says of itself in `recipe{…}`.
struct RecipeHead {
    let name: String
    var title: String?
    var scopes: [String] = []
    /// Where its HTTP requests may go.
    var hosts: [HostPattern] = []
    var settings: [FieldDeclaration] = []
    /// Bounds it asks for, as `--limit` takes them, in order.
    var limits: [(name: String, value: String)] = []
    var retry = RetryRule()
    /// Events that its own writes cause wake it too.
    var echoes = false

    private static let keys = ["name", "title", "settings", "scopes", "hosts", "limits", "retry", "echoes"]
    private static let titleBytesMax = 200
    private static let hostsMax = 100

    /// For a recipe that declares nothing.
    init(name: String) { self.name = name }

    init(_ value: JSONValue) throws(FieldFailure) {
        guard let declared = value.objectValue, case .string(let name)? = declared["name"] else {
            throw FieldFailure("a recipe needs a name: recipe { name = \"hello\" }")
        }
        for (key, _) in declared where !Self.keys.contains(key) {
            let meant = Spelling.nearest(to: key, among: Self.keys).map { "; did you mean \($0)?" } ?? ""
            throw FieldFailure("unknown key '\(key)'; keys are \(Self.keys.joined(separator: ", "))\(meant)")
        }
        guard Self.isName(name) else {
            throw FieldFailure("a name is 1 to 64 letters, digits, '-' or '_', not '\(name)'")
        }
        self.name = name
        title = try Self.title(declared["title"])
        scopes = try Self.strings(declared["scopes"], "scopes")
        let hostTexts = try Self.strings(declared["hosts"], "hosts")
        guard hostTexts.count <= Self.hostsMax else { throw FieldFailure("hosts has more than \(Self.hostsMax) names") }
        for text in hostTexts {
            guard let host = HostPattern(text) else {
                throw FieldFailure("hosts takes names such as \"api.example.com\" or \"*.example.com\", not '\(text)'")
            }
            hosts.append(host)
        }
        settings = try FieldDeclaration.list(declared["settings"], owner: "settings")
        limits = try Self.limits(declared["limits"])
        retry = try RetryRule(declared["retry"])
        switch declared["echoes"] {
        case nil, .null: break
        case .bool(let given): echoes = given
        default: throw FieldFailure("echoes must be true or false")
        }
    }

    static func isName(_ name: String) -> Bool {
        (1...64).contains(name.utf8.count)
            && name.utf8.allSatisfy { byte in
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 45
                    || byte == 95
            }
    }

    static func title(_ value: JSONValue?) throws(FieldFailure) -> String? {
        guard let value, value != .null else { return nil }
        guard case .string(let title) = value, title.utf8.count <= titleBytesMax else {
            throw FieldFailure("title must be a text of at most \(titleBytesMax) bytes")
        }
        return title
    }

    private static func strings(_ value: JSONValue?, _ name: String) throws(FieldFailure) -> [String] {
        guard let value, value != .null, value.objectValue?.isEmpty != true else { return [] }
        let texts = value.arrayValue?.compactMap(\.stringValue)
        guard let texts, texts.count == value.arrayValue?.count else {
            throw FieldFailure("\(name) must be a list of texts")
        }
        return texts
    }

    /// Checks them against the limits there are; the values stay texts, to be set later under others.
    static func limits(_ value: JSONValue?) throws(FieldFailure) -> [(name: String, value: String)] {
        guard let value, value != .null, value != .array([]) else { return [] }
        guard let table = value.objectValue else {
            throw FieldFailure("limits must be a table such as { cpu = \"2s\", calls = 100 }")
        }
        var limits: [(name: String, value: String)] = []
        var trial = RunLimits()
        for (name, value) in table {
            let text: String
            switch value {
            case .string(let given): text = given
            case .integer(let given): text = String(given)
            default: throw FieldFailure("limits.\(name) must be a text or a whole number")
            }
            do throws(HostFailure) {
                try trial.set(name, text)
            } catch {
                throw FieldFailure("limits: \(error.message)" + (error.hint.map { "; \($0)" } ?? ""))
            }
            limits.append((name, text))
        }
        return limits
    }
}
