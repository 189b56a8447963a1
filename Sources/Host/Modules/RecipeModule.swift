import Bridge
import Wire

/// `recipe`, `on` and `every`: what a recipe says of itself.
enum RecipeModule {
    static let functions = [recipe, on, every, uuid]

    private static let recipe = HostFunction(
        "recipe", "Declares the recipe, once and first: its name, title, settings, scopes and bounds.",
        parameters: [
            Parameter(
                "declaration", .table,
                "name, title, settings (type, default, required, help for each), scopes (a list), hosts (a list), "
                    + "limits (as --limit), retry (max, first, most), echoes")
        ],
        errors: [
            "a setting is missing or of another type", "a key is unknown", "the portal's grant lacks one of the scopes",
        ],
        example: "recipe { name = \"hello\", settings = { greeting = { type = \"string\", default = \"Hello\" } } }",
        immediate: { (run, call) throws(LuaFailure) in
            let head = try described(call, 1) { (value) throws(FieldFailure) in try RecipeHead(value) }
            guard run.recipe.settings == nil else {
                throw LuaFailure(kind: .recipe, message: "recipe{} is called twice; a recipe declares itself once")
            }
            do throws(FieldFailure) {
                try run.recipe.declare(head)
            } catch {
                throw LuaFailure.setting(error.message)
            }
            if let granted = run.portalScopes {
                do throws(HostFailure) {
                    try GrantScopes.check(head.scopes, in: granted)
                } catch {
                    throw LuaFailure(EffectFailure.host(error))
                }
            }
            for secret in run.recipe.secrets { run.log.hide(secret) }
            try run.declared()
        })

    private static let on = HostFunction(
        "on", "Handles an event: the function gets { name, data } and returns the reply.",
        parameters: [
            Parameter("event", .string, "the event's name"),
            Parameter("options", .any, "the function, or a table first: title, input (fields as settings have them)"),
            Parameter("handler", .function, optional: true, "the function, when options come first"),
        ],
        example: "on(\"ONCRMDEALADD\", function(event) log.info(\"deal \" .. event.data.FIELDS.ID) end)",
        immediate: { (run, call) throws(LuaFailure) in
            let name = try call.string(1)
            guard !name.hasPrefix(RecipeSession.schedulePrefix) else {
                throw call.badArgument(1, problem: "'\(name)' is the name of a schedule: use every(…)")
            }
            let options = try options(call, ["title", "input"])
            let (title, input) = try described(call, 2) { (_) throws(FieldFailure) in
                (
                    try RecipeHead.title(options["title"]),
                    try FieldDeclaration.list(options["input"], owner: "input")
                )
            }
            let function = try function(call, "on(\"\(name)\", …)")
            guard run.recipe.handlers.count < RecipeSession.handlersMax else {
                throw LuaFailure(
                    kind: .recipe, message: "a recipe has at most \(RecipeSession.handlersMax) handlers")
            }
            run.recipe.add(.init(event: name, title: title, input: input, function: function))
        })

    private static let every = HostFunction(
        "every", "Calls the function when it is due; it gets { name, data = { at } }, at in seconds since 1970.",
        parameters: [
            Parameter("spec", .string, "five cron fields, or @hourly, @daily, @weekly, @monthly, @yearly"),
            Parameter("options", .any, "the function, or a table first: tz (an IANA zone; UTC when left out), title"),
            Parameter("handler", .function, optional: true, "the function, when options come first"),
        ],
        errors: ["the spec is no schedule, or never comes", "the zone is unknown"],
        example: "every(\"*/15 9-18 * * 1-5\", { tz = \"Europe/Berlin\" }, function(event) log.info(\"due\") end)",
        immediate: { (run, call) throws(LuaFailure) in
            let text = try call.string(1)
            let spec: CronExpression
            do throws(CronFailure) {
                spec = try CronExpression(text)
            } catch {
                throw call.badArgument(1, problem: error.message)
            }
            let options = try options(call, ["tz", "title"])
            let (title, zone) = try described(call, 2) { (_) throws(FieldFailure) in
                (try RecipeHead.title(options["title"]), try Self.zone(options["tz"]))
            }
            let function = try function(call, "every(\"\(spec.text)\", …)")
            guard run.recipe.schedules.count < RecipeSession.schedulesMax else {
                throw LuaFailure(
                    kind: .recipe, message: "a recipe has at most \(RecipeSession.schedulesMax) schedules")
            }
            let index = run.recipe.schedules.count + 1
            run.recipe.add(.init(spec: spec, zone: zone, title: title, function: function, index: index))
        })

    private static let uuid = HostFunction(
        "uuid", "A random identifier, version 4.",
        results: [ResultDoc("id", .string, "such as 7d4e1c52-90a8-4f0e-9b1d-8c6f1a2b3c4d")],
        example: "local key = uuid()",
        immediate: { (run, call) throws(LuaFailure) in try call.push(run.uuid()) })

    /// What `read` makes of an argument; its failure is that of the argument.
    private static func described<T>(
        _ call: borrowing LuaCall, _ index: Int, _ read: (JSONValue) throws(FieldFailure) -> T
    ) throws(LuaFailure) -> T {
        let value = call.type(index) == .table ? try call.value(index) : .null
        do throws(FieldFailure) {
            return try read(value)
        } catch {
            throw call.badArgument(index, problem: error.message)
        }
    }

    /// The table that may stand before the function; empty when it does not.
    private static func options(_ call: borrowing LuaCall, _ keys: [String]) throws(LuaFailure) -> JSONObject {
        guard call.type(2) == .table else { return JSONObject() }
        let options = try call.value(2).objectValue ?? JSONObject()
        for (key, _) in options where !keys.contains(key) {
            throw call.badArgument(2, problem: "unknown key '\(key)'; keys are \(keys.joined(separator: ", "))")
        }
        return options
    }

    private static func function(_ call: borrowing LuaCall, _ what: String) throws(LuaFailure) -> LuaReference {
        let index = call.type(2) == .table ? 3 : 2
        guard call.type(index) == .function else { throw call.badArgument(index, problem: "\(what) needs a function") }
        return try call.function(index)
    }

    private static func zone(_ value: JSONValue?) throws(FieldFailure) -> TimeZoneRules {
        guard let value, value != .null else { return .utc }
        guard let name = value.stringValue else { throw FieldFailure("tz must be a zone such as \"Europe/Berlin\"") }
        do throws(TimeZoneFailure) {
            return try TimeZoneRules(name: name)
        } catch {
            throw FieldFailure("tz: \(error.message)")
        }
    }
}
