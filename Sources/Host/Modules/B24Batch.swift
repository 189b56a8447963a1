import Bitrix24
import Bridge
import Wire

/// `b24.batch` and `ref`.
enum B24Batch {
    static let batch = HostFunction(
        "b24.batch", "Calls several methods in one request; later ones may use results of earlier ones by `ref`.",
        parameters: [
            Parameter("commands", .table, "name = { \"method\", { parameters } }, or a list of such pairs"),
            Parameter(
                "options", .table, optional: true,
                "partial = true: return failures beside the results instead of raising the first one; v3 = true: "
                    + "REST 3.0, all or nothing"),
        ],
        results: [
            ResultDoc("results", .table, "the useful part of each command's result, under its name"),
            ResultDoc("failures", .table, "with partial: the failures, under the commands' names"),
        ],
        errors: ["a command fails", "a method is unknown", "a reference leads nowhere"],
        cost: "one request for 50 commands",
        example:
            "b24.batch { d = { \"crm.deal.get\", { id = 1 } },\n"
            + "  c = { \"crm.contact.get\", { id = ref \"d.CONTACT_ID\" } } }",
        waiting: { (run, call) throws(LuaFailure) in
            let options = try B24Options(call, 2, known: ["partial", "v3"])
            let isPartial = options["partial"]
            let commands = try CommandList(try call.value(1), isV3: options["v3"], call)
            for command in commands.ordered { try run.remark(on: command.parameters.keys, of: command.facts) }
            guard !isPartial || commands.api == .classic else {
                throw call.badArgument(2, problem: "a batch of REST 3.0 is done whole or not at all: leave out partial")
            }
            guard !commands.isEmpty else {
                return run.operation { () async throws(EffectFailure) in
                    { (call) throws(LuaFailure) in try push([], commands, isPartial: isPartial, run.log.redactor, call)
                    }
                }
            }
            let requests: [BatchRequest]
            do throws(Failure) {
                requests =
                    commands.api == .v3
                    ? [try BatchRequest(v3: commands.ordered)]
                    : try Batch(commands.ordered, halt: !isPartial).requests
            } catch {
                throw LuaFailure(EffectFailure.portal(error))
            }
            return run.operation { () async throws(EffectFailure) in
                let replies = try await replies(to: requests, commands, run, isPartial: isPartial)
                return { (call) throws(LuaFailure) in
                    try push(replies, commands, isPartial: isPartial, run.log.redactor, call)
                }
            }
        })

    static let ref = HostFunction(
        "ref", "Stands for a part of an earlier command's result in `b24.batch`.",
        parameters: [
            Parameter(
                "path", .string,
                "the command's name and the way into its result: \"u.UF_DEPARTMENT.0\"; in REST 3.0 \"t.*.id\" is the "
                    + "field of all rows"),
            Parameter("before", .string, optional: true, "text put before the value, such as \"C_\""),
        ],
        results: [ResultDoc("reference", .table, "to be put where the value is wanted")],
        example: "crm_fields = { ref(\"contact\", \"C_\") }",
        immediate: { (_, call) throws(LuaFailure) in
            let before = call.isAbsent(2) ? nil : try call.string(2)
            try call.push(.object(BatchReference.marked(try call.string(1), before: before)))
        })

    private static func replies(
        to requests: [BatchRequest], _ commands: CommandList, _ run: RunContext, isPartial: Bool
    ) async throws(EffectFailure) -> [(BatchRequest, BatchReply)] {
        var replies: [(BatchRequest, BatchReply)] = []
        for request in requests {
            let reply = try await reply(to: request, run)
            replies.append((request, reply))
            guard !isPartial else { continue }
            for entry in reply.entries {
                guard case .failed(var failure) = entry.outcome else { continue }
                failure.part = commands.part(entry.name)
                throw .portal(failure)
            }
        }
        return replies
    }

    private static func reply(
        to request: BatchRequest, _ run: RunContext
    ) async throws(EffectFailure) -> BatchReply {
        do throws(EffectFailure) {
            guard case .batch(let reply) = try await run.result(of: Effect(.batch(request))) else {
                throw .host(HostFailure(.machine, "a batch was answered by something else"))
            }
            return reply
        } catch {
            guard case .portal(let failure) = error else { throw error }
            throw .portal(request.explained(failure))
        }
    }

    /// Pushes results under their names (or, for a list, their places), and with `isPartial` the failures too.
    private static func push(
        _ replies: [(BatchRequest, BatchReply)], _ commands: CommandList, isPartial: Bool, _ redactor: Redactor,
        _ call: borrowing LuaCall
    ) throws(LuaFailure) {
        var parts: [String: ArraySlice<UInt8>] = [:]
        var failures = JSONObject()
        for (request, reply) in replies {
            for (command, entry) in zip(request.commands, reply.entries) {
                switch entry.outcome {
                case .result(let range):
                    let bytes = reply.reply.bytes
                    parts[entry.name] = bytes[Reply.part(command.facts?.resultKey, of: range, in: bytes)]
                case .failed(var failure):
                    failure.part = commands.part(entry.name)
                    failures[entry.name] = .object(redactor.redact(LuaFailure(EffectFailure.portal(failure)).asObject))
                case .notRun: break
                }
            }
        }
        var json: [UInt8] = []
        json.append(UInt8(ascii: commands.isList ? "[" : "{"))
        var isFirst = true
        for name in commands.names {
            guard let part = parts[name] ?? (commands.isList ? ArraySlice("null".utf8) : nil) else { continue }
            if !isFirst { json.append(UInt8(ascii: ",")) }
            isFirst = false
            if !commands.isList {
                json += JSONValue.string(name).encoded()
                json.append(UInt8(ascii: ":"))
            }
            json += part
        }
        json.append(UInt8(ascii: commands.isList ? "]" : "}"))
        try call.push(json: json[...], nulls: .absent)
        if isPartial { try call.push(.object(failures)) }
    }
}

/// The commands of one `b24.batch`, as the recipe wrote them.
private struct CommandList {
    let isList: Bool
    /// In the recipe's order (names sorted, as a Lua table has none).
    private(set) var names: [String] = []
    /// In an order in which every reference leads to an earlier command.
    private(set) var ordered: [BatchCommand] = []

    var isEmpty: Bool { names.isEmpty }

    /// What all of them are.
    let api: RESTVersion

    /// How a failure names a command.
    func part(_ name: String) -> String { isList ? "command \(name)" : "command '\(name)'" }

    init(_ value: JSONValue, isV3: Bool, _ call: borrowing LuaCall) throws(LuaFailure) {
        var given: [(String, JSONValue)] = []
        switch value {
        case .array(let list):
            isList = true
            given = list.enumerated().map { (String($0.offset + 1), $0.element) }
        case .object(let object):
            isList = false
            given = object.map { ($0.key, $0.value) }
        default: throw call.badArgument(1, expected: "table")
        }
        guard given.count <= Batch.commandsMax else {
            throw call.badArgument(1, problem: "\(given.count) commands are more than \(Batch.commandsMax)")
        }
        var described: [(name: String, method: String, parameters: JSONObject, isV3: Bool)] = []
        for (name, description) in given {
            described.append(try Self.command(name, description, call))
            names.append(name)
        }
        api = isV3 || described.contains(where: \.isV3) ? .v3 : .classic
        var commands: [BatchCommand] = []
        for (name, method, parameters, _) in described {
            if api == .v3, Catalog.lookup(method, api: .v3) == nil, Catalog.lookup(method, api: .classic) != nil {
                throw call.badArgument(
                    1, problem: "command '\(name)': \(method) is classic, others are REST 3.0: make two batches")
            }
            try B24Module.known(method, api)
            commands.append(BatchCommand(name, method, parameters, api: api))
        }
        ordered = Self.sorted(commands)
    }

    /// `v3.` before a method's name, and a method that REST 3.0 alone has, make the batch one of REST 3.0.
    private static func command(
        _ name: String, _ description: JSONValue, _ call: borrowing LuaCall
    ) throws(LuaFailure) -> (name: String, method: String, parameters: JSONObject, isV3: Bool) {
        guard let pair = description.arrayValue, (1...2).contains(pair.count), var method = pair[0].stringValue else {
            throw call.badArgument(1, problem: "command '\(name)' must be { \"method\", { parameters } }")
        }
        var isV3 = method.lowercased().hasPrefix("v3.")
        if isV3 { method.removeFirst(3) }
        if Catalog.lookup(method, api: .classic) == nil, Catalog.lookup(method, api: .v3) != nil { isV3 = true }
        guard pair.count == 2 else { return (name, method, JSONObject(), isV3) }
        if case .array(let none) = pair[1], none.isEmpty { return (name, method, JSONObject(), isV3) }
        guard let parameters = pair[1].objectValue else {
            throw call.badArgument(1, problem: "the parameters of command '\(name)' must be a table of named values")
        }
        return (name, method, parameters, isV3)
    }

    /// Names in a table have no order, so references decide: what is referred to comes just before. Commands in a
    /// circle stay where they were met; the batch refuses them by name. Linear in commands and references.
    private static func sorted(_ commands: [BatchCommand]) -> [BatchCommand] {
        var places: [String: Int] = [:]
        for (place, command) in commands.enumerated() { places[command.name] = place }
        let targets = commands.map { command in command.referredCommands.compactMap { places[$0] } }
        var isMet = [Bool](repeating: false, count: commands.count)
        var order: [Int] = []
        // Walks down the references without recursion: a chain may be as long as the list.
        var path: [(place: Int, next: Int)] = []
        for start in commands.indices where !isMet[start] {
            isMet[start] = true
            path.append((start, 0))
            while let (place, next) = path.last {
                guard next < targets[place].count else {
                    order.append(place)
                    path.removeLast()
                    continue
                }
                path[path.count - 1].next += 1
                let target = targets[place][next]
                guard !isMet[target] else { continue }
                isMet[target] = true
                path.append((target, 0))
            }
        }
        return order.map { commands[$0] }
    }
}
