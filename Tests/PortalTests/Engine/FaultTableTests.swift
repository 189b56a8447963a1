import Testing
import Wire

@testable import Portal

@Suite struct FaultTableTests {
    @Test("A rate hits that share of calls, the same ones for the same seed")
    func rates() throws {
        func hits(_ seed: UInt64) throws -> [Int] {
            let portal = try PortalHarness { $0.seedNumber = seed }
            portal.engine.faults.add(PortalFault("*", .dropAfter, rate: 0.05))
            return (0..<1_000).filter { _ in
                portal.engine.handle(PortalRequest("POST", "/rest/1/local0portal0secret/server.time")).delivery
                    == .dropped
            }
        }
        let first = try hits(1)
        #expect((30...70).contains(first.count))
        #expect(try hits(1) == first)
        #expect(try hits(2) != first)
    }

    @Test("Latency adds to other faults, and of those that answer the first wins")
    func combining() throws {
        let portal = try PortalHarness { $0.latencyMS = 5 }
        portal.engine.faults.add(PortalFault("server.*", .latency(milliseconds: 100, isVirtual: false)))
        portal.engine.faults.add(PortalFault("*", .latency(milliseconds: 2_000, isVirtual: true)))
        portal.engine.faults.add(PortalFault("server.time", .dropBefore, count: 1))
        portal.engine.faults.add(PortalFault("server.time", .html, count: 1))
        let request = PortalRequest("POST", "/rest/1/local0portal0secret/server.time")
        let first = portal.engine.handle(request)
        #expect(first.delayMS == 105 && first.delivery == .dropped)
        #expect(portal.engine.state.clock.unixSeconds == PortalHarness.noon + 2)
        #expect(portal.engine.handle(request).body.starts(with: "<!DOCTYPE".utf8))
        #expect(portal.engine.handle(request).status == 200)
    }

    @Test("An error can hit one command of a batch, before its write or after it")
    func commands() throws {
        for (kind, count) in [("errorBefore", 1), ("errorAfter", 2)] {
            let portal = try PortalHarness()
            portal.engine.faults.add(try PortalFault(parsing: "\(kind):crm.lead.add:inBatch=1:count=1:status=500"))
            let reply = try portal.call(
                "batch", ["cmd": ["a": "crm.lead.add?fields[TITLE]=a", "b": "crm.lead.add?fields[TITLE]=b"]])
            #expect(reply.result["result_error"]?["a"]?["error"] == "INTERNAL_SERVER_ERROR")
            #expect(reply.result["result"]?["b"] != nil)
            #expect(try portal.form("crm.lead.list").json["total"]?.integerValue == Int64(count))
        }
    }

    @Test("From an expiry on the tokens given before are expired, and a refresh helps")
    func expiry() throws {
        let oauth = try OAuthHarness()
        let pair = try oauth.pair()
        oauth.portal.engine.faults.add(try PortalFault(parsing: "expireTokens:server.time:skip=1:count=1"))
        #expect(try oauth.call("server.time", pair.access).status == 200)
        #expect(try oauth.call("server.time", pair.access).error == "expired_token")
        #expect(try oauth.call("server.time", pair.access).error == "expired_token")
        let renewed = try #require(try oauth.refresh(pair.refresh).json["access_token"]?.stringValue)
        #expect(try oauth.call("server.time", renewed).status == 200)
        #expect(oauth.portal.engine.log.entries.filter { $0.method == "oauth.token" }.map(\.status) == [200, 200])
    }

    @Test("From a renaming on the old name answers 302 with the new one, query included, and the new name serves")
    func renaming() throws {
        let portal = try PortalHarness()
        portal.engine.state.site.portal = "127.0.0.1:8080"
        portal.engine.faults.add(try PortalFault(parsing: "rename:server.time:to=localhost:skip=1:count=1"))
        func answer(_ host: String) -> PortalAnswer {
            portal.engine.handle(
                PortalRequest(
                    "POST", "/rest/1/local0portal0secret/server.time", query: "a=b",
                    headers: [(name: "Host", value: host)]))
        }
        #expect(answer("127.0.0.1:8080").status == 200)
        for _ in 0..<2 {
            let moved = answer("127.0.0.1:8080")
            #expect(moved.status == 302)
            #expect(
                moved.headers.first?.value == "http://localhost:8080/rest/1/local0portal0secret/server.time?a=b")
        }
        #expect(answer("localhost:8080").status == 200)
        let control = portal.engine.handle(
            PortalRequest("GET", "/__portal/faults", headers: [(name: "Host", value: "127.0.0.1:8080")]))
        #expect(control.status == 200)
    }

    @Test(
        "A fault is shown in the words it was asked for with",
        arguments: [
            #"{"method":"crm.*","kind":"throttled","skip":0,"count":1}"#,
            #"{"method":"crm.*","kind":"operating","skip":2}"#,
            #"{"method":"*","kind":"latency","ms":250,"skip":0}"#,
            #"{"method":"*","kind":"latency","ms":250,"virtual":true,"skip":0}"#,
            #"{"method":"*","kind":"rename","to":"localhost","skip":0}"#,
            #"{"method":"*","kind":"redirect","to":"https://a.example","skip":0,"rate":0.5}"#,
            #"{"method":"*","kind":"large","bytes":1000,"skip":0}"#,
            #"{"method":"*","kind":"errorAfter","status":502,"error":"X","description":"y","skip":0,"inBatch":true}"#,
            #"{"method":"*","kind":"delayEvent","ms":7,"skip":0}"#, #"{"method":"*","kind":"never","skip":0}"#,
        ])
    func shown(text: String) throws {
        let portal = try PortalHarness()
        let headers = [(name: "Host", value: "127.0.0.1:8080"), (name: "Content-Type", value: "application/json")]
        let posted = portal.engine.handle(
            PortalRequest("POST", "/__portal/faults", headers: headers, body: Array(text.utf8)))
        let got = portal.engine.handle(PortalRequest("GET", "/__portal/faults", headers: headers))
        let asked = try #require(try JSONValue(parsing: text).objectValue)
        for answer in [posted, got] {
            let faults = try JSONValue(parsing: answer.body)["faults"]?.arrayValue
            let fault = try #require(faults?.first?.objectValue)
            #expect(Set(fault.keys) == Set(asked.keys))
            for (key, value) in asked { #expect(fault[key] == value, "\(key)") }
        }
    }

    @Test("A fault of the token endpoint is meant by its name; * leaves it alone")
    func tokenEndpoint() throws {
        let oauth = try OAuthHarness()
        let refresh = try oauth.pair().refresh
        oauth.portal.engine.faults.add(try PortalFault(parsing: "errorBefore:*:status=502"))
        oauth.portal.engine.faults.add(try PortalFault(parsing: "errorAfter:oauth.token:status=503:count=1"))
        #expect(try oauth.refresh(refresh).status == 503)
        // The server had done it: the old token is spent.
        #expect(try oauth.refresh(refresh).error == "invalid_grant")
    }

    @Test(
        "A fault of the command line is read as the control API reads it",
        arguments: [
            ("throttled:crm.*:count=3", PortalFault.throttled("crm.*", count: 3)),
            ("html", PortalFault("*", .html)),
            ("latency:*:ms=200", PortalFault("*", .latency(milliseconds: 200, isVirtual: false))),
            (
                "redirect:crm.deal.get:to=http://127.0.0.1:9/:count=1",
                PortalFault("crm.deal.get", .redirect(to: "http://127.0.0.1:9/"), count: 1)
            ),
            ("dropAfter:rate=0.5:skip=2", PortalFault("*", .dropAfter, skip: 2, rate: 0.5)),
        ])
    func parsing(text: String, fault: PortalFault) throws {
        #expect(try PortalFault(parsing: text) == fault)
    }

    @Test(
        "A fault that makes no sense is refused with what would",
        arguments: [
            "explode", "latency", "rename", "html:crm.*:rate=2", "html:crm.*:count=many", "dropAfter:crm.*:inBatch=1",
            "html:a:b", "html:crm.*:status=9999:coutn=1", "errorBefore:*:status=9",
        ])
    func nonsense(text: String) {
        #expect(throws: PortalFailure.self) { try PortalFault(parsing: text) }
    }
}

extension PortalFault {
    fileprivate static func throttled(_ method: String, count: Int) -> PortalFault {
        PortalFault(
            method, .errorBefore(status: 503, code: "QUERY_LIMIT_EXCEEDED", description: "Too many requests"),
            count: count)
    }
}
