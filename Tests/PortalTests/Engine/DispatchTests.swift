import Testing
import Wire

@testable import Portal

@Suite struct DispatchTests {
    @Test(
        "A method is found in any letter case, with and without .json, by GET and by POST",
        arguments: ["server.time", "SERVER.TIME", "Server.Time.json", "server.time.JSON"])
    func spelling(name: String) throws {
        let portal = try PortalHarness()
        for verb in ["GET", "POST"] {
            let reply = try portal.send(PortalRequest(verb, "/rest/1/local0portal0secret/\(name)"))
            #expect(reply.status == 200)
            #expect(reply.result == "2026-05-14T10:00:00+03:00")
        }
    }

    @Test("The envelope carries the time of the call with microseconds and the portal's offset")
    func envelope() throws {
        let reply = try PortalHarness().call("server.time")
        let time = try #require(reply.json["time"])
        #expect(reply.text.contains("\"start\":1778742000.000000,"))
        #expect(time["date_start"] == "2026-05-14T10:00:00+03:00")
        #expect(time["operating_reset_at"] == 1_778_742_600)
        #expect(time["operating"]?.doubleValue == 0)
        #expect(reply.json["total"] == nil)
        #expect(reply.json["next"] == nil)
    }

    @Test(
        "A refusal has the documented status and code",
        arguments: [
            ("/rest/1/local0portal0secret/no.such.method", 404, "ERROR_METHOD_NOT_FOUND"),
            ("/rest/1/wrong/server.time", 401, "NO_AUTH_FOUND"),
            ("/rest/2/local0portal0secret/server.time", 401, "NO_AUTH_FOUND"),
            ("/rest/1/local0portal0secret/app.info", 403, "ACCESS_DENIED"),
            ("/rest/1/local0portal0secret/crm.invoice.recurring.list", 501, "LOCAL_PORTAL_NOT_PLAYED"),
        ])
    func refusals(path: String, status: Int, code: String) throws {
        let reply = try PortalHarness().send(PortalRequest("POST", path))
        #expect(reply.status == status)
        #expect(reply.error == code)
    }
}
