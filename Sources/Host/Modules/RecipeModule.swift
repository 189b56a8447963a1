import Bridge
import Wire

/// `recipe` and `on`: what a recipe says of itself.
enum RecipeModule {
    static let functions = [recipe, on, every, uuid]

    private static let recipe = HostFunction(
        "recipe", "Declares the recipe, once and first: its name, title, settings and scopes.",
        parameters: [
            Parameter(
                "declaration", .table,
                "name, title, settings (type, default, required, help for each), scopes (a list), limits (as --limit "
                    + "has them), retry (max, first, most), echoes (false: not told of its own changes), hosts (a list)"
            )
        ],
        errors: [
            "a setting is missing or of another type", "a key is unknown", "the portal's grant lacks one of the scopes",
        ],
        example: "recipe { name = \"hello\", settings = { greeting = { type = \"string\", default = \"Hello\" } } }",
        immediate: { (run, call) throws(LuaFailure) in
            guard let declared = try call.value(1).objectValue, case .string(let name)? = declared["name"] else {
                throw call.badArgument(1, problem: "a recipe needs a name: recipe { name = \"hello\" }")
            }
            guard run.recipe.settings == nil else {
                throw LuaFailure(kind: .recipe, message: "recipe{} is called twice; a recipe declares itself once")
            }
            guard isName(name) else {
                throw call.badArgument(1, problem: "a name is 1 to 64 letters, digits, '-' or '_', not '\(name)'")
            }
            let fields: [FieldDeclaration]
            let said: RecipeSession.Declared
            do throws(FieldFailure) {
                said = try RecipeSession.Declared(declared)
                fields = try FieldDeclaration.list(declared["settings"], owner: "settings")
            } catch {
                throw call.badArgument(1, problem: error.message)
            }
            do throws(FieldFailure) {
                try run.recipe.declare(name: name, said, settings: fields)
            } catch {
                throw LuaFailure.setting(error.message)
            }
            if let granted = run.portalScopes {
                do throws(HostFailure) {
                    try GrantScopes.check(said.scopes, in: granted)
                } catch {
                    throw LuaFailure(EffectFailure.host(error))
                }
            }
            for field in fields where field.type == .secret {
                if let secret = run.recipe.settings?[field.name]?.stringValue { run.log.hide(secret) }
            }
            try run.publishSettings()
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
            var input: [FieldDeclaration] = []
            var title: String?
            var index = 2
            if call.type(2) == .table {
                let options = try call.value(2).objectValue ?? JSONObject()
                for (key, _) in options where !["title", "input"].contains(key) {
                    throw call.badArgument(2, problem: "unknown key '\(key)'; keys are title, input")
                }
                title = options["title"]?.stringValue
                do throws(FieldFailure) {
                    input = try FieldDeclaration.list(options["input"], owner: "input")
                } catch {
                    throw call.badArgument(2, problem: error.message)
                }
                index = 3
            }
            guard call.type(index) == .function else {
                throw call.badArgument(index, problem: "on(\"\(name)\", …) needs a function")
            }
            guard run.recipe.handlers.count < RecipeSession.handlersMax else {
                throw LuaFailure(
                    kind: .recipe, message: "a recipe has at most \(RecipeSession.handlersMax) handlers")
            }
            run.recipe.add(
                RecipeSession.Handler(event: name, title: title, input: input, function: try call.function(index)))
        })

    private static let every = HostFunction(
        "every", "Calls a function at the times of a cron expression, by a zone's clock on the wall.",
        parameters: [
            Parameter("schedule", .string, "minute hour day month weekday, such as \"*/15 9-18 * * 1-5\"; or @daily"),
            Parameter(
                "options", .any, "the function, or a table first: tz (\"Europe/Berlin\"; UTC when left out), title"),
            Parameter("handler", .function, optional: true, "the function, when options come first"),
        ],
        errors: ["the schedule or the zone is none"],
        cost: "host serve keeps the schedule; host run --event every:1 calls the first one's function",
        example: "every(\"0 9 * * 1-5\", { tz = \"Europe/Berlin\" }, function() log.info(\"good morning\") end)",
        immediate: { (run, call) throws(LuaFailure) in
            let spec = try call.string(1)
            let options = call.type(2) == .table ? try call.value(2).objectValue ?? JSONObject() : JSONObject()
            for (key, _) in options where !["tz", "title"].contains(key) {
                throw call.badArgument(2, problem: "unknown key '\(key)'; keys are tz, title")
            }
            let index = call.type(2) == .table ? 3 : 2
            guard call.type(index) == .function else {
                throw call.badArgument(index, problem: "every(\"\(spec)\", …) needs a function")
            }
            guard run.recipe.schedules.count < RecipeSession.schedulesMax else {
                throw LuaFailure(
                    kind: .recipe, message: "a recipe has at most \(RecipeSession.schedulesMax) schedules")
            }
            let zone = options["tz"]?.stringValue ?? TimeZoneRules.utc.name
            let expression: CronExpression
            do throws(FieldFailure) {
                expression = try CronExpression(spec)
            } catch {
                throw call.badArgument(1, problem: error.message)
            }
            let rules: TimeZoneRules
            do throws(TimeZoneFailure) {
                rules = try TimeZoneRules(name: zone)
            } catch {
                throw call.badArgument(2, problem: error.message)
            }
            run.recipe.add(
                RecipeSession.Schedule(
                    spec: spec, zone: zone, title: options["title"]?.stringValue,
                    schedule: CronSchedule(expression: expression, zone: rules), function: try call.function(index)))
        })

    private static let uuid = HostFunction(
        "uuid", "A random identifier, version 4.",
        results: [ResultDoc("id", .string, "such as 7d4e1c52-90a8-4f0e-9b1d-8c6f1a2b3c4d")],
        example: "local key = uuid()",
        immediate: { (run, call) throws(LuaFailure) in try call.push(run.uuid()) })

    private static func isName(_ name: String) -> Bool {
        (1...64).contains(name.utf8.count)
            && name.utf8.allSatisfy { byte in
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 45
                    || byte == 95
            }
    }
}
