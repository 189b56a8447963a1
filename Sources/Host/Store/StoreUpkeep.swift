import Storage
import Wire

/// `host store`: looks after a store from outside the process that serves from it.
public struct StoreUpkeep: Sendable {
    private let history: RunHistory

    public init(_ history: RunHistory) { self.history = history }

    private var store: HostStore { history.store }

    /// Lines that say what is there and what is wrong; `isSound` is false when something is.
    public func check() async throws(HostFailure) -> (lines: [String], isSound: Bool) {
        let store = store
        let found = try await store.result {
            (database) throws(DatabaseFailure) -> (counts: [Int], problems: [String]) in
            var counts: [Int] = []
            for question in [
                "SELECT COUNT(*) FROM event WHERE state < 2", "SELECT COUNT(*) FROM run",
                "SELECT COUNT(*) FROM run WHERE state >= 5", "SELECT COUNT(*) FROM journal",
                "SELECT COUNT(*) FROM store",
            ] {
                counts.append(
                    try database.query(question, []) { (row) throws(DatabaseFailure) in row.int(0) }.first ?? 0)
            }
            var problems: [String] = []
            if database.dialect == .sqlite {
                let words = try database.query("PRAGMA integrity_check", []) { (row) throws(DatabaseFailure) in
                    row.text(0)
                }
                if words != ["ok"] { problems += words.prefix(20) }
            }
            let strays =
                try database.query(
                    "SELECT COUNT(*) FROM run WHERE NOT EXISTS (SELECT 1 FROM event WHERE event.id = run.event)", []
                ) { (row) throws(DatabaseFailure) in row.int(0) }.first ?? 0
            if strays > 0 { problems.append("\(strays) runs have no event") }
            // A sealed value that does not open means another key, or damage.
            let newest = try database.query("SELECT payload FROM event ORDER BY id DESC LIMIT 100", []) {
                (row) throws(DatabaseFailure) in row.blob(0)
            }
            for payload in newest {
                do throws(DatabaseFailure) {
                    _ = try store.opened(payload, StoredEvent.context, database)
                } catch {
                    problems.append(error.message)
                    break
                }
            }
            return (counts, problems)
        }
        let names = ["events waiting", "runs", "of them dead", "steps", "stored values"]
        var lines = ["schema \(StoreSchema.version), \(store.location.described)"]
        lines += zip(names, found.counts).map { "\($1) \($0)" }
        return (lines + found.problems.map { "problem: \($0)" }, found.problems.isEmpty)
    }

    /// Forgets what is older than the configuration keeps, and gives the room back to the disk.
    public func vacuum(runsMS: Int, failedMS: Int) async throws(HostFailure) -> Int {
        var forgotten = 0
        while true {
            let count = try await Retention.forget(
                in: store, runsMS: runsMS, failedMS: failedMS, nowMS: history.clock().unixMilliseconds)
            forgotten += count
            if count < Retention.runsMax { break }
        }
        try await store.vacuum()
        return forgotten
    }

    /// Everything that a person may want to take along, a line of JSON each: recipes' values, then runs. Events and
    /// replies are opened: the lines hold customers' data.
    public func export(_ write: (String) -> Void) async throws(HostFailure) {
        let store = store
        var last = ("", "")
        while true {
            let from = last
            let rows = try await store.result { (database) throws(DatabaseFailure) in
                try database.query(
                    """
                    SELECT recipe, key, value FROM store WHERE recipe > ? OR (recipe = ? AND key > ?)
                    ORDER BY recipe, key LIMIT 500
                    """, [.text(from.0), .text(from.0), .text(from.1)]
                ) { (row) throws(DatabaseFailure) in Value(recipe: row.text(0), key: row.text(1), value: row.blob(2)) }
            }
            for row in rows {
                let value = (try? JSONValue(parsing: row.value)) ?? .null
                write(
                    JSONValue.object([
                        "type": "value", "recipe": .string(row.recipe), "key": .string(row.key), "value": value,
                    ]).text)
            }
            guard let end = rows.last else { break }
            last = (end.recipe, end.key)
        }
        var filter = RunHistory.Filter()
        filter.count = 200
        while true {
            let runs = try await history.runs(filter)
            for run in runs {
                var object = RunHistory.json(run)
                object["type"] = "run"
                write(JSONValue.object(object).text)
            }
            guard runs.count == filter.count, let last = runs.last else { break }
            filter.before = last.id.description
        }
    }

    private struct Value: Sendable {
        let recipe: String
        let key: String
        let value: [UInt8]
    }
}
