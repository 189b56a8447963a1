import Testing
import Wire

@testable import Portal

@Suite struct TokenTests {
    @Test("A signed-in person is sent back with a code, and the code becomes a pair of tokens once")
    func code() throws {
        let oauth = try OAuthHarness()
        let back = try oauth.authorize()
        #expect(back["from"] == "portal" && back["state"] == "xyz" && back["scope"] == "crm,task")
        #expect(back["domain"] == "portal.example" && back["server_domain"] == "oauth.example")
        #expect(back["member_id"]?.stringValue == oauth.state.memberID && oauth.state.memberID.utf8.count == 32)
        let code = try #require(back["code"]?.stringValue)
        let reply = try oauth.exchange(code: code)
        #expect(reply.status == 200)
        #expect(reply.json["expires_in"] == 3600 && reply.json["scope"] == "crm,task" && reply.json["status"] == "L")
        #expect(reply.json["expires"] == .integer(PortalHarness.noon + 3_600) && reply.json["user_id"] == 1)
        // Here, and only here, `domain` is the authorization server.
        #expect(reply.json["domain"] == "oauth.example")
        #expect(reply.json["client_endpoint"] == "http://portal.example/rest/")
        #expect(reply.json["server_endpoint"] == "http://oauth.example/rest/")
        #expect(try oauth.exchange(code: code).error == "invalid_grant")
    }

    @Test("A code lives thirty seconds, an access token an hour, a refresh token 180 days")
    func lifetimes() throws {
        for (seconds, status) in [(29.0, 200), (30.0, 400)] {
            let oauth = try OAuthHarness()
            let code = try oauth.code()
            oauth.state.clock.advance(seconds: seconds)
            #expect(try oauth.exchange(code: code).status == status)
        }
        let oauth = try OAuthHarness()
        let pair = try oauth.pair()
        oauth.state.clock.advance(seconds: 3_599)
        #expect(try oauth.call("server.time", pair.access).status == 200)
        oauth.state.clock.advance(seconds: 1)
        let expired = try oauth.call("server.time", pair.access)
        #expect(expired.status == 401 && expired.error == "expired_token")
        #expect(expired.description == "The access token provided has expired")
        oauth.state.clock.advance(seconds: 180 * 86_400 - 3_600)
        #expect(try oauth.refresh(pair.refresh).error == "invalid_grant")
    }

    @Test(
        "A refresh gives a new pair and ends the old refresh token; switches keep it alive or end the access token too")
    func rotation() throws {
        for (again, ends) in [(false, false), (true, false), (false, true)] {
            let oauth = try OAuthHarness {
                $0.oauth.spentRefreshTokenWorks = again
                $0.oauth.refreshEndsAccessToken = ends
            }
            let old = try oauth.pair()
            let reply = try oauth.refresh(old.refresh)
            let access = try #require(reply.json["access_token"]?.stringValue)
            let next = try #require(reply.json["refresh_token"]?.stringValue)
            #expect(next != old.refresh && access != old.access && reply.json["user_id"] == 1)
            #expect(try oauth.refresh(old.refresh).status == (again ? 200 : 400))
            #expect(try oauth.refresh(next).status == 200)
            #expect(try oauth.call("server.time", old.access).error == (ends ? "expired_token" : nil))
        }
    }

    @Test(
        "The authorization server refuses with the documented code and status",
        arguments: [
            ("client_id=local.1&client_secret=s3cret", 400, "invalid_request"),
            ("grant_type=password&client_id=local.1&client_secret=s3cret", 400, "invalid_request"),
            ("grant_type=refresh_token&client_id=local.1&client_secret=s3cret", 400, "invalid_request"),
            ("grant_type=refresh_token&refresh_token=x&client_id=local.1&client_secret=wrong", 400, "invalid_client"),
            ("grant_type=refresh_token&refresh_token=x&client_id=local.9&client_secret=s3cret", 400, "invalid_client"),
            ("grant_type=refresh_token&refresh_token=x&client_id=local.1&client_secret=s3cret", 400, "invalid_grant"),
            ("grant_type=authorization_code&code=x&client_id=local.1&client_secret=s3cret", 400, "invalid_grant"),
        ])
    func refusals(query: String, status: Int, code: String) throws {
        let portal = try OAuthHarness().portal
        for (method, body) in [("GET", ""), ("POST", query)] {
            let reply = try portal.send(
                PortalRequest(
                    method, "/oauth/token/", query: method == "GET" ? query : "", body: Array(body.utf8),
                    door: .authorization))
            #expect(reply.status == status && reply.error == code)
        }
    }

    @Test("A scope beyond the card, an unpaid and an uninstalled application are refused, a wrong client also with 200")
    func states() throws {
        let oauth = try OAuthHarness()
        let pair = try oauth.pair()
        let beyond = try oauth.token("grant_type=refresh_token&refresh_token=\(pair.refresh)&scope=crm,im")
        #expect(beyond.status == 403 && beyond.error == "invalid_scope")
        try oauth.control("applications/payment", ["clientID": "local.1", "isExpired": true])
        let unpaid = try oauth.refresh(pair.refresh)
        #expect(unpaid.status == 401 && unpaid.error == "PAYMENT_REQUIRED")
        #expect(try oauth.call("server.time", pair.access).error == "PAYMENT_REQUIRED")
        try oauth.control("applications/payment", ["clientID": "local.1", "isExpired": false])
        try oauth.control("applications/installation", ["clientID": "local.1", "installation": "absent"])
        let absent = try oauth.refresh(pair.refresh)
        #expect(absent.status == 401 && absent.error == "NOT_INSTALLED")
        oauth.state.settings.oauth.wrongClient = .wrongClient
        let wrong = try oauth.portal.send(
            PortalRequest(
                "GET", "/oauth/token/", query: "grant_type=refresh_token&refresh_token=x&client_id=a&client_secret=b",
                door: .authorization))
        #expect(wrong.status == 200 && wrong.error == "wrong_client")
    }

    @Test("The portal passes token requests on, unless it is told not to")
    func proxy() throws {
        for passes in [true, false] {
            let oauth = try OAuthHarness { $0.oauth.portalPassesTokens = passes }
            let answer = oauth.portal.engine.handle(
                PortalRequest(
                    "GET", "/oauth/token/",
                    query:
                        "grant_type=authorization_code&code=\(try oauth.code())&client_id=local.1&client_secret=s3cret"
                ))
            #expect(answer.status == (passes ? 200 : 404))
        }
    }

    @Test(
        "Who cannot be authorized sees a page and is not redirected; an application without an address shows its code")
    func pages() throws {
        let portal = try OAuthHarness().portal
        let unknown = portal.engine.handle(PortalRequest("GET", "/oauth/authorize/", query: "client_id=nobody"))
        #expect(unknown.status == 404 && unknown.headers.contains { $0.value.hasPrefix("text/html") })
        let shown = try OAuthHarness { $0.applications[0].redirectURI = nil }
        let page = shown.portal.engine.handle(PortalRequest("GET", "/oauth/authorize/", query: "client_id=local.1"))
        let text = String(decoding: page.body, as: UTF8.self)
        let code = try #require(text.split(separator: "<code>").last?.split(separator: "</code>").first)
        #expect(try shown.exchange(code: String(code)).status == 200)
    }

    @Test("The same seed number gives the same tokens, another gives others")
    func seeds() throws {
        func first(_ seed: UInt64) throws -> String { try OAuthHarness { $0.seedNumber = seed }.pair().access }
        #expect(try first(7) == first(7))
        #expect(try first(7) != first(8))
    }
}
