import Bitrix24

extension PortalConnection {
    /// Makes several calls that change nothing, at once, and returns their replies in order.
    ///
    /// - Throws: the first failure, after which the others are given up.
    func replies(to calls: [Call], for run: RunTicket) async throws(EffectFailure) -> [Reply] {
        let outcomes = await withTaskGroup(of: (Int, Result<Reply, EffectFailure>).self) { group in
            for (place, call) in calls.enumerated() {
                group.addTask {
                    do throws(EffectFailure) {
                        return (place, .success(try await self.reply(to: call, for: run)))
                    } catch {
                        return (place, .failure(error))
                    }
                }
            }
            var outcomes: [(Int, Result<Reply, EffectFailure>)] = []
            for await outcome in group {
                outcomes.append(outcome)
                if case .failure = outcome.1 { break }
            }
            group.cancelAll()
            return outcomes
        }
        var replies: [Reply] = []
        for (_, outcome) in outcomes.sorted(by: { $0.0 < $1.0 }) {
            guard case .success(let reply) = outcome else { continue }
            replies.append(reply)
        }
        for case (_, .failure(let failure)) in outcomes { throw failure }
        return replies
    }
}
