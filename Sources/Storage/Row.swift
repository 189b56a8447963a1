internal import CSQLite

/// The row a query stands on: valid inside the closure it is lent to, and nowhere else.
///
/// The typed readers are strict and yet do not throw, so that a closure stays a plain expression: `text(0)` of a NULL
/// or of an integer gives an empty stand-in, and the query throws a sentence that names the column as soon as the
/// closure returns. The `optional…` readers return nil for NULL. Columns count from 0.
public struct Row: ~Copyable {
    /// SQLite's statement; not looked at where the row is PostgreSQL's.
    let statement: OpaquePointer?
    let postgres: PostgresRow?
    let fault: RowFault

    init(statement: OpaquePointer, fault: RowFault) {
        self.statement = statement
        self.fault = fault
        postgres = nil
    }

    init(postgres: PostgresRow, fault: RowFault) {
        self.postgres = postgres
        self.fault = fault
        statement = nil
    }

    public var count: Int { postgres?.count ?? Int(sqlite3_column_count(statement)) }

    /// The column's name as the query gave it.
    public func name(_ column: Int) -> String {
        if let postgres { return postgres.name(column) }
        guard let name = sqlite3_column_name(statement, Int32(clamping: column)) else { return "" }
        return String(cString: name)
    }

    public func isNull(_ column: Int) -> Bool { type(column) == .null }

    public func integer(_ column: Int) -> Int64 {
        guard holds(column, .integer) else { return 0 }
        if let postgres { return postgres.integer(column) }
        return sqlite3_column_int64(statement, Int32(column))
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
        let isInteger = type(column) == .integer
        guard isInteger || holds(column, .real) else { return 0 }
        if let postgres { return isInteger ? Double(postgres.integer(column)) : postgres.real(column) }
        return sqlite3_column_double(statement, Int32(column))
    }

    /// A text; ill-formed UTF-8 comes back repaired.
    public func text(_ column: Int) -> String {
        withText(column) { String(decoding: $0, as: UTF8.self) }
    }

    public func blob(_ column: Int) -> [UInt8] {
        withBlob(column) { [UInt8]($0) }
    }

    /// A text's UTF-8 bytes as SQLite holds them, not copied; they live as long as `body` runs.
    public func withText<T, Failure: Error>(
        _ column: Int, _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> T
    ) throws(Failure) -> T {
        guard holds(column, .text) else { return try body(UnsafeBufferPointer(start: nil, count: 0)) }
        if let postgres {
            let raw = postgres.bytes(column)
            return try body(
                UnsafeBufferPointer(
                    start: raw.baseAddress?.assumingMemoryBound(to: UInt8.self), count: raw.count))
        }
        let bytes = sqlite3_column_text(statement, Int32(column))
        return try body(UnsafeBufferPointer(start: bytes, count: byteCount(column)))
    }

    /// A blob's bytes as SQLite holds them, not copied; they live as long as `body` runs.
    public func withBlob<T, Failure: Error>(
        _ column: Int, _ body: (UnsafeRawBufferPointer) throws(Failure) -> T
    ) throws(Failure) -> T {
        guard holds(column, .blob) else {
            return try body(UnsafeRawBufferPointer(start: nil, count: 0))
        }
        if let postgres { return try body(postgres.bytes(column)) }
        let bytes = sqlite3_column_blob(statement, Int32(column))
        return try body(UnsafeRawBufferPointer(start: bytes, count: byteCount(column)))
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
        case .integer: .integer(integer(column))
        case .real: .real(real(column))
        case .text: .text(text(column))
        case .blob: .blob(blob(column))
        case .null: .null
        }
    }

    private func type(_ column: Int) -> ColumnType {
        if let postgres { return postgres.type(column) }
        // SQLite's numbers are ColumnType's.
        return ColumnType(rawValue: sqlite3_column_type(statement, Int32(clamping: column))) ?? .null
    }

    private func byteCount(_ column: Int) -> Int { Int(sqlite3_column_bytes(statement, Int32(column))) }

    private func holds(_ column: Int, _ expected: ColumnType) -> Bool {
        guard column >= 0, column < count else {
            fault.note("The row has \(count) columns, there is no column \(column).")
            return false
        }
        let found = type(column)
        guard found != expected else { return true }
        let wanted = expected == .real ? "a number" : expected.noun
        fault.note("Column \(column) (\(name(column))) holds \(found.noun) where \(wanted) was expected.")
        return false
    }
}

/// The first column of a query that was not what its reader asked for.
final class RowFault {
    private(set) var failure: DatabaseFailure?

    func note(_ message: String) {
        if failure == nil { failure = DatabaseFailure(.type, message) }
    }
}
