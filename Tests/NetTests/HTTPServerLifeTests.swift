import Foundation
import Net
import Synchronization
import Testing

/// Starting and stopping.
@Suite struct HTTPServerLifeTests {
    private let request = "GET / HTTP/1.1\r\nHost: x\r\n\r\n"

    @Test func everyServerGetsAPortOfItsOwn() throws {
        let servers = (0..<3).map { _ in HTTPServer { _, responder in responder.respond(status: 200) } }
        let ports = try servers.map { try $0.start() }
        #expect(Set(ports).count == 3)
        #expect(ports.allSatisfy { $0 > 0 })
        for server in servers { server.stop() }
        #expect(throws: RawConnection.CannotConnect.self) { try RawConnection(port: ports[0]) }
    }

    @Test func aTakenPortIsSaidToBeTaken() throws {
        let first = HTTPServer { _, responder in responder.respond(status: 200) }
        defer { first.stop() }
        var configuration = HTTPServer.Configuration()
        configuration.port = try first.start()
        let failure = #expect(throws: HTTPServerFailure.self) {
            try HTTPServer(configuration) { _, responder in responder.respond(status: 200) }.start()
        }
        #expect(failure?.kind == .addressInUse)
        #expect(failure?.message.contains("127.0.0.1:\(configuration.port)") == true)
    }

    @Test(arguments: ["localhost", "", "300.0.0.1", "192.0.2.1"]) func aWrongAddressIsRefused(host: String) throws {
        var configuration = HTTPServer.Configuration()
        configuration.host = host
        let failure = #expect(throws: HTTPServerFailure.self) {
            try HTTPServer(configuration) { _, responder in responder.respond(status: 200) }.start()
        }
        #expect(failure?.kind == .badAddress)
    }

    @Test func aServerStartsOnce() throws {
        let server = HTTPServer { _, responder in responder.respond(status: 200) }
        _ = try server.start()
        #expect(throws: HTTPServerFailure.self) { try server.start() }
        server.stop()
        server.stop()
        let failure = #expect(throws: HTTPServerFailure.self) { try server.start() }
        #expect(failure?.kind == .alreadyStarted)
    }

    @Test func stoppingLetsARunningRequestFinish() throws {
        let held = Mutex<HTTPResponder?>(nil)
        let arrived = DispatchSemaphore(value: 0)
        let server = HTTPServer { _, responder in
            held.withLock { $0 = responder }
            arrived.signal()
        }
        let connection = try RawConnection(port: try server.start())
        connection.send(request)
        arrived.wait()
        let stopped = DispatchSemaphore(value: 0)
        Thread.detachNewThread {
            server.stop()
            stopped.signal()
        }
        held.withLock { $0.take() }?.respond(status: 200, body: Array("finished".utf8))
        let response = connection.receiveAll()
        stopped.wait()
        #expect(response.hasSuffix("finished"))
    }

    @Test func stoppingDoesNotWaitForEver() throws {
        var configuration = HTTPServer.Configuration()
        configuration.stopGraceMS = 10
        let held = Mutex<HTTPResponder?>(nil)
        let arrived = DispatchSemaphore(value: 0)
        let server = HTTPServer(configuration) { _, responder in
            held.withLock { $0 = responder }
            arrived.signal()
        }
        let connection = try RawConnection(port: try server.start())
        connection.send(request)
        arrived.wait()
        server.stop()
        #expect(connection.receiveAll().isEmpty)
        #expect(held.withLock { $0.take() }?.respond(status: 200) == false, "an answer after the end is harmless")
    }

    @Test func anIdleConnectionDoesNotDelayStopping() throws {
        let server = HTTPServer { _, responder in responder.respond(status: 200, body: [0x2e]) }
        let connection = try RawConnection(port: try server.start())
        connection.send(request)
        _ = connection.receive(until: ".")
        server.stop()
        #expect(connection.receiveAll().isEmpty)
    }

    /// libmicrohttpd's epoll loop took 128 events for a sign of more and waited for those, with the 128 in its hands.
    @Test(arguments: [127, 128, 129]) func everybodyIsServedHoweverManySpeakAtOnce(count: Int) throws {
        let held = DispatchSemaphore(value: 0)
        let haveSpoken = DispatchSemaphore(value: 0)
        let server = HTTPServer { request, responder in
            if request.path == "/hold" {
                held.signal()
                haveSpoken.wait()
            }
            responder.respond(status: 200, body: Array("served".utf8))
        }
        let port = try server.start()
        defer { server.stop() }
        let connections = try (0..<count).map { _ in try RawConnection(port: port) }
        for connection in connections {
            connection.send(request)
            _ = connection.receive(until: "served")
        }
        let holder = try RawConnection(port: port)
        holder.send("GET /hold HTTP/1.1\r\nHost: x\r\n\r\n")
        held.wait()
        for connection in connections { connection.send(request) }
        haveSpoken.signal()
        #expect(connections.allSatisfy { $0.isReadable(withinMS: 10_000) })
    }

    @Test func stoppedServersLeaveNoThreadsAndNoDescriptors() throws {
        func count(_ folder: String) throws -> Int {
            try FileManager.default.contentsOfDirectory(atPath: "/proc/self/\(folder)").count
        }
        func serveOnce() throws {
            let server = HTTPServer { _, responder in responder.respond(status: 200, body: [0x2e]) }
            let connection = try RawConnection(port: try server.start())
            connection.send(request)
            _ = connection.receive(until: ".")
            server.stop()
        }
        try serveOnce()
        let before = (try count("task"), try count("fd"))
        for _ in 0..<100 { try serveOnce() }
        // Other tests come and go beside this one: a leak would be 200 threads, or 300 descriptors.
        #expect(try count("task") - before.0 < 100)
        #expect(try count("fd") - before.1 < 100)
    }
}
