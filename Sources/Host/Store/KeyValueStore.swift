import Glibc
import Storage
import Synchronization

/// The recipes' durable key-value store: one SQLite file, opened on first use, each recipe's rows apart.
public final class KeyValueStore: Sendable {
    public enum Location: Sendable {
        case memory
        case file(String)
    }

    public static let keyBytesMax = 512
    public static let valueBytesMax = 1 << 20

    private let location: Location
    private let database = Mutex<Opened>(Opened())

    private struct Opened: ~Copyable {
        var database: Database?
    }

    public init(_ location: Location) {
        self.location = location
    }

    func get(_ recipe: String, _ key: String) throws(HostFailure) -> [UInt8]? {
        try use { (database) throws(DatabaseFailure) in try StoredValues.get(recipe, key, in: database) }
    }

    func claim(_ recipe: String, for path: String) throws(HostFailure) {
        let owner = try use { (database) throws(DatabaseFailure) in
            try database.transaction { () throws(DatabaseFailure) -> String in
                try StoredValues.claim(recipe, for: path, in: database)
            }
        }
        guard owner == path else { throw StoredValues.taken(recipe, by: owner) }
    }

    /// Sets or, with nil, deletes.
    func set(_ recipe: String, _ key: String, _ value: [UInt8]?) throws(HostFailure) {
        try use { (database) throws(DatabaseFailure) in try StoredValues.set(recipe, key, value, in: database) }
    }

    /// Writes only while the value is still `expected`; tells whether it did.
    func swap(
        _ recipe: String, _ key: String, expected: [UInt8]?, value: [UInt8]?
    ) throws(HostFailure) -> Bool {
        try use { (database) throws(DatabaseFailure) in
            try database.transaction { () throws(DatabaseFailure) -> Bool in
                try StoredValues.swap(recipe, key, expected: expected, value: value, in: database)
            }
        }
    }

    /// Keys that begin with `prefix`, in byte order.
    func keys(_ recipe: String, prefix: String) throws(HostFailure) -> [String] {
        try use { (database) throws(DatabaseFailure) in try StoredValues.keys(recipe, prefix: prefix, in: database) }
    }

    private func use<T: Sendable>(_ body: (Database) throws(DatabaseFailure) -> T) throws(HostFailure) -> T {
        let result: Result<T, DatabaseFailure> = database.withLock { opened in
            do throws(DatabaseFailure) {
                let database: Database
                if let open = opened.database { database = open } else { database = try open() }
                opened.database = database
                return .success(try body(database))
            } catch {
                return .failure(error)
            }
        }
        switch result {
        case .success(let value): return value
        case .failure(let failure):
            throw HostFailure(.machine, "the store failed: \(failure.message)", hint: "it is \(described)")
        }
    }

    private var described: String {
        switch location {
        case .memory: "in memory"
        case .file(let path): "the file \(path); name another with --store FILE"
        }
    }

    private func open() throws(DatabaseFailure) -> Database {
        let database: Database
        switch location {
        case .memory: database = try Database(.memory)
        case .file(let path):
            let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
            // Customers' data live here: the folder is its owner's alone. An existing one is left as it is.
            if !folder.isEmpty { _ = mkdir(folder, 0o700) }
            database = try Database(.file(path))
        }
        try database.execute(
            "CREATE TABLE IF NOT EXISTS recipe(name TEXT PRIMARY KEY, path TEXT NOT NULL) WITHOUT ROWID")
        try database.execute(
            "CREATE TABLE IF NOT EXISTS store("
                + "recipe TEXT NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL, "
                + "PRIMARY KEY(recipe, key)) WITHOUT ROWID"
        )
        return database
    }
}
