import Testing
import Wire

@testable import Portal

/// What was found by attacking the portal, so that it is not found again.
@Suite struct HostileInputTests {
    @Test(
        "An absurd offset is an empty page, not an overflow",
        arguments: ["9223372036854775807", "99999999999999999999999", "1e300", "-9223372036854775808"])
    func offsets(start: String) throws {
        let portal = try PortalHarness()
        try portal.call("crm.lead.add", ["fields": ["TITLE": "x"]])
        for method in ["crm.lead.list", "user.get", "tasks.task.list", "crm.item.list"] {
            let reply = try portal.form(method, "entityTypeId=1&start=\(start)")
            #expect([200, 400].contains(reply.status), "\(method)")
        }
        #expect(try portal.form("server.time").status == 200)
    }

    @Test(
        "A number in a filter that no record can have finds none and does no harm",
        arguments: ["1e300", "nan", "inf", "-1e300"])
    func filterNumbers(number: String) throws {
        let portal = try PortalHarness()
        try portal.call("crm.deal.add", ["fields": ["TITLE": "x", "OPPORTUNITY": 5]])
        for key in ["ID", ">ID", "OPPORTUNITY", "<=OPPORTUNITY", "@ID"] {
            let reply = try portal.call("crm.deal.list", ["filter": [key: .string(number)]])
            #expect([200, 400].contains(reply.status), "\(key)")
        }
        let direct = try portal.call("crm.deal.list", ["filter": [">ID": .number(1e300)]])
        #expect(direct.status == 200 && direct.result == [])
    }

    @Test("The clock takes no step beyond its bound", arguments: ["1e300", "-1", "4000000000", "\"x\"", "null"])
    func clock(seconds: String) throws {
        let portal = try PortalHarness()
        let reply = try portal.send(
            PortalRequest("POST", "/__portal/clock", body: Array("{\"advanceSeconds\":\(seconds)}".utf8)))
        #expect(reply.status == 400)
        #expect(portal.engine.state.clock.unixSeconds == PortalHarness.noon)
    }

    @Test("Many openings of references without an end cost one look each, and stay as they are")
    func references() throws {
        let portal = try PortalHarness()
        let openings = String(repeating: "$result[", count: 100_000)
        let reply = try portal.call(
            "batch",
            ["cmd": ["a": .string("crm.lead.add?fields[TITLE]=\(openings)"), "b": "crm.lead.get?id=$result[a]"]])
        #expect(reply.result["result"]?["b"]?["TITLE"]?.stringValue?.hasPrefix("$result[") == true)
    }

    @Test("More applications and faults than the bounds allow are refused or left out")
    func bounds() throws {
        let oauth = try OAuthHarness()
        for number in 1..<PortalApplications.countMax {
            try oauth.state.register(PortalApplication(clientID: "app.\(number)", clientSecret: "s", scopes: []))
        }
        #expect(throws: PortalFailure.self) {
            try oauth.state.register(PortalApplication(clientID: "one.more", clientSecret: "s", scopes: []))
        }
        for _ in 0..<(FaultTable.countMax + 5) { oauth.portal.engine.faults.add(PortalFault("x", .html)) }
        #expect(oauth.portal.engine.faults.faults.count == FaultTable.countMax)
    }
}
