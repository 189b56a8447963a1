/// One connection to a PostgreSQL server, version 12 or newer. Not Sendable: one thread, task or actor owns it.
///
///     let database = try PostgresDatabase("postgres://host@db.example.com/host?sslmode=verify-full")
///     try database.run("insert into job (name) values (?)", ["mail"])
///     let names = try database.query("select name from job") { $0.text(0) }
///
/// A connection that is found lost fails the call that finds it, unless nothing had been sent yet; the next call
/// outside a transaction connects again, once and with a time-out. What the rest of a lost transaction's body asks for
/// fails as `connectionLost` too.
///
/// The whole result of a query is in memory until its rows are read: bound it by LIMIT.
public final class PostgresDatabase {
    public struct Limits: Sendable {
        /// How long each of the server's addresses may take to let us in; 2 at least.
        public var connectTimeoutS = 5
        /// How long the server works on a statement.
        public var statementTimeoutMS = 30_000
        /// How long a statement waits for another connection's lock.
        public var lockTimeoutMS = 5_000
        /// How long a transaction may be open with nothing asked; then the server ends it, and its locks with it.
        public var idleInTransactionTimeoutMS = 30_000
        /// How much longer than `statementTimeoutMS` an answer may be on its way.
        public var answerGraceMS = 5_000
        /// Prepared statements kept for reuse.
        public var statementsMax = 128
        /// The largest text or blob to bind.
        public var valueBytesMax = 64 << 20
        /// The longest SQL statement.
        public var sqlBytesMax = 1 << 20

        public init() {}

        /// From the first byte sent to the last one received.
        var answerTimeoutMS: Int { statementTimeoutMS + answerGraceMS }

        /// What a session starts with. The server's own keepalives let go of the locks of a machine that vanished.
        var sessionScript: String {
            """
            set statement_timeout = \(statementTimeoutMS); set lock_timeout = \(lockTimeoutMS);
            set idle_in_transaction_session_timeout = \(idleInTransactionTimeoutMS);
            set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3;
            set client_min_messages = warning; set standard_conforming_strings = on
            """
        }
    }

    let link: PostgresLink
    var transactionDepth = 0
    private let limits: Limits
    private var statements: PostgresStatements

    /// Connects. The URL is `postgres://user:password@host:port/database`, with libpq's options as its query: `sslmode`
    /// (`prefer` where it is not given: encrypted if the server can, unchecked), `sslrootcert`, `host` of a Unix socket
    /// and others.
    public init(_ url: String, limits: Limits = Limits()) throws(DatabaseFailure) {
        link = PostgresLink(try PostgresAddress(url), limits)
        self.limits = limits
        statements = PostgresStatements(statementsMax: limits.statementsMax)
        try link.open()
    }

    /// Prepared statements at rest, for tests and diagnostics.
    public var cachedStatementCount: Int { statements.count }

    /// Makes the connection ready for the next statement: outside a transaction by a new one, if need be.
    func makeReady() throws(DatabaseFailure) {
        guard transactionDepth == 0 else { return }
        link.closeIfStale()
        guard !link.isOpen else { return }
        statements.removeAll()
        try link.open()
    }

    private func perform(_ sql: String, _ parameters: [SQLValue]) throws(DatabaseFailure) -> PostgresResult {
        try makeReady()
        let statement = if let known = statements.find(sql) { known } else { try prepare(sql) }
        guard statement.parameters.count == parameters.count else {
            let (has, given) = (statement.parameters.count, parameters.count)
            throw DatabaseFailure(.sql, "\(DatabaseFailure.excerpt(sql)) has \(has) parameters and was given \(given).")
        }
        let bound = try PostgresParameters(
            parameters, expected: statement.parameters, bytesMax: limits.valueBytesMax, sql)
        do {
            return try link.exchange(sql) { library, connection in
                bound.withPointers { values, lengths, formats in
                    library.pointee.send_query_prepared(
                        connection, statement.name, Int32(values.count), values, lengths, formats, 1)
                }
            }
        } catch {
            // The table has changed, or something between us and the server has dropped the statement.
            if ["0A000", "26000"].contains(error.sqlState) { statements.forget(sql) }
            throw error
        }
    }

    private func prepare(_ sql: String) throws(DatabaseFailure) -> PostgresStatements.Prepared {
        try checkSize(sql)
        if let oldest = statements.takeOldestIfFull() { try link.command("deallocate \(oldest)") }
        let name = statements.newName()
        let numbered = PostgresPlaceholders.numbered(sql)
        _ = try link.exchange(sql) { $0.pointee.send_prepare($1, name, numbered, 0, nil) }
        let described = try link.exchange(sql) { $0.pointee.send_describe_prepared($1, name) }
        return statements.keep(sql, as: name, parameters: described.parameterTypes)
    }

    private func checkSize(_ sql: String) throws(DatabaseFailure) {
        guard sql.utf8.count <= limits.sqlBytesMax else {
            throw DatabaseFailure(
                .tooLarge, "A statement has \(sql.utf8.count) bytes, more than sqlBytesMax, \(limits.sqlBytesMax).")
        }
        guard !sql.utf8.contains(0) else { throw DatabaseFailure(.sql, "A statement holds a NUL byte.") }
    }
}

extension PostgresDatabase: SQLConnection {
    public var dialect: SQLDialect { .postgres }

    @discardableResult
    public func run(_ sql: String, _ parameters: [SQLValue]) throws(DatabaseFailure) -> Int {
        try perform(sql, parameters).changes
    }

    /// The statements are one transaction unless they say otherwise, and each has `statementTimeoutMS`.
    public func executeScript(_ sql: String) throws(DatabaseFailure) {
        try checkSize(sql)
        try makeReady()
        try link.command(sql)
        // Scripts change tables, and statements prepared for the old ones would fail once.
        statements.removeAll()
        try link.command("deallocate all")
    }

    public func query<T>(
        _ sql: String, _ parameters: [SQLValue], _ row: (borrowing Row) throws(DatabaseFailure) -> T
    ) throws(DatabaseFailure) -> [T] {
        let result = try perform(sql, parameters)
        return try withExtendedLifetime(result) { () throws(DatabaseFailure) in
            var values: [T] = []
            values.reserveCapacity(result.rowCount)
            let fault = RowFault()
            for index in 0..<result.rowCount {
                values.append(try row(Row(.postgres(result.cells(index)), fault)))
                if let failure = fault.failure { throw failure }
            }
            return values
        }
    }

    /// Read committed, unless the server is set up otherwise. After a statement failed, PostgreSQL refuses all others
    /// of the transaction up to its end, or the end of the inner one it failed in: put what may fail into one of its
    /// own.
    public func transaction<T>(_ body: () throws(DatabaseFailure) -> T) throws(DatabaseFailure) -> T {
        let depth = transactionDepth
        try makeReady()
        try link.command(depth == 0 ? "begin" : "savepoint level\(depth)")
        transactionDepth += 1
        defer { transactionDepth -= 1 }
        do {
            let value = try body()
            try commit(depth)
            return value
        } catch {
            rollBack(depth)
            throw error
        }
    }

    private func commit(_ depth: Int) throws(DatabaseFailure) {
        guard depth == 0 else {
            try link.command("release level\(depth)")
            return
        }
        // PostgreSQL answers the commit of a transaction in which something failed with a rollback, and no failure.
        guard try link.command("commit").tag == "COMMIT" else {
            throw DatabaseFailure(
                .sql,
                "A transaction was rolled back instead of committed: a statement in it had failed, and its failure was "
                    + "caught in the body. Put what may fail into a transaction of its own.")
        }
    }

    /// Where even that fails, the connection is closed, and the server undoes the transaction.
    private func rollBack(_ depth: Int) {
        guard link.isOpen else { return }
        do {
            try link.command(depth == 0 ? "rollback" : "rollback to level\(depth); release level\(depth)")
        } catch {
            link.close()
        }
    }
}
