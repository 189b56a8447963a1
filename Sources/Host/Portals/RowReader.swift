import Bitrix24
import Wire

/// Reads every row of a list, page by page, by way of whatever brings replies.
struct RowReader {
    /// Brings the replies to independent reads, in their order.
    typealias Fetch = ([Call]) async throws(EffectFailure) -> [Reply]

    /// How often in a row what was asked for at once is halved, because it took too long or brought too much.
    private static let halvingsMax = 6

    /// The name under which the method's profile is kept: its two forms page differently.
    private let profiled: String
    private let profiles: PagingProfiles?
    private var pager: Pager
    /// Pages received and not yet given out, the next one last.
    private var waiting: [Pager.Page] = []

    /// - Parameter profiles: what is known of the portal's methods; learns from this listing.
    init(
        _ method: String, api: RESTVersion? = nil, _ parameters: JSONObject, profiles: PagingProfiles?
    ) throws(Failure) {
        profiled = api == .v3 ? "v3." + method : method
        self.profiles = profiles
        pager = try Pager(method, api: api, parameters: parameters, profile: profiles?[profiled] ?? PagingProfile())
    }

    /// The next page, with at least one row; nil at the end.
    mutating func nextPage(_ fetch: Fetch) async throws(EffectFailure) -> Pager.Page? {
        while waiting.isEmpty {
            guard let replies = try await nextReplies(fetch) else { return nil }
            do throws(Failure) {
                waiting = try pager.receive(replies).reversed()
            } catch {
                throw .portal(error)
            }
            profiles?.learn(pager.profile, of: profiled)
        }
        return waiting.removeLast()
    }

    private mutating func nextReplies(_ fetch: Fetch) async throws(EffectFailure) -> [Reply]? {
        var halvings = 0
        while true {
            let step: Pager.Step
            do throws(Failure) {
                step = try pager.next()
            } catch {
                throw .portal(error)
            }
            guard case .calls(let calls) = step else { return nil }
            do throws(EffectFailure) {
                return try await fetch(calls)
            } catch {
                guard case .portal(let failure) = error, failure.code == "ANSWER_TOO_LARGE", halvings < Self.halvingsMax
                else { throw error }
                halvings += 1
                pager.tookTooLong()
            }
        }
    }
}
