import Bitrix24
import Bridge
import Wire

/// `b24.*`: every REST method by its own name, and `call`, `batch`, `many`, `each`, `all` beside them.
enum B24Module {
    static let members = [
        B24Call.call, B24Batch.batch, B24Many.many, B24Rows.each, B24Rows.all, B24Files.upload, B24Files.download,
    ]

    /// Installs `b24`: its functions, and a path for every method.
    static func install(in run: LuaRun, _ context: RunContext) throws(LuaFailure) {
        try run.install(pathNamed: "b24", members.map { $0.declaration(for: context) }) {
            (path, call) throws(LuaFailure) in
            let isV3 = path.lowercased().hasPrefix("v3.")
            let made = try Self.made(
                isV3 ? String(path.dropFirst(3)) : path, isV3 ? .v3 : nil, parameters: call, index: 1, context)
            return B24Call.operation(made, context, part: made.facts?.resultKey)
        }
    }

    /// A call ready to be made. A method the catalog does not know is refused here, before any request.
    static func made(
        _ method: String, _ api: RESTVersion?, parameters call: borrowing LuaCall, index: Int,
        _ run: RunContext, allowsUnknown: Bool = false
    ) throws(LuaFailure) -> Call {
        guard call.isAbsent(index) || call.type(index) == .table else {
            throw call.badArgument(index, expected: "table")
        }
        let parameters = call.isAbsent(index) ? Array("{}".utf8) : try call.json(index)
        try checkNoFile(parameters, method)
        try known(method, api, allowsUnknown: allowsUnknown)
        let made: Call
        do throws(Failure) {
            made = try Call(method, api: api, parameters: parameters)
        } catch {
            throw LuaFailure(EffectFailure.portal(error))
        }
        try run.remark(on: made.parameterNames, of: made.facts)
        return made
    }

    /// The mark that stands for a file must not reach a portal.
    private static func checkNoFile(_ parameters: [UInt8], _ method: String) throws(LuaFailure) {
        // Parsing every call's parameters for it would cost more than the call; a dollar is rare.
        guard parameters.contains(UInt8(ascii: "$")), let value = try? JSONValue(parsing: parameters),
            FileValue.isIn(value)
        else { return }
        throw LuaFailure(
            kind: .argument, message: "files go with b24.upload: b24.upload(\"\(method)\", { … })")
    }

    static func known(_ method: String, _ api: RESTVersion?, allowsUnknown: Bool = false) throws(LuaFailure) {
        guard !allowsUnknown else { return }
        do throws(HostFailure) {
            try KnownMethod.check(method, api, for: .recipe)
        } catch {
            var fields: JSONObject = ["code": "METHOD_UNKNOWN", "method": .string(method), "retryable": false]
            if let hint = error.hint { fields["hint"] = .string(hint) }
            throw LuaFailure(kind: .host, message: error.message, fields: fields)
        }
    }
}
