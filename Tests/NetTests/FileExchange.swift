import Foundation
import Net
import Synchronization

/// A server that echoes or answers one thing, a client, and a folder that goes with them.
final class Exchange: Sendable {
    let client = HTTPClient()
    let folder: URL
    let url: String
    private let server: HTTPServer?
    private let held = HeldResponders()
    private let count = Counter()

    private final class Counter: Sendable {
        let value = Atomic(0)
    }

    var requestCount: Int { count.value.load(ordering: .relaxed) }

    /// - Parameters:
    ///   - answer: nil echoes.
    ///   - isAnnounced: whether a Content-Length says how long the answer is.
    ///   - status: nil never answers.
    ///   - url: of a server of the test's own.
    init(answer: [UInt8]? = nil, isAnnounced: Bool = true, status: Int? = 200, url: String? = nil) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("exchange-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        if let url {
            self.url = url
            server = nil
            return
        }
        guard isAnnounced else {
            let head = Array("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".utf8)
            self.url = "http://127.0.0.1:\(try RawServer { _ in head + (answer ?? []) }.port)/"
            server = nil
            return
        }
        let server = HTTPServer { [held, count] request, responder in
            count.value.add(1, ordering: .relaxed)
            guard let status else { return held.add(responder) }
            let length = request.header("Content-Length") ?? "none"
            responder.respond(status: status, headers: [("X-Length", length)], body: answer ?? request.body)
        }
        self.server = server
        self.url = "http://127.0.0.1:\(try server.start())/"
    }

    deinit {
        client.close()
        held.releaseAll()
        server?.stop()
        try? FileManager.default.removeItem(at: folder)
    }

    /// Returns when the first request is with the server.
    func arrival() async { await held.first() }

    func source(_ name: String, _ content: [UInt8]) throws -> FileSource {
        let file = folder.appendingPathComponent(name)
        try Data(content).write(to: file)
        return try FileSource(path: file.path, bytesMax: content.count)
    }

    @discardableResult
    func download(
        _ name: String, bytesMax: Int = 1 << 20, beforeCommit: () throws -> Void = {}
    ) async throws -> HTTPResponse {
        let target = try FileTarget(path: folder.appendingPathComponent(name).path, bytesMax: bytesMax)
        var request = HTTPRequest(method: "GET", url: url)
        request.target = target
        let response = try await client.send(request)
        try beforeCommit()
        try target.commit()
        return response
    }

    func write(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: folder.appendingPathComponent(name))
    }

    func text(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: folder.appendingPathComponent(name)), as: UTF8.self)
    }

    func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: folder.path) }
}
