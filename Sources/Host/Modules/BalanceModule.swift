import Bitrix24
import Bridge
import Wire

/// `balance.*`: whom to give the next piece of work.
enum BalanceModule {
    static let functions = [leastBusy]

    private static let leastBusy = HostFunction(
        "balance.least_busy", "The active, present employee of a position who has the fewest open deals (stage NEW).",
        parameters: [Parameter("options", .table, "position: as the employees' cards have it, in any letter case")],
        results: [
            ResultDoc("employee", .table, "id, name, open_deals and reason; nil when there is nobody"),
            ResultDoc("reason", .string, "why there is nobody"),
        ],
        errors: ["more than \(BalancePlan.employeesMax) employees have such a position", "the portal refuses"],
        cost: "two requests, seldom more, however many employees there are",
        example: "local employee = balance.least_busy { position = \"cleaner\" }",
        waiting: { (run, call) throws(LuaFailure) in
            let options = try call.value(1).objectValue ?? JSONObject()
            guard let position = options["position"]?.stringValue, position.contains(where: { !$0.isWhitespace }) else {
                throw call.badArgument(1, problem: "position is missing: { position = \"cleaner\" }")
            }
            return run.operation { () async throws(EffectFailure) in
                let today = run.clock().dateTime().date
                let (outcome, names) = try await decide(BalancePlan(position: position, today: today), run)
                return { (call) throws(LuaFailure) in try push(outcome, names, call) }
            }
        })

    private static func decide(
        _ plan: BalancePlan, _ run: RunContext
    ) async throws(EffectFailure) -> (BalanceOutcome, names: [Int64: String]) {
        var plan = plan
        var names: [Int64: String] = [:]
        var calls = plan.start()
        while true {
            let replies = try await PlannedReplies.replies(to: calls, run)
            for reply in replies.values { note(reply.result, in: &names) }
            do throws(BalanceFailure) {
                switch try plan.receive(replies) {
                case .ask(let next): calls = next
                case .done(let outcome): return (outcome, names)
                }
            } catch {
                throw .host(HostFailure(.recipe, "balance.least_busy: \(error.message)"))
            }
        }
    }

    /// Rows of `user.get` have a name; other replies have none.
    private static func note(_ result: JSONValue, in names: inout [Int64: String]) {
        for row in result.arrayValue ?? [] {
            guard row["WORK_POSITION"] != nil, let id = row["ID"]?.stringValue.flatMap({ Int64($0) }) else { continue }
            let parts = [row["NAME"]?.stringValue, row["LAST_NAME"]?.stringValue].compactMap { $0 }
            names[id] = parts.filter { !$0.isEmpty }.joined(separator: " ")
        }
    }

    private static func push(
        _ outcome: BalanceOutcome, _ names: [Int64: String], _ call: borrowing LuaCall
    ) throws(LuaFailure) {
        switch outcome {
        case .chosen(let id, let openDeals, let reason):
            try call.push(
                [
                    "id": .integer(id), "name": .string(names[id] ?? "user \(id)"),
                    "open_deals": .integer(Int64(openDeals)),
                    "reason": .string(reason),
                ] as JSONValue)
        case .nobody(_, let sentence):
            try call.pushNil()
            try call.push(sentence)
        }
    }
}
