import Glibc
import Net
import Storage
import Synchronization

/// The thread that owns the connection to a store, and commits together what was asked for while it was busy: many
/// events, one fsync.
///
/// Jobs run in the order they are posted, those of one round in one transaction, and are told the outcome after the
/// commit. A job runs again, alone, when another of its round fails, and after a lost connection: it must be such that
/// twice does no more than once.
final class StoreThread: Sendable {
    typealias Work = @Sendable (any SQLConnection) throws(DatabaseFailure) -> Void
    typealias Ending = @Sendable (DatabaseFailure?) -> Void

    /// Jobs of one transaction.
    static let jobsPerCommitMax = 1_000
    /// Jobs that wait; one more is refused, and its caller has to come again.
    static let jobsMax = 200_000
    /// How long a lost connection is tried again before its jobs fail.
    static let reconnectMSMax: Int64 = 20_000
    private static let reconnectPauseMS: Int64 = 250

    private struct Job {
        let work: Work
        let ending: Ending
        /// Runs outside of any transaction.
        var isAlone = false
    }

    private struct State {
        var jobs: [Job] = []
        var isClosing = false
        var isClosed = false
    }

    /// What a job leaves for its ending.
    private final class Outcome<T: Sendable>: Sendable {
        let value = Mutex<T?>(nil)
    }

    private let state = Monitor(State())

    /// - Parameter open: called on the thread, once.
    init(_ open: @escaping @Sendable () throws(DatabaseFailure) -> any SQLConnection) throws(DatabaseFailure) {
        let opened = Monitor<Result<Void, DatabaseFailure>?>(nil)
        let state = state
        let isRunning = detachThread {
            let connection: any SQLConnection
            do throws(DatabaseFailure) {
                connection = try open()
            } catch {
                opened.signal { $0 = .failure(error) }
                return
            }
            opened.signal { $0 = .success(()) }
            Self.serve(connection, state)
        }
        guard isRunning else { throw DatabaseFailure(.cannotOpen, "The system has no thread left for the store.") }
        opened.wait(untilMS: .max / 2) { $0 != nil }
        try opened.withLock { $0 ?? .success(()) }.get()
    }

    deinit { state.signal { $0.isClosing = true } }

    /// Jobs that wait for their commit.
    var depth: Int { state.withLock { $0.jobs.count } }

    /// Asks for `work`; `ending` is called on the store's thread after the commit, and must not block.
    func post(_ work: @escaping Work, then ending: @escaping Ending = { _ in }) {
        post(Job(work: work, ending: ending))
    }

    /// Does what a transaction does not allow, and returns after it.
    func alone(_ work: @escaping Work) async throws(DatabaseFailure) {
        let failure: DatabaseFailure? = await withUnsafeContinuation { continuation in
            post(Job(work: work, ending: { continuation.resume(returning: $0) }, isAlone: true))
        }
        if let failure { throw failure }
    }

    private func post(_ job: Job) {
        let refusal = state.signal { state -> DatabaseFailure? in
            guard !state.isClosing else { return DatabaseFailure(.busy, "The store is closed.") }
            guard state.jobs.count < Self.jobsMax else {
                return DatabaseFailure(.busy, "More than \(Self.jobsMax) changes wait for the store (jobsMax).")
            }
            state.jobs.append(job)
            return nil
        }
        if let refusal { job.ending(refusal) }
    }

    /// Does `body` in the next commit, and returns after it.
    func result<T: Sendable>(
        of body: @escaping @Sendable (any SQLConnection) throws(DatabaseFailure) -> T
    ) async throws(DatabaseFailure) -> T {
        let outcome: Result<T, DatabaseFailure> = await withUnsafeContinuation { continuation in
            let outcome = Outcome<T>()
            post { (connection) throws(DatabaseFailure) in
                let value = try body(connection)
                outcome.value.withLock { $0 = value }
            } then: { failure in
                if let failure {
                    continuation.resume(returning: .failure(failure))
                } else if let value = outcome.value.withLock({ $0 }) {
                    continuation.resume(returning: .success(value))
                } else {
                    continuation.resume(returning: .failure(DatabaseFailure(.sql, "A job of the store did not run.")))
                }
            }
        }
        return try outcome.get()
    }

    /// Does what was posted, closes the connection, and returns then.
    func close() {
        state.signal { $0.isClosing = true }
        state.wait(untilMS: .max / 2) { $0.isClosed }
    }

    // -- The thread ---------------------------------------------------------------------------------------------------

    private static func serve(_ connection: any SQLConnection, _ state: Monitor<State>) {
        while true {
            state.wait(untilMS: .max / 2) { !$0.jobs.isEmpty || $0.isClosing }
            let jobs = state.withLock { state in
                // What runs alone ends a round, and is one.
                let together = state.jobs.prefix(jobsPerCommitMax).prefix { !$0.isAlone }
                let jobs = Array(together.isEmpty ? state.jobs.prefix(1) : together)
                state.jobs.removeFirst(jobs.count)
                return jobs
            }
            guard !jobs.isEmpty else { break }
            commit(jobs, connection, state)
        }
        state.signal { $0.isClosed = true }
    }

    private static func commit(_ jobs: [Job], _ connection: any SQLConnection, _ state: Monitor<State>) {
        let failure = attempt(jobs[...], connection, state)
        guard let failure, failure.kind != .connectionLost, failure.kind != .cannotOpen, jobs.count > 1 else {
            return jobs.forEach { $0.ending(failure) }
        }
        // One of them spoilt the round, or the disk is full: each by itself tells who.
        for job in jobs { job.ending(attempt([job], connection, state)) }
    }

    /// One transaction; nil when it is committed.
    private static func attempt(
        _ jobs: ArraySlice<Job>, _ connection: any SQLConnection, _ state: Monitor<State>
    ) -> DatabaseFailure? {
        let endMS = monotonicMS() + reconnectMSMax
        while true {
            do throws(DatabaseFailure) {
                if let job = jobs.first, job.isAlone {
                    try job.work(connection)
                    return nil
                }
                try connection.transaction { () throws(DatabaseFailure) in
                    for job in jobs { try job.work(connection) }
                }
                return nil
            } catch {
                let isAway =
                    error.kind == .connectionLost
                    || connection.dialect == .postgres && error.kind == .cannotOpen
                guard isAway, monotonicMS() < endMS else { return error }
                // Closing ends the wait, not the tries.
                state.wait(untilMS: monotonicMS() + reconnectPauseMS) { $0.isClosing }
            }
        }
    }
}
