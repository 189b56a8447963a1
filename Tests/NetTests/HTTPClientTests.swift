import Foundation
import Net
import Testing

/// The client against our own server.
@Suite struct HTTPClientTests {
    /// Answers with what it was sent; the path asks for a behaviour.
    private static let handler: HTTPServer.Handler = { request, responder in
        switch request.path {
        case "/moved": responder.respond(status: 302, headers: [("Location", "/elsewhere")])
        case "/large": responder.respond(status: 200, body: [UInt8](repeating: 7, count: Int(request.query) ?? 0))
        case "/drop": responder.drop()
        case "/cut": responder.respond(status: 200, body: Array("0123456789".utf8), truncatedAt: 4)
        case "/slow":
            Thread.detachNewThread {
                usleep(20_000)
                responder.respond(status: 200, body: Array("slow".utf8))
            }
        case "/headers":
            let lines = request.headers.map { "\($0.name.lowercased()): \($0.value)" }.sorted().joined(separator: "\n")
            responder.respond(status: 200, headers: [("X-One", "1"), ("x-two", "a: b")], body: Array(lines.utf8))
        default:
            responder.respond(status: 200, headers: [("X-Method", request.method)], body: request.body)
        }
    }

    private func withServer<T>(_ body: (HTTPClient, String) async throws -> T) async throws -> T {
        let server = HTTPServer(handler: Self.handler)
        let client = HTTPClient()
        defer {
            client.close()
            server.stop()
        }
        return try await body(client, "http://127.0.0.1:\(try server.start())")
    }

    @Test(arguments: [0, 1, 300, 93_000, 1_048_577, 20_000_000]) func aBodyComesBackWhole(count: Int) async throws {
        let body = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
        try await withServer { client, url in
            let response = try await client.send(HTTPRequest(url: url + "/echo", body: body))
            #expect(response.status == 200)
            #expect(response.body == body)
        }
    }

    @Test(arguments: ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"])
    func everyMethodArrivesAsItself(method: String) async throws {
        try await withServer { client, url in
            for body in [[], Array("content".utf8)] where method != "HEAD" || body.isEmpty {
                let response = try await client.send(HTTPRequest(method: method, url: url, body: body))
                #expect(response.header("x-method") == method)
                #expect(response.body == body)
            }
        }
    }

    @Test func oneHandleServesMethodAfterMethodWithoutARemnant() async throws {
        try await withServer { client, url in
            let requests = [("POST", "a"), ("HEAD", ""), ("GET", ""), ("DELETE", "b"), ("POST", ""), ("GET", "")]
            for (method, body) in requests {
                let response = try await client.send(HTTPRequest(method: method, url: url, body: Array(body.utf8)))
                #expect(response.header("X-Method") == method)
                #expect(response.body == Array(body.utf8))
            }
        }
    }

    @Test func headersGoBothWays() async throws {
        try await withServer { client, url in
            let request = HTTPRequest(
                url: url + "/headers", headers: [("X-Custom", "ünï"), ("X-Empty", ""), ("Content-Type", "a/b")])
            let response = try await client.send(request)
            let seen = String(decoding: response.body, as: UTF8.self).split(separator: "\n")
            #expect(seen.contains("x-custom: ünï"))
            #expect(seen.contains("x-empty: "))
            #expect(seen.contains("content-type: a/b"))
            #expect(seen.contains("user-agent: host"))
            #expect(!seen.contains { $0.hasPrefix("expect") })
            #expect(response.header("x-one") == "1")
            #expect(response.header("X-TWO") == "a: b")
            #expect(response.header("X-Three") == nil)
        }
    }

    @Test func aRedirectIsAnAnswer() async throws {
        try await withServer { client, url in
            let response = try await client.send(HTTPRequest(method: "GET", url: url + "/moved"))
            #expect(response.status == 302)
            #expect(response.header("location") == "/elsewhere")
        }
    }

    @Test func manyRequestsAtOnceGetTheirOwnAnswers() async throws {
        try await withServer { client, url in
            try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<500 {
                    let body = Array("request \(number)".utf8)
                    group.addTask { try await client.send(HTTPRequest(url: url, body: body)).body == body }
                }
                for try await isRight in group { #expect(isRight) }
            }
        }
    }

    @Test func aSlowAnswerIsWaitedForAndOneTooSlowIsNot() async throws {
        try await withServer { client, url in
            let response = try await client.send(HTTPRequest(method: "GET", url: url + "/slow"))
            #expect(response.body == Array("slow".utf8))
        }
        let held = HeldResponders()
        let server = HTTPServer { _, responder in held.add(responder) }
        let client = HTTPClient()
        defer {
            client.close()
            held.releaseAll()
            server.stop()
        }
        let url = "http://127.0.0.1:\(try server.start())"
        let failure = await failureOf(client, HTTPRequest(method: "GET", url: url, timeoutMS: 1))
        #expect(failure?.kind == .timeout)
    }

    @Test func aDroppedRequestMayHaveBeenDone() async throws {
        try await withServer { client, url in
            let failure = await failureOf(client, HTTPRequest(url: url + "/drop"))
            #expect(failure?.kind == .closed)
            #expect(failure?.mayHaveBeenSent == true)
        }
    }

    @Test func aCutAnswerIsTruncated() async throws {
        try await withServer { client, url in
            let failure = await failureOf(client, HTTPRequest(url: url + "/cut"))
            #expect(failure?.kind == .truncated)
            #expect(failure?.mayHaveBeenSent == true)
            let response = try await client.send(HTTPRequest(url: url, body: [1]))
            #expect(response.body == [1], "the client goes on")
        }
    }

    @Test(arguments: [(1_000, true), (1_001, false), (5_000_000, false)])
    func anAnswerIsTakenUpToItsLimit(count: Int, isTaken: Bool) async throws {
        try await withServer { client, url in
            let request = HTTPRequest(url: url + "/large?\(count)", responseBytesMax: 1_000)
            let failure = await failureOf(client, request)
            #expect(failure?.kind == (isTaken ? nil : .tooLarge))
        }
    }

    @Test func cancellingTheTaskEndsTheTransfer() async throws {
        let held = HeldResponders()
        let server = HTTPServer { _, responder in held.add(responder) }
        defer { server.stop() }
        let client = HTTPClient()
        defer { client.close() }
        let url = "http://127.0.0.1:\(try server.start())"
        let task = Task { await failureOf(client, HTTPRequest(url: url)) }
        await held.first()
        task.cancel()
        let failure = await task.value
        #expect(failure?.kind == .cancelled)
        #expect(failure?.mayHaveBeenSent == true)
        held.releaseAll()
    }

    @Test func aTaskCancelledBeforehandSendsNothing() async throws {
        try await withServer { client, url in
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return await failureOf(client, HTTPRequest(url: url))
            }
            let failure = await task.value
            #expect(failure?.kind == .cancelled)
            #expect(failure?.mayHaveBeenSent == false)
        }
    }

    @Test func closingEndsWhatRunsAndRefusesWhatComes() async throws {
        let held = HeldResponders()
        let server = HTTPServer { _, responder in held.add(responder) }
        defer { server.stop() }
        let client = HTTPClient()
        let url = "http://127.0.0.1:\(try server.start())"
        let tasks = (0..<20).map { _ in Task { await failureOf(client, HTTPRequest(url: url)) } }
        await held.first()
        client.close()
        for task in tasks { #expect(await task.value?.kind == .cancelled) }
        #expect(await failureOf(client, HTTPRequest(url: url))?.kind == .cancelled)
        client.close()
        held.releaseAll()
    }

    @Test func requestsBeyondTheLimitFailAtOnce() async throws {
        let held = HeldResponders()
        let server = HTTPServer { _, responder in held.add(responder) }
        defer { server.stop() }
        var configuration = HTTPClient.Configuration()
        configuration.requestsMax = 1
        let client = HTTPClient(configuration)
        let url = "http://127.0.0.1:\(try server.start())"
        let first = Task { await failureOf(client, HTTPRequest(url: url)) }
        await held.first()
        let second = await failureOf(client, HTTPRequest(url: url))
        #expect(second?.message.contains("requestsMax") == true)
        client.close()
        #expect(await first.value?.kind == .cancelled)
        held.releaseAll()
    }
}

func failureOf(_ client: HTTPClient, _ request: HTTPRequest) async -> HTTPFailure? {
    do throws(HTTPFailure) {
        _ = try await client.send(request)
        return nil
    } catch {
        return error
    }
}
