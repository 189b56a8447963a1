import Bitrix24

extension PortalConnection {
    /// Makes several calls that change nothing, at once, and returns their replies in order.
    ///
    /// - Throws: the first failure, after which the others are given up.
    func replies(to calls: [Call], for run: RunTicket) async throws(EffectFailure) -> [Reply] {
        let outcomes = await withTaskGroup(of: Placed<Result<Reply, EffectFailure>>.self) { group in
            for (place, call) in calls.enumerated() {
                group.addTask { Placed(place, await self.outcome(of: call, for: run)) }
            }
            var outcomes: [Placed<Result<Reply, EffectFailure>>] = []
            for await outcome in group {
                outcomes.append(outcome)
                if case .failure = outcome.value { break }
            }
            group.cancelAll()
            return outcomes
        }
        var replies: [Reply] = []
        for outcome in outcomes.sorted(by: { $0.place < $1.place }) {
            guard case .success(let reply) = outcome.value else { continue }
            replies.append(reply)
        }
        for outcome in outcomes { if case .failure(let failure) = outcome.value { throw failure } }
        return replies
    }

    /// By itself, so that nothing is thrown inside a child task: Swift 6.3.1 forgets in release builds what the task's
    /// closure has captured when it returns a tuple from such a `do`; every place was 0 then.
    private func outcome(of call: Call, for run: RunTicket) async -> Result<Reply, EffectFailure> {
        do throws(EffectFailure) {
            return .success(try await reply(to: call, for: run))
        } catch {
            return .failure(error)
        }
    }
}
