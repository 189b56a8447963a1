import Foundation
import Testing

@Suite("Hostile scripts, each in a process of its own")
struct HostileTests {
    /// What the runner allows, and what it may take longer: its CPU limit of 200 ms and 100 ms.
    static let cpuMSMax = 300

    @Test("end in time, for the right reason, and the process lives", arguments: HostileScript.all)
    func stopped(_ script: HostileScript) throws {
        let words = try runner(script.text).split(separator: " ")
        try #require(words.count == 3, "the process did not live to report: \(words)")
        // On a busy machine the CPU limit may come before the memory limit; both stop the script in time.
        #expect(words[0] == script.ends || (script.ends == "memory" && words[0] == "cpu"))
        #expect(try #require(Int(words[1])) <= HostileTests.cpuMSMax)
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
