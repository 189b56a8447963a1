import Foundation
import Net
import Testing

/// The client against servers that misbehave, or are none.
@Suite struct HTTPClientFailureTests {
    private let secret = "s3cr3t-webhook"

    @Test func aRefusedConnectionSentNothing() async throws {
        let port = try RawServer.freePort()
        let failure = await send("http://127.0.0.1:\(port)/rest/1/\(secret)/x")
        #expect(failure?.kind == .connect)
        #expect(failure?.mayHaveBeenSent == false)
        #expect(failure?.message == "127.0.0.1:\(port): No connection: Connection refused.")
    }

    @Test func aNameWithoutAnAddressSentNothing() async throws {
        let failure = await send("http://nowhere.invalid/rest/1/\(secret)/x")
        #expect(failure?.kind == .resolve)
        #expect(failure?.mayHaveBeenSent == false)
        #expect(failure?.message.hasPrefix("nowhere.invalid:80: ") == true)
    }

    @Test(arguments: [
        "", "nonsense", "ftp://127.0.0.1/", "file:///etc/passwd", "http://", "http://a b/", "http://a\0b/",
        "http://h:99999/", "//127.0.0.1/", "127.0.0.1:1", "http://h/\r\nX: y",
    ])
    func aWrongURLIsRefused(url: String) async throws {
        let failure = await send(url)
        #expect(failure?.kind == .badURL)
        #expect(failure?.mayHaveBeenSent == false)
    }

    @Test(arguments: [
        ("GE T", "X", "v"), ("", "X", "v"), ("GET", "X Y", "v"), ("GET", "", "v"), ("GET", "X", "a\r\nb: c"),
        ("GET", "X", "a\0b"), ("GET", "content-length", "5"), ("GET", "Transfer-Encoding", "chunked"),
    ])
    func aRequestThatCannotBeWrittenIsRefused(method: String, name: String, value: String) async throws {
        let client = HTTPClient()
        defer { client.close() }
        let request = HTTPRequest(method: method, url: "http://127.0.0.1:1/", headers: [(name, value)])
        let failure = await failureOf(client, request)
        #expect(failure?.kind == .badRequest)
    }

    @Test func aServerThatNeverAnswersTimesOut() async throws {
        let server = try RawServer { _ in nil }
        let failure = await send("http://127.0.0.1:\(server.port)/\(secret)", timeoutMS: 500)
        #expect(failure?.kind == .timeout)
        #expect(failure?.mayHaveBeenSent == true)
    }

    @Test(arguments: [
        ("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort", HTTPFailure.Kind.truncated),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", .truncated),
        ("HTTP/1.1 200 OK\r\nContent-Le", .truncated),
        ("", .closed),
        ("garbage\r\n\r\n", .other),
        ("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 7\r\n\r\nno gzip", .other),
        ("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n", .tooLarge),
    ])
    func aWrongAnswerIsOneClearFailure(answer: String, kind: HTTPFailure.Kind) async throws {
        let server = try RawServer { _ in Array(answer.utf8) }
        let failure = await send("http://127.0.0.1:\(server.port)/rest/1/\(secret)/x")
        #expect(failure?.kind == kind, "\(failure?.message ?? "no failure")")
        #expect(failure?.mayHaveBeenSent == true)
        #expect(failure?.message.contains(secret) == false)
    }

    @Test func aHeadWithoutEndStopsAtTheLimit() async throws {
        let line = "X: \(String(repeating: "y", count: 5_000))\r\n"
        let answer = "HTTP/1.1 200 OK\r\n" + String(repeating: line, count: 60) + "\r\n"
        let server = try RawServer { _ in Array(answer.utf8) }
        let failure = await send("http://127.0.0.1:\(server.port)/")
        #expect(failure?.kind == .tooLarge)
    }

    @Test func aCompressedBombStopsAtTheLimit() async throws {
        let bomb = try Gzip.zeros(count: 50_000_000)
        #expect(bomb.count < 100_000)
        let head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(bomb.count)\r\n\r\n"
        let server = try RawServer { _ in Array(head.utf8) + bomb }
        let failure = await send("http://127.0.0.1:\(server.port)/", responseBytesMax: 1_000_000)
        #expect(failure?.kind == .tooLarge)
    }

    @Test func aCompressedAnswerIsUnpacked() async throws {
        let packed = try Gzip.zeros(count: 10_000)
        let head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(packed.count)\r\n\r\n"
        let server = try RawServer { _ in Array(head.utf8) + packed }
        let client = HTTPClient()
        defer { client.close() }
        let response = try await client.send(HTTPRequest(url: "http://127.0.0.1:\(server.port)/"))
        #expect(response.body == [UInt8](repeating: 0, count: 10_000))
    }

    @Test func onlyTheLastHeaderBlockCounts() async throws {
        let answer =
            "HTTP/1.1 100 Continue\r\nX-Early: 1\r\n\r\n"
            + "HTTP/1.1 201 Created\r\nX-Late: 2\r\nContent-Length: 0\r\n\r\n"
        let server = try RawServer { _ in Array(answer.utf8) }
        let client = HTTPClient()
        defer { client.close() }
        let response = try await client.send(HTTPRequest(url: "http://127.0.0.1:\(server.port)/"))
        #expect(response.status == 201)
        #expect(response.headers.map(\.name) == ["X-Late", "Content-Length"])
    }

    /// libcurl repeats a request when a reused connection breaks before the answer. A server may have done the work.
    @Test(arguments: [(false, 1), (true, 2)])
    func aBrokenReusedConnectionRepeatsOnlyWhatMayBeRepeated(isRepeatable: Bool, arrivals: Int) async throws {
        let ok = Array("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".utf8)
        let server = try RawServer(keepsAlive: true) { number in
            // The first connection answers once and breaks at the second request; later connections answer.
            number == 2 ? nil : ok
        }
        // However long the machine takes over it, or stands still (a process that is stopped and goes on finds its
        // requests timed out), the second request finds the first one's connection, and the server the request.
        let hourMS = 3_600_000
        var configuration = HTTPClient.Configuration()
        configuration.idleSecondsMax = hourMS / 1_000
        let client = HTTPClient(configuration)
        defer { client.close() }
        let url = "http://127.0.0.1:\(server.port)/"
        _ = try await client.send(HTTPRequest(url: url, timeoutMS: hourMS))
        let failure = await failureOf(
            client, HTTPRequest(url: url, body: [1], timeoutMS: hourMS, isRepeatable: isRepeatable))
        #expect(failure?.kind == (isRepeatable ? nil : .closed))
        #expect(failure?.mayHaveBeenSent != false)
        #expect(server.requestCount == 1 + arrivals)
    }

    private func send(
        _ url: String, timeoutMS: Int = 20_000, responseBytesMax: Int = 1 << 20
    ) async -> HTTPFailure? {
        let client = HTTPClient()
        defer { client.close() }
        return await failureOf(
            client, HTTPRequest(url: url, timeoutMS: timeoutMS, responseBytesMax: responseBytesMax))
    }
}
