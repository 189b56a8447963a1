import Bridge
import Wire

/// `log.debug`, `log.info`, `log.warn`, `log.error`
enum LogModule {
    static let functions = RunLog.Level.allCases.map(function)

    private static func function(_ level: RunLog.Level) -> HostFunction {
        HostFunction(
            "log.\(level.rawValue)", "Writes one \(level.rawValue) line to the run's log.",
            parameters: [
                Parameter("message", .string, "what happened"),
                Parameter("fields", .table, optional: true, "values shown behind the message as name=value"),
            ],
            errors: ["the run's limit 'log' is used up"],
            example: "log.\(level.rawValue)(\"booked\", { event = 12 })",
            immediate: { (run, call) throws(LuaFailure) in
                var fields = JSONObject()
                if !call.isAbsent(2), let object = try call.value(2).objectValue { fields = object }
                try run.say(level, try call.string(1), fields)
            })
    }
}
