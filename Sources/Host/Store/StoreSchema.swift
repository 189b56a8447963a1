import Storage

/// The tables of a store, and how a store of an older version becomes one of this version.
///
/// Times are milliseconds since 1970. Identifiers are `TimeOrderedID`s, so that hot tables grow at their end. What may
/// hold customers' data is sealed (`PayloadSealer`): `payload`, `reply`.
enum StoreSchema {
    /// The version that this program writes.
    static let version = migrations.count

    /// What makes version n+1 of version n. A migration that a release has shipped is never changed.
    private static let migrations: [@Sendable (SQLDialect) -> String] = [
        { dialect in
            """
            CREATE TABLE IF NOT EXISTS recipe(name TEXT PRIMARY KEY, path TEXT NOT NULL);
            CREATE TABLE IF NOT EXISTS store(
                recipe TEXT NOT NULL, key TEXT NOT NULL, value \(dialect.blobType) NOT NULL, PRIMARY KEY(recipe, key));
            CREATE TABLE data_key(id BIGINT PRIMARY KEY, sealed \(dialect.blobType) NOT NULL);
            CREATE TABLE process(
                id BIGINT PRIMARY KEY, name TEXT NOT NULL, started_ms BIGINT NOT NULL, lease_ms BIGINT NOT NULL);
            CREATE TABLE event(
                id BIGINT PRIMARY KEY, state BIGINT NOT NULL, due_ms BIGINT NOT NULL, lane BIGINT NOT NULL,
                portal TEXT NOT NULL, name TEXT NOT NULL, recipe TEXT, source TEXT NOT NULL, digest BIGINT,
                received_ms BIGINT NOT NULL, owner BIGINT NOT NULL, payload \(dialect.blobType) NOT NULL);
            CREATE INDEX event_open ON event(due_ms, id) WHERE state < 2;
            CREATE INDEX event_claimed ON event(owner) WHERE state = 1;
            CREATE TABLE run(
                id BIGINT PRIMARY KEY, event BIGINT NOT NULL, recipe TEXT NOT NULL, code BIGINT NOT NULL,
                event_name TEXT NOT NULL, portal TEXT NOT NULL, state BIGINT NOT NULL, attempt BIGINT NOT NULL,
                started_ms BIGINT NOT NULL, ended_ms BIGINT, due_ms BIGINT, worked_ms BIGINT NOT NULL,
                seed BIGINT NOT NULL, steps BIGINT NOT NULL, reads BIGINT NOT NULL, writes BIGINT NOT NULL,
                reply \(dialect.blobType), failure TEXT, owner BIGINT NOT NULL);
            CREATE INDEX run_event ON run(event);
            CREATE INDEX run_due ON run(due_ms) WHERE due_ms IS NOT NULL;
            CREATE INDEX run_failed ON run(state, id) WHERE state >= 5;
            CREATE TABLE journal(
                run BIGINT NOT NULL, step BIGINT NOT NULL, name TEXT NOT NULL, what TEXT NOT NULL,
                print BIGINT NOT NULL, state BIGINT NOT NULL, at_ms BIGINT NOT NULL, took_ms BIGINT NOT NULL,
                size BIGINT NOT NULL,
                operating DOUBLE PRECISION, failed BIGINT NOT NULL, payload \(dialect.blobType),
                PRIMARY KEY(run, step));
            CREATE TABLE code(id BIGINT PRIMARY KEY, payload \(dialect.blobType) NOT NULL);
            CREATE TABLE schedule(
                recipe TEXT NOT NULL, place BIGINT NOT NULL, spec TEXT NOT NULL, last_ms BIGINT NOT NULL,
                PRIMARY KEY(recipe, place));
            CREATE TABLE portal(name TEXT PRIMARY KEY, member_id TEXT, token \(dialect.blobType), drained_ms BIGINT);
            """
        }
    ]

    /// Brings a store to this version; refuses one that a newer program has written.
    static func migrate(_ connection: any SQLConnection) throws(StoreFailure) {
        let found: Int?
        do throws(DatabaseFailure) {
            try connection.run("CREATE TABLE IF NOT EXISTS host_schema(version BIGINT NOT NULL)")
            found = try connection.query("SELECT version FROM host_schema") { $0.int(0) }.first
        } catch {
            throw StoreFailure(error)
        }
        let from = found ?? 0
        guard from <= version else { throw .newer(from) }
        guard from < version else { return }
        do throws(DatabaseFailure) {
            try connection.transaction { () throws(DatabaseFailure) in
                // A second process that came here at the same time waits for the lock, and then finds the work done.
                if connection.dialect == .postgres { try connection.run("LOCK TABLE host_schema IN EXCLUSIVE MODE") }
                let now = try connection.query("SELECT version FROM host_schema") { $0.int(0) }.first
                guard (now ?? 0) == from else { return }
                for migration in migrations[from...] { try connection.executeScript(migration(connection.dialect)) }
                if now == nil {
                    try connection.run("INSERT INTO host_schema(version) VALUES (?)", [SQLValue(version)])
                } else {
                    try connection.run("UPDATE host_schema SET version = ?", [SQLValue(version)])
                }
            }
        } catch {
            throw StoreFailure(error)
        }
    }
}

/// Why a store cannot be used.
enum StoreFailure: Error, Sendable {
    case database(DatabaseFailure)
    /// Written by a newer program, in this version.
    case newer(Int)
    case host(HostFailure)

    init(_ failure: DatabaseFailure) { self = .database(failure) }

    func described(_ place: String) -> HostFailure {
        switch self {
        case .database(let failure):
            HostFailure(.machine, "the store failed: \(failure.message)", hint: "it is \(place)")
        case .newer(let version):
            HostFailure(
                .configuration,
                "the store was written by a newer host: its schema is \(version), this host knows "
                    + "\(StoreSchema.version)",
                hint:
                    "run the newer host, or put back the backup that was made before the upgrade; the store is \(place)"
            )
        case .host(let failure): failure
        }
    }
}
