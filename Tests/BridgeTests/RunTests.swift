import Testing
import Wire

@testable import Bridge

@Suite("A run")
struct RunTests {
    @Test("runs a chunk from top to bottom, awaiting on the way")
    func awaits() async throws {
        let script = Script("print(add(1, 2)) print(later('a') .. later('b'))")
        #expect(try await script.output() == "3\na!b!\n")
    }
}
