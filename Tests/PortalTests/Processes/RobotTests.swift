import Testing
import Wire

@testable import Portal

@Suite struct RobotTests {
    private static let robot: JSONObject = [
        "CODE": "my_robot", "HANDLER": "http://127.0.0.1:9/handler", "AUTH_USER_ID": 1, "NAME": "Robot",
        "PROPERTIES": [
            "sum": ["Name": "Sum", "Type": "double", "Required": "Y"],
            "currency": ["Name": "Currency", "Type": "string", "Default": "EUR"],
        ],
    ]

    private func harness(_ more: JSONObject = [:]) throws -> EventHarness {
        let harness = try EventHarness()
        var robot = Self.robot
        for (key, value) in more { robot[key] = value }
        let reply = try harness.app("bizproc.robot.add", robot)
        try #require(reply.result == true, "\(reply.text)")
        try harness.portal.form("crm.deal.add", "fields[TITLE]=x")
        return harness
    }

    private func run(_ harness: EventHarness) throws -> JSONObject {
        let control = try harness.oauth.control(
            "robot", ["code": "my_robot", "target": "DEAL_1", "properties": ["sum": 100]])
        try #require(control.status == 200, "\(control.text)")
        return try #require(try harness.sent().first)
    }

    @Test("The handler gets every key the SDKs insist on, and its answer comes back once")
    func calling() throws {
        let harness = try harness()
        let form = try run(harness)
        #expect(
            form.keys == [
                "workflow_id", "code", "document_id", "document_type", "event_token", "properties", "use_subscription",
                "timeout_duration", "ts", "auth",
            ])
        #expect(form["document_id"] == ["crm", "CCrmDocumentDeal", "DEAL_1"])
        #expect(form["document_type"] == ["crm", "CCrmDocumentDeal", "DEAL"])
        #expect(form["properties"] == ["sum": "100", "currency": "EUR"])
        #expect(form["use_subscription"] == "Y")
        #expect(
            Set(form["auth"]?.objectValue?.keys ?? []) == [
                "access_token", "expires", "expires_in", "scope", "domain", "server_endpoint", "status",
                "client_endpoint", "member_id", "user_id", "refresh_token", "application_token",
            ])
        let workflow = try #require(form["workflow_id"])
        #expect(try harness.portal.call("bizproc.workflow.instances").result[0]?["ID"] == workflow)
        let token = try #require(form["event_token"])
        #expect(
            try harness.portal.call("bizproc.activity.log", ["EVENT_TOKEN": token, "LOG_MESSAGE": "on it"]).result
                == true)
        #expect(
            try harness.portal.call("bizproc.activity.log", ["EVENT_TOKEN": token]).error == "ERROR_EMPTY_LOG_MESSAGE")
        // The official samples write the names in lower case.
        let answer: JSONValue = ["event_token": token, "return_values": ["ok": "yes"], "log_message": "done"]
        #expect(try harness.portal.call("bizproc.event.send", answer).result == true)
        let again = try harness.portal.call("bizproc.event.send", answer)
        #expect(again.status == 403)
        #expect(again.error == "ACCESS_DENIED")
        #expect(try harness.portal.call("bizproc.workflow.instances").result == [])
        let report = try harness.oauth.control("robot", .null, "GET")
        #expect(report.json["runs"]?[0]?["RETURN_VALUES"] == ["ok": "yes"])
        #expect(report.json["runs"]?[0]?["LOG"] == ["on it", "done"])
        #expect(!report.text.contains(token.stringValue ?? "?"))
    }

    @Test(arguments: [("N", false), ("Y", true), ("", true)])
    func onlyAnExplicitNDoesNotWait(_ subscription: String, _ waits: Bool) throws {
        let harness = try harness(["USE_SUBSCRIPTION": .string(subscription)])
        let form = try run(harness)
        #expect(form["use_subscription"] == .string(waits ? "Y" : "N"))
        #expect(try harness.portal.call("bizproc.workflow.instances").json["total"] == .integer(waits ? 1 : 0))
        let sent = try harness.portal.call("bizproc.event.send", ["EVENT_TOKEN": form["event_token"] ?? .null])
        #expect(sent.status == (waits ? 200 : 403))
    }

    @Test func aKilledProcessTakesNoAnswer() throws {
        let harness = try harness()
        let form = try run(harness)
        #expect(try harness.portal.call("bizproc.workflow.kill", ["ID": form["workflow_id"] ?? .null]).result == true)
        #expect(
            try harness.portal.call("bizproc.event.send", ["EVENT_TOKEN": form["event_token"] ?? .null]).status == 403)
    }

    @Test(
        arguments: [
            ([:], "ERROR_ACTIVITY_VALIDATION_FAILURE", "Empty data!"),
            (["NAME": "n"], "ERROR_ACTIVITY_VALIDATION_FAILURE", "Empty activity code!"),
            (["CODE": "my robot"], "ERROR_ACTIVITY_VALIDATION_FAILURE", "Wrong activity code!"),
            (["CODE": "a"], "ERROR_WRONG_HANDLER_URL", "Wrong handler URL"),
            (["CODE": "a", "HANDLER": "ftp://x/"], "ERROR_UNSUPPORTED_PROTOCOL", "Unsupported event handler protocol"),
            (
                ["CODE": "a", "HANDLER": "https://elsewhere.example/"], "ERROR_WRONG_HANDLER_URL",
                "Handler URL host doesn't match application url"
            ),
            (
                ["CODE": "a", "HANDLER": "https://app.example/"], "ERROR_ACTIVITY_VALIDATION_FAILURE",
                "Empty activity NAME!"
            ),
            (
                ["CODE": "a", "HANDLER": "https://app.example/", "NAME": "n", "PROPERTIES": ["1x": ["Name": "n"]]],
                "ERROR_ACTIVITY_VALIDATION_FAILURE", "Wrong property key 1x!"
            ),
            (
                ["CODE": "a", "HANDLER": "https://app.example/", "NAME": "n", "PROPERTIES": ["x": ["Type": "string"]]],
                "ERROR_ACTIVITY_VALIDATION_FAILURE", "Empty property NAME x!"
            ),
            (
                [
                    "CODE": "a", "HANDLER": "https://app.example/", "NAME": "n",
                    "DOCUMENT_TYPE": ["crm", "Nothing", "DEAL"],
                ],
                "ERROR_ACTIVITY_VALIDATION_FAILURE", "Wrong activity DOCUMENT_TYPE!"
            ),
            (
                ["CODE": "my_robot", "HANDLER": "https://app.example/", "NAME": "n"],
                "ERROR_ACTIVITY_ALREADY_INSTALLED",
                "Activity or Robot already added!"
            ),
        ] as [(JSONObject, String, String)])
    func refusals(_ parameters: JSONObject, _ code: String, _ description: String) throws {
        let reply = try harness().app("bizproc.robot.add", parameters)
        #expect(reply.status == 400)
        #expect(reply.error == code)
        #expect(reply.description == description)
    }

    @Test func robotsBelongToAnApplicationAndAnAdministrator() throws {
        let harness = try harness()
        try UserRecord.insert(["NAME": "Ann"], in: harness.state)
        #expect(try harness.app("bizproc.robot.list", as: 2).error == "ACCESS_DENIED")
        #expect(try harness.portal.form("bizproc.robot.list").error == "ACCESS_DENIED")
        #expect(try harness.app("bizproc.robot.list").result == ["my_robot"])
        // Activities are not robots.
        #expect(try harness.app("bizproc.activity.list").result == [])
        let changed: JSONObject = ["CODE": "my_robot", "FIELDS": ["NAME": "Other"]]
        #expect(try harness.app("bizproc.robot.update", changed).result == true)
        #expect(
            try harness.app("bizproc.robot.update", ["CODE": "my_robot", "FIELDS": [:]]).description
                == "No fields to update")
        #expect(try harness.app("bizproc.robot.delete", ["CODE": "my_robot"]).result == true)
        #expect(try harness.app("bizproc.robot.delete", ["CODE": "my_robot"]).error == "ERROR_ACTIVITY_NOT_FOUND")
    }

    @Test func aSenderGetsMessagesAndReportsTheirStatus() throws {
        let harness = try EventHarness()
        let sender: JSONObject = [
            "CODE": "my_sms", "TYPE": "SMS", "HANDLER": "http://127.0.0.1:9/handler", "NAME": "Text",
        ]
        #expect(try harness.app("messageservice.sender.add", sender).result == true)
        #expect(try harness.app("messageservice.sender.add", sender).error == "ERROR_SENDER_ALREADY_INSTALLED")
        #expect(try harness.app("messageservice.sender.list").result == ["my_sms"])
        try harness.oauth.control(
            "message", ["code": "my_sms", "to": "+37120000000", "body": "Hello", "target": "DEAL_1"])
        let form = try #require(try harness.sent().first)
        #expect(form["properties"] == ["phone_number": "+37120000000", "message_text": "Hello"])
        #expect(form["bindings"] == [["OWNER_TYPE_ID": "2", "OWNER_ID": "1"]])
        #expect(form["module_id"] == "crm")
        var status: JSONObject = ["CODE": "my_sms", "MESSAGE_ID": form["message_id"] ?? .null, "STATUS": "delivered"]
        #expect(try harness.app("messageservice.message.status.update", status).result == true)
        let report = try harness.oauth.control("message", .null, "GET").json
        #expect(report["messages"]?[0]?["status"] == "delivered")
        status["STATUS"] = "eaten"
        #expect(
            try harness.app("messageservice.message.status.update", status).error == "ERROR_MESSAGE_STATUS_INCORRECT")
        status["MESSAGE_ID"] = "none"
        #expect(try harness.app("messageservice.message.status.update", status).error == "ERROR_MESSAGE_NOT_FOUND")
    }

    @Test func aTriggerMovesARecordOnlyWhereItStands() throws {
        let harness = try EventHarness()
        try harness.portal.form("crm.deal.add", "fields[TITLE]=x")
        #expect(try harness.app("crm.automation.trigger.add", ["CODE": "paid", "NAME": "One"]).result == true)
        #expect(try harness.app("crm.automation.trigger.add", ["CODE": "paid", "NAME": "Two"]).result == true)
        #expect(try harness.app("crm.automation.trigger.list").result == [["NAME": "Two", "CODE": "paid"]])
        let owner: JSONObject = ["CODE": "paid", "OWNER_TYPE_ID": 2, "OWNER_ID": 1]
        #expect(try harness.app("crm.automation.trigger.execute", owner).result == true)
        #expect(try harness.portal.form("crm.deal.get", "id=1").result["STAGE_ID"] == "NEW")
        for stage in ["WON", "EXECUTING"] {
            try harness.oauth.control("trigger", ["code": "paid", "entityTypeId": 2, "stageId": .string(stage)])
        }
        try harness.bind("ONCRMDEALUPDATE")
        #expect(try harness.app("crm.automation.trigger.execute", owner).result == true)
        #expect(try harness.portal.form("crm.deal.get", "id=1").result["STAGE_ID"] == "EXECUTING")
        // Nobody can be named for what automation does.
        let form = try #require(try harness.sent().first)
        #expect(form["auth"]?["access_token"] == nil)
    }

    @Test(arguments: [
        ("target=DEAL_1&code=x", 200, nil), ("code=x", 400, "Target is not set."),
        ("target=THING_1&code=x", 400, "Incorrect target format."),
    ])
    func theIncomingTriggerIsForWebhooks(_ form: String, _ status: Int, _ description: String?) throws {
        let harness = try EventHarness()
        try harness.portal.form("crm.deal.add")
        let reply = try harness.portal.form("crm.automation.trigger", form)
        #expect(reply.status == status)
        #expect(reply.description == description)
    }
}
