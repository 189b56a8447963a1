import Foundation
import Net
import Testing
import Wire

@testable import Portal

@Suite struct PortalServerTests {
    @Test("A served portal answers over HTTP, drops and cuts on demand, and stops with a call still parked")
    func serving() async throws {
        let server = try PortalServer()
        let address = try server.start()
        #expect(address.webhook == "http://127.0.0.1:\(address.port)/rest/1/local0portal0secret/")
        let client = HTTPClient()
        let request = HTTPRequest(url: address.webhook + "server.time", timeoutMS: 500)
        let reply = try await client.send(request)
        #expect(reply.status == 200)
        #expect(reply.header("content-type") == "application/json; charset=utf-8")
        #expect(try JSONValue(parsing: reply.body)["result"] != nil)
        for kind in [PortalFault.Kind.dropBefore, .truncated, .never] {
            try server.withEngine { engine throws(PortalFailure) in
                engine.faults.add(PortalFault("server.time", kind, count: 1))
            }
            await #expect(throws: HTTPFailure.self) { try await client.send(request) }
        }
        server.stop()
        client.close()
    }

    @Test("A portal with a data file finds its records again")
    func persistence() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("portal-\(UUID()).db").path
        defer { for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) } }
        for run in 1...2 {
            let engine = try PortalEngine(location: .file(path))
            try engine.addRecords(entityTypeID: 1, count: 1) { _ in JSONObject([("TITLE", "kept")]) }
            #expect(try engine.state.integer("SELECT count(*) FROM crm_item_1") == run)
            #expect(try engine.state.integer("SELECT count(*) FROM crm_status WHERE entity_id = 'STATUS'") == 5)
        }
    }
}
