internal import CSQLite

/// What went wrong with a database, in one sentence that holds no bound value.
public struct DatabaseFailure: Error, Sendable, Equatable, CustomStringConvertible {
    public enum Kind: Sendable, Equatable {
        /// Another process or connection held the lock longer than the busy time-out.
        case busy
        /// The file is no database, or a damaged one.
        case corrupt
        /// A unique, foreign key, check or not-null rule refused the change.
        case constraint
        /// The file or its folder cannot be opened or made.
        case cannotOpen
        /// The file may only be read.
        case readOnly
        /// The disk is full or an I/O operation failed.
        case disk
        /// A column holds another type than the one asked for, or there is no such column.
        case type
        /// A text, a blob or a statement is larger than its limit.
        case tooLarge
        /// The SQL is wrong: a mistake in the program.
        case sql
        /// The server went away, or cannot be reached.
        case connectionLost
    }

    public let kind: Kind
    /// SQLite's extended result code, 0 where SQLite was not asked.
    public let code: Int32
    public let message: String

    public var description: String { message }

    package init(_ kind: Kind, code: Int32 = 0, _ message: String) {
        self.kind = kind
        self.code = code
        self.message = message
    }

    /// Reads the failure that the last call on `handle` left there.
    init(handle: OpaquePointer?, code: Int32, doing what: String) {
        let extended = handle.map { sqlite3_extended_errcode($0) } ?? code
        let reason = handle.map { String(cString: sqlite3_errmsg($0)) } ?? String(cString: sqlite3_errstr(code))
        self.init(Kind(primaryCode: code & 0xff), code: extended, "\(what): \(reason)")
    }
}

extension DatabaseFailure.Kind {
    fileprivate init(primaryCode: Int32) {
        self =
            switch primaryCode {
            case SQLITE_BUSY, SQLITE_LOCKED: .busy
            case SQLITE_CORRUPT, SQLITE_NOTADB: .corrupt
            case SQLITE_CONSTRAINT, SQLITE_MISMATCH: .constraint
            case SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH: .cannotOpen
            case SQLITE_READONLY: .readOnly
            case SQLITE_FULL, SQLITE_IOERR, SQLITE_NOMEM, SQLITE_PROTOCOL: .disk
            case SQLITE_TOOBIG: .tooLarge
            default: .sql
            }
    }
}
