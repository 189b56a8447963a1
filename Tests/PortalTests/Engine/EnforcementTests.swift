import Testing
import Wire

@testable import Portal

@Suite struct EnforcementTests {
    @Test("A webhook is refused what only applications may call, in either wording; an application is not")
    func applicationOnly() throws {
        let oauth = try OAuthHarness()
        let refused = try oauth.portal.form("app.info")
        #expect(refused.status == 403 && refused.error == "ACCESS_DENIED")
        #expect(refused.description == "Access denied! Application context required")
        oauth.state.settings.applicationOnly = .wrongAuthType
        #expect(try oauth.portal.form("app.info").error == "WRONG_AUTH_TYPE")
        let inBatch = try oauth.portal.call("batch", ["cmd": ["a": "app.info"]])
        #expect(inBatch.result["result_error"]?["a"]?["error"] == "WRONG_AUTH_TYPE")
        #expect(try oauth.call("app.info", try oauth.pair().access).status == 200)
        // One SDK knows an answer for webhooks.
        oauth.state.settings.webhooksMayAskAppInfo = true
        #expect(try oauth.portal.form("app.info").result["LICENSE"] == "en_basic")
    }

    @Test("Somebody who is no administrator is refused what the catalog keeps for administrators")
    func administratorsOnly() throws {
        let oauth = try OAuthHarness { $0.applications[0].scopes = ["user", "bizproc"] }
        try oauth.portal.call("user.add", ["NAME": "Ann", "EMAIL": "ann@x.example", "UF_DEPARTMENT": [1]])
        try oauth.control("session", ["userID": 2])
        let access = try oauth.pair().access
        let bob: JSONObject = ["EMAIL": "bob@x.example", "UF_DEPARTMENT": [1]]
        let add = try oauth.call("user.add", access, bob)
        #expect(add.status == 403 && add.error == "ACCESS_DENIED")
        // Also for methods that this portal does not play.
        #expect(try oauth.call("ai.engine.list", access).status == 403)
        try oauth.control("session", ["userID": 1])
        #expect(try oauth.call("user.add", try oauth.pair().access, bob).status == 200)
    }

    @Test("A token opens its application's scopes and no other, also inside a batch")
    func scopes() throws {
        let oauth = try OAuthHarness { $0.applications[0].scopes = ["task"] }
        let access = try oauth.pair().access
        let refused = try oauth.call("crm.deal.list", access)
        #expect(refused.status == 403 && refused.error == "insufficient_scope")
        #expect(refused.description?.hasSuffix("access token") == true)
        let batch = try oauth.call("batch", access, ["cmd": ["a": "crm.deal.list", "b": "server.time"]])
        #expect(batch.status == 200 && batch.result["result"]?["b"] != nil)
        #expect(batch.result["result_error"]?["a"]?["error"] == "insufficient_scope")
        #expect(try oauth.call("scope", access).result == ["task"])
    }

    @Test("A guarded method waits for an administrator's word, is denied by it, or opened")
    func consent() throws {
        let oauth = try OAuthHarness()
        let waiting = try oauth.portal.form("voximplant.user.get")
        #expect(waiting.status == 401 && waiting.error == "METHOD_CONFIRM_WAITING")
        try oauth.control("consent", ["method": "voximplant.user.get", "answer": "denied"])
        let denied = try oauth.portal.form("voximplant.user.get")
        #expect(denied.status == 403 && denied.error == "METHOD_CONFIRM_DENIED")
        try oauth.control("consent", ["method": "voximplant.user.get", "answer": "given"])
        #expect(try oauth.portal.form("voximplant.user.get").error?.hasPrefix("METHOD_CONFIRM") == false)
    }

    @Test(
        "A closed portal refuses everybody, until it is opened again",
        arguments: [
            ("overloaded", 503, "OVERLOAD_LIMIT"), ("commercialPlan", 403, "ACCESS_DENIED"),
            ("deleted", 500, "PORTAL_DELETED"),
        ])
    func closures(reason: String, status: Int, code: String) throws {
        let oauth = try OAuthHarness()
        let access = try oauth.pair().access
        try oauth.control("closure", ["reason": .string(reason)])
        for reply in [try oauth.portal.form("server.time"), try oauth.call("server.time", access)] {
            #expect(reply.status == status && reply.error == code)
        }
        try oauth.control("closure", ["reason": .null])
        #expect(try oauth.portal.form("server.time").status == 200)
        #expect(try oauth.control("closure", ["reason": "burnt down"]).status == 400)
    }

    @Test("A deleted portal answers 410 where a switch says so")
    func deletedStatus() throws {
        let portal = try PortalHarness {
            $0.closure = .deleted
            $0.deletedPortalStatus = 410
        }
        #expect(try portal.form("server.time").status == 410)
    }

    @Test("Webhooks over plain HTTP are refused where HTTPS is demanded; tokens are not")
    func plainHTTP() throws {
        let oauth = try OAuthHarness { $0.requiresHTTPS = true }
        let refused = try oauth.portal.form("server.time")
        #expect(refused.status == 400 && refused.error == "INVALID_REQUEST")
        #expect(refused.description == "Https required.")
        let v3 = try oauth.portal.send(PortalRequest("POST", "/rest/api/1/local0portal0secret/tasks.task.list"))
        #expect(v3.status == 401)
        #expect(v3.json["error"]?["code"] == "BITRIX_REST_V3_EXCEPTION_ACCESSDENIEDEXCEPTION")
        #expect(try oauth.call("server.time", try oauth.pair().access).status == 200)
        oauth.state.site.isSecure = true
        #expect(try oauth.portal.form("server.time").status == 200)
    }
}
