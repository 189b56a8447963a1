import Foundation
import Portal
import Testing
import Wire

@testable import Host

@Suite("Processes that share a grant")
struct ExpiryTests {
    private struct Said: Decodable {
        var runs: Int
        var failed: Int
        var reads: Int
        var failures: [String]
    }

    private static let processes = 2
    private static let runs = 10
    private static let callsOfARun = 10

    @Test("refresh once when the token expires in the middle of the calls of all their runs, and none fails")
    func once() async throws {
        let harness = try GrantHarness()
        let grant = try await harness.authorize()
        let recipe = harness.folder.appendingPathComponent("recipe.lua")
        try Data("for _ = 1, \(Self.callsOfARun) do b24.user.current{} end".utf8).write(to: recipe)
        let calls = Self.processes * Self.runs * Self.callsOfARun
        try harness.fail("user.current", .expireTokens, skip: calls / 2, count: 1)

        let children = try (0..<Self.processes).map { _ in
            try Child(
                "RunsTogether", [harness.storePath, harness.keyPath, grant.memberID, recipe.path, "\(Self.runs)"])
        }
        for child in children {
            #expect(try child.line() == "ready")
            let seen = try child.commandLine()
            #expect(seen.contains("RunsTogether"))
            for secret in grant.secrets { #expect(!seen.contains(secret.exposed)) }
        }
        // The whole of them at once.
        for child in children { try child.say("go\n") }
        for child in children {
            let said = try JSONDecoder().decode(Said.self, from: Data(try child.line().utf8))
            #expect(said.runs == Self.runs && said.failed == 0, "\(said.failures)")
            #expect(said.reads == Self.runs * Self.callsOfARun)
            child.end()
        }
        #expect(try harness.pairs() == 2, "one of the authorisation, one of the refresh")
        #expect(try harness.tokenRequests() == 2)
        #expect(try harness.store().grants().first?.generation == 2)
    }
}

/// A program that is built beside the tests.
private final class Child {
    private static let secondsMax = 60

    private let process = Process()
    private let (input, output) = (Pipe(), Pipe())

    init(_ program: String, _ arguments: [String]) throws {
        let path = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
            .appendingPathComponent(program).path
        // Whatever goes wrong, the test gets an answer.
        process.executableURL = URL(fileURLWithPath: "/usr/bin/timeout")
        process.arguments = ["\(Self.secondsMax)", path] + arguments
        process.standardInput = input
        process.standardOutput = output
        try process.run()
    }

    /// As others on the machine see it.
    func commandLine() throws -> String {
        let path = "/proc/\(process.processIdentifier)/cmdline"
        return String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
    }

    deinit { process.terminate() }

    /// What it says next; empty when it ended.
    func line() throws -> String {
        var line: [UInt8] = []
        while let byte = try output.fileHandleForReading.read(upToCount: 1)?.first, byte != 0x0A { line.append(byte) }
        return String(decoding: line, as: UTF8.self)
    }

    func say(_ text: String) throws { try input.fileHandleForWriting.write(contentsOf: Data(text.utf8)) }

    func end() { process.waitUntilExit() }
}
