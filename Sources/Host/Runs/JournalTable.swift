import Storage

/// The rows of `journal`.
enum JournalTable {
    /// An entry ready to be written, its payload sealed.
    struct Row: Sendable {
        let parameters: [SQLValue]

        init(_ entry: JournalEntry, of run: TimeOrderedID, sealedBy sealer: PayloadSealer) throws(HostFailure) {
            let sealed = try entry.payload.map { (payload) throws(HostFailure) in
                try sealer.seal(payload, JournalEntry.context)
            }
            parameters = [
                .integer(run.value), SQLValue(entry.step), .text(entry.name), .text(entry.subject),
                .integer(Int64(bitPattern: entry.print)), .integer(entry.state.rawValue), .integer(entry.atMS),
                .integer(entry.tookMS), SQLValue(entry.size), SQLValue(entry.operating), SQLValue(entry.isFailure),
                sealed.map(SQLValue.blob) ?? .null,
            ]
        }
    }

    static func put(_ row: Row, in database: any SQLConnection) throws(DatabaseFailure) {
        try database.run(
            """
            INSERT INTO journal(run, step, name, what, print, state, at_ms, took_ms, size, operating, failed,
                payload)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(run, step) DO UPDATE SET
                state = excluded.state, took_ms = excluded.took_ms, size = excluded.size,
                operating = excluded.operating, failed = excluded.failed, payload = excluded.payload
            """, row.parameters)
    }

    /// Forgets what a run asked for from a step on.
    static func cut(_ run: TimeOrderedID, from step: Int, in database: any SQLConnection) throws(DatabaseFailure) {
        try database.run("DELETE FROM journal WHERE run = ? AND step >= ?", [.integer(run.value), SQLValue(step)])
    }

    /// Forgets a run's last step when that is one that failed, so that it is asked for again.
    static func cutFailure(of run: TimeOrderedID, in database: any SQLConnection) throws(DatabaseFailure) {
        try database.run(
            """
            DELETE FROM journal WHERE run = ? AND state = 1 AND failed = 1
                AND step = (SELECT MAX(step) FROM journal WHERE run = ?)
            """, [.integer(run.value), .integer(run.value)])
    }

    /// A run's entries in order.
    static func entries(
        of run: TimeOrderedID, _ store: HostStore, in database: any SQLConnection
    ) throws(DatabaseFailure) -> [JournalEntry] {
        let rows = try database.query(
            """
            SELECT step, name, what, print, state, at_ms, took_ms, size, operating, failed, payload FROM journal
            WHERE run = ? ORDER BY step
            """, [.integer(run.value)]
        ) { (row) throws(DatabaseFailure) in
            (
                entry: JournalEntry(
                    step: row.int(0), name: row.text(1), subject: row.text(2),
                    print: UInt64(bitPattern: row.integer(3)),
                    state: row.integer(4) == 0 ? .asked : .answered, atMS: row.integer(5), tookMS: row.integer(6),
                    size: row.int(7), operating: row.optionalReal(8), isFailure: row.bool(9), readings: [],
                    result: nil),
                payload: row.isNull(10) ? nil : row.blob(10)
            )
        }
        var entries: [JournalEntry] = []
        entries.reserveCapacity(rows.count)
        for (place, row) in rows.enumerated() {
            // A hole cannot be replayed over: what comes after it was never asked for as far as anybody knows.
            guard row.entry.step == place else { break }
            var entry = row.entry
            if let sealed = row.payload {
                let payload = try store.opened(sealed, JournalEntry.context, database)
                guard let parts = JournalEntry.parts(of: payload) else {
                    throw DatabaseFailure(.corrupt, "A step of the journal cannot be read.")
                }
                entry.readings = parts.readings
                entry.result = parts.result
            }
            entries.append(entry)
        }
        return entries
    }
}
