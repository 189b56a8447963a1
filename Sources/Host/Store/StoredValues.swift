import Glibc
import Storage

/// The recipes' own values, rows of `store` in any database: each recipe's apart.
enum StoredValues {
    static func get(_ recipe: String, _ key: String, in database: any SQLConnection) throws(DatabaseFailure) -> [UInt8]?
    {
        try database.query(
            "SELECT value FROM store WHERE recipe = ? AND key = ?", [.text(recipe), .text(key)]
        ) { (row) throws(DatabaseFailure) in row.blob(0) }.first
    }

    /// Sets or, with nil, deletes.
    static func set(
        _ recipe: String, _ key: String, _ value: [UInt8]?, in database: any SQLConnection
    ) throws(DatabaseFailure) {
        guard let value else {
            try database.run("DELETE FROM store WHERE recipe = ? AND key = ?", [.text(recipe), .text(key)])
            return
        }
        try database.run(
            "INSERT INTO store(recipe, key, value) VALUES (?, ?, ?) "
                + "ON CONFLICT(recipe, key) DO UPDATE SET value = excluded.value",
            [.text(recipe), .text(key), .blob(value)])
    }

    /// Writes only while the value is still `expected`; tells whether it did. To be called in a transaction.
    static func swap(
        _ recipe: String, _ key: String, expected: [UInt8]?, value: [UInt8]?, in database: any SQLConnection
    ) throws(DatabaseFailure) -> Bool {
        let lock = database.dialect == .postgres ? " FOR UPDATE" : ""
        let stored = try database.query(
            "SELECT value FROM store WHERE recipe = ? AND key = ?" + lock, [.text(recipe), .text(key)]
        ) { (row) throws(DatabaseFailure) in row.blob(0) }.first
        guard stored == expected else { return false }
        guard expected == nil, let value else {
            try set(recipe, key, value, in: database)
            return true
        }
        // Nobody can lock a row that is not there: of two who add it, one adds nothing.
        return try database.run(
            "INSERT INTO store(recipe, key, value) VALUES (?, ?, ?) ON CONFLICT(recipe, key) DO NOTHING",
            [.text(recipe), .text(key), .blob(value)]) == 1
    }

    /// Keys that begin with `prefix`, in byte order.
    static func keys(
        _ recipe: String, prefix: String, in database: any SQLConnection
    ) throws(DatabaseFailure) -> [String] {
        let order = database.dialect == .postgres ? "key COLLATE \"C\"" : "key"
        return try database.query(
            "SELECT key FROM store WHERE recipe = ? AND substr(key, 1, length(?)) = ? ORDER BY " + order,
            [.text(recipe), .text(prefix), .text(prefix)]
        ) { (row) throws(DatabaseFailure) in row.text(0) }
    }

    /// Makes sure that the rows of `recipe` belong to the file at `path`: a recipe cannot read another's by taking its
    /// name. A name whose file is gone goes to the next who claims it, so that folders can be moved. To be called in a
    /// transaction.
    ///
    /// - Returns: whose they are.
    static func claim(
        _ recipe: String, for path: String, in database: any SQLConnection
    ) throws(DatabaseFailure) -> String {
        let owner = try database.query("SELECT path FROM recipe WHERE name = ?", [.text(recipe)]) {
            (row) throws(DatabaseFailure) in row.text(0)
        }.first
        if let owner, owner == path || access(owner, F_OK) == 0 { return owner }
        try database.run(
            "INSERT INTO recipe(name, path) VALUES (?, ?) ON CONFLICT(name) DO UPDATE SET path = excluded.path",
            [.text(recipe), .text(path)])
        return path
    }

    static func taken(_ recipe: String, by owner: String) -> HostFailure {
        HostFailure(
            .configuration, "the name '\(recipe)' belongs to another recipe's stored values: \(owner)",
            hint: "give one of the two another name in recipe{ name = … }, or another --store FILE")
    }
}
