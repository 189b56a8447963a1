import Foundation
import Synchronization

/// A PostgreSQL server of the tests' own: in a folder that goes with it, over a Unix socket there, without fsync.
///
/// It does not outlive the process that made it, however that ends: a shell watches a socket to it, and stops the
/// server and removes the folder when that closes. The user is `host`, who may do everything and needs no password; a
/// role named `guarded` needs one.
///
/// PostgreSQL refuses to run as root: then it runs as the user `postgres`, which the Debian package has made.
public final class PostgresCluster: Sendable {
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    /// The one of the whole test process; tests share it and each makes databases of its own.
    public static func shared() throws -> PostgresCluster { try sharedResult.get() }
    private static let sharedResult = Result { try PostgresCluster() }

    private struct State {
        var socket: Int32
        var databases = 0
    }

    private let folder: String
    private let watcher: Process
    private let state: Mutex<State>

    /// A server that a test may stop and start. Takes about two seconds.
    public init() throws {
        let programs = try PostgresPrograms()
        folder = try programs.makeFolder()
        let ends = try PostgresCluster.socketPair()
        watcher = Process()
        (watcher.executableURL, watcher.arguments) = programs.command(watching: folder)
        let handle = FileHandle(fileDescriptor: ends.watcher, closeOnDealloc: true)
        watcher.standardInput = handle
        watcher.standardOutput = handle
        watcher.standardError = FileHandle.nullDevice
        state = Mutex(State(socket: ends.tests))
        do {
            try watcher.run()
            try handle.close()
            try state.withLock { try expectOK($0.socket, "initdb or the first start") }
        } catch {
            close(ends.tests)
            throw error
        }
    }

    deinit {
        _ = state.withLock { close($0.socket) }
        watcher.waitUntilExit()
    }

    /// The URL of a new, empty database.
    public func makeDatabase() throws -> String {
        let name = try state.withLock { state in
            state.databases += 1
            let name = "test\(state.databases)"
            try tell(state.socket, "database \(name)")
            return name
        }
        return url(database: name)
    }

    public func url(database: String, user: String = "host", password: String? = nil) -> String {
        let login = password.map { "\(user):\($0)" } ?? user
        return "postgres://\(login)@\(folder.replacingOccurrences(of: "/", with: "%2F"))/\(database)"
    }

    /// As a power cut does it: connections break, what was not committed is gone.
    public func kill() throws { try state.withLock { try tell($0.socket, "stop") } }

    /// Returns when the server takes connections again.
    public func start() throws { try state.withLock { try tell($0.socket, "start") } }

    // MARK: The watcher

    private func tell(_ socket: Int32, _ command: String) throws {
        let line = Array("\(command)\n".utf8)
        guard send(socket, line, line.count, Int32(MSG_NOSIGNAL)) == line.count else {
            throw Failure(description: "The server's watcher in \(folder) is gone.")
        }
        try expectOK(socket, command)
    }

    private func expectOK(_ socket: Int32, _ doing: String) throws {
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while read(socket, &byte, 1) == 1, byte != UInt8(ascii: "\n") { line.append(byte) }
        guard line == Array("ok".utf8) else {
            let log = (try? String(contentsOfFile: "\(folder)/log", encoding: .utf8)) ?? "there is no log"
            throw Failure(description: "The PostgreSQL server in \(folder) failed at \(doing): \(log.suffix(2_000))")
        }
    }

    private static func socketPair() throws -> (tests: Int32, watcher: Int32) {
        var ends: [Int32] = [-1, -1]
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0 else {
            throw Failure(description: "socketpair: \(String(cString: strerror(errno)))")
        }
        // The server, and what other tests start, must not keep our end open.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }
}
