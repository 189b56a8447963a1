import Foundation
import Testing

@testable import Host

@Suite struct KeyValueStoreTests {
    @Test("a name belongs to the file that claimed it, until that file is gone")
    func claims() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let first = folder.appending(path: "first.lua").path()
        let second = folder.appending(path: "second.lua").path()
        for path in [first, second] { try Data().write(to: URL(filePath: path)) }

        let store = KeyValueStore(.memory)
        try store.claim("booking", for: first)
        try store.claim("booking", for: first)
        let failure = #expect(throws: HostFailure.self) { try store.claim("booking", for: second) }
        #expect(failure?.kind == .configuration)
        #expect(failure?.message.contains(first) == true)

        try FileManager.default.removeItem(atPath: first)
        try store.claim("booking", for: second)
    }

    @Test("a value is swapped only while it is the one expected")
    func swaps() throws {
        let store = KeyValueStore(.memory)
        #expect(try store.swap("r", "k", expected: nil, value: [1]))
        #expect(try !store.swap("r", "k", expected: nil, value: [2]))
        #expect(try store.swap("r", "k", expected: [1], value: [3]))
        #expect(try store.get("r", "k") == [3])
        #expect(try store.get("other", "k") == nil)
        #expect(try store.swap("r", "k", expected: [3], value: nil))
        #expect(try store.keys("r", prefix: "") == [])
    }
}
