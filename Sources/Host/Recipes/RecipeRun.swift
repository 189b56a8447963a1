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
        let session = RecipeSession(
            given: request.settings, name: request.recipe.defaultName, limits: request.limits)
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
            recipePath: request.recipe.realPath, files: files, fileBytesMax: { session.limits.fileBytesMax },
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
            ? PlanInterpreter(live, files: files, fileBytesMax: { session.limits.fileBytesMax }) : nil
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
            idleEvents: request.event == nil && !session.eventNames.isEmpty ? session.eventNames : nil)
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
        let run = try await RecipeState.open(
            context, sources: request.recipe,
            output: { bytes in
                // What is done again was printed before.
                if environment.journal?.isReplaying != true { environment.output(bytes) }
            })
        defer { run.close() }
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
        if let schedule = context.recipe.schedule(of: event.name) {
            return try await run.call(schedule.function, [schedule.argument(event, now: context.clock())])
        }
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

    private static func hexadecimal(_ value: UInt64) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

extension RecipeSession.Schedule {
    /// What its function gets; a run by hand, whose event has no time, is due now.
    fileprivate func argument(_ event: RunEvent, now: Timestamp) -> JSONValue {
        let at = event.data["at"] ?? .integer(now.unixSeconds)
        return ["name": .string(event.name), "data": ["at": at]]
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
