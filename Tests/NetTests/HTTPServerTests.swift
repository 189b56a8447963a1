import Foundation
import Net
import Synchronization
import Testing

/// The server against bytes on a socket.
@Suite struct HTTPServerTests {
    /// Tells what it was sent: method, path, query, one header, body.
    private static let echo: HTTPServer.Handler = { request, responder in
        let line = "\(request.method) \(request.path) ?\(request.query) x=\(request.header("X-Test") ?? "-")"
        responder.respond(
            status: 200, headers: [("Content-Type", "text/plain")],
            body: Array(line.utf8) + [UInt8(ascii: "|")] + request.body)
    }

    private func exchange(
        _ request: String, _ configuration: HTTPServer.Configuration = .init(),
        _ handler: @escaping HTTPServer.Handler = HTTPServerTests.echo
    ) throws -> String {
        let server = HTTPServer(configuration, handler: handler)
        defer { server.stop() }
        let connection = try RawConnection(port: try server.start())
        connection.send(request)
        return connection.receiveAll()
    }

    @Test(arguments: [
        ("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "GET / ? x=-|"),
        (
            "GET /a%20b/%2F?q=%41&q HTTP/1.1\r\nHost: x\r\nx-TEST: v\r\nConnection: close\r\n\r\n",
            "GET /a%20b/%2F ?q=%41&q x=v|"
        ),
        ("GET /a?b?c HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "GET /a ?b?c x=-|"),
        (
            "POST /p HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello",
            "POST /p ? x=-|hello"
        ),
        (
            "POST /p HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
                + "5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n",
            "POST /p ? x=-|hello world"
        ),
        ("PATCH /p HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "PATCH /p ? x=-|"),
        ("GET /old HTTP/1.0\r\n\r\n", "GET /old ? x=-|"),
    ])
    func aRequestReachesTheHandlerAsItWasSent(request: String, body: String) throws {
        let response = try exchange(request)
        #expect(response.hasPrefix("HTTP/1.1 200 OK\r\n") || response.hasPrefix("HTTP/1.0 200 OK\r\n"))
        #expect(response.contains("Content-Length: \(body.utf8.count)\r\n"))
        #expect(response.hasSuffix("\r\n\r\n" + body))
    }

    @Test func aHeadRequestGetsTheLengthAndNoBody() throws {
        let response = try exchange("HEAD /h HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        #expect(response.contains("Content-Length: \("HEAD /h ? x=-|".utf8.count)\r\n"))
        #expect(response.hasSuffix("\r\n\r\n"))
    }

    @Test func aConnectionServesRequestAfterRequestAlsoPipelined() throws {
        let server = HTTPServer(handler: Self.echo)
        defer { server.stop() }
        let connection = try RawConnection(port: try server.start())
        connection.send("GET /1 HTTP/1.1\r\nHost: x\r\n\r\n")
        #expect(connection.receive(until: "|").hasSuffix("GET /1 ? x=-|"))
        connection.send("GET /2 HTTP/1.1\r\nHost: x\r\n\r\nGET /3 HTTP/1.1\r\nHost: x\r\n\r\n")
        let both = connection.receive(until: "|", times: 2)
        #expect(both.contains("GET /2 ? x=-|HTTP/1.1 200"))
        #expect(both.hasSuffix("GET /3 ? x=-|"))
    }

    @Test func aClientThatClosesItsHalfStillGetsItsAnswer() throws {
        let server = HTTPServer(handler: Self.echo)
        defer { server.stop() }
        let connection = try RawConnection(port: try server.start())
        connection.send("GET /half HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        connection.finishSending()
        #expect(connection.receiveAll().hasSuffix("GET /half ? x=-|"))
    }

    @Test(arguments: [
        "\0\u{1}\u{2}garbage\r\n\r\n",
        "GET\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: five\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "GET / HTTP/1.1\r\n\r\n",
    ])
    func garbageIsRefusedAndTheServerLives(request: String) throws {
        let handled = Atomic(0)
        var configuration = HTTPServer.Configuration()
        configuration.receiveTimeoutMS = 200
        let server = HTTPServer(configuration) { _, responder in
            handled.add(1, ordering: .relaxed)
            responder.respond(status: 204)
        }
        defer { server.stop() }
        let port = try server.start()
        let connection = try RawConnection(port: port)
        connection.send(request)
        connection.finishSending()
        let answer = connection.receiveAll()
        #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 4") || answer.hasPrefix("HTTP/1.0 4"), "\(answer)")
        #expect(handled.load(ordering: .relaxed) == 0)
        let next = try RawConnection(port: port)
        next.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        #expect(next.receiveAll().hasPrefix("HTTP/1.1 204"))
    }

    @Test(arguments: [
        ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 101\r\n\r\n", 101, "", "413"),
        ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n65\r\n", 101, "\r\n0\r\n\r\n", "413"),
        ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999\r\n\r\n", 0, "", "413"),
        ("GET / HTTP/1.1\r\nHost: x\r\nX: ", 5_000, "\r\n\r\n", "431"),
        ("GET /", 5_000, " HTTP/1.1\r\nHost: x\r\n\r\n", "414"),
    ])
    func whatIsTooLargeIsRefusedByItsStatus(start: String, filler: Int, end: String, status: String) throws {
        var configuration = HTTPServer.Configuration()
        configuration.bodyBytesMax = 100
        configuration.headerBytesMax = 4_096
        let server = HTTPServer(configuration) { _, responder in responder.respond(status: 200) }
        defer { server.stop() }
        let connection = try RawConnection(port: try server.start())
        connection.send(start + String(repeating: "b", count: filler) + end)
        connection.finishSending()
        let response = connection.receiveAll()
        #expect(response.hasPrefix("HTTP/1.1 \(status)"), "\(response)")
        if status == "413" { #expect(response.contains("{\"error\":\"body_too_large\"")) }
    }

    @Test func aBodyOfExactlyTheLimitIsTaken() throws {
        var configuration = HTTPServer.Configuration()
        configuration.bodyBytesMax = 5
        let response = try exchange(
            "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello", configuration)
        #expect(response.hasSuffix("|hello"))
    }

    @Test func theFirstAnswerCounts() throws {
        let results = Mutex<[Bool]>([])
        let response = try exchange("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", .init()) { _, responder in
            let all = [
                responder.respond(status: 201), responder.respond(status: 202), responder.drop(),
            ]
            results.withLock { $0 = all }
        }
        #expect(response.hasPrefix("HTTP/1.1 201"))
        #expect(results.withLock { $0 } == [true, false, false])
    }

    @Test func aForgottenRequestIsAnError() throws {
        let response = try exchange("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", .init()) { _, _ in }
        #expect(response.hasPrefix("HTTP/1.1 500"))
        #expect(response.contains("\"error\":\"no_response\""))
    }

    @Test func aRequestForgottenLaterIsAnErrorToo() throws {
        let response = try exchange("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", .init()) { _, responder in
            Thread.detachNewThread { withExtendedLifetime(responder) {} }
        }
        #expect(response.hasPrefix("HTTP/1.1 500"))
    }

    @Test func anAnswerMayComeLaterFromAnotherThread() throws {
        let response = try exchange("GET /later HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", .init()) {
            request, responder in
            Thread.detachNewThread { responder.respond(status: 200, body: Array("later \(request.path)".utf8)) }
        }
        #expect(response.hasSuffix("later /later"))
    }

    @Test(arguments: ["a\r\nb", "a\nInjected: yes"])
    func aHeaderThatWouldBreakTheResponseIsRefused(value: String) throws {
        let response = try exchange("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", .init()) { _, responder in
            responder.respond(status: 200, headers: [("X-Bad", value)])
        }
        #expect(response.hasPrefix("HTTP/1.1 500"))
        #expect(!response.contains("Injected"))
    }

    @Test(arguments: [false, true]) func aDroppedRequestClosesTheConnectionWithoutAByte(later: Bool) throws {
        let response = try exchange("GET / HTTP/1.1\r\nHost: x\r\n\r\n", .init()) { _, responder in
            if later { Thread.detachNewThread { responder.drop() } } else { responder.drop() }
        }
        #expect(response.isEmpty)
    }

    @Test(arguments: [0, 1, 4, 9]) func aTruncatedAnswerAnnouncesMoreThanItSends(sent: Int) throws {
        let response = try exchange("GET / HTTP/1.1\r\nHost: x\r\n\r\n", .init()) { _, responder in
            responder.respond(status: 200, body: Array("0123456789".utf8), truncatedAt: sent)
        }
        #expect(response.contains("Content-Length: 10\r\n"))
        #expect(response.hasSuffix("\r\n\r\n" + "0123456789".prefix(sent)))
    }

    @Test(arguments: ["", "GET / HT", "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhal"])
    func aSlowSenderIsCutOff(start: String) throws {
        var configuration = HTTPServer.Configuration()
        configuration.receiveTimeoutMS = 50
        #expect(try exchange(start, configuration).isEmpty)
    }

    @Test func aDribblingSenderIsCutOffAlthoughItIsNeverIdle() throws {
        var configuration = HTTPServer.Configuration()
        configuration.receiveTimeoutMS = 50
        let server = HTTPServer(configuration, handler: Self.echo)
        defer { server.stop() }
        let connection = try RawConnection(port: try server.start())
        connection.send("GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ")
        var sent = 0
        while sent < 5_000, !connection.isReadable(withinMS: 1), connection.send("a") { sent += 1 }
        #expect(sent < 5_000)
    }
}
