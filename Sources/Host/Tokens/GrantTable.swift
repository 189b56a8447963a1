import Bitrix24
import Cryptography
import Glibc
import Storage
import Wire

/// One row: what may be read without the key, and the sealed rest.
struct GrantRow {
    let memberID: String
    let clientID: String
    let portal: String
    let generation: Int64
    let renewedAtMS: Int64?
    let isRefused: Bool
    let leaseOwner: String?
    let leaseUntilMS: Int64
    let sealed: [UInt8]

    /// The context ties what is sealed to its row: swapped rows do not open.
    static func context(memberID: String, clientID: String) -> [UInt8] {
        Array("oauth_grant \(memberID) \(clientID)".utf8)
    }

    func opened(_ key: SealingKey) throws(GrantStoreFailure) -> StoredGrant {
        let bytes: [UInt8]
        do throws(CryptographyFailure) {
            bytes = try key.open(sealed, context: Self.context(memberID: memberID, clientID: clientID))
        } catch {
            throw .unopened(self, error.message)
        }
        guard let form = (try? JSONValue(parsing: bytes))?.objectValue, let grant = Grant(sealedForm: form) else {
            throw .unopened(self, "what is sealed is no grant of this version")
        }
        return StoredGrant(grant, generation: generation, renewedAtMS: renewedAtMS)
    }
}

/// The table of grants in one open database.
final class GrantTable {
    private let database: Database

    init(_ path: String) throws(GrantStoreFailure) {
        let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        // The folder is its owner's alone, as the recipes' values in the same file want it.
        if !folder.isEmpty { _ = mkdir(folder, 0o700) }
        do throws(DatabaseFailure) {
            database = try Database(.file(path))
            try database.execute(
                """
                CREATE TABLE IF NOT EXISTS oauth_grant(
                    member_id TEXT NOT NULL, client_id TEXT NOT NULL, portal TEXT NOT NULL, generation INTEGER NOT NULL,
                    renewed_at_ms INTEGER, is_refused INTEGER NOT NULL DEFAULT 0, lease_owner TEXT,
                    lease_until_ms INTEGER NOT NULL DEFAULT 0, sealed BLOB NOT NULL,
                    PRIMARY KEY(member_id, client_id)) WITHOUT ROWID
                """)
        } catch {
            throw .database(error)
        }
    }

    /// How many rows changed.
    @discardableResult
    func execute(_ sql: String, _ parameters: [SQLValue]) throws(GrantStoreFailure) -> Int {
        do throws(DatabaseFailure) {
            try database.execute(sql, parameters)
            return database.changes
        } catch {
            throw .database(error)
        }
    }

    func row(_ id: GrantID) throws(GrantStoreFailure) -> GrantRow? {
        try rows("WHERE member_id = ? AND client_id = ?", id.columns).first
    }

    func rows(_ condition: String, _ parameters: [SQLValue]) throws(GrantStoreFailure) -> [GrantRow] {
        do throws(DatabaseFailure) {
            return try database.query(
                """
                SELECT member_id, client_id, portal, generation, renewed_at_ms, is_refused, lease_owner, lease_until_ms,
                    sealed
                FROM oauth_grant \(condition)
                """, parameters
            ) { row in
                GrantRow(
                    memberID: row.text(0), clientID: row.text(1), portal: row.text(2), generation: row.integer(3),
                    renewedAtMS: row.optionalInteger(4), isRefused: row.bool(5), leaseOwner: row.optionalText(6),
                    leaseUntilMS: row.integer(7), sealed: row.blob(8))
            }
        } catch {
            throw .database(error)
        }
    }

    func transaction<T>(_ body: () throws(GrantStoreFailure) -> T) throws(GrantStoreFailure) -> T {
        try database.transaction(failingAs: GrantStoreFailure.database, body)
    }
}

extension Grant {
    func sealed(with key: SealingKey) throws(GrantStoreFailure) -> [UInt8] {
        do throws(CryptographyFailure) {
            return try key.seal(
                JSONValue.object(sealedForm).encoded(),
                context: GrantRow.context(memberID: memberID, clientID: application.clientID))
        } catch {
            throw .sealing(error.message)
        }
    }
}

/// Why the store of grants could not do what it was asked to.
enum GrantStoreFailure: Error {
    case database(DatabaseFailure)
    case sealing(String)
    case unopened(GrantRow, String)

    func hostFailure(_ path: String) -> HostFailure {
        switch self {
        case .database(let failure):
            HostFailure(
                .machine, "the store of grants failed: \(failure.message)",
                hint: "it is the file \(path); name another with HOST_STORE")
        case .sealing(let message): HostFailure(.machine, "the grant cannot be sealed: \(message)")
        case .unopened(let row, let message):
            HostFailure(
                .configuration, "the stored grant of \(row.portal) cannot be opened: \(message)",
                hint: "set HOST_KEY or HOST_KEY_FILE to the key it was sealed with; if that is lost, "
                    + "'host auth forget \(row.memberID)' and authorise anew")
        }
    }
}

extension Timestamp {
    var unixMilliseconds: Int64 { unixSeconds * 1000 + Int64(nanoseconds) / 1_000_000 }
}
