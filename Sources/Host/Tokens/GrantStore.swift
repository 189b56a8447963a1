public import Bitrix24
import Cryptography
import Glibc
import Storage
import Synchronization
import Wire

/// Which grant: one portal may grant to several applications.
public struct GrantID: Sendable, Hashable {
    public let memberID: String
    public let clientID: String

    init(_ grant: Grant) {
        memberID = grant.memberID
        clientID = grant.application.clientID
    }

    init(_ row: GrantRow) {
        memberID = row.memberID
        clientID = row.clientID
    }

    var columns: [SQLValue] { [.text(memberID), .text(clientID)] }
}

/// The portals' grants at rest: rows of the host's store, sealed with a key that lies elsewhere.
///
/// Processes on one machine share it. A row's generation counts its pairs of tokens, so that nobody overwrites a newer
/// pair; its lease says who is renewing it, and until when.
public final class GrantStore: Sendable {
    /// The file.
    public let path: String
    private let keySource: GrantKey
    private let opened = Mutex<Opened>(Opened())
    private let clock: @Sendable () -> Int64

    private struct Opened: ~Copyable {
        var table: GrantTable?
        var key: SealingKey?
    }

    /// - Parameters:
    ///   - path: a SQLite file, made by the first grant.
    ///   - clock: milliseconds since 1970; nil is the machine's.
    public init(_ path: String, key: GrantKey, clock: (@Sendable () -> Int64)? = nil) {
        self.path = path
        self.clock = clock ?? { WallClock.now().unixMilliseconds }
        keySource = key
    }

    var nowMS: Int64 { clock() }

    // -- For people ---------------------------------------------------------------------------------------------------

    /// Keeps what a person has authorised, in place of what there was; whoever still uses that one finds the new one.
    ///
    /// - Throws: when the store's grants were sealed with another key: a store has one.
    public func put(_ grant: Grant) throws(HostFailure) {
        let id = GrantID(grant)
        let rows = try read { (table) throws(GrantStoreFailure) in try table.rows("", []) }
        try use(createsKey: rows.isEmpty) { (table, key) throws(GrantStoreFailure) in
            if let row = rows.first, !rows.contains(where: { (try? $0.opened(key)) != nil }) { _ = try row.opened(key) }
            let sealed = try grant.sealed(with: key)
            try table.execute(
                """
                INSERT INTO oauth_grant(member_id, client_id, portal, generation, sealed) VALUES (?, ?, ?, 1, ?)
                ON CONFLICT(member_id, client_id) DO UPDATE SET portal = excluded.portal, sealed = excluded.sealed,
                    generation = generation + 1, renewed_at_ms = NULL, is_refused = 0, lease_owner = NULL
                """, id.columns + [.text(grant.portal), .blob(sealed)])
        }
    }

    /// All grants, or those of a portal by its address or member_id, or of an application by its client_id.
    public func grants(named name: String? = nil) throws(HostFailure) -> [StoredGrant] {
        let rows = try rows(named: name)
        // A store without grants needs no key.
        guard !rows.isEmpty else { return [] }
        return try use { (_, key) throws(GrantStoreFailure) in
            try rows.map { (row) throws(GrantStoreFailure) in try row.opened(key) }
        }
    }

    /// What `grants` would open, by what may be read without the key.
    public func names(named name: String? = nil) throws(HostFailure) -> [(id: GrantID, portal: String)] {
        try rows(named: name).map { (GrantID($0), $0.portal) }
    }

    /// Needs no key: what cannot be opened any more can be forgotten. False when there was none.
    @discardableResult
    public func forget(_ id: GrantID) throws(HostFailure) -> Bool {
        try read { (table) throws(GrantStoreFailure) in
            try table.execute("DELETE FROM oauth_grant WHERE member_id = ? AND client_id = ?", id.columns) > 0
        }
    }

    private func rows(named name: String?) throws(HostFailure) -> [GrantRow] {
        // Looking for a grant makes no files.
        guard access(path, F_OK) == 0 else { return [] }
        let origins = name.map(PortalAddress.origins) ?? []
        return try read { (table) throws(GrantStoreFailure) in
            try table.rows(
                "WHERE ?1 IS NULL OR member_id = ?1 OR client_id = ?1 OR portal IN (?2, ?3) ORDER BY portal",
                [SQLValue(name), SQLValue(origins.first), SQLValue(origins.dropFirst().first)])
        }
    }

    // -- For renewals -------------------------------------------------------------------------------------------------

    /// What there is to do about an expired pair of the generation `expired`. The lease, once given, belongs to `owner`
    /// for `leaseMS`; asking again prolongs it.
    func claim(
        _ id: GrantID, after expired: Int64, owner: String, leaseMS: Int64
    ) throws(HostFailure) -> RenewalClaim {
        try use { (table, key) throws(GrantStoreFailure) in
            // Who waits looks every few milliseconds: that takes no lock from those who write.
            if let claim = try verdict(id, expired, owner, leaseMS, table, key) { return claim }
            return try table.transaction {
                () throws(GrantStoreFailure) -> RenewalClaim in
                if let claim = try verdict(id, expired, owner, leaseMS, table, key) { return claim }
                guard let row = try table.row(id) else { return .missing }
                try table.execute(
                    "UPDATE oauth_grant SET lease_owner = ?, lease_until_ms = ? WHERE member_id = ? AND client_id = ?",
                    [.text(owner), .integer(nowMS + leaseMS)] + id.columns)
                return .leased(try row.opened(key), afterLoss: row.leaseOwner.map { $0 != owner } ?? false)
            }
        }
    }

    /// Nil when the lease can be had.
    private func verdict(
        _ id: GrantID, _ expired: Int64, _ owner: String, _ leaseMS: Int64, _ table: GrantTable, _ key: SealingKey
    ) throws(GrantStoreFailure) -> RenewalClaim? {
        guard let row = try table.row(id) else { return .missing }
        guard row.generation == expired else { return .renewed(try row.opened(key)) }
        if row.isRefused { return .refused }
        // Read after the row: a time from before a wait for the lock would make a lease given meanwhile look like one
        // of a clock that has been set back.
        let nowMS = nowMS
        // A lease that ends later than any that is given now was given by a clock that has been set back.
        guard let holder = row.leaseOwner, holder != owner, row.leaseUntilMS > nowMS,
            row.leaseUntilMS <= nowMS + leaseMS
        else { return nil }
        return .held
    }

    /// Stores a new pair durably and ends the lease; nil when the generation is no longer the one replaced.
    func replace(_ grant: Grant, generation: Int64) throws(HostFailure) -> StoredGrant? {
        let id = GrantID(grant)
        let now = nowMS
        return try use { (table, key) throws(GrantStoreFailure) in
            let sealed = try grant.sealed(with: key)
            let changes = try table.execute(
                """
                UPDATE oauth_grant SET portal = ?, sealed = ?, generation = generation + 1, renewed_at_ms = ?,
                    lease_owner = NULL, is_refused = 0
                WHERE member_id = ? AND client_id = ? AND generation = ?
                """,
                [.text(grant.portal), .blob(sealed), .integer(now)] + id.columns + [.integer(generation)])
            guard changes == 1 else { return nil }
            return StoredGrant(grant, generation: generation + 1, renewedAtMS: now)
        }
    }

    /// Ends the lease of who gives up. A pair that was refused for good is marked: nobody asks with it again.
    func release(_ id: GrantID, owner: String, generation: Int64, isRefused: Bool) throws(HostFailure) {
        try use { (table, _) throws(GrantStoreFailure) -> Void in
            try table.execute(
                """
                UPDATE oauth_grant SET lease_owner = NULL, is_refused = max(is_refused, ?)
                WHERE member_id = ? AND client_id = ? AND lease_owner = ? AND generation = ?
                """, [SQLValue(isRefused)] + id.columns + [.text(owner), .integer(generation)])
        }
    }

    /// Remembers a portal's new address, whatever pair it has by now.
    func move(_ id: GrantID, from old: String, to new: String) throws(HostFailure) {
        try use { (table, key) throws(GrantStoreFailure) in
            try table.transaction { () throws(GrantStoreFailure) in
                guard var grant = try table.row(id)?.opened(key).grant, grant.portal == old else { return }
                grant.portal = new
                try table.execute(
                    "UPDATE oauth_grant SET portal = ?, sealed = ? WHERE member_id = ? AND client_id = ?",
                    [.text(new), .blob(try grant.sealed(with: key))] + id.columns)
            }
        }
    }

    // -- The database -------------------------------------------------------------------------------------------------

    private func use<T: Sendable>(
        createsKey: Bool = false, _ body: (GrantTable, SealingKey) throws(GrantStoreFailure) -> T
    ) throws(HostFailure) -> T {
        try withOpened { (opened) throws(HostFailure) in
            let key = if let key = opened.key { key } else { try keySource.load(creates: createsKey) }
            opened.key = key
            return try self.body(&opened) { (table) throws(GrantStoreFailure) in try body(table, key) }
        }
    }

    /// Without the key.
    private func read<T: Sendable>(_ body: (GrantTable) throws(GrantStoreFailure) -> T) throws(HostFailure) -> T {
        try withOpened { (opened) throws(HostFailure) in try self.body(&opened, body) }
    }

    private func body<T: Sendable>(
        _ opened: inout Opened, _ body: (GrantTable) throws(GrantStoreFailure) -> T
    ) throws(HostFailure) -> T {
        do throws(GrantStoreFailure) {
            let table = if let table = opened.table { table } else { try GrantTable(path) }
            opened.table = table
            return try body(table)
        } catch {
            throw error.hostFailure(path)
        }
    }

    private func withOpened<T: Sendable>(
        _ body: (inout Opened) throws(HostFailure) -> T
    ) throws(HostFailure) -> T {
        let result: Result<T, HostFailure> = opened.withLock { opened in
            do throws(HostFailure) {
                return .success(try body(&opened))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }
}
