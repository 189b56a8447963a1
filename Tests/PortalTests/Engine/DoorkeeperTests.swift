import Testing
import Wire

@testable import Portal

@Suite struct DoorkeeperTests {
    private static let call = "/rest/1/local0portal0secret/server.time"

    private func status(_ method: String, _ path: String, _ headers: [(name: String, value: String)]) throws -> Int {
        let portal = try PortalHarness { $0.hostNames = ["oauth.test"] }
        portal.engine.state.site.portal = "127.0.0.1:8080"
        return portal.engine.handle(PortalRequest(method, path, headers: headers)).status
    }

    @Test(
        "Only loopback names and configured ones are answered: another name that leads here is a rebinding",
        arguments: [
            ("127.0.0.1:8080", 200), ("localhost:8080", 200), ("LOCALHOST", 200), ("[::1]:8080", 200),
            ("oauth.test", 200), ("evil.example:8080", 403), ("127.0.0.1.evil.example", 403), ("", 403),
        ])
    func hosts(host: String, expected: Int) throws {
        #expect(try status("POST", Self.call, [(name: "Host", value: host)]) == expected)
        #expect(try status("GET", "/__portal/log", [(name: "Host", value: host)]) == expected)
    }

    @Test(
        "Pages of other sites may not write, nor read: not even those of another port of this machine",
        arguments: [
            ("http://127.0.0.1:8080", 200), ("http://localhost:8080", 200), ("https://evil.example", 403),
            ("http://localhost:3000", 403), ("null", 403), ("https://127.0.0.1:8080", 403),
        ])
    func origins(origin: String, expected: Int) throws {
        for (method, path) in [("POST", Self.call), ("DELETE", "/__portal/faults"), ("GET", "/")] {
            #expect(try status(method, path, [(name: "Origin", value: origin)]) == expected)
        }
    }

    @Test("An image of another site may not call a method; a link may lead to the page and to the authorization")
    func fetches() throws {
        let image = [(name: "Sec-Fetch-Site", value: "cross-site"), (name: "Sec-Fetch-Mode", value: "no-cors")]
        let link = [
            (name: "Sec-Fetch-Site", value: "cross-site"), (name: "Sec-Fetch-Mode", value: "navigate"),
            (name: "Sec-Fetch-Dest", value: "document"),
        ]
        #expect(try status("GET", Self.call, image) == 403)
        #expect(try status("GET", Self.call, link) == 403)
        #expect(try status("GET", "/", link) == 200)
        #expect(try status("GET", "/oauth/authorize/", link) == 404)
        #expect(try status("GET", "/", image) == 403)
        #expect(try status("GET", Self.call, [(name: "Sec-Fetch-Site", value: "same-origin")]) == 200)
    }
}
