import Foundation
import PostgresCluster
import Testing

@testable import Storage

/// The same statements on SQLite and on PostgreSQL.
@Suite struct BothDatabasesTests {
    enum Engine: String, CaseIterable {
        case sqlite, postgres

        func connection() throws -> any SQLConnection {
            switch self {
            case .sqlite: return try Database(.memory)
            case .postgres: return try PostgresDatabase(try #require(PostgresCluster.shared).database())
            }
        }
    }

    private func table(_ connection: any SQLConnection) throws {
        let blob = connection.dialect.blobType
        try connection.executeScript(
            "CREATE TABLE t(id BIGINT PRIMARY KEY, n BIGINT, x DOUBLE PRECISION, s TEXT, b \(blob))")
    }

    private struct Found: Equatable {
        var n: Int64?
        var x: Double?
        var s: String?
        var b: [UInt8]?
    }

    private func found(_ connection: any SQLConnection, _ id: Int64) throws -> Found? {
        try connection.query("SELECT n, x, s, b FROM t WHERE id = ?", [.integer(id)]) { (row) throws(DatabaseFailure) in
            Found(
                n: row.optionalInteger(0), x: row.optionalReal(1), s: row.optionalText(2),
                b: row.isNull(3) ? nil : row.blob(3))
        }.first
    }

    @Test("Values come back as they went in", arguments: Engine.allCases)
    func values(engine: Engine) throws {
        let connection = try engine.connection()
        try table(connection)
        let values: [Found] = [
            Found(), Found(n: .max, x: -0.25, s: "", b: []),
            Found(n: .min, x: 1e300, s: "Жук 'quoted' ? ё\u{1F41E}", b: [0, 255, 7]),
            Found(n: -1, x: 0, s: String(repeating: "x", count: 100_000), b: [UInt8](repeating: 9, count: 1 << 20)),
        ]
        for (place, value) in values.enumerated() {
            try connection.run(
                "INSERT INTO t(id, n, x, s, b) VALUES (?, ?, ?, ?, ?)",
                [
                    SQLValue(place), SQLValue(value.n), SQLValue(value.x), SQLValue(value.s),
                    value.b.map(SQLValue.blob) ?? .null,
                ])
        }
        for (place, value) in values.enumerated() { #expect(try found(connection, Int64(place)) == value, "\(place)") }
    }

    @Test(
        "Changes are counted, conflicts are settled, and a failed transaction leaves nothing",
        arguments: Engine.allCases)
    func changes(engine: Engine) throws {
        let connection = try engine.connection()
        try table(connection)
        let insert = "INSERT INTO t(id, s) VALUES (?, ?) ON CONFLICT(id) DO NOTHING"
        #expect(try connection.run(insert, [1, "a"]) == 1)
        #expect(try connection.run(insert, [1, "b"]) == 0)
        #expect(try connection.run("UPDATE t SET s = ? WHERE s <> ? AND s NOT IN (?)", ["c", "?", "x"]) == 1)
        #expect(throws: DatabaseFailure.self) {
            try connection.transaction { () throws(DatabaseFailure) in
                try connection.run("UPDATE t SET s = 'lost'")
                // One inside another fails alone.
                _ = try? connection.transaction { () throws(DatabaseFailure) in
                    try connection.run("INSERT INTO t(id) VALUES (?)", [1])
                }
                #expect(try found2(connection) == "lost")
                throw DatabaseFailure(.type, "no")
            }
        }
        #expect(try found2(connection) == "c")
        try connection.transaction { () throws(DatabaseFailure) in try connection.run("UPDATE t SET s = 'kept'") }
        #expect(try found2(connection) == "kept")
    }

    private func found2(_ connection: any SQLConnection) throws(DatabaseFailure) -> String? {
        try connection.query("SELECT s FROM t WHERE id = 1") { (row) throws(DatabaseFailure) in row.text(0) }.first
    }

    @Test("What is wrong is said by its kind, without any value", arguments: Engine.allCases)
    func failures(engine: Engine) throws {
        let connection = try engine.connection()
        try table(connection)
        try connection.run("INSERT INTO t(id, s) VALUES (?, ?)", [1, "s3cret"])
        let constraint = #expect(throws: DatabaseFailure.self) {
            try connection.run("INSERT INTO t(id, s) VALUES (?, ?)", [1, "s3cret"])
        }
        #expect(constraint?.kind == .constraint)
        let sql = #expect(throws: DatabaseFailure.self) { try connection.run("SELEKT ?", ["s3cret"]) }
        #expect(sql?.kind == .sql)
        let type = #expect(throws: DatabaseFailure.self) {
            try connection.query("SELECT s FROM t") { (row) throws(DatabaseFailure) in row.integer(0) }
        }
        #expect(type?.kind == .type)
        for failure in [constraint, sql, type] { #expect(failure?.message.contains("s3cret") == false) }
        // And it goes on.
        #expect(try connection.query("SELECT COUNT(*) FROM t") { (row) throws(DatabaseFailure) in row.int(0) } == [1])
    }

    @Test("Two connections take different rows")
    func skipLocked() throws {
        let url = try #require(PostgresCluster.shared).database()
        let (first, second) = (try PostgresDatabase(url), try PostgresDatabase(url))
        try table(first)
        for id in 1...4 { try first.run("INSERT INTO t(id) VALUES (?)", [SQLValue(id)]) }
        let take = "SELECT id FROM t ORDER BY id LIMIT 2 FOR UPDATE SKIP LOCKED"
        try first.transaction { () throws(DatabaseFailure) in
            let mine = try first.query(take) { (row) throws(DatabaseFailure) in row.int(0) }
            try second.transaction { () throws(DatabaseFailure) in
                let theirs = try second.query(take) { (row) throws(DatabaseFailure) in row.int(0) }
                #expect(mine == [1, 2])
                #expect(theirs == [3, 4])
            }
        }
    }

    @Test("A connection that the server ended is made again outside of a transaction, and fails one it was in")
    func lostConnection() throws {
        let url = try #require(PostgresCluster.shared).database()
        let (database, other) = (try PostgresDatabase(url), try PostgresDatabase(url))
        try table(database)
        let end =
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
            + "AND pid <> pg_backend_pid()"
        let failure = #expect(throws: DatabaseFailure.self) {
            try database.transaction { () throws(DatabaseFailure) in
                try database.run("INSERT INTO t(id) VALUES (?)", [1])
                _ = try other.query(end) { (row) throws(DatabaseFailure) in row.bool(0) }
                try database.run("INSERT INTO t(id) VALUES (?)", [2])
            }
        }
        #expect(failure?.kind == .connectionLost)
        #expect(try database.query("SELECT COUNT(*) FROM t") { (row) throws(DatabaseFailure) in row.int(0) } == [0])
    }

    @Test("A server that is not there is said without the password")
    func password() {
        let failure = #expect(throws: DatabaseFailure.self) {
            try PostgresDatabase("postgres://anna:s3cretword@127.0.0.1:1/none")
        }
        #expect(failure?.kind == .connectionLost)
        #expect(failure?.message.contains("s3cretword") == false)
    }
}
