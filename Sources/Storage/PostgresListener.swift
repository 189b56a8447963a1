internal import Glibc
internal import Synchronization

/// Hears what others NOTIFY on one channel, over a connection of its own. For a thread of its own, which waits:
///
///     let listener = try PostgresListener(url, channel: "jobs")
///     while !listener.isClosed {
///         if !listener.wait(timeoutMS: 30_000).isEmpty { lookForJobs() }
///     }
///
/// Notifications sent while the connection was lost are gone: a new connection counts as a notification, with the
/// payload `missed`. Who waits looks for work in the tables, and the payload says no more than where to look first.
public final class PostgresListener: @unchecked Sendable {
    // @unchecked: `close` and `isClosed` touch the atomic and the pipe; all else is the waiting thread's.

    /// The payload that stands for those that may have been missed: empty, as that of a NOTIFY without one.
    public static let missed = ""
    /// PostgreSQL's limit for a name.
    public static let channelBytesMax = 63
    /// Between attempts to connect again: doubled from the first to the last.
    static let backoffMS: ClosedRange<Int64> = 100...5_000

    private let link: PostgresLink
    private let listen: String
    private let pipe: WakePipe
    private let closing = Atomic(false)
    private var backoffMS = PostgresListener.backoffMS.lowerBound
    private var nextAttemptMS: Int64 = 0

    /// Why there is no connection at present, nil while there is one. For the waiting thread.
    public private(set) var failure: DatabaseFailure?

    /// Connects and listens: what is sent after this returned is heard.
    public init(
        _ url: String, channel: String, limits: PostgresDatabase.Limits = PostgresDatabase.Limits()
    ) throws(DatabaseFailure) {
        guard !channel.isEmpty, channel.utf8.count <= PostgresListener.channelBytesMax, !channel.utf8.contains(0) else {
            throw DatabaseFailure(
                .sql, "A channel's name has 1 to \(PostgresListener.channelBytesMax) bytes, none of them NUL.")
        }
        let parts = channel.split(separator: "\"", omittingEmptySubsequences: false)
        listen = "listen \"\(parts.joined(separator: "\"\""))\""
        link = PostgresLink(try PostgresAddress(url), limits)
        pipe = try WakePipe()
        try connect()
    }

    /// Any thread may; whoever waits returns at once, or when a connection attempt under way has ended
    /// (`connectTimeoutS`).
    public func close() {
        closing.store(true, ordering: .releasing)
        pipe.wake()
    }

    public var isClosed: Bool { closing.load(ordering: .acquiring) }

    /// Waits until something was notified, the connection was made anew, the time is over or `close` was called;
    /// nothing in the last two cases. A connection that is lost is made again in here, also over several calls; an
    /// attempt may outlast the time by `connectTimeoutS`.
    public func wait(timeoutMS: Int) -> [String] {
        let deadlineMS = Polling.monotonicMS() + Int64(timeoutMS)
        repeat {
            if isClosed { break }
            if !link.isOpen {
                if reconnected(untilMS: deadlineMS) { return [PostgresListener.missed] }
                continue
            }
            let payloads = link.notifications()
            if !payloads.isEmpty { return payloads }
            sleepUntilInput(deadlineMS)
        } while Polling.monotonicMS() < deadlineMS
        if isClosed { link.close() }
        return isClosed ? [] : link.notifications()
    }

    private func connect() throws(DatabaseFailure) {
        try link.open()
        try link.command(listen)
    }

    /// One attempt, when its time has come.
    private func reconnected(untilMS deadlineMS: Int64) -> Bool {
        if nextAttemptMS > Polling.monotonicMS() {
            pipe.wait(untilMS: min(nextAttemptMS, deadlineMS))
            return false
        }
        do {
            try connect()
            failure = nil
            backoffMS = PostgresListener.backoffMS.lowerBound
            return true
        } catch {
            link.close()
            failure = error
            nextAttemptMS = Polling.monotonicMS() + backoffMS
            backoffMS = min(backoffMS * 2, PostgresListener.backoffMS.upperBound)
            return false
        }
    }

    private func sleepUntilInput(_ deadlineMS: Int64) {
        guard pipe.wait(orFor: link.socket, untilMS: deadlineMS), !isClosed else { return }
        if !link.readInput() { link.close() }
    }
}
