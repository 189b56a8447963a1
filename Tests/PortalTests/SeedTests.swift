import Foundation
import Testing
import Wire

@testable import Portal

@Suite struct SeedTests {
    private func load(_ text: String) throws -> PortalHarness {
        let seed = try PortalSeed(parsing: Array(text.utf8))
        let harness = try PortalHarness { seed.configure(&$0) }
        try seed.load(into: harness.engine.state)
        return harness
    }

    @Test func peopleEventsAndTasksComeThroughTheirMethods() throws {
        let harness = try load(
            #"""
            {"company": {"name": "Soap & Co", "zone": "America/New_York", "dates": "russian", "work_time_start": "8.30",
                         "week_holidays": ["SU"]},
             "departments": [{"ID": 1, "NAME": "Soap & Co"}],
             "users": [{"ID": 1, "NAME": "Olivia", "admin": true}, {"ID": 3, "NAME": "Rosa", "ACTIVE": false}],
             "calendar": [{"ownerId": 1, "name": "Busy", "from": "+1d 10:00", "to": "+1d 11:00"}],
             "tasks": [{"key": "soap", "TITLE": "Soap", "RESPONSIBLE_ID": 1, "DEADLINE": "-1d 17:00",
                        "checklist": ["a", "b"]},
                       {"TITLE": "More", "RESPONSIBLE_ID": 1, "PARENT_ID": "@soap"}]}
            """#)
        #expect(try harness.call("calendar.settings.get").result["work_time_start"] == "8.30")
        let users = try harness.call("user.get").result
        #expect(users.arrayValue?.map { $0["ACTIVE"] } == [true, false])
        // 14 May 2026, 03:00 in New York.
        let event = try harness.call("calendar.event.get", ["type": "user", "ownerId": 1]).result[0]
        #expect(event?["DATE_FROM"] == "15.05.2026 10:00:00")
        #expect(event?["TZ_FROM"] == "America/New_York")
        let task = try harness.call("tasks.task.get", ["taskId": 1]).result["task"]
        #expect(task?["deadline"] == "2026-05-13T17:00:00-04:00")
        #expect(try harness.call("tasks.task.get", ["taskId": 2]).result["task"]?["parentId"] == "1")
        #expect(try harness.form("task.checklistitem.getlist", "TASKID=1").result.arrayValue?.count == 3)
    }

    @Test(arguments: [
        ("[]", "", "Expected a JSON object."), ("{", "", "This is not JSON"),
        (#"{"dealz": []}"#, "dealz", "no such section"),
        (#"{"deals": {}}"#, "deals", "Expected a list."), (#"{"users": [1]}"#, "users[0]", "Expected an object."),
        (#"{"users": [{"ID": 0}]}"#, "users[0].ID", "Expected a number from 1 up."),
        (#"{"users": [{"ID": 1}, {"ID": 2, "NICKNAME": "x"}]}"#, "users[1].NICKNAME", "no such field"),
        (#"{"users": [{"ID": 1, "TIME_ZONE": "Moon"}]}"#, "users[0].TIME_ZONE", "no zone Moon"),
        (#"{"company": {"zone": "Moon"}}"#, "company.zone", "no zone Moon"),
        (#"{"company": {"motto": "x"}}"#, "company.motto", "no such setting"),
        (#"{"company": {"week_holidays": ["XX"]}}"#, "company.week_holidays", "Expected a list of days"),
        (#"{"calendar": [{"ownerId": 1, "name": "x", "from": "soon", "to": "+1d"}]}"#, "calendar[0].from", "+1d 10:00"),
        (#"{"calendar": [{"ownerId": 1, "name": "x", "from": "+1d"}]}"#, "calendar[0].to", "Every event needs one."),
        (#"{"calendar": [{"ownerId": 9, "name": "x", "from": "+1d", "to": "+1d"}]}"#, "calendar[0]", "Access denied"),
        (#"{"tasks": [{"TITLE": "x", "RESPONSIBLE_ID": 1, "PARENT_ID": "@y"}]}"#, "tasks[0].PARENT_ID", "key \"y\""),
        (#"{"tasks": [{"TITLE": "x"}]}"#, "tasks[0]", "Assignee not specified"),
    ])
    func whatIsWrongIsNamedByItsPlace(_ text: String, _ path: String, _ words: String) {
        let failure = #expect(throws: SeedFailure.self) { try load(text) }
        #expect(failure?.path == path)
        #expect(failure?.message.contains(words) == true, "\(failure?.message ?? "")")
    }

    @Test func aFileThatFailsLeavesNothingBehind() throws {
        let text = #"{"tasks": [{"TITLE": "x", "RESPONSIBLE_ID": 1}, {"TITLE": "y"}]}"#
        let harness = try PortalHarness()
        #expect(throws: SeedFailure.self) {
            try PortalSeed(parsing: Array(text.utf8)).load(into: harness.engine.state)
        }
        #expect(try harness.call("tasks.task.list").json["total"] == 0)
    }

    @Test func aPortalIsSeededOnce() throws {
        let text = #"{"tasks": [{"TITLE": "x", "RESPONSIBLE_ID": 1}]}"#
        let harness = try load(text)
        let again = try PortalSeed(parsing: Array(text.utf8)).load(into: harness.engine.state)
        #expect(!again)
        #expect(try harness.call("tasks.task.list").json["total"] == 1)
    }

    /// 14 May 2026 is a Thursday.
    @Test(
        arguments: [
            ("+0d", "2026-05-14"), ("+1d 09:30", "2026-05-15T09:30:00"), ("-14d", "2026-04-30"),
            ("+1wd 10:00", "2026-05-15T10:00:00"), ("+2wd", "2026-05-18"), ("+3wd", "2026-05-20"),
            ("-1wd", "2026-05-13"),
            ("2026-01-02T03:04:05+02:00", "2026-01-02T03:04:05+02:00"), ("+1d 25:00", nil), ("+d", nil), ("1d", nil),
            ("tomorrow", nil), ("+99999d", nil),
        ] as [(String, String?)])
    func timesAreCountedFromToday(_ text: String, _ expected: String?) throws {
        let today = try #require(CivilDate(year: 2026, month: 5, day: 14))
        let times = SeedTime(today: today, company: ["week_holidays": ["SA", "SU"], "year_holidays": "1.01, 19.05"])
        #expect(times.iso(text) == expected)
    }

    private func cleaningCompany() throws -> [UInt8] {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return Array(try Data(contentsOf: root.appending(path: "seeds/cleaning-company.json")))
    }

    /// Needs the CRM's funnels.
    @Test(.enabled(if: PortalMethods.lookup("crm.category.add", api: .classic) != nil))
    func theCleaningCompanyLoadsWhole() throws {
        let seed = try PortalSeed(parsing: try cleaningCompany())
        let harness = try PortalHarness { seed.configure(&$0) }
        try seed.load(into: harness.engine.state)
        func count(_ stage: String) throws -> Int? {
            try harness.call("crm.deal.list", ["filter": ["STAGE_ID": .string(stage)]]).json["total"]?.lenientInteger
        }
        #expect(try count("NEW") == 8)
        let funnels = try harness.call("crm.category.list", ["entityTypeId": 2]).result["categories"]?.arrayValue ?? []
        let offices = try #require(funnels.first { $0["name"] == "Office contracts" }?["id"]?.lenientInteger)
        #expect(try count("C\(offices):NEW") == 2)
        let events = try harness.call("calendar.event.get", ["type": "user", "ownerId": 1]).result.arrayValue ?? []
        #expect(events.contains { $0["UF_CRM_CAL_EVENT"] == ["C_1"] })
        let page = String(
            decoding: harness.engine.handle(PortalRequest("GET", "/")).body, as: UTF8.self)
        for expected in ["Office contracts", "Weekly apartment clean", "Hannah Brooks", "+12025550130"] {
            #expect(page.contains(expected), "\(expected)")
        }
    }

    @Test("A seed brings applications, and says which of them is not one")
    func applications() throws {
        let file = #"{"applications":[{"clientID":"local.7","clientSecret":"s","scopes":["crm"],"hasInterface":true}]}"#
        let seed = try PortalSeed(parsing: Array(file.utf8))
        let application = try PortalHarness { seed.configure(&$0) }.engine.state.applications["local.7"]
        #expect(application?.scopes == ["crm"] && application?.installation == .unfinished)
        #expect(application?.applicationToken.utf8.count == 32)
        for wrong in [#"{"clientID":"local.8"}"#, #"{"clientID":"a","clientSecret":"s","redirectURI":"back"}"#] {
            let failure = #expect(throws: SeedFailure.self) {
                try PortalSeed(parsing: Array("{\"applications\":[\(wrong)]}".utf8))
            }
            #expect(failure?.path == "applications[0]")
        }
    }

    @Test func theCleaningCompanyIsAWellFormedSeed() throws {
        let bytes = try cleaningCompany()
        _ = try PortalSeed(parsing: bytes)
        let file = try JSONValue(parsing: bytes)
        let users = try #require(file["users"]?.arrayValue)
        let cleaners = users.filter {
            String(($0["WORK_POSITION"]?.stringValue ?? "").asciiTrimmed).lowercased() == "cleaner"
        }
        #expect(cleaners.count == 6)
        #expect(cleaners.filter { $0["ACTIVE"] == false }.count == 1)
        // Telephone numbers reserved for fiction only.
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.ranges(of: "202555").count == text.ranges(of: "20255501").count)
    }
}
