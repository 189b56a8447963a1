import Testing
import Wire

@testable import Portal

@Suite struct TasksTests {
    private func portal() throws -> PortalHarness {
        let harness = try PortalHarness()
        for name in ["Ann", "Ben"] {
            try UserRecord.insert(["NAME": .string(name), "WORK_POSITION": "Tester"], in: harness.engine.state)
        }
        return harness
    }

    private func add(_ harness: PortalHarness, _ fields: JSONObject = [:]) throws -> JSONValue {
        var all: JSONObject = ["TITLE": "Task", "RESPONSIBLE_ID": 2]
        for (key, value) in fields { all[key] = value }
        return try #require(try harness.call("tasks.task.add", ["fields": .object(all)]).result["task"])
    }

    private func ids(_ reply: PortalHarness.Reply) -> String {
        (reply.result["tasks"]?.arrayValue ?? []).compactMap { $0["id"]?.stringValue }.joined(separator: " ")
    }

    @Test func aTaskIsSentInCapitalsAndComesBackInCamelCaseTexts() throws {
        let harness = try portal()
        let reply = try harness.form(
            "tasks.task.add.json",
            "fields[TITLE]=Task%20title&fields[DESCRIPTION]=Details&fields[RESPONSIBLE_ID]=2"
                + "&fields[DEADLINE]=2026-06-01T18:00:00&fields[UF_CRM_TASK][]=D_10&fields[AUDITORS][]=3")
        let task = try #require(reply.result["task"])
        #expect(task["id"] == "1")
        #expect(task["status"] == "2")
        #expect(task["responsibleId"] == "2")
        #expect(task["createdBy"] == "1")
        #expect(task["deadline"] == "2026-06-01T18:00:00+03:00")
        #expect(task["priority"] == "1")
        #expect(task["auditors"] == ["3"])
        #expect(task["responsible"]?["name"] == "Ann")
        #expect(task["auditorsData"]?["3"]?["name"] == "Ben")
        #expect(task["accomplicesData"] == [], "an empty map of PHP is a list")
        #expect(task["closedDate"] == .null)
        #expect(task["ufCrmTask"] == nil)
        #expect(task["action"]?["start"] == true)
    }

    @Test func linksAndTheChatComeOnlyWhenSelected() throws {
        let harness = try portal()
        _ = try add(harness, ["UF_CRM_TASK": ["D_10", "C_5"]])
        let chosen = try harness.call("tasks.task.get", ["taskId": 1, "select": ["TITLE", "UF_CRM_TASK", "CHAT_ID"]])
        let task = try #require(chosen.result["task"])
        #expect(task["ufCrmTask"] == ["D_10", "C_5"])
        #expect(task["chatId"] == 1)
        #expect(task["responsibleId"] == nil)
        #expect(task["id"] == "1")
        #expect(try harness.call("tasks.task.get", ["taskId": 1]).result["task"]?["ufCrmTask"] == nil)
    }

    @Test func aMissingTaskIsAnEmptyListAndNoError() throws {
        let reply = try portal().form("tasks.task.get", "taskId=404")
        #expect(reply.status == 200)
        #expect(reply.result == [])
    }

    @Test(
        arguments: [
            ("tasks.task.add", [:], "100", "Could not find value for parameter {fields} (internal error)"),
            ("tasks.task.add", ["fields": ["RESPONSIBLE_ID": 2]], "ERROR_CORE", "Task title not specified<br>"),
            ("tasks.task.add", ["fields": ["TITLE": "x"]], "ERROR_CORE", "Assignee not specified<br>"),
            (
                "tasks.task.add", ["fields": ["TITLE": "x", "RESPONSIBLE_ID": 99]], "ERROR_CORE",
                "User specified in the \"Assignee\" field not found<br>"
            ),
            (
                "tasks.task.add", ["fields": ["TITLE": "x", "RESPONSIBLE_ID": 2, "PARENT_ID": 8]], "ERROR_CORE",
                "Task specified in the \"Parent Task\" field not found<br>"
            ),
            (
                "tasks.task.get", [:], "100",
                "CTaskItem All parameters in the constructor must have real class type (internal error)"
            ),
            ("tasks.task.get", ["taskId": "abc"], "0", "wrong task id"),
            (
                "tasks.task.get", ["taskId": 1, "select": "ID"], "100",
                "Invalid value {} to match with parameter {select}. Should be value of type array. (internal error)"
            ),
            ("tasks.task.list", ["order": ["NONSENSE": "asc"]], "0", "Invalid sorting key (internal error)"),
            ("tasks.task.delete", ["taskId": 404], "1048582", "Action on the task is not allowed"),
            ("tasks.task.approve", ["taskId": 1], "1048582", "Action on the task is not allowed"),
        ] as [(String, JSONValue, String, String)])
    func refusalsHaveTheModulesCodes(
        _ method: String, _ parameters: JSONValue, _ code: String, _ text: String
    ) throws {
        let harness = try portal()
        _ = try add(harness)
        let reply = try harness.call(method, parameters)
        #expect(reply.status == 400)
        #expect(reply.error == code)
        #expect(reply.description == text)
    }

    @Test func aTaskMovesThroughItsStatuses() throws {
        let harness = try portal()
        _ = try add(harness)
        for (action, status) in [
            ("start", "3"), ("pause", "2"), ("defer", "6"), ("renew", "2"), ("complete", "5"), ("renew", "2"),
        ] {
            let task = try harness.form("tasks.task.\(action)", "taskId=1").result["task"]
            #expect(task?["status"] == .string(status), "\(action)")
            #expect((task?["closedDate"] != .null) == (status == "5"))
        }
        let moved = try harness.form("tasks.task.delegate", "taskId=1&userId=3").result["task"]
        #expect(moved?["responsibleId"] == "3")
        #expect(moved?["auditors"] == ["2"])
        #expect(try harness.form("tasks.task.update", "taskId=1&fields[STATUS]=4").result["task"]?["status"] == "4")
        #expect(try harness.form("tasks.task.approve", "taskId=1").result["task"]?["status"] == "5")
        #expect(try harness.form("tasks.task.delete", "taskId=1").result == ["task": true])
    }

    @Test(arguments: [
        ("", "4 3 2 1"), ("order[ID]=asc", "1 2 3 4"), ("filter[RESPONSIBLE_ID]=3", "2"),
        ("filter[TITLE]=%25oof%25&order[ID]=asc", "2"), ("filter[%3E%3DDEADLINE]=2026-05-15&order[ID]=asc", "2 3"),
        ("filter[REAL_STATUS]=5", "4"), ("filter[!REAL_STATUS]=5&order[ID]=asc", "1 2 3"), ("filter[STATUS]=-1", "1"),
        ("filter[STATUS]=-3", "2"), ("filter[STATUS]=2", "3"), ("filter[UF_CRM_TASK]=D_7", "3"),
        ("filter[AUDITOR]=3", "1"), ("order[PRIORITY]=desc&order[ID]=asc", "3 1 2 4"), ("filter[NO_SUCH]=1", "4 3 2 1"),
    ])
    func theListFiltersAndSorts(_ body: String, _ expected: String) throws {
        let harness = try portal()
        _ = try add(harness, ["DEADLINE": "2026-05-13T10:00:00", "AUDITORS": [3]])
        _ = try add(harness, ["TITLE": "Roof", "DEADLINE": "2026-05-15T09:00:00", "RESPONSIBLE_ID": 3])
        _ = try add(harness, ["DEADLINE": "2026-07-01", "PRIORITY": 2, "UF_CRM_TASK": ["D_7"]])
        _ = try add(harness)
        try harness.form("tasks.task.complete", "taskId=4")
        #expect(ids(try harness.form("tasks.task.list", body)) == expected)
    }

    @Test func othersSeeOnlyWhatTheyTakePartIn() throws {
        let harness = try portal()
        _ = try add(harness)
        let call = MethodCall(name: "tasks.task.list", userID: 3, parameters: [:])
        #expect(try TaskReads.list(harness.engine.state, call).total == 0)
    }

    @Test func pagesStandBesideTheNestedList() throws {
        let harness = try portal()
        for _ in 0..<51 { _ = try add(harness) }
        let reply = try harness.form("tasks.task.list", "select[]=ID")
        #expect(reply.json["total"] == 51)
        #expect(reply.json["next"] == 50)
        #expect(reply.result["tasks"]?.arrayValue?.count == 50)
        #expect(ids(try harness.form("tasks.task.list", "start=50")) == "1")
    }

    @Test func fieldsAreDescribed() throws {
        let fields = try portal().call("tasks.task.getFields").result["fields"]
        #expect(fields?["STATUS"]?["values"]?["4"] == "Awaiting Control")
        #expect(fields?["DEADLINE"]?["type"] == "datetime")
        #expect(fields?["TITLE"]?["required"] == true)
    }

    // MARK: Checklists and comments, by position

    @Test func checklistParametersAreReadByTheirPlace() throws {
        let harness = try portal()
        _ = try add(harness)
        #expect(try harness.form("task.checklistitem.add", "TASKID=1&FIELDS[TITLE]=Subtask").result == 2)
        // The names say the opposite of the places; the places win.
        #expect(
            try harness.form("task.checklistitem.add", "FIELDS=1&TASKID[TITLE]=Second&TASKID[PARENT_ID]=1").result == 3)
        #expect(try harness.form("task.checklistitem.complete", "0=1&1=3").result == true)
        let list = try harness.form("task.checklistitem.getlist", "TASKID=1&ORDER[ID]=asc").result
        #expect(list[0]?["PARENT_ID"] == 0)
        #expect(list[1]?["PARENT_ID"] == "1")
        #expect(list.arrayValue?.map { $0["IS_COMPLETE"] } == ["N", "N", "Y"])
        #expect(list[2]?["TOGGLED_BY"] == "1")
        let update = try harness.form("task.checklistitem.update", "1=1&2=2&3[TITLE]=New")
        #expect(update.text.contains(#""result":null"#))
        #expect(try harness.form("task.checklistitem.delete", "TASKID=1&ITEMID=1").result == true)
        #expect(try harness.form("task.checklistitem.getlist", "TASKID=1").result == [], "items go with their list")
    }

    @Test func wrongPlacesAreRefusedWithALineBreakOfHTML() throws {
        let harness = try portal()
        _ = try add(harness)
        let swapped = try harness.form("task.checklistitem.add", "FIELDS[TITLE]=x&TASKID=1")
        #expect(swapped.error == "ERROR_CORE")
        #expect(
            swapped.description == "TASKS_ERROR_EXCEPTION_#256; Param #0 (taskId) for method "
                + "ctaskchecklistitem::add() expected to be of type \"integer\", but given something else.; "
                + "256/TE/WRONG_ARGUMENTS<br>")
        let untitled = try harness.form("task.checklistitem.add", "TASKID=1&FIELDS[SORT_INDEX]=1")
        #expect(untitled.description?.contains("Item name not specified") == true)
    }

    @Test func aCommentBecomesAMessageOfTheTasksChat() throws {
        let harness = try portal()
        _ = try add(harness)
        #expect(try harness.form("task.commentitem.add", "TASKID=1&FIELDS[POST_MESSAGE]=Done").result == 1)
        let chat = try harness.call("tasks.task.get", ["taskId": 1, "select": ["CHAT_ID"]]).result["task"]?["chatId"]
        let dialog = "chat\(try #require(chat?.lenientInteger))"
        let messages = try harness.form("im.dialog.messages.get", "DIALOG_ID=\(dialog)").result["messages"]
        #expect(messages?[0]?["text"] == "Done")
    }
}

@Suite struct TasksV3Tests {
    private func portal() throws -> PortalHarness {
        let harness = try PortalHarness()
        for name in ["Ann", "Ben"] {
            try UserRecord.insert(["NAME": .string(name), "EMAIL": "a@portal.example"], in: harness.engine.state)
        }
        return harness
    }

    private func call(_ harness: PortalHarness, _ method: String, _ body: JSONValue) throws -> PortalHarness.Reply {
        try harness.send(
            PortalRequest(
                "POST", "/rest/api/1/local0portal0secret/\(method)",
                headers: [(name: "Content-Type", value: "application/json")], body: body.encoded()))
    }

    private func add(_ harness: PortalHarness, _ title: String, key: String) -> PortalAnswer {
        let body: JSONValue = ["fields": ["title": .string(title), "creatorId": 1, "responsibleId": 2]]
        return harness.engine.handle(
            PortalRequest(
                "POST", "/rest/api/1/local0portal0secret/tasks.task.add",
                headers: [
                    (name: "Content-Type", value: "application/json"), (name: "idempotency-key", value: key),
                ], body: body.encoded()))
    }

    @Test func aRepeatedKeyGivesTheFirstReplyAndDoesNothing() throws {
        let harness = try portal()
        let first = add(harness, "One", key: "k-1")
        #expect(!first.headers.contains { $0.name == "Idempotent-Replayed" })
        let again = add(harness, "One", key: "k-1")
        #expect(again.headers.contains { $0.name == "Idempotent-Replayed" && $0.value == "true" })
        let results = try [first, again].map { try JSONValue(parsing: $0.body)["result"] }
        #expect(results[0] == results[1])
        #expect(try TaskRecord.documents.all(in: harness.engine.state).count == 1)
        #expect(add(harness, "Two", key: "k-1").status == 422)
        #expect(add(harness, "Two", key: "k-2").status == 200)
        #expect(add(harness, "Two", key: "\u{7f}").status == 400)
        harness.engine.state.clock.advance(seconds: 86_401)
        #expect(!add(harness, "One", key: "k-1").headers.contains { $0.name == "Idempotent-Replayed" })
        #expect(try TaskRecord.documents.all(in: harness.engine.state).count == 3)
    }

    private func add(_ harness: PortalHarness, _ title: String) throws -> JSONValue? {
        let fields: JSONValue = [
            "title": .string(title), "creatorId": 1, "responsibleId": 2, "deadline": "2026-06-01T18:00:00+03:00",
            "crmItemIds": ["L_1"],
        ]
        return try call(harness, "tasks.task.add", ["fields": fields]).result["item"]
    }

    @Test func valuesAreTypedAndStatusesAreWords() throws {
        let harness = try portal()
        let item = try #require(try add(harness, "One"))
        #expect(item["id"] == 1)
        #expect(item["status"] == "pending")
        #expect(item["priority"] == "average")
        #expect(item["crmItemIds"] == ["L_1"])
        #expect(item["parentId"] == .null)
        #expect(
            try call(harness, "tasks.task.update", ["id": 1, "fields": ["status": "completed"]]).result == [
                "result": true
            ])
        let after = try call(harness, "tasks.task.get", ["id": 1, "select": ["status", "responsible.name"]]).result
        #expect(after == ["item": ["id": 1, "status": "completed", "responsible": ["name": "Ann"]]])
        // The same record through classic REST.
        #expect(try harness.form("tasks.task.get", "taskId=1").result["task"]?["status"] == "5")
        #expect(try call(harness, "tasks.task.delete", ["id": 1]).result == ["result": true])
    }

    @Test(
        arguments: [
            (["filter": [["id", ">", 1]]], [2, 3]), (["filter": [["id", 2]]], [2]),
            (["filter": [["id", [1, 3]]]], [1, 3]),
            (["filter": [["id", "between", [2, 3]]]], [2, 3]), (["order": ["title": "DESC"]], [2, 1, 3]),
            (["filter": [["logic": "or", "conditions": [["id", 1], ["id", 3]]]]], [1, 3]),
            (["pagination": ["limit": 2, "page": 2]], [3]), (["pagination": ["offset": 1]], [2, 3]),
            (["select": ["id", "noSuchField"]], [1, 2, 3]),
        ] as [(JSONValue, [Int])])
    func theListUnderstandsArraysOfConditions(_ query: JSONValue, _ expected: [Int]) throws {
        let harness = try portal()
        for title in ["B", "C", "A"] { _ = try add(harness, title) }
        let reply = try call(harness, "tasks.task.list", query)
        #expect(reply.result["items"]?.arrayValue?.map { $0["id"]?.lenientInteger } == expected)
        #expect(reply.result["items"]?[0]?.objectValue?.count == 1, "without select a row is its id")
        #expect(reply.json["total"] == nil)
    }

    @Test(
        arguments: [
            ("tasks.task.get", ["id": 404], 400, "ENTITYNOTFOUNDEXCEPTION", "Record with ID = `404` not found"),
            (
                "tasks.task.get", ["id": "1"], 400, "VALIDATION_REQUESTVALIDATIONEXCEPTION",
                "Field `id` requires data type `int` for this request"
            ),
            ("tasks.task.get", [:], 400, "VALIDATION_REQUESTVALIDATIONEXCEPTION", "Required field `id` is missing"),
            (
                "tasks.task.get", ["id": 1, "select": ["responsible.shoe"]], 400, "UNKNOWNDTOPROPERTYEXCEPTION",
                "Unknown field `shoe` for entity `UserDto`"
            ),
            (
                "tasks.task.list", ["filter": [["title", "x"]]], 400, "VALIDATION_REQUESTVALIDATIONEXCEPTION",
                "In DTO `TaskDto`, the `title` field requires the `Filterable` attribute for such a request"
            ),
            (
                "tasks.task.list", ["filter": ["id": 1]], 400, "INVALIDFILTEREXCEPTION",
                "Unable to recognize the filter parameter `{\"id\":1}`"
            ),
            (
                "tasks.task.list", ["filter": [["id", "like", 1]]], 400, "UNKNOWNFILTEROPERATOREXCEPTION",
                "Unknown filter operator `like`"
            ),
            (
                "tasks.task.list", ["pagination": ["limit": "abc"]], 400, "INVALIDPAGINATIONEXCEPTION",
                "Unable to recognize the pagination parameter `{\"limit\":\"abc\"}`"
            ),
            (
                "tasks.task.list", ["order": ["id": "UP"]], 400, "INVALIDORDEREXCEPTION",
                "Unable to recognize the sorting parameter `{\"id\":\"UP\"}`"
            ),
            (
                "tasks.task.add", ["fields": ["title": "x", "creatorId": 1]], 400,
                "VALIDATION_REQUESTVALIDATIONEXCEPTION",
                "Required field `responsibleId` is missing"
            ),
            (
                "tasks.task.add", ["fields": ["title": "x", "creatorId": 1, "responsibleId": 2, "deadline": "soon"]],
                400,
                "VALIDATION_REQUESTVALIDATIONEXCEPTION",
                "Field `deadline` requires data type `DateTime` for this request"
            ),
            (
                "tasks.task.update", ["id": 404, "fields": ["title": "x"]], 403, "ACCESSDENIEDEXCEPTION",
                "Access denied"
            ),
        ] as [(String, JSONValue, Int, String, String)])
    func refusalsHaveTheNewShape(
        _ method: String, _ body: JSONValue, _ status: Int, _ code: String, _ text: String
    ) throws {
        let harness = try portal()
        _ = try add(harness, "One")
        let reply = try call(harness, method, body)
        #expect(reply.status == status)
        #expect(reply.json["error"]?["code"] == .string("BITRIX_REST_V3_EXCEPTION_" + code))
        let message = reply.json["error"]?["validation"]?[0]?["message"] ?? reply.json["error"]?["message"]
        #expect(message == .string(text))
    }
}
