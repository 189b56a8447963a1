internal import CPQ
internal import Glibc

/// A connection to PostgreSQL that may be open or not, and what is asked over it, each with a deadline: a server that
/// stopped answering counts as lost, and so does a network that swallows packets. Not Sendable.
final class PostgresLink {
    let address: PostgresAddress
    private let limits: PostgresDatabase.Limits
    private var connection: OpaquePointer?
    private var wasOpen = false

    private var library: LibPQ { address.library }

    init(_ address: PostgresAddress, _ limits: PostgresDatabase.Limits) {
        self.address = address
        self.limits = limits
    }

    deinit { close() }

    var isOpen: Bool { connection != nil }

    /// -1 while it is closed.
    var socket: Int32 { connection.map { library.pointee.socket($0) } ?? -1 }

    /// Connects once, for at most `connectTimeoutS` an address. Fails as `cannotOpen`, and where it had been open
    /// before as `connectionLost`.
    func open() throws(DatabaseFailure) {
        close()
        let doing = "Connecting to \(address.name)"
        let opened = PostgresLink.connect(address, limits)
        guard let opened, library.pointee.status(opened) == CONNECTION_OK else {
            let reason = address.message(opened)
            library.pointee.finish(opened)
            throw DatabaseFailure(wasOpen ? .connectionLost : .cannotOpen, "\(doing): \(reason)")
        }
        // libpq would print the server's notices to standard error.
        _ = library.pointee.set_notice_processor(opened, { _, _ in }, nil)
        _ = library.pointee.set_nonblocking(opened, 1)
        connection = opened
        wasOpen = true
        do { try command(limits.sessionScript) } catch {
            close()
            throw error
        }
    }

    func close() {
        if let connection { library.pointee.finish(connection) }
        connection = nil
    }

    /// Closes it when the server has hung up while nothing was asked, as a restarted one has. Costs one poll(2).
    func closeIfStale() {
        for _ in 0..<PostgresLink.staleReadsMax {
            guard isOpen, isReadable else { return }
            guard readInput() else { return close() }
        }
    }

    /// Reads what the server sent unasked; false when the connection is lost.
    func readInput() -> Bool {
        guard let connection, library.pointee.consume_input(connection) == 1 else { return false }
        // Parses the messages, so that they do not pile up.
        _ = library.pointee.is_busy(connection)
        return library.pointee.status(connection) == CONNECTION_OK
    }

    /// The payloads of the notifications read so far.
    func notifications() -> [String] {
        var payloads: [String] = []
        while let connection, let notification = library.pointee.notifies(connection) {
            payloads.append(notification.pointee.extra.map { String(cString: $0) } ?? "")
            library.pointee.freemem(notification)
        }
        return payloads
    }

    /// Runs SQL that has no parameters: one statement or several.
    @discardableResult
    func command(_ sql: String) throws(DatabaseFailure) -> PostgresResult {
        try exchange(sql) { library, connection in library.pointee.send_query(connection, sql) }
    }

    /// Sends something and waits for its last result. The first failure among the results is thrown.
    func exchange(
        _ sql: String, _ send: (LibPQ, OpaquePointer) -> Int32
    ) throws(DatabaseFailure) -> PostgresResult {
        guard let connection else { throw lost(sql, "the connection was lost before") }
        let deadlineMS = Polling.monotonicMS() + Int64(limits.answerTimeoutMS)
        guard send(library, connection) == 1 else { throw broken(sql, .sql) }
        try flush(connection, sql, deadlineMS)
        var last: PostgresResult?
        var failure: DatabaseFailure?
        while let result = try nextResult(connection, sql, deadlineMS) {
            if failure == nil, let reason = result.failure(doing: sql) { failure = reason }
            if result.isCopy { break }
            last = result
        }
        if let failure {
            // After COPY the connection waits for data, after these failures the server hangs up.
            if last == nil || failure.kind == .connectionLost { close() }
            throw failure
        }
        guard let last else { throw broken(sql, .connectionLost) }
        return last
    }

    // MARK: Bytes

    private func flush(_ connection: OpaquePointer, _ sql: String, _ deadlineMS: Int64) throws(DatabaseFailure) {
        while true {
            switch library.pointee.flush(connection) {
            case 0: return
            case 1:
                // The server may stop reading until its own words are read.
                guard let ready = ready(for: POLLIN | POLLOUT, untilMS: deadlineMS) else { throw silent(sql) }
                guard ready & Int16(POLLIN) == 0 || library.pointee.consume_input(connection) == 1 else {
                    throw broken(sql, .connectionLost)
                }
            default: throw broken(sql, .connectionLost)
            }
        }
    }

    private func nextResult(
        _ connection: OpaquePointer, _ sql: String, _ deadlineMS: Int64
    ) throws(DatabaseFailure) -> PostgresResult? {
        while library.pointee.is_busy(connection) == 1 {
            guard ready(for: POLLIN, untilMS: deadlineMS) != nil else { throw silent(sql) }
            guard library.pointee.consume_input(connection) == 1 else { throw broken(sql, .connectionLost) }
        }
        guard let result = library.pointee.get_result(connection) else { return nil }
        return PostgresResult(result, library)
    }

    private var isReadable: Bool { ready(for: POLLIN, untilMS: 0) != nil }

    private func ready(for events: Int32, untilMS deadlineMS: Int64) -> Int16? {
        var descriptors = [pollfd(fd: socket, events: Int16(events), revents: 0)]
        return Polling.wait(&descriptors, untilMS: deadlineMS) ? descriptors[0].revents : nil
    }

    // MARK: Failures

    /// Closes, and says why.
    private func lost(_ sql: String, _ reason: String) -> DatabaseFailure {
        close()
        return DatabaseFailure(.connectionLost, "\(DatabaseFailure.excerpt(sql)) at \(address.name): \(reason)")
    }

    private func silent(_ sql: String) -> DatabaseFailure {
        lost(sql, "the server gave no answer within answerTimeoutMS, \(limits.answerTimeoutMS) ms")
    }

    /// What libpq says of the connection; `kind` where it is still whole.
    private func broken(_ sql: String, _ kind: DatabaseFailure.Kind) -> DatabaseFailure {
        let reason = address.message(connection)
        guard let connection, kind != .connectionLost, library.pointee.status(connection) == CONNECTION_OK else {
            return lost(sql, reason)
        }
        return DatabaseFailure(kind, "\(DatabaseFailure.excerpt(sql)): \(reason)")
    }

    private static func connect(_ address: PostgresAddress, _ limits: PostgresDatabase.Limits) -> OpaquePointer? {
        // Later ones win: the URL over what stands before it.
        let options: [(String, String)] = [
            ("application_name", "host"), ("connect_timeout", "\(limits.connectTimeoutS)"),
            ("keepalives_idle", "10"), ("keepalives_interval", "5"), ("keepalives_count", "3"),
            ("tcp_user_timeout", "\(limits.answerTimeoutMS)"), ("dbname", address.url), ("client_encoding", "UTF8"),
        ]
        let texts = options.flatMap { [strdup($0.0), strdup($0.1)] }
        defer { for text in texts { free(text) } }
        var keywords = stride(from: 0, to: texts.count, by: 2).map { UnsafePointer(texts[$0]) }
        var values = stride(from: 1, to: texts.count, by: 2).map { UnsafePointer(texts[$0]) }
        keywords.append(nil)
        values.append(nil)
        return address.library.pointee.connect(keywords, values, 1)
    }

    /// What a server that hangs up has to say comes in one read, its end in the next.
    private static let staleReadsMax = 4
}
