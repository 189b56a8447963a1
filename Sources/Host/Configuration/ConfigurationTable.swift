import Bitrix24
import Wire

/// One table of the configuration: reads its members, each of a type and in a range, and notes every problem under the
/// member's path, such as `portals.acme.webhook`. What is wrong reads as absent.
struct ConfigurationTable {
    let path: String
    let problems: ConfigurationProblems
    private let members: JSONObject

    /// - Parameter keys: all it may have; nil where the names are the operator's.
    init(_ value: JSONValue, at path: String, keys: [String]?, _ problems: ConfigurationProblems) {
        self.path = path
        self.problems = problems
        switch value {
        case .object(let object): members = object
        // An empty table may be either.
        case .array(let elements) where elements.isEmpty: members = JSONObject()
        default:
            members = JSONObject()
            problems.add("\(path.isEmpty ? "host" : path) must be a table")
        }
        guard let keys else { return }
        for (key, _) in members where !keys.contains(key) {
            let advice =
                Spelling.nearest(to: key, among: keys).map { "did you mean \($0)?" }
                ?? "keys are \(keys.joined(separator: ", "))"
            problems.add("\(place(key)) is unknown; \(advice)")
        }
    }

    var keys: [String] { members.keys }

    /// The path of a member.
    func place(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

    func has(_ key: String) -> Bool { value(key) != nil }

    func value(_ key: String) -> JSONValue? { members[key].flatMap { $0 == .null ? nil : $0 } }

    func refuse(_ key: String, _ problem: String) { problems.add("\(place(key)) \(problem)") }

    func table(_ key: String, keys: [String]?) -> ConfigurationTable? {
        value(key).map { ConfigurationTable($0, at: place(key), keys: keys, problems) }
    }

    func text(_ key: String) -> String? {
        guard let value = value(key) else { return nil }
        guard case .string(let text) = value else {
            refuse(key, "must be a text")
            return nil
        }
        if text.contains(ConfigurationProblems.missingValue) { return nil }
        guard !text.isEmpty else {
            refuse(key, "is empty")
            return nil
        }
        return text
    }

    /// A text that `parse` understands; `form` says what it should be.
    func parsed<T>(_ key: String, _ form: String, _ parse: (String) -> T?) -> T? {
        guard let text = text(key) else { return nil }
        guard let parsed = parse(text) else {
            refuse(key, "must be \(form)")
            return nil
        }
        return parsed
    }

    /// One of an enumeration's raw values.
    func choice<T: RawRepresentable & CaseIterable>(_ key: String, _ type: T.Type) -> T? where T.RawValue == String {
        parsed(key, T.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: " or ")) { T(rawValue: $0) }
    }

    /// Hidden from here on, also where it was written into the file.
    func secret(_ key: String) -> Secret? {
        guard let text = text(key) else { return nil }
        problems.hide(text)
        guard text.utf8.count >= Redactor.secretLengthMin, let secret = Secret(text) else {
            refuse(
                key,
                "must be a secret of \(Redactor.secretLengthMin) to \(Secret.bytesMax) characters, without blanks and "
                    + "letters outside ASCII")
            return nil
        }
        return secret
    }

    func count(_ key: String, in range: ClosedRange<Int>) -> Int? {
        guard let value = value(key) else { return nil }
        guard let number = value.integerValue.flatMap({ Int(exactly: $0) }), range.contains(number) else {
            refuse(key, "must be a whole number from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return number
    }

    func milliseconds(_ key: String, in range: ClosedRange<Int>) -> Int? {
        parsed(key, "a duration such as \"30d\", at most ten years") { text in
            Quantity.milliseconds(text).flatMap { range.contains($0) ? $0 : nil }
        }
    }

    /// A list of texts, each of which `parse` understands.
    func list<T>(_ key: String, _ form: String, _ parse: (String) -> T?) -> [T]? {
        guard let value = value(key) else { return nil }
        let elements = value.objectValue?.isEmpty == true ? [] : value.arrayValue
        guard let elements else {
            refuse(key, "must be a list")
            return nil
        }
        return elements.enumerated().compactMap { place, element in
            if element.stringValue?.contains(ConfigurationProblems.missingValue) == true { return nil }
            guard let parsed = element.stringValue.flatMap(parse) else {
                problems.add("\(self.place(key))[\(place + 1)] must be \(form)")
                return nil
            }
            return parsed
        }
    }

    /// Bounds of runs, as `--limit` takes them.
    func limits(_ key: String) -> [(name: String, value: String)] {
        guard let table = table(key, keys: RunLimits.declarations.map(\.name)) else { return [] }
        var limits: [(name: String, value: String)] = []
        for name in table.keys where RunLimits.declarations.contains(where: { $0.name == name }) {
            let value = table.value(name) ?? .null
            if value.stringValue?.contains(ConfigurationProblems.missingValue) == true { continue }
            do throws(FieldFailure) {
                limits += try RecipeHead.limits(.object([name: value]))
            } catch {
                table.problems.add("\(place(key)).\(name): \(error.message)")
            }
        }
        return limits
    }
}
