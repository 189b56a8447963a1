import Cryptography
import Glibc
import Net
import Storage
import Synchronization

/// Where a store is.
public enum StoreLocation: Sendable, Equatable {
    /// A SQLite file, for one `host serve` at a time.
    case file(String)
    /// A PostgreSQL database by its URL, which may hold a password, for any number of processes.
    case postgres(String)

    public init(_ text: String) {
        self = text.hasPrefix("postgres://") || text.hasPrefix("postgresql://") ? .postgres(text) : .file(text)
    }

    /// Fit to be shown: without a password.
    public var described: String {
        switch self {
        case .file(let path): return "the file \(path)"
        case .postgres(let url):
            let rest = url.drop { $0 != "/" }.drop { $0 == "/" }
            let place = rest.split(separator: "@", maxSplits: 1).last ?? rest
            return "the PostgreSQL database \(place.prefix { $0 != "?" })"
        }
    }
}

/// The store of `host serve`: inbox, runs, journal, timers and the recipes' values, in one database.
///
/// Everything goes through one thread (`StoreThread`), so that what happens at the same time shares a commit.
final class HostStore: Sendable {
    let location: StoreLocation
    let thread: StoreThread
    let sealer: PayloadSealer
    /// This process among those that share the store.
    let owner: TimeOrderedID
    /// Holds the lock of a file; the system lets go of it too when the process dies, whatever of.
    private let lockDescriptor: Mutex<Int32?>

    /// - Parameter isServing: takes part in the work: of a SQLite store only one process may.
    init(_ location: StoreLocation, key: GrantKey, isServing: Bool, nowMS: Int64) throws(HostFailure) {
        self.location = location
        owner = TimeOrderedID.next(nowMS: nowMS)
        let master = try key.load(creates: true)
        let owner = owner.value
        if isServing, case .file(let path) = location {
            lockDescriptor = Mutex(try Self.lock(path))
        } else {
            lockDescriptor = Mutex(nil)
        }
        let made = Monitor<Result<PayloadSealer, StoreFailure>?>(nil)
        do throws(DatabaseFailure) {
            thread = try StoreThread { () throws(DatabaseFailure) in
                let connection = try Self.connect(location)
                do throws(StoreFailure) {
                    try StoreSchema.migrate(connection)
                    let sealer = try PayloadSealer(master, in: connection, id: owner)
                    made.withLock { $0 = .success(sealer) }
                } catch {
                    made.withLock { $0 = .failure(error) }
                }
                return connection
            }
        } catch {
            throw StoreFailure(error).described(location.described)
        }
        switch made.withLock({ $0 }) {
        case .success(let sealer): self.sealer = sealer
        case .failure(let failure): throw failure.described(location.described)
        case nil: throw HostFailure(.machine, "the store did not open", hint: "it is \(location.described)")
        }
    }

    deinit { unlock() }

    /// Writes what was asked for, and closes.
    func close() {
        let owner = owner
        // Others need not wait until it is taken for dead.
        thread.post { (database) throws(DatabaseFailure) in try ProcessTable.leave(owner, in: database) }
        thread.close()
        unlock()
    }

    private func unlock() {
        let descriptor = lockDescriptor.withLock { descriptor in
            defer { descriptor = nil }
            return descriptor
        }
        if let descriptor { Glibc.close(descriptor) }
    }

    /// Does `body` in the next commit.
    func result<T: Sendable>(
        of body: @escaping @Sendable (any SQLConnection) throws(DatabaseFailure) -> T
    ) async throws(HostFailure) -> T {
        do throws(DatabaseFailure) {
            return try await thread.result(of: body)
        } catch {
            throw StoreFailure(error).described(location.described)
        }
    }

    /// Opens what was sealed, on the store's thread.
    func opened(
        _ sealed: [UInt8], _ context: StaticString, _ connection: any SQLConnection
    ) throws(DatabaseFailure) -> [UInt8] {
        do throws(StoreFailure) {
            return try sealer.open(sealed, context, connection)
        } catch {
            throw DatabaseFailure(.corrupt, error.described(location.described).message)
        }
    }

    private static func connect(_ location: StoreLocation) throws(DatabaseFailure) -> any SQLConnection {
        switch location {
        case .file(let path):
            let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
            // Customers' data live here: the folder is its owner's alone. An existing one is left as it is.
            if !folder.isEmpty { _ = mkdir(folder, 0o700) }
            return try Database(.file(path))
        case .postgres(let url): return try PostgresDatabase(url)
        }
    }

    /// The descriptor holds the lock.
    private static func lock(_ path: String) throws(HostFailure) -> Int32 {
        let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        if !folder.isEmpty { _ = mkdir(folder, 0o700) }
        let descriptor = open(path + ".lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw HostFailure(
                .machine, "\(path).lock cannot be made: \(String(cString: strerror(errno)))",
                hint: "the folder of the store must be writable")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            Glibc.close(descriptor)
            throw HostFailure(
                .configuration, "another host serves from \(path)",
                hint: "stop it first, or give this one a store of its own; several share one on PostgreSQL only")
        }
        return descriptor
    }
}
