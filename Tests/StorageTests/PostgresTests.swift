import PostgresCluster
import Storage
import Testing

/// What only PostgreSQL does.
@Suite("PostgreSQL")
struct PostgresTests {
    private let url: String
    private let database: PostgresDatabase

    init() throws {
        url = try PostgresCluster.shared().makeDatabase()
        database = try PostgresDatabase(url)
    }

    private func numbers(_ last: Int, on database: PostgresDatabase) throws {
        try database.run("CREATE TABLE job (n BIGINT PRIMARY KEY, state BIGINT NOT NULL DEFAULT 0)")
        try database.run("INSERT INTO job (n) SELECT generate_series(1, CAST(? AS BIGINT))", [.integer(Int64(last))])
    }

    private func claim(_ count: Int64, on database: PostgresDatabase) throws(DatabaseFailure) -> [Int64] {
        let sql = """
            UPDATE job SET state = 1 WHERE n IN (
                SELECT n FROM job WHERE state = 0 ORDER BY n LIMIT ? \(database.dialect.skipsLocked)) RETURNING n
            """
        return try database.query(sql, [.integer(count)]) { $0.integer(0) }.sorted()
    }

    @Test("two that claim at the same time get different rows, and none waits")
    func skipLocked() throws {
        let other = try PostgresDatabase(url)
        try numbers(5, on: database)
        try database.transaction { () throws(DatabaseFailure) in
            #expect(try claim(2, on: database) == [1, 2])
            try other.transaction { () throws(DatabaseFailure) in
                #expect(try claim(2, on: other) == [3, 4])
            }
            #expect(try claim(2, on: other) == [5])
        }
        #expect(try claim(2, on: other).isEmpty)
    }

    @Test("a lock that is held too long is busy, and so is a deadlock's loser")
    func locks() throws {
        try numbers(1, on: database)
        var limits = PostgresDatabase.Limits()
        limits.lockTimeoutMS = 1
        let other = try PostgresDatabase(url, limits: limits)
        try database.transaction { () throws(DatabaseFailure) in
            try database.run("UPDATE job SET state = 2")
            let failure = #expect(throws: DatabaseFailure.self) { try other.run("UPDATE job SET state = 3") }
            #expect(failure?.kind == .busy && failure?.sqlState == "55P03")
        }
    }

    @Test("of two serializable changes of a row the second is busy, and may be tried again")
    func serialization() throws {
        try numbers(1, on: database)
        let other = try PostgresDatabase(url)
        let failure = #expect(throws: DatabaseFailure.self) {
            try other.transaction { () throws(DatabaseFailure) in
                try other.run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
                #expect(try other.query("SELECT state FROM job") { $0.int(0) } == [0])
                try database.run("UPDATE job SET state = 1")
                try other.run("UPDATE job SET state = state + 1")
            }
        }
        #expect(failure?.kind == .busy && failure?.sqlState == "40001")
        _ = try other.transaction { () throws(DatabaseFailure) in try other.run("UPDATE job SET state = state + 1") }
        #expect(try database.query("SELECT state FROM job") { $0.int(0) } == [2])
    }

    @Test("a statement that runs too long is stopped, and the connection stays")
    func statementTimeout() throws {
        var limits = PostgresDatabase.Limits()
        limits.statementTimeoutMS = 1
        let hasty = try PostgresDatabase(url, limits: limits)
        let failure = #expect(throws: DatabaseFailure.self) { try hasty.run("SELECT pg_sleep(600)") }
        #expect(failure?.kind == .timedOut)
    }

    @Test("a server that does not answer in time counts as lost")
    func answerTimeout() throws {
        var limits = PostgresDatabase.Limits()
        limits.statementTimeoutMS = 60_000
        limits.answerGraceMS = -59_000
        let impatient = try PostgresDatabase(url, limits: limits)
        let failure = #expect(throws: DatabaseFailure.self) { try impatient.run("SELECT pg_sleep(30)") }
        #expect(failure?.kind == .connectionLost)
        #expect(failure?.message.contains("answerTimeoutMS, 1000 ms") == true, "\(failure?.message ?? "")")
        #expect(try impatient.query("SELECT 1") { $0.int(0) } == [1])
    }

    @Test("a failure that was caught does not let half a transaction pass for a whole one")
    func caughtFailures() throws {
        try numbers(1, on: database)
        var caught: DatabaseFailure?
        let failure = #expect(throws: DatabaseFailure.self) {
            try database.transaction { () throws(DatabaseFailure) in
                try database.run("INSERT INTO job (n) VALUES (2)")
                do throws(DatabaseFailure) { try database.run("INSERT INTO job (n) VALUES (1)") } catch {
                    caught = error
                }
            }
        }
        #expect(caught?.kind == .constraint)
        #expect(failure?.message.contains("rolled back instead of committed") == true, "\(failure?.message ?? "")")
        #expect(try database.query("SELECT n FROM job") { $0.int(0) } == [1])
        _ = try database.transaction { () throws(DatabaseFailure) in try database.run("INSERT INTO job (n) VALUES (3)")
        }
        #expect(try database.query("SELECT n FROM job ORDER BY n") { $0.int(0) } == [1, 3])
    }

    @Test(
        "a value that does not fit its place is a type fault that does not tell it",
        arguments: [
            ("SELECT CAST(? AS BIGINT)", SQLValue.text("secret"), "has not the form"),
            ("SELECT CAST(CAST(? AS BIGINT) AS SMALLINT)", 98_765, "out of its type's range"),
            ("SELECT CAST(? AS BYTEA)", "secret", "parameter 1 is no blob where a BYTEA is expected"),
            ("SELECT CAST(? AS TEXT)", .blob([1]), "parameter 1 is a blob, and no BYTEA is expected there"),
            ("SELECT CAST(? AS TEXT)", "sec\0ret", "parameter 1 is a text with a NUL byte"),
            ("SELECT CAST(? AS BOOLEAN)", 98_765, "has not the form"),
        ])
    func misfits(sql: String, value: SQLValue, reason: String) throws {
        let failure = #expect(throws: DatabaseFailure.self) { try database.run(sql, [value]) }
        #expect(failure?.kind == .type)
        #expect(failure?.message.contains(reason) == true, "\(failure?.message ?? "")")
        #expect(failure?.message.contains("sec") == false && failure?.message.contains("98") == false)
    }

    @Test("a type that is not read says how to read it")
    func foreignTypes() throws {
        let reads: [(borrowing Row) -> Void] = [{ _ = $0.text(0) }, { _ = $0.value(0) }, { _ = $0.optionalReal(0) }]
        for read in reads {
            let failure = #expect(throws: DatabaseFailure.self) {
                try database.query("SELECT sum(CAST(1 AS BIGINT)) AS total") { read($0) }
            }
            #expect(failure?.kind == .type)
            #expect(failure?.message.contains("(total) holds a type that is not read here (cast it to BIGINT") == true)
        }
        let cast = "SELECT CAST(sum(CAST(1 AS BIGINT)) AS BIGINT), CAST(0.5 AS REAL), CAST('{}' AS JSON)"
        let row = try database.query(cast) { ($0.integer(0), $0.real(1), $0.text(2)) }
        #expect(try #require(row.first) == (1, 0.5, "{}"))
    }

    @Test("a value or a statement over its limit is refused")
    func sizes() throws {
        var limits = PostgresDatabase.Limits()
        limits.valueBytesMax = 1_000
        limits.sqlBytesMax = 1_000
        let small = try PostgresDatabase(url, limits: limits)
        let length = "SELECT length(CAST(? AS BYTEA))"
        #expect(try small.query(length, [.blob([UInt8](repeating: 1, count: 1_000))]) { $0.int(0) } == [1_000])
        let value = #expect(throws: DatabaseFailure.self) {
            try small.run(length, [.blob([UInt8](repeating: 1, count: 1_001))])
        }
        #expect(value?.kind == .tooLarge && value?.message.contains("valueBytesMax, 1000") == true)
        let long = "SELECT 1" + String(repeating: " ", count: 1_000)
        let statement = #expect(throws: DatabaseFailure.self) { try small.run(long) }
        #expect(statement?.kind == .tooLarge && statement?.message.contains("sqlBytesMax, 1000") == true)
        #expect(throws: DatabaseFailure.self) { try small.executeScript(long) }
    }

    @Test("the statement cache is bounded, here and on the server")
    func cacheBound() throws {
        var limits = PostgresDatabase.Limits()
        limits.statementsMax = 4
        let small = try PostgresDatabase(url, limits: limits)
        for number in 0..<20 {
            #expect(try small.query("SELECT \(number)") { $0.int(0) } == [number])
        }
        #expect(small.cachedStatementCount == 4)
        #expect(try small.query("SELECT count(*) FROM pg_prepared_statements") { $0.int(0) } == [4])
    }

    @Test("a table that another connection changed fails a statement once at most")
    func changedTables() throws {
        try numbers(1, on: database)
        #expect(try database.query("SELECT * FROM job") { $0.count } == [2])
        try PostgresDatabase(url).run("ALTER TABLE job ADD COLUMN late TEXT")
        let failure = #expect(throws: DatabaseFailure.self) { try database.query("SELECT * FROM job") { $0.count } }
        #expect(failure?.sqlState == "0A000")
        #expect(try database.query("SELECT * FROM job") { $0.count } == [3])
    }

    @Test("COPY is refused, and the next statement has a connection", arguments: ["STDIN", "STDOUT"])
    func copy(direction: String) throws {
        try numbers(1, on: database)
        let words = direction == "STDIN" ? "COPY job FROM STDIN" : "COPY job TO STDOUT"
        let failure = #expect(throws: DatabaseFailure.self) { try database.executeScript(words) }
        #expect(failure?.message.contains("COPY is not supported here") == true)
        #expect(try database.query("SELECT n FROM job") { $0.int(0) } == [1])
    }

    @Test("a session has a name, UTF-8, and its time-outs")
    func session() throws {
        func show(_ name: String) throws -> [String] { try database.query("SHOW \(name)") { $0.text(0) } }
        #expect(try show("application_name") == ["host"])
        #expect(try show("client_encoding") == ["UTF8"])
        #expect(try show("statement_timeout") == ["30s"])
        #expect(try show("lock_timeout") == ["5s"])
        #expect(try show("idle_in_transaction_session_timeout") == ["30s"])
        let named = try PostgresDatabase(url + "?application_name=mine&client_encoding=LATIN1")
        #expect(try named.query("SHOW application_name") { $0.text(0) } == ["mine"])
        #expect(try named.query("SHOW client_encoding") { $0.text(0) } == ["UTF8"])
    }
}
