import Testing
import Wire

@testable import Portal

@Suite struct OfflineEventTests {
    private func harness(
        connector: String = "", _ configure: (inout PortalSettings) -> Void = { _ in }
    ) throws -> EventHarness {
        let harness = try EventHarness(configure)
        for event in ["ONCRMLEADADD", "ONCRMLEADUPDATE"] {
            try harness.app(
                "event.bind",
                ["event": .string(event), "event_type": "offline", "auth_connector": .string(connector)])
        }
        return harness
    }

    private func events(_ reply: PortalHarness.Reply) -> [String] {
        (reply.result["events"]?.arrayValue ?? []).map {
            "\($0["ID"]?.stringValue ?? "") \($0["EVENT_NAME"]?.stringValue ?? "") \($0["EVENT_DATA"]?.text ?? "")"
        }
    }

    @Test(arguments: [(false, #"{"FIELDS":{"ID":1}}"#), (true, "false")])
    func theQueueKeepsTheLatestOfEachObjectAndEvent(_ isHidden: Bool, _ data: String) throws {
        let harness = try harness { $0.events.offlineDataIsHidden = isHidden }
        try harness.portal.form("crm.lead.add")
        for title in ["a", "b", "c"] { try harness.portal.form("crm.lead.update", "id=1&fields[TITLE]=\(title)") }
        #expect(try harness.sent().isEmpty)
        let list = try harness.app("event.offline.list")
        #expect(list.json["total"] == 2)
        #expect(list.result[0]?["PROCESS_ID"] == "")
        #expect(list.result[0]?["ERROR"] == "0")
        let taken = try harness.app("event.offline.get")
        #expect(taken.result["process_id"] == .null)
        #expect(events(taken) == ["1 ONCRMLEADADD \(data)", "2 ONCRMLEADUPDATE \(data)"])
        #expect(events(try harness.app("event.offline.get")).isEmpty)
    }

    @Test func aReservedBatchIsKeptForItsProcessUntilItIsCleared() throws {
        let harness = try harness()
        for _ in 1...3 { try harness.portal.form("crm.lead.add") }
        let first = try harness.app("event.offline.get", ["clear": 0, "limit": 2])
        let process = try #require(first.result["process_id"]?.stringValue)
        #expect(events(first).count == 2)
        let second = try harness.app("event.offline.get", ["clear": 0])
        #expect(events(second).count == 1)
        #expect(second.result["process_id"]?.stringValue != process)
        #expect(events(try harness.app("event.offline.get", ["clear": 0, "process_id": .string(process)])).count == 2)
        // One failed, the other is done.
        #expect(
            try harness.app("event.offline.error", ["process_id": .string(process), "message_id": ["1"]]).result == true
        )
        #expect(events(try harness.app("event.offline.get", ["error": 1, "clear": 0])).count == 1)
        #expect(
            try harness.app("event.offline.clear", ["process_id": .string(process), "message_id": ["2"]]).result == true
        )
        let left = try harness.app("event.offline.list", ["order": ["ID": "DESC"]]).result.arrayValue ?? []
        #expect(left.map { $0["ID"] } == ["3", "1"])
        #expect(left.map { $0["ERROR"] } == ["0", "1"])
        #expect(try harness.app("event.offline.clear").error == "ERROR_ARGUMENT")
    }

    @Test func reservedBatchesVanishAfterThirtyDays() throws {
        let harness = try harness()
        try harness.portal.form("crm.lead.add")
        _ = try harness.app("event.offline.get", ["clear": 0])
        harness.state.clock.advance(seconds: 30 * 86_400)
        #expect(try harness.app("event.offline.list").json["total"] == 0)
    }

    @Test(arguments: [("sync", 0), ("other", 1), ("", 1)])
    func aConnectorDoesNotHearOfWhatItsOwnCallsDo(_ caller: String, _ count: Int) throws {
        let harness = try harness(connector: "sync")
        try harness.app("crm.lead.add", ["fields": [:], "auth_connector": .string(caller)])
        #expect(events(try harness.app("event.offline.get", ["auth_connector": "sync"])).count == count)
        #expect(events(try harness.app("event.offline.get")).isEmpty)
    }

    @Test(
        arguments: [
            (["filter": ["=EVENT_NAME": "ONCRMLEADUPDATE"]], ["2"]), (["filter": [">ID": 1]], ["2", "3"]),
            (["filter": ["=MESSAGE_ID": "3"]], ["3"]), (["order": ["ID": "DESC"], "limit": 2], ["3", "2"]),
        ] as [(JSONObject, [String])])
    func filtersAndOrder(_ parameters: JSONObject, _ ids: [String]) throws {
        let harness = try harness()
        try harness.portal.form("crm.lead.add")
        try harness.portal.form("crm.lead.update", "id=1&fields[TITLE]=a")
        try harness.portal.form("crm.lead.add")
        let rows = try harness.app("event.offline.get", parameters).result["events"]?.arrayValue ?? []
        #expect(rows.compactMap { $0["ID"]?.stringValue } == ids)
    }

    @Test(arguments: [(1, [1, 0, 1]), (0, [1, 1, 1])])
    func aChangeOfTheQueueIsToldNotTooOften(_ minTimeout: Int, _ counts: [Int]) throws {
        let harness = try harness()
        try harness.app(
            "event.bind",
            [
                "event": "ONOFFLINEEVENT", "handler": .string(EventHarness.handler),
                "options": ["minTimeout": .integer(Int64(minTimeout))],
            ])
        for (place, count) in counts.enumerated() {
            if place == 2 { harness.state.clock.advance(seconds: 1) }
            try harness.portal.form("crm.lead.add")
            let sent = try harness.sent()
            #expect(sent.count == count)
            guard let form = sent.first else { continue }
            #expect(form["event"] == "ONOFFLINEEVENT")
            #expect(form["data"] == nil)
            #expect(form["auth"]?["refresh_token"] != nil)
        }
    }
}
