import Testing
import Wire

@testable import Portal

@Suite struct LimitTests {
    @Test("The bucket holds fifty, drains two a second, and refuses with 503")
    func bucket() throws {
        let portal = try PortalHarness { $0.drainPerSecond = 2 }
        for _ in 0..<50 { #expect(try portal.form("server.time").status == 200) }
        let refused = try portal.form("server.time")
        #expect(refused.status == 503)
        #expect(refused.text == #"{"error":"QUERY_LIMIT_EXCEEDED","error_description":"Too many requests"}"#)
        portal.engine.state.clock.advance(seconds: 1)
        #expect(try (0..<3).map { _ in try portal.form("server.time").status } == [200, 200, 503])
    }

    @Test("Whether a refused request still adds one is a setting")
    func refusedRequests() throws {
        for (counts, status) in [(false, 200), (true, 503)] {
            let portal = try PortalHarness {
                $0.drainPerSecond = 2
                $0.refusedRequestsCount = counts
            }
            for _ in 0..<60 { _ = try portal.form("server.time") }
            portal.engine.state.clock.advance(seconds: 1)
            #expect(try portal.form("server.time").status == status)
        }
    }

    @Test("A method is blocked once its ten minutes hold more than the limit, until the oldest minute leaves")
    func operating() throws {
        let portal = try PortalHarness { $0.operatingSecondsAdded = ["server.time": 20] }
        for call in 0..<25 {
            #expect(try portal.form("server.time").status == 200, "call \(call)")
            portal.engine.state.clock.advance(seconds: 20)
        }
        let blocked = try portal.form("server.time")
        #expect(blocked.status == 429)
        #expect(blocked.error == "OPERATION_TIME_LIMIT")
        #expect(try portal.form("scope").status == 200)
        let inBatch = try portal.call("batch", ["cmd": ["a": "server.time"]])
        #expect(inBatch.status == 200)
        #expect(inBatch.result["result_error"]?["a"]?["error"] == "OPERATION_TIME_LIMIT")
        portal.engine.state.clock.advance(seconds: 100)
        #expect(try portal.form("server.time").status == 200)
    }

    @Test("A webhook without a scope is refused, at the status the setting names")
    func scopes() throws {
        for status in [403, 401] {
            let portal = try PortalHarness {
                $0.webhooks[0].scopes = ["task"]
                $0.insufficientScopeStatus = status
            }
            let reply = try portal.form("crm.deal.list")
            #expect(reply.status == status && reply.error == "insufficient_scope")
            #expect(try portal.form("server.time").status == 200)
        }
    }
}

@Suite struct FaultTests {
    @Test("An error after the write leaves the record there; one before it does not")
    func writes() throws {
        for (kind, count) in [("errorAfter", 1), ("errorBefore", 0)] {
            let portal = try PortalHarness()
            let fault = "{\"method\":\"crm.deal.*\",\"kind\":\"\(kind)\",\"count\":1}"
            _ = try portal.send(PortalRequest("POST", "/__portal/faults", body: Array(fault.utf8)))
            #expect(try portal.form("crm.deal.add", "fields[TITLE]=x").status == 500)
            #expect(try portal.form("crm.deal.list").json["total"]?.integerValue == Int64(count))
        }
    }

    @Test("Each kind misbehaves in its way, after the calls it skips and as often as it counts")
    func kinds() throws {
        let portal = try PortalHarness()
        let request = PortalRequest("POST", "/rest/1/local0portal0secret/server.time.json")
        func next(_ kind: PortalFault.Kind) -> PortalAnswer {
            portal.engine.faults.add(PortalFault("server.time", kind, skip: 1, count: 1))
            #expect(portal.engine.handle(request).body.first == UInt8(ascii: "{"))
            return portal.engine.handle(request)
        }
        #expect(next(.html).body.starts(with: "<!DOCTYPE".utf8))
        #expect((try? JSONValue(parsing: next(.cutJSON).body)) == nil)
        #expect(next(.dropBefore).delivery == .dropped)
        #expect(next(.never).delivery == .never)
        #expect(next(.large(bytes: 20 << 20)).body.count > 20 << 20)
        let moved = next(.redirect(to: "http://127.0.0.1:9/"))
        #expect(moved.status == 302)
        #expect(moved.headers.first?.value == "http://127.0.0.1:9/rest/1/local0portal0secret/server.time.json")
        #expect(portal.engine.faults.faults.isEmpty)
    }

    @Test("Letters beyond ASCII are escaped as PHP escapes them, when the setting says so")
    func escaping() throws {
        let portal = try PortalHarness { $0.escapesUnicode = true }
        try portal.call("crm.lead.add", ["fields": ["TITLE": "тЖ😀"]])
        let reply = try portal.form("crm.lead.get", "id=1")
        #expect(reply.text.contains(#"\u0442\u0416\ud83d\ude00"#))
        #expect(reply.result["TITLE"] == "тЖ😀")
    }
}
