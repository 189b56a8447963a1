import Foundation
import Testing

@Suite("Hostile scripts, each in a process of its own")
struct HostileTests {
    /// The runner's CPU limit. Filling memory on a busy machine takes longer, and another limit is its subject.
    static let cpuMSMax = 200
    static let cpuMSMaxFilling = 3000
    /// How much later a script may end.
    static let cpuMSLate = 100

    @Test("end in time, for the right reason, and the process lives", arguments: HostileScript.all)
    func stopped(_ script: HostileScript) throws {
        let cpuMSMax = script.ends == "memory" ? HostileTests.cpuMSMaxFilling : HostileTests.cpuMSMax
        let words = try runner(script.text, arguments: ["--cpu", String(cpuMSMax)]).split(separator: " ")
        try #require(words.count == 3, "the process did not live to report: \(words)")
        #expect(words[0] == script.ends)
        #expect(try #require(Int(words[1])) <= cpuMSMax + HostileTests.cpuMSLate)
        #expect(words[2] == "alive\n")
    }

    @Test("failing any allocation of a whole run neither leaks nor aborts")
    func allocations() throws {
        let lines = try runner("", arguments: ["--allocations"]).split(separator: "\n")
        #expect(lines.count == 2)
        for line in lines {
            let words = line.split(separator: " ")
            #expect(try #require(words.first.flatMap { Int($0) }) > 500, "the run allocates hundreds of times")
            #expect(words[1] == "0", "runs that left something behind")
            #expect(words[2] == "memory,shown", "every run ends by the limit, except the one without a failure")
        }
    }

    private func runner(_ input: String, arguments: [String] = []) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
            .appendingPathComponent("HostileRunner")
        process.arguments = arguments
        let (stdin, stdout) = (Pipe(), Pipe())
        process.standardInput = stdin
        process.standardOutput = stdout
        try process.run()
        stdin.fileHandleForWriting.write(Data(input.utf8))
        try stdin.fileHandleForWriting.close()
        let output = stdout.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: output, as: UTF8.self)
    }
}
