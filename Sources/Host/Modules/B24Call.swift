import Bitrix24
import Bridge
import Wire

/// `b24.call`, and what it has in common with `b24.<method>`: one call of one method.
enum B24Call {
    static let call = HostFunction(
        "b24.call", "Calls a REST method by name and returns its `result` untouched.",
        parameters: [
            Parameter("method", .string, "such as \"crm.deal.list\", in any letter case"),
            Parameter("parameters", .table, optional: true, "the method's parameters"),
            Parameter(
                "options", .table, optional: true,
                "v3 = true: REST 3.0; once = true: adds no record twice, as b24.many; unknown = true: call a method "
                    + "that the host does not know"),
        ],
        results: [
            ResultDoc("result", .any, "what the method answered"),
            ResultDoc("page", .table, "total, next and time, as far as the portal gave them"),
        ],
        errors: ["the method is unknown", "the portal refuses", "once, where records have no origin"],
        cost: "one request",
        example: "local deals, page = b24.call(\"crm.deal.list\", { filter = { STAGE_ID = \"NEW\" } })",
        waiting: { (run, call) throws(LuaFailure) in
            let options = try B24Options(call, 3, known: ["v3", "once", "unknown"])
            let made = try B24Module.made(
                try call.string(1), options["v3"] ? .v3 : nil, parameters: call, index: 2, run,
                allowsUnknown: options["unknown"])
            // A write of REST 3.0 is done once anyway: its key sees to that.
            guard options["once"], made.api == .classic else { return operation(made, run, part: nil) }
            return try once(made, run)
        })

    /// Makes the call and pushes the useful part of its result, or all of it when there is no `part`.
    ///
    /// A write whose answer was lost is settled where its record has an origin.
    static func operation(_ given: Call, _ run: RunContext, part: String?) -> Operation {
        let made = given.keyed(using: &run.random)
        return run.operation { () async throws(EffectFailure) in
            do throws(EffectFailure) {
                guard case .reply(let reply) = try await run.result(of: Effect(.call(made))) else {
                    throw .host(HostFailure(.machine, "a call was answered by something else"))
                }
                return { (call) throws(LuaFailure) in try push(reply, reply.part(part), call) }
            } catch {
                guard case .portal(let loss) = error,
                    let settling = ManyWrite(
                        settling: loss, of: made.method, parameters(of: made), nowMS: run.nowMS(),
                        policy: run.writing)
                else { throw error }
                return try await result(of: settling, run, part: part)
            }
        }
    }

    private static func once(_ made: Call, _ run: RunContext) throws(LuaFailure) -> Operation {
        let single: ManyWrite
        do throws(Failure) {
            single = try ManyWrite(
                made.method, [parameters(of: made)], once: true, originPrefix: run.originPrefix(), policy: run.writing)
        } catch {
            throw LuaFailure(EffectFailure.portal(error))
        }
        return run.operation { () async throws(EffectFailure) in try await result(of: single, run, part: nil) }
    }

    private static func result(
        of single: ManyWrite, _ run: RunContext, part: String?
    ) async throws(EffectFailure) -> (borrowing LuaCall) throws(LuaFailure) -> Void {
        switch try await WriteSettlement.finish(single, run).outcome(0) {
        case .done(let bytes):
            return { (call) throws(LuaFailure) in
                try call.push(json: bytes[Reply.part(part, of: bytes.indices, in: bytes)], nulls: .absent)
                try call.push(.object(JSONObject()))
            }
        case .failed(var failure):
            failure.part = nil
            throw .portal(failure)
        case nil: throw .host(HostFailure(.machine, "a write has no outcome"))
        }
    }

    private static func parameters(of call: Call) -> JSONObject {
        // The bytes were checked when the call was made.
        (try? JSONValue(parsing: call.body))?.objectValue ?? JSONObject()
    }

    /// Pushes a part of a reply, and what the portal says of the page.
    static func push(_ reply: Reply, _ range: Range<Int>, _ call: borrowing LuaCall) throws(LuaFailure) {
        try call.push(json: reply.bytes[range], nulls: .absent)
        var page = JSONObject()
        if let total = reply.total { page["total"] = .integer(Int64(total)) }
        if let next = reply.next { page["next"] = .integer(Int64(next)) }
        if let time = reply.time {
            var object = JSONObject()
            if let duration = time.duration { object["duration"] = .number(duration) }
            if let operating = time.operating { object["operating"] = .number(operating) }
            if let reset = time.operatingResetAt { object["operating_reset_at"] = .number(reset) }
            page["time"] = .object(object)
        }
        try call.push(.object(page))
    }
}
