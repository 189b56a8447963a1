import Testing
import Wire

@testable import Portal

/// What the writers raise, in the shape of each event's page.
@Suite struct RaisedEventTests {
    private static let crm = [
        "ONCRMLEADADD", "ONCRMLEADUPDATE", "ONCRMLEADDELETE", "ONCRMDEALADD", "ONCRMDEALUPDATE", "ONCRMDEALDELETE",
        "ONCRMDEALMOVETOCATEGORY", "ONCRMCONTACTADD", "ONCRMCOMPANYADD", "ONCRMACTIVITYADD", "ONCRMACTIVITYUPDATE",
        "ONCRMACTIVITYDELETE", "ONCRMTIMELINECOMMENTADD", "ONCRMTIMELINECOMMENTUPDATE", "ONCRMTIMELINECOMMENTDELETE",
    ]
    private static let office = [
        "ONTASKADD", "ONTASKUPDATE", "ONTASKDELETE", "ONTASKCOMMENTADD", "ONCALENDARENTRYADD", "ONCALENDARENTRYUPDATE",
        "ONCALENDARENTRYDELETE", "ONCALENDARSECTIONADD", "ONCALENDARSECTIONUPDATE", "ONCALENDARSECTIONDELETE",
        "ONUSERADD",
    ]

    private func harness(_ configure: (inout PortalSettings) -> Void = { _ in }) throws -> EventHarness {
        let harness = try EventHarness(configure)
        for name in Self.crm + Self.office { try harness.bind(name) }
        return harness
    }

    @Test(arguments: [
        ("crm.lead.add", "fields[TITLE]=x", [#"ONCRMLEADADD {"FIELDS":{"ID":"1"}}"#]),
        ("crm.deal.add", "fields[TITLE]=x", [#"ONCRMDEALADD {"FIELDS":{"ID":"1"}}"#]),
        ("crm.contact.add", "fields[NAME]=x", [#"ONCRMCONTACTADD {"FIELDS":{"ID":"1"}}"#]),
        ("crm.item.add", "entityTypeId=4&fields[title]=x", [#"ONCRMCOMPANYADD {"FIELDS":{"ID":"1"}}"#]),
        ("crm.lead.add", "fields[STATUS_ID]=NOWHERE", []),
        (
            "tasks.task.add", "fields[TITLE]=x&fields[RESPONSIBLE_ID]=1",
            [
                #"ONTASKADD {"FIELDS_BEFORE":"undefined","FIELDS_AFTER":{"ID":"1"},"IS_ACCESSIBLE_BEFORE":"N","#
                    + #""IS_ACCESSIBLE_AFTER":"undefined"}"#
            ]
        ),
        ("calendar.section.add", "type=user&ownerId=1&name=x", [#"ONCALENDARSECTIONADD {"id":"1"}"#]),
        // Somebody who was invited has not come yet.
        ("user.add", "EMAIL=a@b.example&UF_DEPARTMENT[]=1", []),
    ])
    func adding(_ method: String, _ form: String, _ expected: [String]) throws {
        let harness = try harness()
        try harness.portal.form(method, form)
        #expect(try harness.events() == expected)
    }

    @Test(
        "An update that changes nothing raises nothing",
        arguments: [
            ("crm.deal.add", "fields[TITLE]=x", "crm.deal.update", "id=1&fields[TITLE]=", ["x", "y"]),
            (
                "tasks.task.add", "fields[TITLE]=x&fields[RESPONSIBLE_ID]=1", "tasks.task.update",
                "taskId=1&fields[TITLE]=", ["x", "y"]
            ),
            (
                "calendar.section.add", "type=user&ownerId=1&name=x", "calendar.section.update",
                "type=user&ownerId=1&id=1&name=", ["x", "y"]
            ),
        ])
    func updating(_ add: String, _ form: String, _ update: String, _ change: String, _ values: [String]) throws {
        let harness = try harness()
        try harness.portal.form(add, form)
        _ = try harness.sent()
        for (value, count) in zip(values, [0, 1]) {
            let reply = try harness.portal.form(update, change + value)
            #expect(reply.status == 200, "\(reply.text)")
            #expect(try harness.events().count == count)
        }
    }

    @Test func aMoveToAnotherFunnelIsNoUpdate() throws {
        let harness = try harness()
        try harness.portal.call("crm.category.add", ["entityTypeId": 2, "fields": ["name": "Second"]])
        let funnels = try harness.portal.call("crm.category.list", ["entityTypeId": 2]).result["categories"]
        let funnel = try #require(funnels?.arrayValue?.compactMap { $0["id"]?.lenientInteger }.first { $0 > 0 })
        try harness.portal.form("crm.deal.add", "fields[TITLE]=x")
        _ = try harness.sent()
        try harness.portal.call(
            "crm.item.update", ["entityTypeId": 2, "id": 1, "fields": ["categoryId": .integer(Int64(funnel))]])
        let fields = #"{"ID":"1","CATEGORY_ID":"\#(funnel)","STAGE_ID":"C\#(funnel):NEW"}"#
        #expect(try harness.events() == [#"ONCRMDEALMOVETOCATEGORY {"FIELDS":\#(fields)}"#])
    }

    @Test(arguments: [(false, #"{"ID":"1"}"#), (true, #"{"FIELDS":{"ID":"1"}}"#)])
    func commentsCarryTheirNumberAtTheTop(_ hasFields: Bool, _ data: String) throws {
        let harness = try harness { $0.events.commentEventHasFields = hasFields }
        try harness.portal.form("crm.deal.add")
        _ = try harness.sent()
        let fields = "fields[ENTITY_ID]=1&fields[ENTITY_TYPE]=deal&fields[COMMENT]="
        try harness.portal.form("crm.timeline.comment.add", fields + "a")
        try harness.portal.form("crm.timeline.comment.update", "id=1&fields[COMMENT]=b")
        try harness.portal.form("crm.timeline.comment.update", "id=1&fields[COMMENT]=b")
        try harness.portal.form("crm.timeline.comment.delete", "id=1")
        #expect(try harness.events() == ["ADD", "UPDATE", "DELETE"].map { "ONCRMTIMELINECOMMENT\($0) \(data)" })
    }

    @Test(arguments: [
        (true, #"{"ID":"0","TASK_ID":"1","MESSAGE_ID":"1"}"#), (false, #"{"ID":"1","TASK_ID":"1"}"#),
    ])
    func commentsOfTasksAreMessagesInTheNewCard(_ isMessage: Bool, _ after: String) throws {
        let harness = try harness { $0.events.taskCommentIsMessage = isMessage }
        try harness.portal.form("tasks.task.add", "fields[TITLE]=x&fields[RESPONSIBLE_ID]=1")
        _ = try harness.sent()
        try harness.portal.form("task.commentitem.add", "0=1&1[POST_MESSAGE]=hello")
        let sent = try harness.sent()
        #expect(sent.map { $0["event"] } == ["ONTASKCOMMENTADD"])
        #expect(sent.first?["data"]?["FIELDS_AFTER"]?.text == after)
    }

    @Test func deletingAndActivities() throws {
        let harness = try harness()
        try harness.portal.form("crm.lead.add")
        try harness.portal.form(
            "crm.activity.todo.add", "ownerTypeId=1&ownerId=1&deadline=2026-05-20T10:00:00&title=Call")
        try harness.portal.form("crm.activity.update", "id=1&fields[COMPLETED]=Y")
        try harness.portal.form("crm.activity.update", "id=1&fields[COMPLETED]=Y")
        try harness.portal.form("crm.activity.delete", "id=1")
        try harness.portal.form("crm.lead.delete", "id=1")
        #expect(
            try harness.sent().map { $0["event"]?.stringValue }
                == [
                    "ONCRMLEADADD", "ONCRMACTIVITYADD", "ONCRMACTIVITYUPDATE", "ONCRMACTIVITYDELETE", "ONCRMLEADDELETE",
                ])
    }

    @Test func smartProcessesShareEventsAndHaveTheirOwn() throws {
        let harness = try EventHarness()
        try harness.state.execute(
            "INSERT INTO crm_type (entity_type_id, title, created_time, created_by) VALUES (150, 'Trip', '', 1)")
        try CrmStages(state: harness.state).addCategory(
            .smartProcess(entityTypeID: 150, title: "Trip", table: CrmTables.smartProcess(entityTypeID: 150)), id: 1,
            name: "General", sort: 1, isDefault: true)
        for statement in CrmTables.smartProcess(entityTypeID: 150).schema { try harness.state.execute(statement) }
        try harness.bind("ONCRMDYNAMICITEMADD", "ONCRMDYNAMICITEMADD_150", "ONCRMDYNAMICITEMADD_151")
        let reply = try harness.portal.call("crm.item.add", ["entityTypeId": 150, "fields": ["title": "x"]])
        #expect(reply.status == 200, "\(reply.text)")
        let data = #" {"FIELDS":{"ID":"1","ENTITY_TYPE_ID":"150"}}"#
        #expect(try harness.events() == ["ONCRMDYNAMICITEMADD\(data)", "ONCRMDYNAMICITEMADD_150\(data)"])
    }

    @Test func aFailedCommandOfABatchRaisesNothingAndTheOthersDo() throws {
        let harness = try harness()
        try harness.portal.call(
            "batch",
            [
                "cmd": [
                    "a": "crm.lead.add?fields[TITLE]=x", "b": "crm.lead.add?fields[STATUS_ID]=NO", "c": "crm.lead.add",
                ]
            ])
        #expect(
            try harness.events() == [#"ONCRMLEADADD {"FIELDS":{"ID":"1"}}"#, #"ONCRMLEADADD {"FIELDS":{"ID":"2"}}"#])
    }

    @Test func aWriteWhoseAnswerIsLostIsStillTold() throws {
        let harness = try harness()
        harness.engine.faults.add(PortalFault("crm.lead.add", .errorAfter(status: 500, code: "", description: "")))
        #expect(try harness.portal.form("crm.lead.add").status == 500)
        #expect(try harness.events().count == 1)
    }
}
