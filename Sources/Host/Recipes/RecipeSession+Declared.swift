import Wire

extension RecipeSession.Declared {
    private static let keys = ["name", "title", "settings", "scopes", "hosts", "limits", "retry", "echoes"]

    /// What stands in `recipe{…}`; throws a sentence about the first thing that is not as it should be.
    init(_ table: JSONObject) throws(FieldFailure) {
        self.init()
        for key in table.keys where !Self.keys.contains(key) {
            throw FieldFailure("unknown key '\(key)'; keys are \(Self.keys.joined(separator: ", "))")
        }
        title = try Self.text(table["title"], "title")
        scopes = try Self.texts(table["scopes"], "scopes")
        hosts = try Self.texts(table["hosts"], "hosts")
        for host in hosts where !Self.isHost(host) {
            throw FieldFailure("hosts: '\(host)' is no host name; write it like api.example.com or *.example.com")
        }
        limits = try Self.limits(table["limits"])
        if let retry = table["retry"] { self.retry = try RetryRule(retry) }
        switch table["echoes"] {
        case nil: break
        case .bool(let value)?: echoes = value
        default: throw FieldFailure("echoes must be true or false")
        }
    }

    /// Each limit once, checked as `--limit` is.
    static func limits(_ value: JSONValue?) throws(FieldFailure) -> [(name: String, value: String)] {
        var limits: [(name: String, value: String)] = []
        guard let value, value != .array([]) else { return limits }
        guard let table = value.objectValue else {
            throw FieldFailure("limits must be a table such as { cpu = \"2s\", writes = 5000 }")
        }
        var trial = RunLimits()
        for (name, value) in table {
            let text: String
            switch value {
            case .string(let given): text = given
            case .integer(let number): text = String(number)
            default: throw FieldFailure("limits.\(name) must be a text such as \"2s\", or a whole number")
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

    private static func text(_ value: JSONValue?, _ name: String) throws(FieldFailure) -> String? {
        guard let value else { return nil }
        guard let text = value.stringValue else { throw FieldFailure("\(name) must be a string") }
        return text
    }

    static func texts(_ value: JSONValue?, _ name: String) throws(FieldFailure) -> [String] {
        guard let value, value != .object([:]) else { return [] }
        guard let list = value.arrayValue else { throw FieldFailure("\(name) must be a list of strings") }
        var texts: [String] = []
        for element in list {
            guard let text = element.stringValue else { throw FieldFailure("\(name) must be a list of strings") }
            texts.append(text)
        }
        return texts
    }

    static func isHost(_ text: String) -> Bool {
        let name = text.hasPrefix("*.") ? text.dropFirst(2) : text[...]
        return (1...253).contains(name.utf8.count)
            && name.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
                (1...63).contains(label.utf8.count)
                    && label.utf8.allSatisfy { byte in
                        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 45
                    }
            }
    }
}

extension RetryRule {
    /// The attempts that may be asked for.
    static let attemptsMax = 100

    /// `{ max = 5, first = "10s", most = "1h" }`, each with its default when left out.
    init(_ value: JSONValue) throws(FieldFailure) {
        self.init()
        guard let table = value.objectValue ?? (value == .array([]) ? JSONObject() : nil) else {
            throw FieldFailure("retry must be a table such as { max = 5, first = \"10s\", most = \"1h\" }")
        }
        for (key, value) in table {
            switch key {
            case "max":
                guard let count = value.integerValue, (1...Int64(Self.attemptsMax)).contains(count) else {
                    throw FieldFailure("retry.max is a number of attempts, 1 to \(Self.attemptsMax)")
                }
                max = Int(count)
            case "first": firstMS = try Self.wait(value, key)
            case "most": mostMS = try Self.wait(value, key)
            default: throw FieldFailure("retry has the unknown key '\(key)'; keys are max, first, most")
            }
        }
    }

    private static func wait(_ value: JSONValue, _ key: String) throws(FieldFailure) -> Int {
        guard let milliseconds = value.stringValue.flatMap(Quantity.milliseconds),
            (1...30 * 86_400_000).contains(milliseconds)
        else { throw FieldFailure("retry.\(key) is a time from 1 ms to 30 days, such as \"10s\"") }
        return milliseconds
    }
}
