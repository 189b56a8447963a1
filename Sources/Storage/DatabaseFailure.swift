/// What went wrong with a database, in one sentence that holds no bound value and no password.
public struct DatabaseFailure: Error, Sendable, Equatable, CustomStringConvertible {
    public enum Kind: Sendable, Equatable {
        /// Another process or connection held a lock longer than the time-out, or changed the same rows first
        /// (PostgreSQL's deadlocks and serialization failures). The whole transaction may be tried again.
        case busy
        /// The statement ran longer than its time-out, and did nothing. PostgreSQL only.
        case timedOut
        /// The database is damaged, or the file is none.
        case corrupt
        /// A unique, foreign key, check or not-null rule refused the change.
        case constraint
        /// The file or its folder cannot be opened or made; the server cannot be reached, or lets nobody in; libpq is
        /// not installed.
        case cannotOpen
        /// The connection to the server broke. What was in a transaction is undone; what was being committed, or done
        /// outside a transaction, may have happened or not. The next call outside a transaction connects again.
        case connectionLost
        /// The database may only be read.
        case readOnly
        /// The disk or the memory is full, or an I/O operation failed.
        case disk
        /// A column holds another type than the one asked for, there is no such column, or PostgreSQL's column or
        /// parameter cannot take the value.
        case type
        /// A text, a blob or a statement is larger than its limit.
        case tooLarge
        /// The SQL is wrong: a mistake in the program.
        case sql
    }

    public let kind: Kind
    /// SQLite's extended result code, 0 where SQLite was not asked.
    public let code: Int32
    /// PostgreSQL's five characters, such as `23505`; empty where PostgreSQL gave none.
    public let sqlState: String
    public let message: String

    public var description: String { message }

    package init(_ kind: Kind, code: Int32 = 0, sqlState: String = "", _ message: String) {
        self.kind = kind
        self.code = code
        self.sqlState = sqlState
        self.message = message
    }

    /// The start of a statement for a message: SQL text only, bound values are not in it.
    static func excerpt(_ sql: String) -> String {
        let flat = sql.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return flat.count <= excerptCharactersMax ? "“\(flat)”" : "“\(flat.prefix(excerptCharactersMax))…”"
    }

    private static let excerptCharactersMax = 120
}
