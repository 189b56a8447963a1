internal import CSQLite

/// One SQLite connection. Not Sendable: one thread, task or actor owns it.
///
/// Files are opened in WAL mode with durable commits (`synchronous = FULL`), foreign keys are enforced, and the schema
/// is not trusted to call unsafe functions.
///
///     let database = try Database(.memory)
///     try database.execute("create table deal (id integer primary key, title text not null)")
///     try database.execute("insert into deal (title) values (?)", ["Cleaning"])
///     let titles = try database.query("select title from deal") { $0.text(0) }
public final class Database {
    public enum Location: Sendable, Equatable {
        /// Gone when the database is.
        case memory
        /// Made when it does not exist.
        case file(String)
        /// Must exist; never written.
        case readOnlyFile(String)
    }

    public struct Limits: Sendable {
        /// How long a statement waits for another connection's lock.
        public var busyTimeoutMS = 5_000
        /// Prepared statements kept for reuse.
        public var statementsMax = 128
        /// The largest text, blob or row.
        public var valueBytesMax = 64 << 20
        /// The longest SQL statement.
        public var sqlBytesMax = 1 << 20
        /// Whether indexes and views may call functions that SQLite does not count as harmless, such as
        /// `json_extract`. For databases that only this program writes.
        public var trustsSchema = false

        public init() {}
    }

    let handle: OpaquePointer
    private var cache: StatementCache
    var transactionDepth = 0

    public init(_ location: Location, limits: Limits = Limits()) throws(DatabaseFailure) {
        handle = try Database.open(location)
        cache = StatementCache(statementsMax: max(1, limits.statementsMax))
        sqlite3_extended_result_codes(handle, 1)
        sqlite3_busy_timeout(handle, Int32(clamping: limits.busyTimeoutMS))
        sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, Int32(clamping: limits.valueBytesMax))
        sqlite3_limit(handle, SQLITE_LIMIT_SQL_LENGTH, Int32(clamping: limits.sqlBytesMax))
        do {
            // The first statement reads the file's header: here a damaged or foreign file shows.
            let trust = limits.trustsSchema ? "on" : "off"
            try executeScript("pragma foreign_keys = on; pragma trusted_schema = \(trust); pragma schema_version;")
            if case .file = location { try executeScript("pragma journal_mode = wal; pragma synchronous = full;") }
        } catch {
            throw DatabaseFailure(error.kind, code: error.code, "Opening \(location.name): \(error.message)")
        }
    }

    deinit {
        cache.removeAll()
        sqlite3_close_v2(handle)
    }

    /// Runs one statement to its end; rows it may return are ignored.
    public func execute(_ sql: String, _ parameters: [SQLValue] = []) throws(DatabaseFailure) {
        try withStatement(sql, parameters) { statement throws(DatabaseFailure) in
            while try step(statement, sql) {}
        }
    }

    /// Runs several statements separated by `;`, as a schema has them. Nothing is cached and nothing can be bound.
    public func executeScript(_ sql: String) throws(DatabaseFailure) {
        let code = sqlite3_exec(handle, sql, nil, nil, nil)
        guard code == SQLITE_OK else { throw failure(code, sql) }
    }

    /// Every row of a query, each turned into a value by `row`.
    public func query<T>(
        _ sql: String, _ parameters: [SQLValue] = [], _ row: (borrowing Row) throws(DatabaseFailure) -> T
    ) throws(DatabaseFailure) -> [T] {
        try withStatement(sql, parameters) { statement throws(DatabaseFailure) in
            var values: [T] = []
            let fault = RowFault()
            while try step(statement, sql) { values.append(try read(statement, fault, row)) }
            return values
        }
    }

    /// The first row, or nil where there is none; the rest is not computed.
    public func first<T>(
        _ sql: String, _ parameters: [SQLValue] = [], _ row: (borrowing Row) throws(DatabaseFailure) -> T
    ) throws(DatabaseFailure) -> T? {
        try withStatement(sql, parameters) { statement throws(DatabaseFailure) in
            try step(statement, sql) ? try read(statement, RowFault(), row) : nil
        }
    }

    /// Lends each row to `row` without collecting; it returns false to stop early.
    public func forEach(
        _ sql: String, _ parameters: [SQLValue] = [], _ row: (borrowing Row) throws(DatabaseFailure) -> Bool
    ) throws(DatabaseFailure) {
        try withStatement(sql, parameters) { statement throws(DatabaseFailure) in
            let fault = RowFault()
            while try step(statement, sql) {
                // Not `read`: Swift 6.3.1 aborts in release builds when it specializes that for Bool.
                let goesOn = try row(Row(.sqlite(statement), fault))
                if let failure = fault.failure { throw failure }
                guard goesOn else { return }
            }
        }
    }

    /// The rowid of the last insert on this connection, 0 before any.
    public var lastInsertID: Int64 { sqlite3_last_insert_rowid(handle) }

    /// Rows changed by the last insert, update or delete.
    public var changes: Int { Int(sqlite3_changes64(handle)) }

    /// Prepared statements at rest, for tests and diagnostics.
    public var cachedStatementCount: Int { cache.count }

    // MARK: Statements

    private func withStatement<T>(
        _ sql: String, _ parameters: [SQLValue], _ body: (OpaquePointer) throws(DatabaseFailure) -> T
    ) throws(DatabaseFailure) -> T {
        let statement = if let resting = cache.take(sql) { resting } else { try prepare(sql) }
        defer { cache.put(statement, sql) }
        try bind(parameters, to: statement, sql)
        return try body(statement)
    }

    private func prepare(_ sql: String) throws(DatabaseFailure) -> OpaquePointer {
        var statement: OpaquePointer?
        var code = SQLITE_OK
        var hasTail = false
        var text = sql
        text.withUTF8 { utf8 in
            utf8.withMemoryRebound(to: CChar.self) { bytes in
                var tail: UnsafePointer<CChar>?
                code = sqlite3_prepare_v3(
                    handle, bytes.baseAddress, Int32(clamping: bytes.count), UInt32(SQLITE_PREPARE_PERSISTENT),
                    &statement, &tail)
                guard code == SQLITE_OK, let base = bytes.baseAddress, let tail else { return }
                hasTail = bytes[(tail - base)...].contains { !" \n\t\r;\0".utf8.contains(UInt8(bitPattern: $0)) }
            }
        }
        guard code == SQLITE_OK else { throw failure(code, sql) }
        guard let statement, !hasTail else {
            sqlite3_finalize(statement)
            let what = statement == nil ? "holds no statement" : "holds more than one statement: use executeScript"
            throw DatabaseFailure(.sql, "\(DatabaseFailure.excerpt(sql)) \(what).")
        }
        return statement
    }

    private func bind(
        _ parameters: [SQLValue], to statement: OpaquePointer, _ sql: String
    ) throws(DatabaseFailure) {
        let wanted = Int(sqlite3_bind_parameter_count(statement))
        guard wanted == parameters.count else {
            throw DatabaseFailure(
                .sql, "\(DatabaseFailure.excerpt(sql)) has \(wanted) parameters and was given \(parameters.count).")
        }
        for (offset, value) in parameters.enumerated() {
            let code = Database.bind(value, to: statement, at: Int32(offset + 1))
            guard code == SQLITE_OK else { throw failure(code, sql) }
        }
    }

    private static func bind(_ value: SQLValue, to statement: OpaquePointer, at index: Int32) -> Int32 {
        switch value {
        case .null: return sqlite3_bind_null(statement, index)
        case .integer(let integer): return sqlite3_bind_int64(statement, index, integer)
        case .real(let real): return sqlite3_bind_double(statement, index, real)
        case .text(var text):
            return text.withUTF8 { utf8 in
                utf8.withMemoryRebound(to: CChar.self) {
                    // SQLite reads a nil pointer as NULL, and an empty string may have none.
                    $0.isEmpty
                        ? csqlite_bind_text(statement, index, "", 0)
                        : csqlite_bind_text(statement, index, $0.baseAddress, UInt64($0.count))
                }
            }
        case .blob(let bytes):
            return bytes.isEmpty
                ? sqlite3_bind_zeroblob(statement, index, 0)
                : bytes.withUnsafeBytes { csqlite_bind_blob(statement, index, $0.baseAddress, UInt64($0.count)) }
        }
    }

    /// True when a row is ready, false at the end.
    private func step(_ statement: OpaquePointer, _ sql: String) throws(DatabaseFailure) -> Bool {
        switch sqlite3_step(statement) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code: throw failure(code, sql)
        }
    }

    private func read<T>(
        _ statement: OpaquePointer, _ fault: RowFault, _ row: (borrowing Row) throws(DatabaseFailure) -> T
    ) throws(DatabaseFailure) -> T {
        let value = try row(Row(.sqlite(statement), fault))
        if let failure = fault.failure { throw failure }
        return value
    }

    // MARK: Failures

    private func failure(_ code: Int32, _ sql: String) -> DatabaseFailure {
        DatabaseFailure(handle: handle, code: code, doing: DatabaseFailure.excerpt(sql))
    }
}

extension Database {
    /// True between a begin and its commit or rollback, as SQLite sees it.
    public var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }
}
