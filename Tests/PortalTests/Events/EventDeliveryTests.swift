import Net
import Synchronization
import Testing
import Wire

@testable import Portal

/// Real handlers over HTTP: each waits for what it is told, not for time.
@Suite struct EventDeliveryTests {
    /// A handler that keeps what it was sent.
    private final class Handler: Sendable {
        let forms: AsyncStream<JSONObject>
        private let server: HTTPServer
        let url: String

        init(status: Int = 200) throws {
            let (stream, continuation) = AsyncStream.makeStream(of: JSONObject.self)
            forms = stream
            server = HTTPServer { request, responder in
                let form = (try? Form.decode(request.body)) ?? [:]
                responder.respond(status: status, body: [])
                continuation.yield(form)
            }
            url = "http://127.0.0.1:\(try server.start())/handler"
        }

        func stop() { server.stop() }

        func next(_ count: Int) async -> [JSONObject] {
            var found: [JSONObject] = []
            for await form in forms {
                found.append(form)
                if found.count == count { break }
            }
            return found
        }
    }

    private func serve(
        _ events: [String], to handler: Handler
    ) throws -> (server: PortalServer, webhook: String, base: String) {
        var configuration = PortalServer.Configuration()
        configuration.settings.drainPerSecond = nil
        let server = try PortalServer(configuration)
        let address = try server.start()
        try server.withEngine { engine throws(PortalFailure) in
            _ = try engine.addOutgoingWebhook([
                "url": .string(handler.url), "events": .array(events.map { .string($0) }), "token": "proof",
            ])
        }
        return (server, address.webhook, address.url)
    }

    private func post(_ url: String, _ body: String, _ client: HTTPClient) async throws {
        let reply = try await client.send(
            HTTPRequest(
                url: url, headers: [(name: "Content-Type", value: "application/x-www-form-urlencoded")],
                body: Array(body.utf8)))
        try #require(reply.status == 200)
    }

    @Test(arguments: [200, 500])
    func everyEventArrivesOnceAndInOrderWhateverTheHandlerAnswers(_ status: Int) async throws {
        let handler = try Handler(status: status)
        let (server, webhook, _) = try serve(["ONCRMLEADADD"], to: handler)
        let client = HTTPClient()
        defer {
            server.stop()
            handler.stop()
            client.close()
        }
        for number in 1...5 { try await post(webhook + "crm.lead.add", "fields[TITLE]=\(number)", client) }
        let forms = await handler.next(5)
        #expect(forms.map { $0["data"]?["FIELDS"]?["ID"]?.stringValue } == ["1", "2", "3", "4", "5"])
        #expect(forms.allSatisfy { $0["auth"]?["application_token"] == "proof" })
        // The sixth is the next one: none of the five came twice.
        try await post(webhook + "crm.lead.add", "", client)
        #expect(await handler.next(1).first?["data"]?["FIELDS"]?["ID"] == "6")
    }

    @Test func aHandlerNobodyListensAtLosesItsEventAndThePortalGoesOn() async throws {
        let handler = try Handler()
        let (server, webhook, base) = try serve(["ONCRMLEADADD"], to: handler)
        handler.stop()
        let client = HTTPClient()
        defer {
            server.stop()
            client.close()
        }
        let second = try Handler()
        defer { second.stop() }
        try server.withEngine { engine throws(PortalFailure) in
            _ = try engine.addOutgoingWebhook(["url": .string(second.url), "events": ["ONCRMLEADADD"]])
        }
        try await post(webhook + "crm.lead.add", "", client)
        #expect(await second.next(1).count == 1)
        let log = try await client.send(HTTPRequest(method: "GET", url: base + "__portal/events"))
        #expect(try JSONValue(parsing: log.body)["count"] == 2)
    }

    @Test func aDelayedEventArrivesWhenTheClockHasCome() async throws {
        let handler = try Handler()
        let (server, webhook, base) = try serve(["ONCRMLEADADD", "ONCRMDEALADD"], to: handler)
        let client = HTTPClient()
        defer {
            server.stop()
            handler.stop()
            client.close()
        }
        // From here on the portal's clock stands still between two calls.
        try await post(base + "__portal/clock", #"{"advanceSeconds":0}"#, client)
        try await post(
            base + "__portal/faults", #"{"kind":"delayEvent","method":"oncrmleadadd","ms":60000}"#, client)
        try await post(webhook + "crm.lead.add", "", client)
        try await post(webhook + "crm.deal.add", "", client)
        #expect(await handler.next(1).first?["event"] == "ONCRMDEALADD")
        try await post(base + "__portal/clock", #"{"advanceSeconds":60}"#, client)
        #expect(await handler.next(1).first?["event"] == "ONCRMLEADADD")
    }

    @Test func aPortalStopsWhileAHandlerKeepsItWaiting() async throws {
        let asked = AsyncStream.makeStream(of: Void.self)
        let parked = Mutex<[HTTPResponder]>([])
        let silent = HTTPServer { _, responder in
            parked.withLock { $0.append(responder) }
            asked.continuation.yield()
        }
        let url = "http://127.0.0.1:\(try silent.start())/"
        let server = try PortalServer()
        _ = try server.start()
        try server.withEngine { engine throws(PortalFailure) in
            _ = try engine.addOutgoingWebhook(["url": .string(url), "events": ["ONUSERADD"]])
            _ = try engine.raise(["event": "ONUSERADD"])
        }
        for await _ in asked.stream { break }
        server.stop()
        for responder in parked.withLock({ $0 }) { responder.drop() }
        silent.stop()
    }
}
