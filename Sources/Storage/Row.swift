internal import CSQLite

/// The row a query stands on: valid inside the closure it is lent to, and nowhere else.
///
/// The typed readers are strict and yet do not throw, so that a closure stays a plain expression: `text(0)` of a NULL
/// or of an integer gives an empty stand-in, and the query throws a sentence that names the column as soon as the
/// closure returns. The `optional…` readers return nil for NULL. Columns count from 0.
///
/// PostgreSQL's SMALLINT, INTEGER and BIGINT are integers, BOOLEAN is 1 or 0, REAL and DOUBLE PRECISION are reals,
/// TEXT, VARCHAR, CHAR, NAME and JSON are texts, BYTEA is a blob. Cast others, such as the NUMERIC that `sum` makes of
/// BIGINT.
public struct Row: ~Copyable {
    /// A statement of SQLite that stands on the row, or a row of a result that libpq holds.
    enum Source {
        case sqlite(OpaquePointer)
        case postgres(PostgresCells)
    }

    private let source: Source
    private let fault: RowFault

    init(_ source: Source, _ fault: RowFault) {
        self.source = source
        self.fault = fault
    }

    public var count: Int {
        switch source {
        case .sqlite(let statement): Int(sqlite3_column_count(statement))
        case .postgres(let cells): cells.count
        }
    }

    /// The column's name as the query gave it; PostgreSQL has unquoted ones in lower case.
    public func name(_ column: Int) -> String {
        let name: UnsafePointer<CChar>? =
            switch source {
            case .sqlite(let statement): sqlite3_column_name(statement, Int32(clamping: column))
            case .postgres(let cells): cells.name(column)
            }
        return name.map { String(cString: $0) } ?? ""
    }

    public func isNull(_ column: Int) -> Bool { type(column) == SQLITE_NULL }

    public func integer(_ column: Int) -> Int64 {
        guard holds(column, SQLITE_INTEGER, "an integer") else { return 0 }
        return switch source {
        case .sqlite(let statement): sqlite3_column_int64(statement, Int32(column))
        case .postgres(let cells): cells.integer(column)
        }
    }

    public func int(_ column: Int) -> Int {
        Int(integer(column))
    }

    /// True for any integer but 0.
    public func bool(_ column: Int) -> Bool {
        integer(column) != 0
    }

    /// A real; an integer is widened.
    public func real(_ column: Int) -> Double {
        guard type(column) == SQLITE_INTEGER || holds(column, SQLITE_FLOAT, "a number") else { return 0 }
        return switch source {
        case .sqlite(let statement): sqlite3_column_double(statement, Int32(column))
        case .postgres(let cells): cells.real(column)
        }
    }

    /// A text; ill-formed UTF-8 comes back repaired.
    public func text(_ column: Int) -> String {
        withText(column) { String(decoding: $0, as: UTF8.self) }
    }

    public func blob(_ column: Int) -> [UInt8] {
        withBlob(column) { [UInt8]($0) }
    }

    /// A text's UTF-8 bytes as the library holds them, not copied; they live as long as `body` runs.
    public func withText<T, Failure: Error>(
        _ column: Int, _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> T
    ) throws(Failure) -> T {
        guard holds(column, SQLITE_TEXT, "a text") else { return try body(UnsafeBufferPointer(start: nil, count: 0)) }
        switch source {
        case .sqlite(let statement):
            let bytes = sqlite3_column_text(statement, Int32(column))
            let count = Int(sqlite3_column_bytes(statement, Int32(column)))
            return try body(UnsafeBufferPointer(start: bytes, count: count))
        case .postgres(let cells):
            return try body(cells.bytes(column).assumingMemoryBound(to: UInt8.self))
        }
    }

    /// A blob's bytes as the library holds them, not copied; they live as long as `body` runs.
    public func withBlob<T, Failure: Error>(
        _ column: Int, _ body: (UnsafeRawBufferPointer) throws(Failure) -> T
    ) throws(Failure) -> T {
        guard holds(column, SQLITE_BLOB, "a blob") else {
            return try body(UnsafeRawBufferPointer(start: nil, count: 0))
        }
        switch source {
        case .sqlite(let statement):
            let bytes = sqlite3_column_blob(statement, Int32(column))
            let count = Int(sqlite3_column_bytes(statement, Int32(column)))
            return try body(UnsafeRawBufferPointer(start: bytes, count: count))
        case .postgres(let cells):
            return try body(cells.bytes(column))
        }
    }

    public func optionalInteger(_ column: Int) -> Int64? {
        isNull(column) ? nil : integer(column)
    }

    public func optionalInt(_ column: Int) -> Int? {
        isNull(column) ? nil : int(column)
    }

    public func optionalReal(_ column: Int) -> Double? {
        isNull(column) ? nil : real(column)
    }

    public func optionalText(_ column: Int) -> String? {
        isNull(column) ? nil : text(column)
    }

    /// Whatever the column holds.
    public func value(_ column: Int) -> SQLValue {
        switch type(column) {
        case SQLITE_INTEGER: .integer(integer(column))
        case SQLITE_FLOAT: .real(real(column))
        case SQLITE_TEXT: .text(text(column))
        case SQLITE_BLOB: .blob(blob(column))
        case SQLITE_NULL: .null
        default: noValue(column)
        }
    }

    private func noValue(_ column: Int) -> SQLValue {
        _ = holds(column, SQLITE_NULL, "a value")
        return .null
    }

    /// As SQLite numbers them, from 1 to 5; 0 for a type of PostgreSQL that SQLite has nothing like.
    private func type(_ column: Int) -> Int32 {
        switch source {
        case .sqlite(let statement): sqlite3_column_type(statement, Int32(clamping: column))
        case .postgres(let cells): cells.type(column)
        }
    }

    private func holds(_ column: Int, _ expected: Int32, _ noun: String) -> Bool {
        guard column >= 0, column < count else {
            fault.note("The row has \(count) columns, there is no column \(column).")
            return false
        }
        let found = type(column)
        guard found != expected else { return true }
        let what = [Row.foreignType, "an integer", "a real", "a text", "a blob", "NULL"][Int(found)]
        fault.note("Column \(column) (\(name(column))) holds \(what) where \(noun) was expected.")
        return false
    }

    private static let foreignType = "a type that is not read here (cast it to BIGINT, DOUBLE PRECISION or TEXT)"
}

/// The first column of a query that was not what its reader asked for.
final class RowFault {
    private(set) var failure: DatabaseFailure?

    func note(_ message: String) {
        if failure == nil { failure = DatabaseFailure(.type, message) }
    }
}
