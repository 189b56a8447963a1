import Portal
import Synchronization
import Testing

@testable import Bitrix24
@testable import Host

/// Another process with the same store, whose lease was forgotten: it stores a new pair of tokens between the portal's
/// answer to this process's question and what this process makes of it.
final class FasterProcess: Sendable {
    private let harness = Mutex<(portal: PortalServer, store: GrantStore)?>(nil)

    /// From now on the end of the fault on `oauth.token`, which is this process's question, is waited for.
    func start(_ portal: PortalServer, _ store: GrantStore) { harness.withLock { $0 = (portal, store) } }

    /// The clock of this process's store, which is read after each answer.
    func clock() -> Int64 {
        do {
            try harness.withLock { harness in
                guard let (portal, store) = harness else { return }
                let isAsked = try portal.withEngine { (engine) throws(PortalFailure) in
                    !engine.faults.faults.contains { $0.method == "oauth.token" }
                }
                guard isAsked else { return }
                harness = nil
                try Self.rotate(portal, store)
            }
        } catch {
            Issue.record("the other process failed: \(error)")
        }
        return WallClock.now().unixMilliseconds
    }

    private static func rotate(_ portal: PortalServer, _ store: GrantStore) throws {
        let stored = try #require(try store.grants().first)
        let request = TokenRequest(refreshing: stored.grant)
        let answer = try portal.withEngine { (engine) throws(PortalFailure) in
            engine.handle(PortalRequest("POST", "/oauth/token/", headers: request.headers, body: request.body))
        }
        let raw = RawAnswer(status: answer.status, contentType: "application/json", bytes: answer.body)
        guard case .granted(let reply) = TokenAnswer(raw, to: request, now: WallClock.now()) else {
            throw CancellationError()
        }
        _ = try #require(try store.replace(stored.grant.renewed(by: reply), generation: stored.generation))
    }
}
