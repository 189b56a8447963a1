import Foundation
import PostgresCluster
import Storage
import Testing

@Suite("Listening to PostgreSQL")
struct PostgresListenerTests {
    private let url: String
    private let database: PostgresDatabase

    init() throws {
        url = try PostgresCluster.shared().makeDatabase()
        database = try PostgresDatabase(url)
    }

    private func notify(_ channel: String, _ payload: String) throws(DatabaseFailure) {
        try database.run("SELECT pg_notify(?, ?)", [.text(channel), .text(payload)])
    }

    @Test("what was notified since the listener was made is heard in order, committed things only")
    func payloads() throws {
        let listener = try PostgresListener(url, channel: "jobs")
        try database.transaction { () throws(DatabaseFailure) in
            try notify("jobs", "first")
            try notify("other", "not ours")
            try notify("jobs", "второй")
        }
        #expect(throws: DatabaseFailure.self) {
            try database.transaction { () throws(DatabaseFailure) in
                try notify("jobs", "undone")
                try database.run("SELECT 1 / 0")
            }
        }
        var heard = listener.wait(timeoutMS: 60_000)
        #expect(heard.first == "first")
        try notify("jobs", "last")
        while heard.last != "last" {
            let more = listener.wait(timeoutMS: 60_000)
            try #require(!more.isEmpty)
            heard += more
        }
        #expect(heard == ["first", "второй", "last"])
        #expect(listener.wait(timeoutMS: 0).isEmpty)
    }

    @Test("a thread that waits is woken by a notification and by close")
    func threads() async throws {
        let listener = try PostgresListener(url, channel: "jobs")
        let (heard, continuation) = AsyncStream.makeStream(of: [String].self)
        let thread = Thread {
            while !listener.isClosed { continuation.yield(listener.wait(timeoutMS: 600_000)) }
            continuation.finish()
        }
        thread.start()
        try notify("jobs", "one")
        var waits = heard.makeAsyncIterator()
        #expect(await waits.next() == ["one"])
        listener.close()
        // The wait that close ended, unless it was called between two of them.
        for await last in heard { #expect(last.isEmpty) }
        #expect(listener.isClosed && listener.wait(timeoutMS: 600_000).isEmpty)
    }

    @Test("a lost connection is made again, and that counts as a notification")
    func reconnect() throws {
        let listener = try PostgresListener(url, channel: "jobs")
        let ended = try database.query(
            "SELECT pg_terminate_backend(pid, 30000) FROM pg_stat_activity WHERE query LIKE 'listen%' AND datname = "
                + "current_database()"
        ) { $0.bool(0) }
        #expect(ended == [true])
        #expect(listener.wait(timeoutMS: 60_000) == [PostgresListener.missed])
        try notify("jobs", "next")
        #expect(listener.wait(timeoutMS: 60_000) == ["next"])
    }

    @Test("any name of a channel is one name", arguments: ["Jobs", "a \"quoted\" one", "x; select 1", "канал"])
    func channels(channel: String) throws {
        let listener = try PostgresListener(url, channel: channel)
        try notify(channel, "here")
        #expect(listener.wait(timeoutMS: 60_000) == ["here"])
    }

    @Test("a name PostgreSQL would cut is refused", arguments: ["", String(repeating: "x", count: 64), "a\0b"])
    func badChannels(channel: String) {
        let failure = #expect(throws: DatabaseFailure.self) { try PostgresListener(url, channel: channel) }
        #expect(failure?.kind == .sql && failure?.message.contains("1 to 63 bytes") == true)
    }
}
