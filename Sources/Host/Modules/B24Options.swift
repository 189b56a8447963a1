import Bridge
import Wire

/// The `options` table of a `b24` function: names that are true or false. A misspelt one is refused.
struct B24Options {
    private var values: [String: Bool] = [:]

    init(_ call: borrowing LuaCall, _ index: Int, known: [String]) throws(LuaFailure) {
        guard !call.isAbsent(index) else { return }
        let given = try call.value(index)
        guard let object = given.objectValue else {
            if given.arrayValue?.isEmpty == true { return }
            throw call.badArgument(index, expected: "table")
        }
        for (name, value) in object {
            guard known.contains(name) else {
                throw call.badArgument(
                    index, problem: "there is no option '\(name)'; the options are \(known.joined(separator: ", "))")
            }
            guard let flag = value.boolValue else {
                throw call.badArgument(index, problem: "the option '\(name)' must be true or false")
            }
            values[name] = flag
        }
    }

    subscript(name: String) -> Bool { values[name] ?? false }
}
