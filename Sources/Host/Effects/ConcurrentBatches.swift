import Bitrix24

/// Sends independent batches, several at a time, in the portal's pace.
enum ConcurrentBatches {
    /// On their way at once: more would only wait for their turn.
    static let requestsAtOnceMax = 8

    /// What became of each, in their order. After a refusal that all of them would get, who we are or that the portal
    /// is blocked, the rest is not sent.
    static func answers(
        to requests: [BatchRequest], on portal: PortalConnection, for run: RunTicket
    ) async throws(EffectFailure) -> [BatchAnswer] {
        let results = await withTaskGroup(of: Placed<Result<BatchAnswer, EffectFailure>>.self) { group in
            var results = [Result<BatchAnswer, EffectFailure>?](repeating: nil, count: requests.count)
            var next = 0
            var refusal: Result<BatchAnswer, EffectFailure>?
            while next < min(requestsAtOnceMax, requests.count) {
                add(next, &group)
                next += 1
            }
            while let outcome = await group.next() {
                let result = outcome.value
                results[outcome.place] = result
                if endsAll(result) {
                    refusal = result
                    if case .failure = result { group.cancelAll() }
                }
                guard refusal == nil, next < requests.count else { continue }
                add(next, &group)
                next += 1
            }
            return results.map { $0 ?? refusal ?? .failure(.cancelled) }

            func add(_ place: Int, _ group: inout TaskGroup<Placed<Result<BatchAnswer, EffectFailure>>>) {
                let request = requests[place]
                group.addTask { Placed(place, await answer(to: request, on: portal, for: run)) }
            }
        }
        var answers: [BatchAnswer] = []
        for result in results { answers.append(try result.get()) }
        return answers
    }

    private static func answer(
        to request: BatchRequest, on portal: PortalConnection, for run: RunTicket
    ) async -> Result<BatchAnswer, EffectFailure> {
        do throws(EffectFailure) {
            return .success(.reply(try await portal.reply(to: request, for: run)))
        } catch {
            if case .portal(let failure) = error { return .success(.failed(failure)) }
            return .failure(error)
        }
    }

    private static func endsAll(_ result: Result<BatchAnswer, EffectFailure>) -> Bool {
        switch result {
        case .failure: return true
        case .success(.failed(let failure)): return [.authorization, .blocked].contains(failure.category)
        case .success(.reply): return false
        }
    }
}
