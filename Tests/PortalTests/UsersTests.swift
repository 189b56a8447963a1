import Testing
import Wire

@testable import Portal

@Suite struct UsersTests {
    /// Three more employees: a cleaner, a Cleaner who was dismissed, a manager.
    private func portal(scopes: Set<String>? = nil) throws -> PortalHarness {
        let harness = try PortalHarness { $0.webhooks[0].scopes = scopes }
        let people: [JSONObject] = [
            ["NAME": "Rosa", "LAST_NAME": "Delgado", "EMAIL": "rosa@portal.example", "WORK_POSITION": "cleaner"],
            ["NAME": "Priya", "LAST_NAME": "Nair", "WORK_POSITION": "Cleaner", "ACTIVE": false],
            ["NAME": "Marcus", "LAST_NAME": "Bell", "WORK_POSITION": "Manager", "UF_DEPARTMENT": [2]],
        ]
        for fields in people { try UserRecord.insert(fields, in: harness.engine.state) }
        try Department.documents.insert(["NAME": "Crew", "PARENT": 1], in: harness.engine.state)
        return harness
    }

    private func ids(_ reply: PortalHarness.Reply) -> [String] {
        reply.result.arrayValue?.compactMap { $0["ID"]?.stringValue } ?? []
    }

    @Test func aRowMixesTextsABooleanNumbersAndEmptyObjects() throws {
        let reply = try portal().form("user.get.json", "ID=2")
        #expect(reply.json["total"] == 1)
        let row = try #require(reply.result[0])
        #expect(row["ID"] == "2")
        #expect(row["ACTIVE"] == true)
        #expect(row["UF_DEPARTMENT"] == [1])
        #expect(reply.text.contains(#""TIMESTAMP_X":{}"#))
        #expect(reply.text.contains(#""LAST_ACTIVITY_DATE":{}"#))
        #expect(row["PERSONAL_MOBILE"] == nil, "what was never filled in has no key")
    }

    @Test(arguments: [
        ("FILTER[ACTIVE]=true", ["1", "2", "4"]), ("filter[ACTIVE]=N", ["3"]), ("ACTIVE=1", ["1", "2", "4"]),
        ("filter[WORK_POSITION]=CLEANER", ["2", "3"]), ("filter[%WORK_POSITION]=lean", ["2", "3"]),
        ("filter[NAME]=Mar%25", ["4"]), ("filter[!%LAST_NAME]=e", ["1", "3"]),
        ("filter[@ID][]=2&filter[@ID][]=4", ["2", "4"]),
        ("filter[>ID]=2", ["3", "4"]), ("filter[!ID]=1", ["2", "3", "4"]), ("UF_DEPARTMENT=2", ["4"]),
        ("NAME_SEARCH=del%20ros", ["2"]), ("filter[NO_SUCH_FIELD]=x", ["1", "2", "3", "4"]),
        ("sort=NAME&order=desc", ["2", "3", "4", "1"]), ("SORT=ID&ORDER=DESC", ["4", "3", "2", "1"]),
        ("start=2", ["1", "2", "3", "4"].suffix(2)),
    ])
    func userGetFindsWhatItIsAskedFor(_ body: String, _ expected: [String]) throws {
        #expect(ids(try portal().form("user.get", body)) == expected)
    }

    @Test(arguments: [
        ("FILTER[FIND]=mar", ["4"]), ("FILTER[NAME]=Ro", ["2"]), ("FILTER[NAME]=osa", []),
        ("FILTER[UF_DEPARTMENT_NAME]=rew", ["4"]),
    ])
    func userSearchLooksAtBeginnings(_ body: String, _ expected: [String]) throws {
        #expect(ids(try portal().form("user.search", body)) == expected)
    }

    @Test func pagesHoldFiftyAndTheLastOneNamesNoNext() throws {
        let harness = try portal()
        for number in 0..<60 { try UserRecord.insert(["NAME": "N\(number)"], in: harness.engine.state) }
        let first = try harness.form("user.get")
        #expect(first.json["next"] == 50)
        #expect(first.json["total"] == 64)
        let second = try harness.form("user.get", "start=50")
        #expect(ids(second).count == 14)
        #expect(second.json["next"] == nil)
        #expect(try harness.form("user.get", "start=-1").json["total"] == nil)
    }

    @Test(arguments: [
        (["user"], true, true), (["user_basic"], true, false), (["user_brief"], false, false),
    ])
    func aNarrowerScopeShowsFewerFields(_ scopes: [String], _ hasEmail: Bool, _ hasType: Bool) throws {
        let row = try portal(scopes: Set(scopes)).call("user.current").result
        #expect((row["EMAIL"] != nil) == hasEmail)
        #expect((row["USER_TYPE"] != nil) == hasType)
        #expect(row["WORK_POSITION"] != nil)
    }

    @Test func withoutAUserScopeTheMethodsAreClosed() throws {
        let harness = try portal(scopes: ["crm"])
        #expect(try harness.call("user.get").status == 403)
        #expect(try harness.call("profile").result["ID"] == "1")
        #expect(try portal(scopes: ["user_brief"]).call("user.update", ["ID": 2]).error == "insufficient_scope")
    }

    @Test func anAdministratorInvitesAndDismisses() throws {
        let harness = try portal()
        let added = try harness.form("user.add", "EMAIL=new@portal.example&NAME=Ida&UF_DEPARTMENT[]=1")
        #expect(added.result == 5)
        #expect(try harness.form("user.add", "EMAIL=nonsense&UF_DEPARTMENT[]=1").description == "wrong_email")
        #expect(try harness.form("user.update", "ID=5&ACTIVE=N").result == true)
        #expect(try harness.form("user.get", "ID=5").result[0]?["ACTIVE"] == false)
        #expect(try harness.form("user.update", "ID=99&NAME=x").error == "ERROR_CORE")
    }

    @Test func profileSaysWhoAdministers() throws {
        let profile = try portal().call("profile").result
        #expect(profile["ADMIN"] == true)
        #expect(profile["TIME_ZONE_OFFSET"] == 0)
        #expect(try portal().call("user.admin").result == true)
    }

    @Test func departmentsFormATreeWhoseRootHasNoParent() throws {
        let harness = try portal()
        let reply = try harness.call("department.get", ["sort": "NAME", "order": "ASC"])
        #expect(reply.json["total"] == 2)
        #expect(reply.result[0]?["NAME"] == "Company")
        #expect(reply.result[0]?["PARENT"] == nil)
        #expect(reply.result[1]?["PARENT"] == "1")
        #expect(reply.result[1]?["SORT"] == 500)
        #expect(reply.result[1]?["UF_HEAD"] == nil)
        #expect(try harness.form("department.add", "NAME=Vans&PARENT=1").result == 3)
        #expect(try harness.form("department.get", "PARENT=1").result.arrayValue?.count == 2)
        #expect(try harness.form("department.add", "NAME=Vans&PARENT=77").status == 400)
    }
}
