internal import CSQLite

extension DatabaseFailure {
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
