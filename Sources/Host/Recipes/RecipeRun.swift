import Bitrix24
import Bridge
import Wire

/// Runs one recipe: a fresh state, the recipe's file from top to bottom, then the event's handler.
public enum RecipeRun {
    public static func run(_ request: RunRequest, in environment: RunEnvironment) async -> RunReport {
        let clock = ContinuousClock()
        let started = clock.now
        let journal = environment.journal
        var random: any RandomNumberGenerator = SystemRandomNumberGenerator()
        if let seed = request.seed { random = SeededGenerator(seed: seed) }
        let id = journal?.run.description ?? hexadecimal(random.next())
        let session = RecipeSession(given: request.settings, name: request.recipe.defaultName)
        let portal = environment.portal
        let log = RunLog(
            redactor: Redactor { portal?.redactor ?? Redactor() }, lineBytesMax: request.limits.logLineBytesMax,
            totalBytesMax: request.limits.logBytesMax, minimum: environment.logMinimum,
            write: { line in
                // What is done again was said before.
                if journal?.isReplaying != true { environment.log(line) }
            })
        let files = request.files ?? request.recipe.files
        let live = LiveInterpreter(
            portal: environment.portal, store: environment.store, recipeName: { session.name },
            recipePath: request.recipe.realPath, files: files, fileBytesMax: request.limits.fileBytesMax,
            emit: { (name, data, afterMS) async throws(EffectFailure) in
                guard let events = environment.events else { throw .host(EventTarget.missing) }
                try await events.emit(name, data, afterMS: afterMS)
            })
        let durable = journal.flatMap { journal in
            environment.events.map { events in
                JournalInterpreter(
                    live, journal, recipe: { session.name }, recipePath: request.recipe.realPath, events: events)
            }
        }
        let plan =
            request.mode == .plan
            ? PlanInterpreter(live, files: files, fileBytesMax: request.limits.fileBytesMax) : nil
        var interpreter: any Interpreter = live
        if let durable { interpreter = durable }
        if let plan { interpreter = plan }
        let context = RunContext(
            id: id, mode: request.mode, door: Door(interpreter, limits: request.limits, isPlan: plan != nil),
            log: log,
            recipe: session, files: files, portalUserID: environment.portal?.userID,
            portalScopes: environment.portal?.scopes, pagingProfiles: environment.portal?.pagingProfiles,
            clock: journal.map { journal in { journal.now() } } ?? environment.clock, random: random,
            writing: environment.writing, progress: environment.progress)

        var reply: JSONValue?
        var failure: RunFailure?
        do throws(LuaFailure) {
            reply = try await perform(request, context, environment)
        } catch {
            failure = RunFailure(error, context)
        }
        let elapsed = (clock.now - started).components
        return RunReport(
            runID: id, reply: reply, reads: context.door.reads, writes: context.door.writes,
            durationMS: Int(elapsed.seconds) * 1000 + Int(elapsed.attoseconds / 1_000_000_000_000_000),
            waitedMS: live.waitedMS,
            plan: plan?.writes.map { $0.redacted(by: context.log.redactor) } ?? [], failure: failure,
            idleEvents: request.event == nil && !session.handlers.isEmpty ? session.eventNames : nil)
    }

    private static func perform(
        _ request: RunRequest, _ context: RunContext, _ environment: RunEnvironment
    ) async throws(LuaFailure) -> JSONValue? {
        let source: LuaSource
        do throws(HostFailure) {
            source = try request.recipe.recipe()
        } catch {
            throw LuaFailure(EffectFailure.host(error))
        }
        let run = try LuaRun(
            limits: request.limits.lua, sources: request.recipe, hooks: hooks(context, request.limits, environment))
        defer { run.close() }
        try await install(context, in: run)
        // A chunk that is woken by an event leaves the reply to its handlers; what it returns is for nobody.
        let returned: JSONValue?
        if request.event == nil {
            returned = try await run.reply(of: source)
        } else {
            try await run.run(source)
            returned = nil
        }
        if let stray = context.recipe.strayGiven {
            throw LuaFailure.setting("the recipe has no setting '\(stray)'; it declares none")
        }
        guard let event = request.event else { return returned }
        return try await handle(event, context, run)
    }

    /// All handlers of the event, in the order the recipe gave them; the reply is the first one that is not nil.
    private static func handle(
        _ event: RunEvent, _ context: RunContext, _ run: LuaRun
    ) async throws(LuaFailure) -> JSONValue? {
        let handlers = context.recipe.handlers(of: event.name)
        guard !handlers.isEmpty else {
            let known = context.recipe.eventNames
            throw LuaFailure(
                kind: .host, message: "the recipe has no handler for the event '\(event.name)'",
                fields: [
                    "code": "EVENT",
                    "hint": .string(
                        known.isEmpty ? "it handles no events: run it without --event" : "it handles \(known)"),
                ])
        }
        var reply: JSONValue?
        for handler in handlers {
            do throws(FieldFailure) {
                try RecipeSession.check(event.data, against: handler.input)
            } catch {
                throw LuaFailure(
                    kind: .host, message: "event '\(event.name)': \(error.message)", fields: ["code": "INPUT"])
            }
            for name in handler.undeclared(in: event.data) {
                let meant = Spelling.nearest(to: name, among: handler.input.map(\.name))
                try context.say(
                    .warn,
                    "event '\(event.name)': its data has '\(name)', which the handler's input does not declare"
                        + (meant.map { "; did you mean \($0)?" } ?? ""))
            }
            let argument: JSONValue = .object(["name": .string(event.name), "data": handler.completed(event.data)])
            let answer = try await run.call(handler.function, [argument])
            if reply == nil { reply = answer }
        }
        return reply
    }

    static func install(_ context: RunContext, in run: LuaRun) async throws(LuaFailure) {
        try run.installJSON()
        let native = LuaModules.functions.filter { $0.luaStatement == nil }
        try run.install(native.map { $0.declaration(for: context) })
        try await run.run(LuaModules.prelude)
        try B24Module.install(in: run, context)
        try run.setGlobal("settings", .object(JSONObject()))
        try run.setGlobal("run", ["id": .string(context.id), "mode": .string(context.mode.rawValue)])
        context.publish = { (session) throws(LuaFailure) in
            let names = session.settingNames
            let known = names.isEmpty ? "" : " (they are \(names.joined(separator: ", ")))"
            try run.setGlobal(
                "settings", session.settings ?? JSONObject(), declared: names,
                otherwise: "the recipe declares no such setting\(known):")
        }
    }

    static func hooks(_ context: RunContext, _ limits: RunLimits, _ environment: RunEnvironment) -> LuaHooks {
        var printed = 0
        return LuaHooks(
            now: {
                let now = context.clock()
                return (now.unixSeconds, now.nanoseconds)
            },
            seed: { (context.random.next(), context.random.next()) },
            output: { (bytes) throws(LuaFailure) in
                printed += bytes.count
                guard environment.journal?.isReplaying != true else { return }
                guard printed <= limits.outputBytesMax else {
                    throw .limit(.output, limits.outputBytesMax)
                }
                context.log.redactor.redact(bytes, environment.output)
            })
    }

    private static func hexadecimal(_ value: UInt64) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

extension RecipeSession {
    /// Refuses data that a handler's `input` does not describe.
    static func check(_ data: JSONValue, against input: [FieldDeclaration]) throws(FieldFailure) {
        guard !input.isEmpty else { return }
        guard let object = data.objectValue else { throw FieldFailure("its data must be an object") }
        for field in input {
            if let value = object[field.name], value != .null {
                try field.check(value, what: "'\(field.name)'")
            } else if field.isRequired {
                throw FieldFailure("'\(field.name)' is missing" + (field.help.map { " (\($0))" } ?? ""))
            }
        }
    }

}

extension RecipeSession.Handler {
    /// The names in the data that `input` does not have, in order; none for a handler that declares no input.
    func undeclared(in data: JSONValue) -> [String] {
        guard !input.isEmpty, let object = data.objectValue else { return [] }
        return object.keys.filter { key in !input.contains { $0.name == key } }
    }

    /// The data with the declared defaults filled in, and nulls of declared fields left out.
    func completed(_ data: JSONValue) -> JSONValue {
        guard !input.isEmpty, var object = data.objectValue else { return data }
        for field in input where object[field.name] == nil || object[field.name] == .null {
            object.remove(field.name)
            if let value = field.defaultValue { object[field.name] = value }
        }
        return .object(object)
    }
}
