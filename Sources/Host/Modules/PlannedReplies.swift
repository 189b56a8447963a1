import Bitrix24
import Wire

/// Carries the calls that the pure planners ask for to the portal, and their replies back.
enum PlannedReplies {
    static func replies(
        to calls: [PlannedCall], _ run: RunContext
    ) async throws(EffectFailure) -> [String: PlannedReply] {
        guard !calls.isEmpty else { return [:] }
        let results = try await BatchResults(calls.map { BatchCommand($0.key, $0.method, $0.parameters) }, run)
        var replies: [String: PlannedReply] = [:]
        for call in calls {
            replies[call.key] = PlannedReply(result: results.value(call.key), total: results.total(call.key))
        }
        return replies
    }
}
