import Foundation
import Storage
import Testing

@Suite final class DatabaseFileTests {
    private let folder: URL
    private var path: String { folder.appendingPathComponent("test.sqlite").path }

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("storage-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    private func makeNotes(_ texts: [String]) throws {
        let database = try Database(.file(path))
        try database.execute("create table note (text text)")
        for text in texts { try database.execute("insert into note values (?)", [.text(text)]) }
    }

    @Test func whatWasWrittenIsThereAfterReopening() throws {
        try makeNotes(["one", "two"])
        let database = try Database(.file(path))
        #expect(try database.query("select text from note") { $0.text(0) } == ["one", "two"])
        #expect(try database.first("pragma journal_mode", [], { $0.text(0) }) == "wal")
        #expect(try database.first("pragma synchronous", [], { $0.int(0) }) == 2)
    }

    @Test func anotherWriterMakesItBusyAndNotForever() throws {
        try makeNotes([])
        var limits = Database.Limits()
        limits.busyTimeoutMS = 1
        let first = try Database(.file(path))
        let second = try Database(.file(path), limits: limits)
        try first.execute("begin immediate")
        let failure = #expect(throws: DatabaseFailure.self) { try second.transaction {} }
        #expect(failure?.kind == .busy)
        #expect(try second.query("select text from note") { $0.text(0) }.isEmpty, "readers are not blocked")
        try first.execute("commit")
        try second.transaction { () throws(DatabaseFailure) in try second.execute("insert into note values ('now')") }
    }

    @Test func aReadOnlyDatabaseReadsAndRefusesToWrite() throws {
        try makeNotes(["one"])
        let database = try Database(.readOnlyFile(path))
        #expect(try database.query("select text from note") { $0.text(0) } == ["one"])
        let failure = #expect(throws: DatabaseFailure.self) { try database.execute("delete from note") }
        #expect(failure?.kind == .readOnly)
    }

    @Test func aMissingFolderIsNamed() throws {
        let missing = folder.appendingPathComponent("no/where.sqlite").path
        let failure = #expect(throws: DatabaseFailure.self) { try Database(.file(missing)) }
        #expect(failure?.kind == .cannotOpen)
        #expect(failure?.message.contains(missing) == true)
    }

    @Test(arguments: ["", "a\0b"]) func aSenselessNameIsRefused(name: String) {
        let failure = #expect(throws: DatabaseFailure.self) { try Database(.file(name)) }
        #expect(failure?.kind == .cannotOpen)
    }

    @Test func aFileThatIsNoDatabaseIsLeftAlone() throws {
        let text = Data(String(repeating: "This is a letter, not a database.\n", count: 100).utf8)
        try text.write(to: URL(fileURLWithPath: path))
        let failure = #expect(throws: DatabaseFailure.self) { try Database(.file(path)) }
        #expect(failure?.kind == .corrupt)
        #expect(failure?.message.contains(path) == true)
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == text)
    }

    @Test func aDamagedPageIsReportedAsDamage() throws {
        try makeNotes((0..<2_000).map { "note \($0)" })
        var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        bytes.replaceSubrange(4_096..., with: Data(repeating: 0xa5, count: bytes.count - 4_096))
        try bytes.write(to: URL(fileURLWithPath: path))
        let database = try Database(.file(path))
        let failure = #expect(throws: DatabaseFailure.self) {
            try database.query("select text from note") { $0.text(0) }
        }
        #expect(failure?.kind == .corrupt)
    }
}
