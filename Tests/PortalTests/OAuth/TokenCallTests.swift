import Testing
import Wire

@testable import Portal

@Suite struct TokenCallTests {
    @Test("A token travels in the query, a form or a JSON body, and the method does not see it")
    func places() throws {
        let oauth = try OAuthHarness()
        let access = try oauth.pair().access
        let form = [(name: "Content-Type", value: "application/x-www-form-urlencoded")]
        for request in [
            PortalRequest("GET", "/rest/crm.deal.fields.json", query: "auth=\(access)"),
            PortalRequest("POST", "/rest/crm.deal.fields", headers: form, body: Array("auth=\(access)".utf8)),
        ] { #expect(try oauth.portal.send(request).status == 200) }
        #expect(try oauth.call("crm.deal.fields", access).status == 200)
        #expect(oauth.portal.engine.log.entries.last?.userID == 1)
    }

    @Test("REST 3.0 takes the token in its body, the query or the Authorization header")
    func v3() throws {
        let oauth = try OAuthHarness { $0.applications[0].scopes = ["tasks"] }
        let access = try oauth.pair().access
        let json = [(name: "Content-Type", value: "application/json")]
        let bearer = json + [(name: "Authorization", value: "Bearer \(access)")]
        let body = Array("{\"select\":[\"id\"]}".utf8)
        for request in [
            PortalRequest("POST", "/rest/api/tasks.task.list", headers: bearer, body: body),
            PortalRequest("POST", "/rest/api/tasks.task.list", query: "auth=\(access)", headers: json, body: body),
            PortalRequest(
                "POST", "/rest/api/tasks.task.list", headers: json,
                body: Array("{\"select\":[\"id\"],\"auth\":\"\(access)\"}".utf8)),
        ] { #expect(try oauth.portal.send(request).status == 200) }
        oauth.state.clock.advance(seconds: 3_600)
        let expired = try oauth.portal.send(
            PortalRequest("POST", "/rest/api/tasks.task.list", headers: bearer, body: body))
        #expect(expired.status == 401)
        #expect(expired.json["error"]?["code"] == "BITRIX_REST_V3_EXCEPTION_ACCESSDENIEDEXCEPTION")
        // The classic API does not know the header.
        let classic = try oauth.portal.send(PortalRequest("POST", "/rest/server.time", headers: bearer))
        #expect(classic.error == "NO_AUTH_FOUND")
    }

    @Test("Each bad token has its code at 401")
    func refusals() throws {
        let oauth = try OAuthHarness()
        let access = try oauth.pair().access
        let none = try oauth.portal.send(PortalRequest("POST", "/rest/server.time"))
        #expect(none.status == 401 && none.error == "NO_AUTH_FOUND")
        let unknown = try oauth.call("server.time", "abc")
        #expect(unknown.status == 401 && unknown.error == "invalid_token")
        #expect(unknown.description == "Unable to get application by token")
        try oauth.portal.call("user.update", ["ID": 1, "ACTIVE": false])
        let dismissed = try oauth.call("server.time", access)
        #expect(dismissed.status == 401 && dismissed.error == "authorization_error")
        try oauth.control("tokens/revoke", ["clientID": "local.1"])
        #expect(try oauth.call("server.time", access).error == "invalid_token")
    }

    @Test("app.info answers at the portal and at the authorization server, which plays nothing else")
    func applicationInfo() throws {
        let oauth = try OAuthHarness()
        let access = try oauth.pair().access
        #expect(try oauth.call("app.info", access).result["CODE"] == "local.1")
        #expect(try oauth.call("app.info", access).result["INSTALLED"] == true)
        try oauth.control("applications/installation", ["clientID": "local.1", "installation": "unfinished"])
        for method in ["app.info", "server.time"] {
            let reply = try oauth.portal.send(
                PortalRequest("GET", "/rest/\(method)", query: "auth=\(access)", door: .authorization))
            #expect(reply.status == (method == "app.info" ? 200 : 404))
            guard method == "app.info" else { continue }
            #expect(reply.result["client_id"] == "local.1" && reply.result["install"]?["installed"] == false)
            #expect(reply.result["install"]?["domain"] == "portal.example")
        }
        let unknown = try oauth.portal.send(
            PortalRequest("GET", "/rest/app.info", query: "auth=abc", door: .authorization))
        #expect(unknown.status == 401 && unknown.error == "invalid_token")
    }

    @Test("The form that opens an application in a frame carries tokens that work")
    func frame() throws {
        let oauth = try OAuthHarness()
        let given = try oauth.control("frame", ["clientID": "local.1", "placement": "CRM_DEAL_DETAIL_TAB"])
        let form = try Form.decode(Array(try #require(given.json["body"]?.stringValue).utf8))
        let query = try Form.decode(Array(try #require(given.json["query"]?.stringValue).utf8))
        #expect(query["DOMAIN"] == "portal.example" && query["PROTOCOL"] == "0")
        #expect(form["PLACEMENT"] == "CRM_DEAL_DETAIL_TAB" && form["AUTH_EXPIRES"] == "3600")
        #expect(form["APPLICATION_TOKEN"]?.stringValue == oauth.state.applications["local.1"]?.applicationToken)
        #expect(try oauth.call("server.time", try #require(form["AUTH_ID"]?.stringValue)).status == 200)
        #expect(try oauth.refresh(try #require(form["REFRESH_ID"]?.stringValue)).status == 200)
    }

    @Test("An event without a causer carries no token; installation also refreshes")
    func eventAuthorization() throws {
        let oauth = try OAuthHarness()
        let application = try #require(oauth.state.applications["local.1"])
        let authorization = ApplicationAuthorization(state: oauth.state, application: application)
        let nobody = try authorization.event(userID: nil, refreshes: false)
        #expect(nobody["access_token"] == nil && nobody["domain"] == "portal.example")
        #expect(nobody["application_token"]?.stringValue == application.applicationToken)
        let somebody = try authorization.event(userID: 1, refreshes: true)
        #expect(try oauth.call("server.time", try #require(somebody["access_token"]?.stringValue)).status == 200)
        #expect(try oauth.refresh(try #require(somebody["refresh_token"]?.stringValue)).status == 200)
    }
}
