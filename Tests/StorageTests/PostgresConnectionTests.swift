import PostgresCluster
import Storage
import Testing

@Suite("Connections to PostgreSQL")
struct PostgresConnectionTests {
    private static let password = "s3cret-Zx9"

    @Test("a wrong password, user or database is refused in words without the password")
    func refusals() throws {
        let cluster = try PostgresCluster.shared()
        let database = try PostgresDatabase(cluster.makeDatabase())
        try database.executeScript(
            "DROP ROLE IF EXISTS guarded; CREATE ROLE guarded LOGIN PASSWORD '\(PostgresConnectionTests.password)'")
        let name = try #require(database.query("SELECT current_database()") { $0.text(0) }.first)
        let right = cluster.url(database: name, user: "guarded", password: PostgresConnectionTests.password)
        #expect(try PostgresDatabase(right).query("SELECT current_user") { $0.text(0) } == ["guarded"])
        let refused = [
            cluster.url(database: name, user: "guarded", password: "\(PostgresConnectionTests.password)no"),
            cluster.url(database: "none", user: "guarded", password: PostgresConnectionTests.password),
            cluster.url(database: name, user: "guarded"),
        ]
        for url in refused {
            let failure = #expect(throws: DatabaseFailure.self) { try PostgresDatabase(url) }
            #expect(failure?.kind == .cannotOpen)
            #expect(failure?.message.contains("Connecting to the database") == true, "\(failure?.message ?? "")")
            #expect(failure?.message.contains(PostgresConnectionTests.password) == false)
        }
    }

    @Test("no server says where none is, and not the password")
    func noServer() throws {
        // Port 1 of this machine: tcpmux, which nobody runs.
        let url = "postgres://host:\(PostgresConnectionTests.password)@127.0.0.1:1/host"
        let failure = #expect(throws: DatabaseFailure.self) { try PostgresDatabase(url) }
        #expect(failure?.kind == .cannotOpen)
        #expect(failure?.message.contains("the database host at 127.0.0.1:1") == true, "\(failure?.message ?? "")")
        #expect(failure?.message.contains(PostgresConnectionTests.password) == false)
    }

    @Test(
        "a URL that cannot be read is not quoted",
        arguments: [
            "", "mysql://host:s3cret@db/host", "host=db password=s3cret", "postgres://host:s3cret%zz@db/host",
            "postgres://host:s3/cret@db/host", "postgres://host:s3@cret@db/host", "postgres://host@db/host?s3cret=1",
            "postgres://host@db/ho\0st",
        ])
    func badURLs(url: String) {
        let failure = #expect(throws: DatabaseFailure.self) { try PostgresDatabase(url) }
        #expect(failure?.kind == .cannotOpen)
        #expect(failure?.message.contains("URL cannot be read") == true, "\(failure?.message ?? "")")
        #expect(failure?.message.contains("cret") == false && failure?.message.contains("s3") == false)
    }

    @Test("a backend that is ended while idle is replaced before the next statement")
    func idleLoss() throws {
        let url = try PostgresCluster.shared().makeDatabase()
        let (database, other) = (try PostgresDatabase(url), try PostgresDatabase(url))
        let select = "SELECT CAST(? AS BIGINT)"
        #expect(try database.query(select, [1]) { $0.int(0) } == [1])
        try end(database, by: other)
        #expect(try database.query(select, [2]) { $0.int(0) } == [2])
        try end(database, by: other)
        #expect(
            try database.transaction { () throws(DatabaseFailure) in
                try database.query(select, [3]) { $0.int(0) }
            } == [3])
    }

    @Test("one that is ended in a transaction fails all the rest of it, and the next one is whole")
    func lossInTransaction() throws {
        let url = try PostgresCluster.shared().makeDatabase()
        let (database, other) = (try PostgresDatabase(url), try PostgresDatabase(url))
        try database.run("CREATE TABLE t (n BIGINT)")
        var kinds: [DatabaseFailure.Kind?] = []
        let failure = #expect(throws: DatabaseFailure.self) {
            try database.transaction { () throws(DatabaseFailure) in
                try database.run("INSERT INTO t VALUES (1)")
                let pid = try database.query("SELECT pg_backend_pid()") { $0.integer(0) }
                try other.run("SELECT pg_terminate_backend(CAST(? AS INT), 30000)", [.integer(pid.first ?? 0)])
                for _ in 0..<2 {
                    do throws(DatabaseFailure) { try database.run("INSERT INTO t VALUES (2)") } catch {
                        kinds.append(error.kind)
                    }
                }
                do throws(DatabaseFailure) {
                    _ = try database.transaction { () throws(DatabaseFailure) in try database.run("SELECT 1") }
                } catch { kinds.append(error.kind) }
            }
        }
        #expect(kinds == [.connectionLost, .connectionLost, .connectionLost])
        #expect(failure?.kind == .connectionLost)
        try database.run("INSERT INTO t VALUES (3)")
        #expect(try database.query("SELECT n FROM t") { $0.int(0) } == [3])
    }

    @Test("a server killed and started again is found again, by statements and by listeners")
    func restart() throws {
        let cluster = try PostgresCluster()
        let url = try cluster.makeDatabase()
        let database = try PostgresDatabase(url)
        let listener = try PostgresListener(url, channel: "jobs")
        try database.executeScript("CREATE TABLE t (n BIGINT); INSERT INTO t VALUES (1)")
        try cluster.kill()
        let down = #expect(throws: DatabaseFailure.self) { try database.run("INSERT INTO t VALUES (2)") }
        #expect(down?.kind == .connectionLost)
        // The first looks read the server's last words and its end, the next finds that it cannot be reached.
        for _ in 0..<10 where listener.failure == nil { #expect(listener.wait(timeoutMS: 0).isEmpty) }
        #expect(listener.failure?.kind == .connectionLost)
        try cluster.start()
        try database.run("INSERT INTO t VALUES (3)")
        #expect(try database.query("SELECT n FROM t ORDER BY n") { $0.int(0) } == [1, 3])
        #expect(listener.wait(timeoutMS: 60_000) == [PostgresListener.missed])
        #expect(listener.failure == nil)
        try database.run("NOTIFY jobs, 'again'")
        #expect(listener.wait(timeoutMS: 60_000) == ["again"])
    }

    /// Ends the backend of `victim` and returns when it is gone.
    private func end(_ victim: PostgresDatabase, by other: PostgresDatabase) throws {
        let pid = try victim.query("SELECT pg_backend_pid()") { $0.integer(0) }
        try other.run("SELECT pg_terminate_backend(CAST(? AS INT), 30000)", [.integer(try #require(pid.first))])
    }
}
