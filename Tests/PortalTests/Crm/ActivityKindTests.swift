import Testing
import Wire

@testable import Portal

/// Types and badges that applications add for their activities.
@Suite struct ActivityKindTests {
    @Test func aTypeIsItsApplicationsOwnAndAddedOnce() throws {
        let harness = try EventHarness()
        let type: JSONObject = ["fields": ["TYPE_ID": "VISIT", "NAME": "Visit"]]
        #expect(try harness.app("crm.activity.type.add", type).result == true)
        #expect(try harness.app("crm.activity.type.add", type).error == "INVALID_ARG_VALUE")
        #expect(try harness.app("crm.activity.type.list").result[0]?["NAME"] == "Visit")
        #expect(try harness.app("crm.activity.type.delete", ["TYPE_ID": "VISIT"]).result == true)
        #expect(try harness.app("crm.activity.type.delete", ["TYPE_ID": "VISIT"]).error == "NOT_FOUND")
        #expect(try harness.app("crm.activity.type.list").result == [])
    }

    @Test func aBadgeIsSavedOverByItsCode() throws {
        let harness = try EventHarness()
        var badge: JSONObject = ["code": "late", "title": "State", "value": "Late", "type": "warning"]
        #expect(try harness.app("crm.activity.badge.add", badge).result["badge"]?["value"] == "Late")
        badge["value"] = "Too late"
        try harness.app("crm.activity.badge.add", badge)
        #expect(try harness.app("crm.activity.badge.list").result["badges"]?.arrayValue?.count == 1)
        #expect(try harness.app("crm.activity.badge.get", ["code": "late"]).result["badge"]?["value"] == "Too late")
        badge["type"] = "pink"
        #expect(try harness.app("crm.activity.badge.add", badge).error == "INVALID_ARG_VALUE")
        #expect(try harness.app("crm.activity.badge.add", ["code": "x"]).error == "REQUIRED_ARG_MISSING")
        #expect(try harness.app("crm.activity.badge.delete", ["code": "late"]).result == true)
        #expect(try harness.app("crm.activity.badge.get", ["code": "late"]).error == "NOT_FOUND")
    }
}
