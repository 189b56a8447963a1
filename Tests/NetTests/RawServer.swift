import Foundation
import Synchronization
import Testing

/// A server of raw bytes: what a test needs to answer as no server library would.
///
/// It reads a request up to the end of its headers, asks what to say to the n-th request (from 1), says it and closes;
/// with `keepsAlive` it reads the next request instead. Nil says nothing: without `keepsAlive` the connection stays
/// open and silent, with it the connection breaks.
///
/// What the system refuses it is an issue of the test: a server that stops listening looks like a client that waits.
final class RawServer: Sendable {
    let port: Int
    private let socket: Int32
    private let keepsAlive: Bool
    private let answer: @Sendable (Int) -> [UInt8]?
    private let count = Atomic(0)

    struct CannotListen: Error {}

    var requestCount: Int { count.load(ordering: .relaxed) }

    init(keepsAlive: Bool = false, answer: @escaping @Sendable (Int) -> [UInt8]?) throws {
        (socket, port) = try RawServer.listen()
        self.keepsAlive = keepsAlive
        self.answer = answer
        Thread.detachNewThread { [self] in
            while true {
                let connection = accept(socket, nil, nil)
                if connection >= 0 {
                    // What other tests start inherits nothing that would keep it open.
                    _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
                    Thread.detachNewThread { self.serve(connection) }
                } else if ![EINTR, ECONNABORTED].contains(errno) {
                    RawServer.report("accepts nothing more", errno)
                    return
                }
            }
        }
    }

    private static func report(_ what: String, _ code: Int32) {
        Issue.record("a RawServer \(what): \(String(cString: strerror(code)))")
    }

    /// A port nobody listens on.
    static func freePort() throws -> Int {
        let (socket, port) = try listen()
        close(socket)
        return port
    }

    private func serve(_ connection: Int32) {
        defer { close(connection) }
        var request: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while case let read = RawServer.receive(connection, &buffer), read > 0 {
            request += buffer[..<read]
            guard String(decoding: request, as: UTF8.self).contains("\r\n\r\n") else { continue }
            request = []
            let bytes = answer(count.add(1, ordering: .relaxed).newValue)
            if let bytes { _ = send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL)) }
            if bytes != nil && keepsAlive { continue }
            if bytes == nil && !keepsAlive { _ = RawServer.receive(connection, &buffer) }
            // What was sent must not be lost to a reset because unread bytes are left.
            shutdown(connection, Int32(SHUT_WR))
            while RawServer.receive(connection, &buffer) > 0 {}
            return
        }
    }

    /// Clients of these tests may well go away with a reset.
    private static func receive(_ connection: Int32, _ buffer: inout [UInt8]) -> Int {
        while true {
            let count = recv(connection, &buffer, buffer.count, 0)
            if count >= 0 { return count }
            if errno == EINTR { continue }
            if errno != ECONNRESET { report("reads nothing more", errno) }
            return count
        }
    }

    private static func listen() throws -> (Int32, Int) {
        let socket = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        return try withUnsafeMutableBytes(of: &address) { bytes in
            let pointer = bytes.assumingMemoryBound(to: sockaddr.self).baseAddress
            guard bind(socket, pointer, size) == 0, Foundation.listen(socket, 64) == 0,
                getsockname(socket, pointer, &size) == 0
            else { throw CannotListen() }
            return (socket, Int(bytes[2]) << 8 | Int(bytes[3]))
        }
    }
}

/// gzip without a library: zeros of any count are one line of the system's tool.
enum Gzip {
    static func zeros(count: Int) throws -> [UInt8] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", "head -c \(count) /dev/zero | gzip -9"]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Array(bytes)
    }
}
