import Bitrix24
import Wire

/// What became of each item of a `b24.many`, in the list's order.
struct ManyResults {
    /// Nil while an item's outcome is open, which none is at the end.
    var outcomes: [ManyWrite.Outcome?]
    /// Where in a result the useful part is.
    let resultKey: String?

    init(outcomes: [ManyWrite.Outcome?], resultKey: String?) {
        self.outcomes = outcomes
        self.resultKey = resultKey
    }

    init(_ many: ManyWrite) {
        self.init(outcomes: (0..<many.count).map(many.outcome), resultKey: many.resultKey)
    }

    var failedCount: Int {
        outcomes.count { outcome in
            if case .failed = outcome { true } else { false }
        }
    }

    /// Calls of REST 3.0, one after another. A batch of that version is done whole or not at all, so that one bad item
    /// would undo its neighbours; each call has a key of its own instead, by which the portal does it once however
    /// often it is sent.
    static func of(_ calls: [Call], _ run: RunContext) async throws(EffectFailure) -> ManyResults {
        var results = ManyResults(outcomes: [], resultKey: calls.first?.facts?.resultKey)
        var refusal: Failure?
        for (place, call) in calls.enumerated() {
            if let refusal {
                results.outcomes.append(.failed(refusal.about(call, item: place + 1)))
                continue
            }
            do throws(EffectFailure) {
                guard case .reply(let reply) = try await run.result(of: Effect(.call(call))) else {
                    throw .host(HostFailure(.machine, "a call was answered by something else"))
                }
                results.outcomes.append(.done(Array(reply.bytes[reply.resultRange])))
            } catch {
                guard case .portal(let failure) = error else { throw error }
                // Who we are, or that the portal is blocked: all others would be told the same.
                if [.authorization, .blocked].contains(failure.category) { refusal = failure }
                results.outcomes.append(.failed(failure.about(call, item: place + 1)))
            }
        }
        return results
    }
}
