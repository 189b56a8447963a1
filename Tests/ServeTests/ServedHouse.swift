import Foundation
import Net
import Wire

/// A `host portal` and a `host serve` in a folder of their own, as processes.
///
/// What waits for a process does so on a thread of its own: the pool has two, and other tests want them.
final class ServedHouse: @unchecked Sendable {
    // @unchecked: one test uses it, one call after another.
    enum Posted {
        case accepted
        /// No answer came: it was taken, or it was not.
        case unknown
        case refused(Int)
    }

    struct NotSettled: Error {
        let runs: Int
        let log: String
    }

    private let folder: URL
    private let portal: Process
    private let webhook: String
    private var serving: Process?
    private var url = ""
    private let client = HTTPClient()
    private let environment: [String: String]

    /// Should these tests die, their processes follow after this long.
    private static let secondsMax = 1_800

    init(recipe: String) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "served-\(UUID().uuidString.prefix(8))")
        let recipes = folder.appending(path: "recipes/soak")
        try FileManager.default.createDirectory(at: recipes, withIntermediateDirectories: true)
        try recipe.write(to: recipes.appending(path: "recipe.lua"), atomically: true, encoding: .utf8)
        var environment = [
            "PATH": "/usr/bin:/bin", "HOME": folder.path, "TZ": "UTC", "LANG": "C.UTF-8",
            "HOST_RUNTIME_DIR": folder.appending(path: "runtime").path,
        ]
        let output = Pipe()
        portal = Self.process(
            [
                "portal", "--port", "0", "--json", "--seed-number", "7", "--fault",
                "dropAfter:crm.lead.add:rate=0.05",
            ], folder, environment)
        portal.standardOutput = output
        portal.standardError = FileHandle.standardError
        try portal.run()
        let address = try JSONValue(parsing: Self.line(of: output))
        webhook = address["webhook"]?.stringValue ?? ""
        environment["HOOK"] = webhook
        self.environment = environment
        let configuration = """
            host {
              listen = "127.0.0.1:0",
              portals = { local_one = { webhook = env "HOOK", application_token = "soak-token" } },
              recipes = { "recipes/*" },
              api_keys = { soak = "soak-key" },
              console = { password = "soak-password" },
            }
            """
        try configuration.write(to: folder.appending(path: "host.lua"), atomically: true, encoding: .utf8)
    }

    private static func process(_ words: [String], _ folder: URL, _ environment: [String: String]) -> Process {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments =
            ["--default-signal", "timeout", "--foreground", "\(secondsMax)", Program.path.path] + words
        process.environment = environment
        process.currentDirectoryURL = folder
        process.standardInput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        return process
    }

    private static func line(of pipe: Pipe) throws -> [UInt8] {
        var line = Data()
        while !line.contains(0x0A) {
            let more = pipe.fileHandleForReading.availableData
            guard !more.isEmpty else { throw CocoaError(.fileReadUnknown) }
            line += more
        }
        return Array(line.prefix { $0 != 0x0A })
    }

    // -- Life ---------------------------------------------------------------------------------------------------------

    func start() async throws { try await offPool { try self.startNow() } }

    private func startNow() throws {
        let output = Pipe()
        let process = Self.process(["serve", "--json"], folder, environment)
        process.standardOutput = output
        let log = folder.appending(path: "log")
        if !FileManager.default.fileExists(atPath: log.path) {
            _ = FileManager.default.createFile(atPath: log.path, contents: nil)
        }
        let errors = try FileHandle(forWritingTo: log)
        try errors.seekToEnd()
        process.standardError = errors
        try process.run()
        url = try JSONValue(parsing: Self.line(of: output))["url"]?.stringValue ?? ""
        serving = process
    }

    /// SIGKILL, to the host itself and not to what watches over it.
    func kill(afterMicroseconds delay: UInt32) async throws { try await offPool { self.killNow(after: delay) } }

    private func killNow(after delay: UInt32) {
        guard let serving else { return }
        usleep(delay)
        let id = serving.processIdentifier
        let children = (try? String(contentsOfFile: "/proc/\(id)/task/\(id)/children", encoding: .utf8)) ?? ""
        for child in children.split(separator: " ").compactMap({ Int32($0) }) { Foundation.kill(child, SIGKILL) }
        serving.waitUntilExit()
        self.serving = nil
    }

    func stop() async throws {
        try await offPool {
            self.serving?.terminate()
            self.serving?.waitUntilExit()
            self.serving = nil
        }
    }

    func remove() {
        client.close()
        killNow(after: 0)
        portal.terminate()
        portal.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }

    // -- Events -------------------------------------------------------------------------------------------------------

    func post(dealAdded id: String) async -> Posted {
        let form = "event=ONCRMDEALADD&data[FIELDS][ID]=\(id)&ts=1766047124&auth[application_token]=soak-token"
        return await post("bitrix/local_one", form, [])
    }

    func post(event: String, data: String) async -> Posted {
        await post("events/\(event)", data, [(name: "Authorization", value: "Bearer soak-key")])
    }

    private func post(_ path: String, _ body: String, _ headers: [(name: String, value: String)]) async -> Posted {
        let request = HTTPRequest(url: url + path, headers: headers, body: Array(body.utf8), timeoutMS: 20_000)
        do throws(HTTPFailure) {
            let response = try await client.send(request)
            return [200, 202].contains(response.status) ? .accepted : .refused(response.status)
        } catch {
            return .unknown
        }
    }

    // -- Looking ------------------------------------------------------------------------------------------------------

    /// All runs, when none is at work, asleep or to be tried again.
    func settled(within seconds: Double) async throws -> [JSONValue] {
        let end = Date(timeIntervalSinceNow: seconds)
        while true {
            let listed = try JSONValue(parsing: try await output(["runs", "--json", "--count", "1000"]))
            let runs = listed.arrayValue ?? []
            let open = ["running", "asleep", "waiting to be tried again"]
            let isOpen = runs.contains { open.contains($0["state"]?.stringValue ?? "") }
            let depth = try await depth()
            if !isOpen, depth == 0 { return runs }
            guard Date() < end else {
                let log = (try? String(contentsOf: folder.appending(path: "log"), encoding: .utf8)) ?? ""
                throw NotSettled(runs: runs.count, log: String(log.suffix(2_000)))
            }
            try await Task.sleep(for: .milliseconds(500))
        }
    }

    private func depth() async throws -> Int {
        let response = try await client.send(HTTPRequest(method: "GET", url: url + "metrics", headers: [], body: []))
        let text = String(decoding: response.body, as: UTF8.self)
        let line = text.split(separator: "\n").first { $0.hasPrefix("host_inbox_depth ") }
        return line.flatMap { $0.split(separator: " ").last.flatMap { Int($0) } } ?? -1
    }

    /// Every row of a list on the portal.
    func call(_ method: String, _ parameters: String) async throws -> [JSONValue] {
        let text = try await output(["call", method, "--all", "--portal", webhook, "--json", parameters])
        return try text.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
    }

    /// What the recipe has stored, by key.
    func values() async throws -> [String: JSONValue] {
        var values: [String: JSONValue] = [:]
        for line in try await output(["store", "export"]).split(separator: "\n") {
            let row = try JSONValue(parsing: String(line))
            if row["type"] == "value", let key = row["key"]?.stringValue { values[key] = row["value"] }
        }
        return values
    }

    private func output(_ words: [String]) async throws -> String { try await offPool { try self.outputNow(words) } }

    private func outputNow(_ words: [String]) throws -> String {
        let process = Self.process(words, folder, environment)
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.standardError
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }
}

/// The program under test: `HOST_PROGRAM`, or the one built together with these tests, which lies beside their bundle.
enum Program {
    static var path: URL {
        if let path = ProcessInfo.processInfo.environment["HOST_PROGRAM"] { return URL(filePath: path) }
        let maps = (try? String(contentsOfFile: "/proc/self/maps", encoding: .utf8)) ?? ""
        let bundle = maps.split(separator: "\n").first { $0.hasSuffix("PackageTests.xctest") }
        let path = bundle?.firstIndex(of: "/").flatMap { start in bundle?[start...] }
        return URL(filePath: String(path ?? "")).deletingLastPathComponent().appending(path: "host")
    }
}

/// Does something that blocks, on a thread of its own.
private func offPool<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread { continuation.resume(with: Result(catching: body)) }
    }
}
