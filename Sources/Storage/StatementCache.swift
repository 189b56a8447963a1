internal import CSQLite

/// Prepared statements by their SQL, at most `statementsMax` at rest.
///
/// A statement is taken out while it runs, so a query started inside another's row closure with the same SQL gets a
/// statement of its own instead of resetting the outer one.
struct StatementCache: ~Copyable {
    private struct Resting {
        let statement: OpaquePointer
        var lastUse: UInt64
    }

    private let statementsMax: Int
    private var resting: [String: Resting] = [:]
    private var clock: UInt64 = 0

    init(statementsMax: Int) { self.statementsMax = statementsMax }

    var count: Int { resting.count }

    mutating func take(_ sql: String) -> OpaquePointer? {
        resting.removeValue(forKey: sql)?.statement
    }

    /// Takes the statement back, reset and without its bindings; the least recently used one leaves when it is full.
    mutating func put(_ statement: OpaquePointer, _ sql: String) {
        sqlite3_reset(statement)
        sqlite3_clear_bindings(statement)
        clock += 1
        if let twin = resting.updateValue(Resting(statement: statement, lastUse: clock), forKey: sql) {
            sqlite3_finalize(twin.statement)
        }
        guard resting.count > statementsMax,
            let oldest = resting.min(by: { $0.value.lastUse < $1.value.lastUse })
        else { return }
        resting.removeValue(forKey: oldest.key)
        sqlite3_finalize(oldest.value.statement)
    }

    mutating func removeAll() {
        for entry in resting.values { sqlite3_finalize(entry.statement) }
        resting.removeAll()
    }
}
