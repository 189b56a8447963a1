import Foundation

/// A folder of one spec's own: a copy of its files, the shipped recipes and examples beside them, `host` on the path.
///
/// The environment is made from nothing, so that a spec finds neither a webhook nor a locale of whoever runs it.
final class Workspace {
    let folder: URL
    private(set) var environment: [String: String]

    /// A command that has not ended by now is stopped, and the spec fails.
    private static let commandSecondsMax = 60

    init(copying caseFolder: URL) throws {
        let manager = FileManager.default
        folder = manager.temporaryDirectory.appending(path: "host-spec-\(UUID().uuidString)")
        try manager.copyItem(at: caseFolder, to: folder)
        for name in ["examples", "recipes", "seeds", "tools", "types"] {
            try manager.createSymbolicLink(
                at: folder.appending(path: name), withDestinationURL: Host.root.appending(path: name))
        }
        let programs = folder.appending(path: ".bin")
        try manager.createDirectory(at: programs, withIntermediateDirectories: false)
        try manager.createSymbolicLink(at: programs.appending(path: "host"), withDestinationURL: Host.program)
        environment = [
            "PATH": "\(programs.path):/usr/bin:/bin", "HOME": folder.path, "TZ": "UTC", "LANG": "C.UTF-8",
            "HOST_RUNTIME_DIR": folder.appending(path: ".runtime").path,
        ]
    }

    func remove() {
        try? FileManager.default.removeItem(at: folder)
    }

    func set(_ name: String, _ value: String) {
        environment[name] = value
    }

    /// Runs a command line with `sh` and waits for it without holding a thread.
    func run(_ command: String) async throws -> SpecFile.Outcome {
        let outputs = try ["output", "errors"].map { name in
            let url = folder.appending(path: ".\(name)")
            _ = FileManager.default.createFile(atPath: url.path, contents: nil)
            return (url, try FileHandle(forWritingTo: url))
        }
        let process = process("timeout", ["--kill-after=5", "\(Self.commandSecondsMax)", "/bin/sh", "-c", command])
        process.standardOutput = outputs[0].1
        process.standardError = outputs[1].1
        let ending = Ending(of: process)
        try process.run()
        let status = await ending.status()
        return SpecFile.Outcome(
            output: try lines(of: outputs[0].0), errors: try lines(of: outputs[1].0),
            status: status)
    }

    /// A process in this folder and environment, not started yet; it reads nothing.
    func process(_ program: String, _ arguments: [String]) -> Process {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        // A thread of Swift's pool blocks signals, and a child inherits that: this lets SIGTERM through again.
        process.arguments = ["--default-signal", program] + arguments
        process.environment = environment
        process.currentDirectoryURL = folder
        process.standardInput = FileHandle.nullDevice
        return process
    }

    /// Without what differs from run to run, and without empty lines at the end.
    private func lines(of file: URL) throws -> [String] {
        var text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        let volatile = [
            ("BITRIX24_WEBHOOK_URL", "[WEBHOOK]"), ("PORTAL", "[PORTAL]"), ("AUTHORIZATION", "[AUTHORIZATION]"),
            ("HOME", "[CWD]"),
        ]
        for (name, mark) in volatile {
            if let value = environment[name] { text = text.replacing(value, with: mark) }
        }
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        while lines.last == "" { lines.removeLast() }
        return lines
    }
}

/// The end of a process, which may come before or after somebody waits for it.
struct Ending {
    private let statuses: AsyncStream<Int>

    /// To be made before the process starts.
    init(of process: Process) {
        let (statuses, end) = AsyncStream.makeStream(of: Int.self)
        self.statuses = statuses
        process.terminationHandler = { ended in
            end.yield(Int(ended.terminationStatus))
            end.finish()
        }
    }

    /// Waits without holding a thread; -1 when the wait was cancelled.
    func status() async -> Int {
        await statuses.first { _ in true } ?? -1
    }
}

/// The program under test, and the checkout it came from.
enum Host {
    static let root = URL(filePath: #filePath).deletingLastPathComponent()  // Specs
        .deletingLastPathComponent()  // Tests
        .deletingLastPathComponent()

    /// `HOST_PROGRAM`, or the one built together with these tests, which lies beside their bundle.
    static var program: URL {
        if let path = ProcessInfo.processInfo.environment["HOST_PROGRAM"] { return URL(filePath: path) }
        let maps = (try? String(contentsOfFile: "/proc/self/maps", encoding: .utf8)) ?? ""
        let bundle = maps.split(separator: "\n").first { $0.hasSuffix("PackageTests.xctest") }
        let path = bundle?.firstIndex(of: "/").flatMap { start in bundle?[start...] }
        guard let path else { return root.appending(path: ".build/debug/host") }
        return URL(filePath: String(path)).deletingLastPathComponent().appending(path: "host")
    }
}
