import Bitrix24
import Wire

/// A table of `host.lua` on its way to typed values: each reader takes a key, says what is wrong with its value, and
/// goes on, so that a person is told of everything at once.
final class ConfigurationTable {
    let path: String
    private let table: JSONObject
    private var known: [String] = []
    private let problems: Problems

    final class Problems {
        private(set) var sentences: [String] = []

        func add(_ sentence: String) { sentences.append(sentence) }
    }

    init(_ table: JSONObject, path: String, _ problems: Problems) {
        self.table = table
        self.path = path
        self.problems = problems
    }

    /// Where further tables put what is wrong with them.
    var shared: Problems { problems }

    /// The keys that it has.
    var names: [String] { table.keys }

    private func place(_ key: String) -> String {
        if key.isEmpty { return path }
        return path.isEmpty ? key : "\(path).\(key)"
    }

    func problem(_ key: String, _ sentence: String) { problems.add("\(place(key)) \(sentence)") }

    /// The value under a key that is meant to be there or not.
    func value(_ key: String) -> JSONValue? {
        known.append(key)
        guard let value = table[key], value != .null else { return nil }
        return value
    }

    func text(_ key: String) -> String? {
        guard let value = value(key) else { return nil }
        guard let text = value.stringValue, !text.isEmpty else {
            problem(key, "must be a text")
            return nil
        }
        return text
    }

    func secret(_ key: String) -> Secret? {
        guard let text = text(key) else { return nil }
        guard let secret = Secret(text), text.utf8.count >= Redactor.secretLengthMin else {
            problem(key, "must be \(Redactor.secretLengthMin) or more characters without blanks")
            return nil
        }
        return secret
    }

    func duration(_ key: String) -> Int? {
        guard let text = text(key) else { return nil }
        guard let milliseconds = Quantity.milliseconds(text), milliseconds > 0 else {
            problem(key, "must be a time such as \"30d\" or \"12h\"")
            return nil
        }
        return milliseconds
    }

    func count(_ key: String, _ range: ClosedRange<Int>) -> Int? {
        guard let value = value(key) else { return nil }
        guard let number = value.integerValue, range.contains(Int(clamping: number)) else {
            problem(key, "must be a whole number from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return Int(number)
    }

    func choice<Choice: RawRepresentable & CaseIterable>(
        _ key: String, _ type: Choice.Type
    ) -> Choice? where Choice.RawValue == String {
        guard let text = text(key) else { return nil }
        guard let choice = Choice(rawValue: text) else {
            problem(key, "must be one of \(Choice.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", "))")
            return nil
        }
        return choice
    }

    func texts(_ key: String) -> [String] {
        guard let value = value(key) else { return [] }
        do throws(FieldFailure) {
            return try RecipeSession.Declared.texts(value, place(key))
        } catch {
            problems.add(error.message)
            return []
        }
    }

    func limits(_ key: String) -> [(name: String, value: String)] {
        do throws(FieldFailure) {
            return try RecipeSession.Declared.limits(value(key))
        } catch {
            problem(key, "cannot be used: \(error.message)")
            return []
        }
    }

    /// A table inside this one; an empty one when it is left out.
    func inner(_ key: String) -> ConfigurationTable {
        ConfigurationTable(object(value(key), key), path: place(key), problems)
    }

    /// The tables inside a table, by their names.
    func each(_ key: String) -> [(name: String, table: ConfigurationTable)] {
        object(value(key), key).map { name, value in
            (name, ConfigurationTable(object(value, "\(key).\(name)"), path: "\(place(key)).\(name)", problems))
        }
    }

    func object(_ value: JSONValue?, _ key: String) -> JSONObject {
        switch value {
        case nil: return JSONObject()
        case .object(let object)?: return object
        case .array(let list)? where list.isEmpty: return JSONObject()
        default:
            problem(key, "must be a table with names")
            return JSONObject()
        }
    }

    /// Complains about keys that nobody asked for. To be called last.
    func finish() {
        for key in table.keys where !known.contains(key) {
            let meant = Spelling.nearest(to: key, among: known)
            problems.add(
                "\(place(key)) is unknown" + (meant.map { "; did you mean \($0)?" } ?? "")
                    + " (known: \(known.joined(separator: ", ")))")
        }
    }
}
