import Testing
import Wire

@testable import Portal

@Suite struct EventMethodsTests {
    private let handler = JSONValue.string(EventHarness.handler)

    @Test(
        "Everything about events is for applications",
        arguments: ["event.bind", "event.unbind", "event.get", "events", "event.test", "event.offline.get"])
    func webhooksAreRefused(_ method: String) throws {
        let reply = try EventHarness().portal.form(method, "event=ONCRMDEALADD&handler=http://127.0.0.1:9/")
        #expect(reply.status == 403)
        #expect(reply.error == "ACCESS_DENIED")
    }

    @Test func aBindingIsListedRefusedTwiceAndUnbound() throws {
        let harness = try EventHarness()
        try harness.bind("onCrmDealAdd", "ONTASKADD")
        let again = try harness.app("event.bind", ["event": "ONTASKADD", "handler": handler])
        #expect(again.status == 400)
        #expect(again.description == "Unable to set event handler")
        #expect(
            try harness.app("event.get").result == [
                ["event": "ONCRMDEALADD", "handler": handler, "auth_type": "0", "offline": 0],
                ["event": "ONTASKADD", "handler": handler, "auth_type": "0", "offline": 0],
            ])
        #expect(try harness.app("event.unbind", ["event": "ONTASKADD", "handler": handler]).result == ["count": 1])
        #expect(try harness.app("event.unbind", ["event": "ONTASKADD", "handler": handler]).result == ["count": 0])
    }

    @Test(
        arguments: [
            (["event": "ONNOSUCH", "handler": "http://127.0.0.1:9/handler"], 1, 400, "ERROR_EVENT_NOT_FOUND"),
            // The application has no such scope.
            (
                ["event": "ONVOXIMPLANTCALLEND", "handler": "http://127.0.0.1:9/handler"], 1, 400,
                "ERROR_EVENT_NOT_FOUND"
            ),
            (["event": "ONTASKADD"], 1, 400, "ERROR_ARGUMENT"),
            (["event": "ONTASKADD", "handler": "ftp://127.0.0.1/"], 1, 400, "ERROR_UNSUPPORTED_PROTOCOL"),
            (["event": "ONTASKADD", "handler": "https://elsewhere.example/"], 1, 400, "ERROR_WRONG_HANDLER_URL"),
            (["event": "ONTASKADD", "event_type": "offline"], 2, 403, "ACCESS_DENIED"),
            (["event": "ONTASKADD", "handler": "http://127.0.0.1:9/handler", "auth_type": 1], 2, 403, "ACCESS_DENIED"),
        ] as [(JSONObject, Int, Int, String)])
    func bindingRefusals(_ parameters: JSONObject, _ user: Int, _ status: Int, _ code: String) throws {
        let harness = try EventHarness()
        try UserRecord.insert(["NAME": "Ann"], in: harness.state)
        let reply = try harness.app("event.bind", parameters, as: user)
        #expect(reply.status == status)
        #expect(reply.error == code)
    }

    @Test func authTypeZeroUnbindsOnlyWhatActsForWhoeverCausesTheEvent() throws {
        let harness = try EventHarness()
        try harness.bind("ONTASKADD")
        try harness.app("event.bind", ["event": "ONTASKADD", "handler": handler, "auth_type": 1])
        let base: JSONObject = ["event": "ONTASKADD", "handler": handler]
        var zero = base
        zero["auth_type"] = 0
        #expect(try harness.app("event.unbind", zero).result == ["count": 1])
        #expect(try harness.app("event.get").result[0]?["auth_type"] == "1")
        #expect(try harness.app("event.unbind", base).result == ["count": 1])
    }

    @Test func theTokenIsTheActingUsersAndWorks() throws {
        let harness = try EventHarness()
        try harness.bind("ONCRMDEALADD")
        try harness.app("crm.deal.add", ["fields": ["TITLE": "x"]])
        let form = try #require(try harness.sent().first)
        #expect(form.keys == ["event", "event_handler_id", "data", "ts", "auth"])
        #expect(form["event_handler_id"] == "1")
        #expect(form["ts"] == .string(String(PortalHarness.noon)))
        let auth = try #require(form["auth"]?.objectValue)
        #expect(
            Set(auth.keys) == [
                "access_token", "expires_in", "scope", "domain", "server_endpoint", "status", "client_endpoint",
                "member_id", "application_token",
            ])
        #expect(auth["application_token"] == "proof")
        #expect(auth["domain"] == .string(harness.state.site.portal))
        let token = try #require(auth["access_token"]?.stringValue)
        #expect(try harness.oauth.call("profile", token).result["ID"] == "1")
    }

    @Test func nobodyToNameMeansNoTokens() throws {
        let harness = try EventHarness()
        try harness.bind("ONUSERADD")
        try harness.oauth.control("events", ["event": "ONUSERADD", "data": ["ID": 5]])
        let form = try #require(try harness.sent().first)
        #expect(form["data"] == ["ID": "5"])
        #expect(form["auth"]?["access_token"] == nil)
        #expect(form["auth"]?["application_token"] == "proof")
    }

    @Test func nothingIsToldBeforeTheInstallationIsFinished() throws {
        let harness = try EventHarness()
        try harness.bind("ONCRMDEALADD")
        harness.state.applications.change("local.1") { $0.installation = .unfinished }
        try harness.portal.form("crm.deal.add")
        #expect(try harness.sent().isEmpty)
    }

    @Test func anOutgoingWebhookIsToldWithoutTokens() throws {
        let harness = try EventHarness()
        let made = try harness.oauth.control(
            "outgoing", ["url": "http://127.0.0.1:9/out", "events": ["oncrmdealadd"], "token": "shown"])
        #expect(made.status == 200, "\(made.text)")
        try harness.portal.form("crm.deal.add")
        let auth = try #require(try harness.sent().first?["auth"]?.objectValue)
        #expect(auth.keys == ["domain", "client_endpoint", "server_endpoint", "member_id", "application_token"])
        #expect(auth["application_token"] == "shown")
        let refused = try harness.oauth.control(
            "outgoing", ["url": "http://127.0.0.1:9/out", "events": ["ONCRMDEALMOVETOCATEGORY"]])
        #expect(refused.status == 400)
    }

    @Test func theListOfEventsFollowsTheScopes() throws {
        let harness = try EventHarness()
        let own = try harness.app("events").result.arrayValue ?? []
        #expect(own.contains("ONCRMDEALADD"))
        #expect(!own.contains("ONVOXIMPLANTCALLEND"))
        #expect(try harness.app("events", ["FULL": true]).result.arrayValue?.contains("ONVOXIMPLANTCALLEND") == true)
        #expect(try harness.app("events", ["SCOPE": "user"]).result == ["ONUSERADD"])
    }

    @Test("Applications are told of their installation, and of its end without tokens")
    func installation() throws {
        let harness = try EventHarness()
        let card: JSONValue = [
            "clientID": "local.2", "clientSecret": "x", "scopes": ["crm"], "installPath": "http://127.0.0.1:9/install",
        ]
        try harness.oauth.control("applications", card)
        let installed = try #require(try harness.sent().first)
        #expect(installed["event"] == "ONAPPINSTALL")
        #expect(installed["data"] == ["VERSION": "1", "ACTIVE": "Y", "INSTALLED": "Y", "LANGUAGE_ID": "en"])
        #expect(installed["auth"]?["refresh_token"] != nil)
        try harness.bind("ONAPPUNINSTALL")
        try harness.oauth.control(
            "applications/installation", ["clientID": "local.1", "installation": "absent", "clean": true])
        let gone = try #require(try harness.sent().first)
        #expect(gone["event"] == "ONAPPUNINSTALL")
        #expect(gone["data"] == ["LANGUAGE_ID": "en", "CLEAN": "1"])
        #expect(gone["auth"]?.objectValue?.keys == ["domain", "member_id", "application_token"])
    }

    @Test func faultsSpoilDeliveries() throws {
        let harness = try EventHarness()
        try harness.bind("ONCRMDEALADD")
        for kind in ["loseEvent", "duplicateEvent", "reorderEvent"] {
            try harness.oauth.control("faults", ["kind": .string(kind), "method": "ONCRMDEAL*", "count": 1])
        }
        for _ in 1...4 { try harness.portal.form("crm.deal.add") }
        let ids = try harness.sent().map { $0["data"]?["FIELDS"]?["ID"]?.stringValue }
        #expect(ids == ["2", "2", "4", "3"])
        let report = try harness.oauth.control("events", .null, "GET").json
        #expect(
            report["last"]?.arrayValue?.map { $0["state"]?.stringValue } == ["lost"]
                + Array(repeating: "answered 200", count: 4))
        #expect(!report.text.contains("proof"))
        #expect(!report.text.contains("/handler"))
    }
}
