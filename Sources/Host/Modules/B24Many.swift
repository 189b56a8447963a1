import Bitrix24
import Bridge
import Wire

/// `b24.many`: one method for a whole list.
enum B24Many {
    /// Failures that an error carries; with `partial` all are returned.
    static let failuresRaisedMax = 20

    static let many = HostFunction(
        "b24.many", "Calls one method for every item of a list, packed by 50, and tells what became of each.",
        parameters: [
            Parameter("method", .string, "such as \"crm.lead.add\""),
            Parameter("list", .table, "the parameters of each call: { { fields = { … } }, … }"),
            Parameter(
                "options", .table, optional: true,
                "once = true: no record twice, also when answers are lost or, with origins of your own, the recipe is "
                    + "run again; partial = true: return failures beside the results instead of raising; "
                    + "v3 = true: REST 3.0"),
        ],
        results: [
            ResultDoc(
                "results", .table, "the useful part of each result, in the list's order; json.null for a failure"),
            ResultDoc(
                "failures", .table,
                "with partial: { item, code, message, retryable, uncertain, hint } of each item that failed"),
        ],
        errors: [
            "any item fails, after all have been tried; the error's failures say which",
            "once, where records have no origin", "the method is unknown",
        ],
        cost: "one request for 50 items; with REST 3.0 one for each",
        example: "local ids = b24.many(\"crm.lead.add\", { { fields = { TITLE = \"A\" } } }, { once = true })",
        waiting: { (run, call) throws(LuaFailure) in
            let options = try B24Options(call, 3, known: ["once", "partial", "v3"])
            let method = try call.string(1)
            try B24Module.known(method, options["v3"] ? .v3 : nil)
            let isV3 = options["v3"] || Catalog.lookup(method, api: .classic) == nil
            let list = try call.value(2)
            let items = try items(list, call)
            let facts = Catalog.lookup(method, api: isV3 ? .v3 : nil)
            for item in items { try run.remark(on: item.keys, of: facts) }
            let isPartial = options["partial"]
            guard !isV3 else {
                let calls = try calls(method, items, run)
                return run.operation { () async throws(EffectFailure) in
                    try run.door.checkRoom(writes: calls.count { $0.access == .write })
                    let results = try await ManyResults.of(calls, run)
                    return { (call) throws(LuaFailure) in
                        try push(results, isPartial: isPartial, run.log.redactor, call)
                    }
                }
            }
            let many: ManyWrite
            do throws(Failure) {
                many = try ManyWrite(
                    method, items, once: options["once"], originPrefix: run.originPrefix(), policy: run.writing)
            } catch {
                throw LuaFailure(EffectFailure.portal(error))
            }
            return run.operation { () async throws(EffectFailure) in
                try run.door.checkRoom(writes: many.writes)
                let results = ManyResults(try await WriteSettlement.finish(many, run))
                return { (call) throws(LuaFailure) in
                    try push(results, isPartial: isPartial, run.log.redactor, call)
                }
            }
        })

    private static func calls(
        _ method: String, _ items: [JSONObject], _ run: RunContext
    ) throws(LuaFailure) -> [Call] {
        do throws(Failure) {
            try ManyWrite.checkCount(items.count, method)
            var calls: [Call] = []
            calls.reserveCapacity(items.count)
            for item in items {
                calls.append(try Call(method, api: .v3, parameters: item).keyed(using: &run.random))
            }
            return calls
        } catch {
            throw LuaFailure(EffectFailure.portal(error))
        }
    }

    private static func items(_ list: JSONValue, _ call: borrowing LuaCall) throws(LuaFailure) -> [JSONObject] {
        switch list {
        case .object(let object) where object.isEmpty: return []
        case .array(let elements):
            var items: [JSONObject] = []
            items.reserveCapacity(elements.count)
            for (place, element) in elements.enumerated() {
                switch element {
                case .object(let object): items.append(object)
                case .array(let none) where none.isEmpty: items.append(JSONObject())
                default:
                    throw call.badArgument(
                        2, problem: "item \(place + 1) must be a table of named parameters")
                }
            }
            return items
        default: throw call.badArgument(2, problem: "expected a list, got a table with names")
        }
    }

    private static func push(
        _ many: ManyResults, isPartial: Bool, _ redactor: Redactor, _ call: borrowing LuaCall
    ) throws(LuaFailure) {
        var failures: [JSONValue] = []
        var first: Failure?
        var json: [UInt8] = [UInt8(ascii: "[")]
        for (place, outcome) in many.outcomes.enumerated() {
            if place > 0 { json.append(UInt8(ascii: ",")) }
            switch outcome {
            case .done(let bytes): json += bytes[Reply.part(many.resultKey, of: bytes.indices, in: bytes)]
            case .failed(let failure):
                json += Array("null".utf8)
                if first == nil { first = failure }
                guard isPartial || failures.count < failuresRaisedMax else { continue }
                var object = redactor.redact(LuaFailure(EffectFailure.portal(failure)).asObject)
                object["item"] = .integer(Int64(place + 1))
                failures.append(.object(object))
            case nil: json += Array("null".utf8)
            }
        }
        json.append(UInt8(ascii: "]"))
        if let first, !isPartial { throw raised(first, failures, many) }
        try call.push(json: json[...], nulls: .absent)
        if isPartial { try call.push(.array(failures)) }
    }

    private static func raised(_ first: Failure, _ failures: [JSONValue], _ many: ManyResults) -> LuaFailure {
        let failure = LuaFailure(EffectFailure.portal(first))
        var fields = failure.fields
        fields["failures"] = .array(failures)
        fields["failed"] = .integer(Int64(many.failedCount))
        fields["done"] = .integer(Int64(many.outcomes.count - many.failedCount))
        return LuaFailure(
            kind: .host,
            message: "b24.many: \(many.failedCount) of \(many.outcomes.count) items failed; \(failure.message)",
            fields: fields)
    }
}
