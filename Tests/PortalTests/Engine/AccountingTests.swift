import Testing
import Wire

@testable import Portal

@Suite struct AccountingTests {
    private static let commands: JSONValue = ["cmd": ["a": "server.time", "b": "scope"]]

    private func portal(_ accounting: PortalSettings.OperatingAccounting) throws -> PortalHarness {
        try PortalHarness {
            $0.operatingAccounting = accounting
            $0.operatingSecondsAdded = ["server.time": 200, "scope": 100]
        }
    }

    @Test("Charged by method, a batch's commands count each on its own and the batch not at all")
    func byMethod() throws {
        let portal = try portal(.method)
        for _ in 0..<2 { try portal.call("batch", Self.commands) }
        let reply = try portal.call("batch", Self.commands)
        #expect(reply.result["result_time"]?["a"]?["operating"]?.doubleValue == 600)
        #expect(reply.result["result_time"]?["b"]?["operating"]?.doubleValue == 300)
        #expect(reply.json["time"]?["operating"] == nil)
        // 600 s of server.time block it, and only it.
        let blocked = try portal.call("batch", Self.commands)
        #expect(blocked.status == 200)
        #expect(blocked.result["result_error"]?["a"]?["error"] == "OPERATION_TIME_LIMIT")
        #expect(blocked.result["result"]?["b"] != nil)
        #expect(try portal.form("server.time").status == 429)
    }

    @Test("Charged to the batch, all its commands count together, and it is refused as a whole; single calls are not")
    func byBatch() throws {
        let portal = try portal(.batch)
        let first = try portal.call("batch", Self.commands)
        #expect(first.result["result_time"]?["a"]?["operating"]?.doubleValue == 200)
        #expect(first.result["result_time"]?["b"]?["operating"]?.doubleValue == 300)
        #expect(first.json["time"]?["operating"]?.doubleValue == 300)
        #expect(try portal.call("batch", Self.commands).status == 200)
        let refused = try portal.call("batch", Self.commands)
        #expect(refused.status == 429 && refused.error == "OPERATION_TIME_LIMIT")
        #expect(try portal.form("server.time").json["time"]?["operating"]?.doubleValue == 200)
        portal.engine.state.clock.advance(seconds: 600)
        #expect(try portal.call("batch", Self.commands).status == 200)
    }

    @Test("Whether a charged batch tells its time in the envelope is a switch")
    func envelope() throws {
        let portal = try portal(.batch)
        portal.engine.state.settings.batchTimeHasOperating = false
        #expect(try portal.call("batch", Self.commands).json["time"]?["operating"] == nil)
    }
}
