import Storage
import Testing

@Suite struct DatabaseTests {
    @Test func everyTypeComesBackAsItWasStored() throws {
        let database = try Database(.memory)
        let values: [SQLValue] = [
            .null, 0, -1, .integer(.max), .integer(.min), 0.5, -1e300, "", "Привет", "a\0b", .blob([]),
            .blob([0, 255]),
        ]
        for value in values {
            let stored = try database.first("select ?", [value]) { $0.value(0) }
            #expect(stored == value)
        }
    }

    @Test func aRowReadsStrictlyAndNamesTheColumn() throws {
        let database = try Database(.memory)
        let failure = #expect(throws: DatabaseFailure.self) {
            try database.first("select 1 as title") { $0.text(0) }
        }
        #expect(failure?.kind == .type)
        #expect(failure?.message == "Column 0 (title) holds an integer where a text was expected.")
        #expect(throws: DatabaseFailure.self) { try database.first("select 1") { $0.integer(1) } }
        #expect(throws: DatabaseFailure.self) { try database.first("select null") { $0.text(0) } }
        #expect(try database.first("select null", [], { $0.optionalText(0) == nil }) == true)
        #expect(try database.first("select 3", [], { $0.real(0) }) == 3)
    }

    @Test func textBytesAreLentWithoutAString() throws {
        let database = try Database(.memory)
        let count = try database.first("select 'Москва'") { $0.withText(0) { $0.count } }
        #expect(count == 12)
    }

    @Test func rowsComeInOrderAndForEachStopsEarly() throws {
        let database = try numbers(upTo: 5)
        #expect(try database.query("select n from number order by n desc") { $0.int(0) } == [5, 4, 3, 2, 1])
        var seen: [Int] = []
        try database.forEach("select n from number order by n") {
            seen.append($0.int(0))
            return seen.count < 2
        }
        #expect(seen == [1, 2])
        #expect(try database.first("select n from number where n > 9", [], { $0.int(0) }) == nil)
    }

    @Test func insertsReportTheirIDAndChangesTheirCount() throws {
        let database = try numbers(upTo: 3)
        #expect(database.lastInsertID == 3)
        try database.execute("update number set n = n + 10 where n > ?", [1])
        #expect(database.changes == 2)
    }

    @Test func aStatementIsReusedAlsoAfterAFailure() throws {
        let database = try numbers(upTo: 1)
        let before = database.cachedStatementCount
        for _ in 0..<3 {
            #expect(throws: DatabaseFailure.self) { try database.execute("insert into number values (?)", [1]) }
        }
        try database.execute("insert into number values (?)", [2])
        #expect(database.cachedStatementCount == before)
    }

    @Test func theStatementCacheIsBounded() throws {
        var limits = Database.Limits()
        limits.statementsMax = 4
        let database = try Database(.memory, limits: limits)
        for number in 0..<20 {
            #expect(try database.first("select \(number)", [], { $0.int(0) }) == number)
        }
        #expect(database.cachedStatementCount == 4)
    }

    @Test func theSameQueryMayRunInsideItself() throws {
        let database = try numbers(upTo: 3)
        let sql = "select n from number order by n"
        let pairs = try database.query(sql) { outer throws(DatabaseFailure) in
            let left = outer.int(0)
            return try database.query(sql) { left * 10 + $0.int(0) }
        }
        #expect(pairs == [[11, 12, 13], [21, 22, 23], [31, 32, 33]])
    }

    @Test(arguments: [
        ("select", "incomplete input"),
        ("select 1; select 2", "more than one statement"),
        ("  -- nothing", "holds no statement"),
        ("select ?", "has 1 parameters and was given 0"),
        ("select * from nowhere", "no such table: nowhere"),
    ])
    func aWrongStatementSaysWhatIsWrong(sql: String, reason: String) throws {
        let database = try Database(.memory)
        let failure = #expect(throws: DatabaseFailure.self) { try database.execute(sql) }
        #expect(failure?.kind == .sql)
        #expect(failure?.message.contains(reason) == true, "\(failure?.message ?? "")")
    }

    @Test func aRefusedChangeDoesNotTellTheValue() throws {
        let database = try Database(.memory)
        try database.execute("create table person (phone text unique)")
        try database.execute("insert into person values (?)", ["+1 555 0100"])
        let failure = #expect(throws: DatabaseFailure.self) {
            try database.execute("insert into person values (?)", ["+1 555 0100"])
        }
        #expect(failure?.kind == .constraint)
        #expect(failure?.message.contains("person.phone") == true)
        #expect(failure?.message.contains("555") == false)
    }

    @Test func foreignKeysAreEnforced() throws {
        let database = try Database(.memory)
        try database.executeScript("create table a (id integer primary key); create table b (a references a(id))")
        let failure = #expect(throws: DatabaseFailure.self) { try database.execute("insert into b values (7)") }
        #expect(failure?.kind == .constraint)
    }

    @Test func aValueOverTheLimitIsRefused() throws {
        var limits = Database.Limits()
        limits.valueBytesMax = 1_000
        let database = try Database(.memory, limits: limits)
        let failure = #expect(throws: DatabaseFailure.self) {
            try database.first("select ?", [.blob([UInt8](repeating: 1, count: 1_001))]) { $0.count }
        }
        #expect(failure?.kind == .tooLarge)
    }

    private func numbers(upTo last: Int) throws -> Database {
        let database = try Database(.memory)
        try database.execute("create table number (n integer primary key)")
        for number in 1...last { try database.execute("insert into number values (?)", [.integer(Int64(number))]) }
        return database
    }
}
