import Bitrix24
import Foundation
import Glibc
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

    /// A grant whose new pair the server has made, while who asked for it was killed before the answer came.
    private func killedInRenewal(_ works: Bool) async throws -> GrantHarness {
        // The answer comes a minute late; on a machine so busy that this test sleeps longer, it has to be tried again.
        for _ in 1...Self.triesMax {
            let harness = try GrantHarness { $0.oauth.spentRefreshTokenWorks = works }
            let grant = try await harness.authorize()
            try harness.expire()
            try harness.fail("oauth.token", .latency(milliseconds: 60_000, isVirtual: false), count: 1)
            let recipe = harness.folder.appendingPathComponent("recipe.lua")
            try Data("b24.user.current{}".utf8).write(to: recipe)
            let child = try Child(
                "RunsTogether", [harness.storePath, harness.keyPath, grant.memberID, recipe.path, "1"])
            #expect(try child.line() == "ready")
            try child.say("go\n")
            let deadline = ContinuousClock.now + .seconds(50)
            while try harness.tokenRequests() < 2, .now < deadline { try await Task.sleep(for: .milliseconds(5)) }
            child.kill()
            if try child.line().isEmpty, try harness.pairs() == 2 { return harness }
        }
        throw NeverKilledInTime()
    }

    private static let triesMax = 5
    private struct NeverKilledInTime: Error {}

    /// The server has made the new pair, and whoever asked for it is dead before the answer comes.
    @Test("go on when one is killed with the lease, and say what was lost where the old pair works no more")
    func killed() async throws {
        for works in [true, false] {
            let harness = try await killedInRenewal(works)
            // The dead one's lease holds for 30 s.
            let connection = try harness.connection { Int64(Date.now.timeIntervalSince1970 * 1_000) + 31_000 }
            if works {
                _ = try await GrantHarness.profile(on: connection)
                #expect(try harness.store().grants().first?.generation == 2)
                continue
            }
            let failure = await #expect(throws: EffectFailure.self) { try await GrantHarness.profile(on: connection) }
            guard case .portal(let lost)? = failure else {
                Issue.record("\(String(describing: failure))")
                return
            }
            #expect(lost.code == "invalid_grant" && !lost.retryable)
            #expect(lost.hint.contains("a process that ended") && lost.hint.contains("host auth"))
        }
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

    /// Not to be caught: it and `timeout` are a group of processes.
    func kill() {
        Glibc.kill(-process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }
}
