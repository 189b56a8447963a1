import Storage
import Testing

@Suite struct TransactionTests {
    private struct Refusal: Error, Equatable { var reason: String }

    private let database: Database

    init() throws {
        database = try Database(.memory)
        try database.execute("create table note (text text not null unique)")
    }

    private func notes() throws -> [String] {
        try database.query("select text from note order by rowid") { $0.text(0) }
    }

    @Test func whatReturnsIsKept() throws {
        let answer = try database.transaction { () throws(DatabaseFailure) in
            try database.execute("insert into note values ('kept')")
            return 42
        }
        #expect(answer == 42)
        #expect(try notes() == ["kept"])
        #expect(!database.isInTransaction)
    }

    @Test func whatThrowsIsUndoneAndTheErrorIsTheBodysOwn() throws {
        let failure = #expect(throws: Refusal.self) {
            let wrap = { (failure: DatabaseFailure) in Refusal(reason: failure.message) }
            try database.transaction(failingAs: wrap) { () throws(Refusal) in
                try insert("lost")
                throw Refusal(reason: "changed my mind")
            }
        }
        #expect(failure == Refusal(reason: "changed my mind"))
        #expect(try notes().isEmpty)
        #expect(!database.isInTransaction)
    }

    @Test func anInnerTransactionIsUndoneAlone() throws {
        try database.transaction { () throws(DatabaseFailure) in
            try database.execute("insert into note values ('outer')")
            #expect(throws: DatabaseFailure.self) {
                try database.transaction { () throws(DatabaseFailure) in
                    try database.execute("insert into note values ('inner')")
                    try database.execute("insert into note values ('outer')")
                }
            }
            try database.transaction { () throws(DatabaseFailure) in
                try database.execute("insert into note values ('second')")
            }
        }
        #expect(try notes() == ["outer", "second"])
    }

    @Test func anOuterFailureUndoesTheInnerOnesThatSucceeded() throws {
        #expect(throws: DatabaseFailure.self) {
            try database.transaction { () throws(DatabaseFailure) in
                try database.transaction { () throws(DatabaseFailure) in
                    try database.execute("insert into note values ('inner')")
                }
                try database.execute("insert into note values (null)")
            }
        }
        #expect(try notes().isEmpty)
    }

    @Test func aTransactionCanFollowAFailedOne() throws {
        #expect(throws: DatabaseFailure.self) {
            try database.transaction { () throws(DatabaseFailure) in
                try database.execute("insert into note values (null)")
            }
        }
        try database.transaction { () throws(DatabaseFailure) in
            try database.execute("insert into note values ('next')")
        }
        #expect(try notes() == ["next"])
    }

    private func insert(_ text: String) throws(Refusal) {
        do { try database.execute("insert into note values (?)", [.text(text)]) } catch {
            throw Refusal(reason: error.message)
        }
    }
}
