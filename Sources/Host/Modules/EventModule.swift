import Bridge
import Wire

/// `emit`: events of the recipe's own.
enum EventModule {
    static let functions = [emit]

    /// The longest time from now on: what is meant for later belongs into a calendar.
    private static let afterMSMax = 366 * 86_400_000
    static let nameBytesMax = 128

    private static let emit = HostFunction(
        "emit", "Raises an event for all recipes that listen to it, this one included; it survives a crash.",
        parameters: [
            Parameter("name", .string, "the event's name"),
            Parameter("data", .table, optional: true, "what the handlers get as event.data"),
            Parameter("options", .table, optional: true, "after = \"2d\": not before that time from now"),
        ],
        errors: ["nobody is here to take events: the recipe is not run by host serve", "the time is no duration"],
        example: "emit(\"remind\", { deal = 12 }, { after = \"2d\" })",
        waiting: { (run, call) throws(LuaFailure) in
            let name = try call.string(1)
            guard (1...nameBytesMax).contains(name.utf8.count) else {
                throw call.badArgument(1, problem: "a name has 1 to \(nameBytesMax) bytes")
            }
            let data = call.isAbsent(2) ? Array("{}".utf8) : try call.json(2)
            let afterMS = call.isAbsent(3) ? 0 : try Self.after(call)
            return run.operation(Effect(.emit(name: name, data: data, afterMS: afterMS))) { (_, _) in }
        })

    private static func after(_ call: borrowing LuaCall) throws(LuaFailure) -> Int {
        let options = try call.value(3).objectValue ?? JSONObject()
        for key in options.keys where key != "after" {
            throw call.badArgument(3, problem: "unknown key '\(key)'; the key is after")
        }
        guard let after = options["after"] else { return 0 }
        guard let text = after.stringValue, let milliseconds = Quantity.milliseconds(text),
            milliseconds <= afterMSMax
        else {
            throw call.badArgument(3, problem: "after is a duration of at most 366 days, such as \"90s\" or \"2d\"")
        }
        return milliseconds
    }
}
