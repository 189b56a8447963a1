import Bitrix24
import Bridge
import Wire

/// `vars.*`: texts with smart variables.
enum VarsModule {
    static let functions = [render]

    private static let render = HostFunction(
        "vars.render", "A text with its {{VARIABLES}} replaced; only what they name is read.",
        parameters: [
            Parameter("text", .string, "such as \"Hi {{CONTACT_NAME}}\"; \\\\{{ stands for plain braces"),
            Parameter(
                "records", .table, optional: true,
                "whom it is about: deal, lead, invoice, task, contact (ids); zone (IANA) for dates"),
        ],
        results: [ResultDoc("text", .string, "the text; a variable without a value gives nothing")],
        errors: ["a variable is unknown", "a variable needs a record that was not given", "the portal refuses"],
        cost: "one request, none when nothing has to be read",
        example: "local text = vars.render(\"Hi {{CONTACT_NAME}}\", { deal = 12 })",
        waiting: { (run, call) throws(LuaFailure) in
            let plan = try plan(call, run)
            return run.operation { () async throws(EffectFailure) in
                let replies = try await PlannedReplies.replies(to: plan.calls, run)
                do throws(VariableFailure) {
                    let text = try plan.render(replies)
                    return { (call) throws(LuaFailure) in try call.push(text) }
                } catch {
                    throw .host(HostFailure(.recipe, "vars.render: \(error.message)"))
                }
            }
        })

    private static let known = ["deal", "lead", "invoice", "task", "contact", "zone"]

    private static func plan(_ call: borrowing LuaCall, _ run: RunContext) throws(LuaFailure) -> VariablePlan {
        let records = call.isAbsent(2) ? JSONObject() : try call.value(2).objectValue ?? JSONObject()
        for (key, _) in records where !known.contains(key) {
            throw call.badArgument(2, problem: "unknown key '\(key)'; keys are \(known.joined(separator: ", "))")
        }
        var zone = TimeZoneRules.utc
        if let name = records["zone"]?.stringValue {
            do throws(TimeZoneFailure) {
                zone = try TimeZoneRules(name: name)
            } catch {
                throw call.badArgument(2, problem: error.message)
            }
        }
        let context = VariableContext(
            deal: records["deal"]?.lenientInteger, lead: records["lead"]?.lenientInteger,
            invoice: records["invoice"]?.lenientInteger, task: records["task"]?.lenientInteger,
            contact: records["contact"]?.lenientInteger, now: run.clock().unixSeconds, zone: zone)
        let text = try call.string(1)
        do throws(VariableFailure) {
            return try VariablePlan(try VariableTemplate(text), context)
        } catch {
            throw call.badArgument(1, problem: error.message)
        }
    }
}
