import Bitrix24
import Bridge
import Wire

/// `b24.*`: every REST method by its own name, and `call`, `batch`, `many`, `each`, `all` beside them.
enum B24Module {
    static let members = [call, B24Batch.batch, B24Many.many, B24Rows.each, B24Rows.all]

    /// Installs `b24`: its functions, and a path for every method.
    static func install(in run: LuaRun, _ context: RunContext) throws(LuaFailure) {
        try run.install(pathNamed: "b24", members.map { $0.declaration(for: context) }) {
            (path, call) throws(LuaFailure) in
            let isV3 = path.lowercased().hasPrefix("v3.")
            let made = try Self.made(
                isV3 ? String(path.dropFirst(3)) : path, isV3 ? .v3 : nil, parameters: call, index: 1)
            return context.operation(Effect(.call(made))) { (result, call) throws(LuaFailure) in
                guard case .reply(let reply) = result else { return }
                try push(reply, reply.part(made.facts?.resultKey), call)
            }
        }
    }

    private static let call = HostFunction(
        "b24.call", "Calls a REST method by name and returns its `result` untouched.",
        parameters: [
            Parameter("method", .string, "such as \"crm.deal.list\", in any letter case"),
            Parameter("parameters", .table, optional: true, "the method's parameters"),
            Parameter(
                "options", .table, optional: true,
                "v3 = true: REST 3.0; unknown = true: call a method that the host does not know"),
        ],
        results: [
            ResultDoc("result", .any, "what the method answered"),
            ResultDoc("page", .table, "total, next and time, as far as the portal gave them"),
        ],
        errors: ["the method is unknown", "the portal refuses"],
        cost: "one request",
        example: "local deals, page = b24.call(\"crm.deal.list\", { filter = { STAGE_ID = \"NEW\" } })",
        waiting: { (run, call) throws(LuaFailure) in
            let options = call.isAbsent(3) ? JSONObject() : try call.value(3).objectValue ?? JSONObject()
            let made = try made(
                try call.string(1), options["v3"]?.boolValue == true ? .v3 : nil, parameters: call, index: 2,
                allowsUnknown: options["unknown"]?.boolValue == true)
            return run.operation(Effect(.call(made))) { (result, call) throws(LuaFailure) in
                guard case .reply(let reply) = result else { return }
                try push(reply, reply.resultRange, call)
            }
        })

    /// A call ready to be made. A method the catalog does not know is refused here, before any request.
    static func made(
        _ method: String, _ api: RESTVersion?, parameters call: borrowing LuaCall, index: Int,
        allowsUnknown: Bool = false
    ) throws(LuaFailure) -> Call {
        guard call.isAbsent(index) || call.type(index) == .table else {
            throw call.badArgument(index, expected: "table")
        }
        let parameters = call.isAbsent(index) ? Array("{}".utf8) : try call.json(index)
        try known(method, api, allowsUnknown: allowsUnknown)
        do throws(Failure) {
            return try Call(method, api: api, parameters: parameters)
        } catch {
            throw LuaFailure(EffectFailure.portal(error))
        }
    }

    static func known(_ method: String, _ api: RESTVersion?, allowsUnknown: Bool = false) throws(LuaFailure) {
        guard !allowsUnknown else { return }
        do throws(HostFailure) {
            try KnownMethod.check(method, api)
        } catch {
            throw LuaFailure(
                kind: .host, message: error.message,
                fields: [
                    "code": "METHOD_UNKNOWN", "method": .string(method), "retryable": false,
                    "hint": "'host methods WORD' lists them; b24.call(name, parameters, { unknown = true }) calls any",
                ])
        }
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
