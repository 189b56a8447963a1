import Bitrix24
import Cryptography
import Synchronization
import Wire

/// Who is logged in to the console. A session lives in memory: a restart ends all.
final class ConsoleSessions: Sendable {
    struct Session: Sendable {
        /// What a form must bring along, so that no other site's form does anything.
        let formToken: String
        let endsMS: Int64
    }

    static let lifeMS: Int64 = 12 * 3_600_000
    static let sessionsMax = 100
    /// Wrong passwords in a minute; then nobody is let in until it is over.
    static let failuresMax = 10
    private static let tokenBytes = 24

    private struct State {
        var sessions: [String: Session] = [:]
        var failures = 0
        var failuresSinceMS: Int64 = 0
    }

    private let password: Secret
    private let state = Mutex(State())

    init(password: Secret) { self.password = password }

    enum Entry: Sendable {
        /// The cookie's value.
        case entered(String)
        case wrong
        case tooOften
    }

    func enter(_ given: String, nowMS: Int64) throws(HostFailure) -> Entry {
        let mayTry = state.withLock { state in
            if nowMS - state.failuresSinceMS > 60_000 {
                state.failures = 0
                state.failuresSinceMS = nowMS
            }
            return state.failures < Self.failuresMax
        }
        guard mayTry else { return .tooOften }
        guard let given = Secret(given), given == password else {
            state.withLock { $0.failures += 1 }
            return .wrong
        }
        let (cookie, formToken) = (try Self.random(), try Self.random())
        state.withLock { state in
            state.sessions = state.sessions.filter { $0.value.endsMS > nowMS }
            if state.sessions.count >= Self.sessionsMax,
                let oldest = state.sessions.min(by: { $0.value.endsMS < $1.value.endsMS })
            {
                state.sessions[oldest.key] = nil
            }
            state.sessions[cookie] = Session(formToken: formToken, endsMS: nowMS + Self.lifeMS)
        }
        return .entered(cookie)
    }

    func session(_ cookie: String, nowMS: Int64) -> Session? {
        state.withLock { $0.sessions[cookie] }.flatMap { $0.endsMS > nowMS ? $0 : nil }
    }

    func leave(_ cookie: String) { state.withLock { $0.sessions[cookie] = nil } }

    private static func random() throws(HostFailure) -> String {
        do throws(CryptographyFailure) {
            return Hex.encode(try SecureRandom.bytes(tokenBytes))
        } catch {
            throw HostFailure(.machine, error.message)
        }
    }
}
