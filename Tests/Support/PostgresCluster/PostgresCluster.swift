import Foundation
import Synchronization

/// A PostgreSQL server of the test process's own: made on first use, on a socket in a temporary folder, and gone with
/// the process, whatever that dies of.
public final class PostgresCluster: Sendable {
    /// The server; nil where none is installed.
    public static let shared: PostgresCluster? = try? PostgresCluster()

    public let folder: String
    private let numbers = Atomic(0)
    private let process: Process
    /// Held open: when it closes, the server is ended.
    private let lifeline: Pipe

    private init() throws {
        guard let binaries = Self.binaries else { throw CocoaError(.fileNoSuchFile) }
        folder = NSTemporaryDirectory() + "pg-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let isRoot = geteuid() == 0
        // initdb refuses root: the package's own user owns the server then.
        if isRoot { try Self.run("/bin/chown", ["postgres", folder]) }
        let prefix = isRoot ? "setpriv --reuid=postgres --regid=postgres --init-groups " : ""
        try Self.run(
            "/bin/sh",
            [
                "-c",
                "\(prefix)\(binaries)/initdb -D \(folder)/data -A trust -U postgres --no-sync "
                    + ">\(folder)/initdb.log 2>&1",
            ])
        lifeline = Pipe()
        process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = [
            "-c",
            """
            \(prefix)\(binaries)/postgres -D \(folder)/data -k \(folder) -c listen_addresses= -c fsync=off \
            -c max_connections=200 >\(folder)/log 2>&1 </dev/null &
            server=$!
            cat >/dev/null
            kill -QUIT $server
            wait $server
            rm -rf \(folder)
            """,
        ]
        process.standardInput = lifeline
        try process.run()
        for _ in 0..<200 {
            if (try? Self.run("\(binaries)/pg_isready", ["-q", "-h", folder])) != nil { return }
            usleep(50_000)
        }
        throw CocoaError(.fileReadUnknown)
    }

    /// The address of a new, empty database.
    public func database() throws -> String {
        let name = "t\(numbers.add(1, ordering: .relaxed).newValue)"
        try Self.run(
            "\(Self.binaries ?? "")/psql",
            ["-q", "-h", folder, "-U", "postgres", "-c", "CREATE DATABASE \(name)"])
        return "postgres:///\(name)?host=\(folder)&user=postgres"
    }

    private static let binaries: String? = {
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib/postgresql")) ?? []
        return versions.sorted { (Int($0) ?? 0) < (Int($1) ?? 0) }.last.map { "/usr/lib/postgresql/\($0)/bin" }
    }()

    @discardableResult
    private static func run(_ program: String, _ arguments: [String]) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.fileReadUnknown) }
        return 0
    }
}
