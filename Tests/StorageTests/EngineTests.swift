import Storage
import Testing

/// The same statements on SQLite and on PostgreSQL.
@Suite("Both databases", .serialized)
struct EngineTests {
    static let values: [(type: String, value: SQLValue)] = [
        ("BIGINT", 0), ("BIGINT", -1), ("BIGINT", .integer(.max)), ("BIGINT", .integer(.min)), ("BIGINT", .null),
        ("INTEGER", -2_147_483_648), ("INTEGER", 2_147_483_647), ("SMALLINT", -32_768),
        ("BOOLEAN", true), ("BOOLEAN", false), ("BOOLEAN", .null),
        ("DOUBLE PRECISION", 0.1), ("DOUBLE PRECISION", -1e300), ("DOUBLE PRECISION", .real(.leastNonzeroMagnitude)),
        ("DOUBLE PRECISION", .real(.infinity)), ("DOUBLE PRECISION", .null),
        ("TEXT", ""), ("TEXT", "Привет, 世界 👋🏽"), ("TEXT", "it's \"quoted\" \\x41 $1 ?"), ("TEXT", .null),
        ("TEXT", .text(String(repeating: "ü", count: 600_000))),
        ("BYTES", .blob([])), ("BYTES", .blob([0])), ("BYTES", .blob(Array(0...255))), ("BYTES", .null),
        ("BYTES", .blob((0..<1_048_576).map { UInt8(truncatingIfNeeded: $0 &* 31) })),
    ]

    @Test("every type comes back as it was stored", arguments: Engine.allCases)
    func roundTrip(engine: Engine) throws {
        let database = try engine.open()
        for (index, (type, value)) in EngineTests.values.enumerated() {
            let column = type == "BYTES" ? database.dialect.blobType : type
            try database.run("CREATE TABLE t\(index) (v \(column))")
            #expect(try database.run("INSERT INTO t\(index) (v) VALUES (?)", [value]) == 1)
            let stored = try database.query("SELECT v FROM t\(index)") { $0.value(0) }
            #expect(stored == [value], "\(type) \(index)")
        }
    }

    @Test("each reader reads its type, and the optional ones NULL", arguments: Engine.allCases)
    func readers(engine: Engine) throws {
        let database = try engine.open()
        let blob = database.dialect.blobType
        try database.run("CREATE TABLE t (i BIGINT, s SMALLINT, r DOUBLE PRECISION, t TEXT, b \(blob), n TEXT)")
        try database.run("INSERT INTO t VALUES (?, ?, ?, ?, ?, ?)", [7, 1, 0.5, "Москва", .blob([1, 2]), nil])
        let rows = try database.query("SELECT i, s, r, t, b, n FROM t") { row in
            #expect(row.count == 6 && row.name(3) == "t")
            #expect(row.integer(0) == 7 && row.int(0) == 7 && row.optionalInteger(0) == 7 && row.optionalInt(0) == 7)
            #expect(row.bool(1) && row.real(2) == 0.5 && row.real(0) == 7 && row.optionalReal(2) == 0.5)
            #expect(row.text(3) == "Москва" && row.optionalText(3) == "Москва" && row.withText(3) { $0.count } == 12)
            #expect(row.blob(4) == [1, 2] && row.withBlob(4) { $0.count } == 2)
            #expect(row.isNull(5) && !row.isNull(0) && row.value(5) == .null)
            #expect(row.optionalText(5) == nil && row.optionalInt(5) == nil && row.optionalReal(5) == nil)
            return row.int(0)
        }
        #expect(rows == [7])
    }

    @Test("a row reads strictly and names the column", arguments: Engine.allCases)
    func strictness(engine: Engine) throws {
        let database = try engine.open()
        try database.run("CREATE TABLE t (id BIGINT, title TEXT, b \(database.dialect.blobType))")
        try database.run("INSERT INTO t VALUES (1, 'x', NULL)")
        func message(_ read: (borrowing Row) -> Void) -> String? {
            let failure = #expect(throws: DatabaseFailure.self) {
                try database.query("SELECT id, title, b FROM t") { read($0) }
            }
            #expect(failure?.kind == .type)
            return failure?.message
        }
        #expect(message { _ = $0.text(0) } == "Column 0 (id) holds an integer where a text was expected.")
        #expect(message { _ = $0.integer(1) } == "Column 1 (title) holds a text where an integer was expected.")
        #expect(message { _ = $0.real(1) } == "Column 1 (title) holds a text where a number was expected.")
        #expect(message { _ = $0.blob(1) } == "Column 1 (title) holds a text where a blob was expected.")
        #expect(message { _ = $0.blob(2) } == "Column 2 (b) holds NULL where a blob was expected.")
        #expect(message { _ = $0.text(3) } == "The row has 3 columns, there is no column 3.")
        #expect(message { _ = $0.text(-1) } == "The row has 3 columns, there is no column -1.")
    }

    @Test("ON CONFLICT, RETURNING and counts of changes", arguments: Engine.allCases)
    func writing(engine: Engine) throws {
        let database = try engine.open()
        try database.run("CREATE TABLE t (id \(database.dialect.countingKey), name TEXT UNIQUE, n BIGINT)")
        let insert = "INSERT INTO t (name, n) VALUES (?, ?) RETURNING id"
        #expect(try database.query(insert, ["one", 1]) { $0.integer(0) } == [1])
        #expect(try database.query(insert, ["two", 2]) { $0.integer(0) } == [2])
        #expect(try database.run("INSERT INTO t (name, n) VALUES (?, 9) ON CONFLICT DO NOTHING", ["two"]) == 0)
        let upsert = """
            INSERT INTO t (name, n) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET n = t.n + excluded.n
            RETURNING n
            """
        #expect(try database.query(upsert, ["two", 40]) { $0.integer(0) } == [42])
        #expect(try database.run("UPDATE t SET n = n + ?", [1]) == 2)
        #expect(try database.query("DELETE FROM t WHERE n > ? RETURNING name", [10]) { $0.text(0) } == ["two"])
        #expect(try database.run("DELETE FROM t WHERE n > ?", [10]) == 0)
    }

    @Test("a refused change is a constraint, and does not tell the value", arguments: Engine.allCases)
    func constraints(engine: Engine) throws {
        let database = try engine.open()
        try database.executeScript(
            """
            CREATE TABLE parent (id BIGINT PRIMARY KEY);
            CREATE TABLE person (phone TEXT NOT NULL UNIQUE, age BIGINT CHECK (age > 0),
                parent BIGINT REFERENCES parent (id));
            """)
        let insert = "INSERT INTO person VALUES (?, ?, ?)"
        try database.run(insert, ["+1 555 0100", 1, nil])
        let refused: [[SQLValue]] = [
            ["+1 555 0100", 1, nil], [nil, 1, nil], ["x5550100", -555, nil], ["y", 1, 555],
        ]
        for values in refused {
            let failure = #expect(throws: DatabaseFailure.self) { try database.run(insert, values) }
            #expect(failure?.kind == .constraint)
            #expect(failure?.message.contains("555") == false, "\(failure?.message ?? "")")
        }
        #expect(try database.query("SELECT phone FROM person") { $0.text(0) } == ["+1 555 0100"])
    }

    @Test("an inner transaction is undone alone, an outer one with all in it", arguments: Engine.allCases)
    func transactions(engine: Engine) throws {
        let database = try engine.open()
        try database.run("CREATE TABLE t (n BIGINT PRIMARY KEY)")
        func add(_ n: Int64) throws(DatabaseFailure) { try database.run("INSERT INTO t VALUES (?)", [.integer(n)]) }
        func all() throws -> [Int64] { try database.query("SELECT n FROM t ORDER BY n") { $0.integer(0) } }
        let answer = try database.transaction { () throws(DatabaseFailure) in
            try add(1)
            #expect(throws: DatabaseFailure.self) {
                try database.transaction { () throws(DatabaseFailure) in
                    try add(2)
                    try database.transaction { () throws(DatabaseFailure) in try add(3) }
                    try add(1)
                }
            }
            try database.transaction { () throws(DatabaseFailure) in try add(4) }
            return 42
        }
        #expect(answer == 42)
        #expect(try all() == [1, 4])
        let failure = #expect(throws: DatabaseFailure.self) {
            try database.transaction { () throws(DatabaseFailure) in
                try add(5)
                try database.transaction { () throws(DatabaseFailure) in try add(6) }
                try add(4)
            }
        }
        #expect(failure?.kind == .constraint)
        #expect(try all() == [1, 4])
        try database.transaction { () throws(DatabaseFailure) in try add(7) }
        #expect(try all() == [1, 4, 7])
    }

    @Test("the same query may run inside itself", arguments: Engine.allCases)
    func nestedQueries(engine: Engine) throws {
        let database = try engine.open()
        try database.executeScript("CREATE TABLE t (n BIGINT); INSERT INTO t VALUES (1), (2), (3);")
        let sql = "SELECT n FROM t ORDER BY n"
        let pairs = try database.query(sql) { outer throws(DatabaseFailure) in
            let left = outer.int(0)
            return try database.query(sql) { left * 10 + $0.int(0) }
        }
        #expect(pairs == [[11, 12, 13], [21, 22, 23], [31, 32, 33]])
    }

    @Test("a parameter is none in quotes, names and comments", arguments: Engine.allCases)
    func placeholders(engine: Engine) throws {
        let database = try engine.open()
        let sql = """
            SELECT '?''?', CAST(? AS TEXT), -- ?
                CAST(? AS BIGINT) AS "a?b" /* ? */
            """
        let row = try database.query(sql, ["x", 5]) { ($0.text(0), $0.text(1), $0.integer(2), $0.name(2)) }
        #expect(row.count == 1)
        #expect(try #require(row.first) == ("?'?", "x", 5, "a?b"))
    }

    @Test(
        "wrong SQL says what is wrong", arguments: Engine.allCases,
        [
            ("SELEC 1", "syntax error"), ("SELECT 1; SELECT 2", "“SELECT 1; SELECT 2”"),
            ("  -- nothing", "holds no statement"),
            ("SELECT CAST(? AS BIGINT)", "has 1 parameters and was given 0"),
            ("SELECT * FROM nowhere", "nowhere"),
        ])
    func wrongSQL(engine: Engine, wrong: (sql: String, reason: String)) throws {
        let database = try engine.open()
        let failure = #expect(throws: DatabaseFailure.self) { try database.run(wrong.sql) }
        #expect(failure?.kind == .sql)
        #expect(failure?.message.contains(wrong.reason) == true, "\(failure?.message ?? "")")
        #expect(try database.query("SELECT 1") { $0.int(0) } == [1], "the connection is whole")
    }

    @Test("a script runs all its statements, and a wrong one names its fault", arguments: Engine.allCases)
    func scripts(engine: Engine) throws {
        let database = try engine.open()
        try database.executeScript("CREATE TABLE a (n BIGINT); CREATE TABLE b (n BIGINT); INSERT INTO b VALUES (1);")
        #expect(try database.query("SELECT n FROM b") { $0.int(0) } == [1])
        try database.executeScript("ALTER TABLE b ADD COLUMN m BIGINT")
        #expect(try database.query("SELECT * FROM b") { $0.count } == [2])
        #expect(throws: DatabaseFailure.self) { try database.executeScript("SELECT 1; SELECT n FROM c") }
    }

    @Test("hot statements are prepared once", arguments: Engine.allCases)
    func cache(engine: Engine) throws {
        let database = try engine.open()
        try database.run("CREATE TABLE t (n BIGINT PRIMARY KEY)")
        func cached() -> Int {
            (database as? Database)?.cachedStatementCount ?? (database as? PostgresDatabase)?.cachedStatementCount ?? -1
        }
        let before = cached()
        for n in 0..<5 { try database.run("INSERT INTO t VALUES (?)", [.integer(Int64(n))]) }
        for _ in 0..<2 {
            #expect(throws: DatabaseFailure.self) { try database.run("INSERT INTO t VALUES (?)", [1]) }
        }
        #expect(cached() == before + 1)
    }
}
