internal import CSQLite

extension Database.Location {
    /// How a message names the database.
    var name: String {
        switch self {
        case .memory: "the database in memory"
        case .file(let path), .readOnlyFile(let path): "the database \(path)"
        }
    }
}

extension Database {
    static func open(_ location: Location) throws(DatabaseFailure) -> OpaquePointer {
        // NOMUTEX: the connection has one owner, SQLite's own lock would be taken for nothing.
        let (path, access) =
            switch location {
            case .memory: (":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)
            case .file(let path): (path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)
            case .readOnlyFile(let path): (path, SQLITE_OPEN_READONLY)
            }
        guard !path.isEmpty, !path.utf8.contains(0) else {
            // SQLite would open a temporary database for an empty name, and another file for one with a NUL.
            throw DatabaseFailure(.cannotOpen, "A database file needs a name without NUL bytes.")
        }
        var handle: OpaquePointer?
        let code = sqlite3_open_v2(path, &handle, access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
        guard code == SQLITE_OK, let handle else {
            let failure = DatabaseFailure(handle: handle, code: code, doing: "Opening \(location.name)")
            sqlite3_close_v2(handle)
            throw failure
        }
        return handle
    }
}
