import Testing
import Wire

@testable import Portal

/// Calls and open lines, which tools read to copy them elsewhere.
@Suite struct ExtractionTests {
    private func calls(_ configure: (inout PortalSettings) -> Void = { _ in }) throws -> PortalHarness {
        let portal = try PortalHarness(configure)
        for (index, duration) in [0, 30, 95].enumerated() {
            _ = try CallStatistics.call.add(
                [
                    "PHONE_NUMBER": .string("+371200\(index)"), "CALL_DURATION": .integer(Int64(duration)),
                    "CALL_TYPE": .integer(Int64(index % 2 + 1)),
                    "CALL_START_DATE": .string("2026-05-0\(index + 1)T10:00:00+03:00"),
                ], view: .classic, userID: 1, in: portal.engine.state)
        }
        return portal
    }

    @Test(
        "Call statistics filter with the documented prefixes and sort by one field",
        arguments: [
            (["FILTER": ["ID": [1, 3]]], ["1", "3"]), (["FILTER": ["!CALL_DURATION": 30]], ["1", "3"]),
            (["FILTER": ["><CALL_DURATION": [10, 95]]], ["2", "3"]),
            (["FILTER": ["!><CALL_DURATION": [10, 95]]], ["1"]),
            (["FILTER": ["?PHONE_NUMBER": "2001"]], ["2"]), (["FILTER": ["%PHONE_NUMBER": "2001"]], ["2"]),
            (["FILTER": [">=CALL_START_DATE": "2026-05-02T00:00:00+03:00"]], ["2", "3"]),
            (["SORT": "CALL_START_DATE", "ORDER": "DESC"], ["3", "2", "1"]),
            (["SORT": "CALL_TYPE", "ORDER": "DESC"], ["1", "2", "3"]), (["start": -1], ["1", "2", "3"]),
        ] as [(JSONValue, [String])])
    func statistics(parameters: JSONValue, ids: [String]) throws {
        let reply = try calls().call("voximplant.statistic.get", parameters)
        #expect(reply.result.arrayValue?.compactMap { $0["ID"]?.stringValue } == ids)
    }

    @Test("A call's row is text but for the record's file; who may not see calls is refused")
    func statisticsRow() throws {
        let row = try calls().call("voximplant.statistic.get").result[1]
        #expect(row?["CALL_DURATION"] == "30" && row?["CALL_FAILED_CODE"] == "200" && row?["COST"] == "0.0000")
        #expect(row?["CALL_START_DATE"] == "2026-05-02T10:00:00+03:00" && row?["RECORD_FILE_ID"] == .null)
        let refused = try calls { $0.crm.callStatisticsViewers = [5] }.call("voximplant.statistic.get")
        #expect(refused.status == 403 && refused.error == "ACCESS_DENIED")
    }

    @Test("Open lines are listed within limit and offset, whatever is asked")
    func openLines() throws {
        let portal = try PortalHarness()
        for index in 1...203 {
            try portal.call("imopenlines.config.add", ["PARAMS": ["LINE_NAME": .string("Line \(index)")]])
        }
        func ids(_ parameters: JSONValue) throws -> [Int] {
            let rows = try portal.call("imopenlines.config.list.get", ["PARAMS": parameters]).result.arrayValue ?? []
            return rows.compactMap { $0["ID"]?.lenientInteger }
        }
        #expect(try ids([:]) == Array(1...50))
        #expect(try ids(["limit": 1000]).count == 200)
        #expect(try ids(["limit": 10, "offset": 200]) == [201, 202, 203])
        #expect(try ids(["order": ["ID": "DESC"], "limit": 2]) == [203, 202])
        #expect(try ids(["filter": ["LINE_NAME": "Line 7"]]) == [7])
        let row = try portal.call(
            "imopenlines.config.list.get", ["PARAMS": ["select": ["ID", "LINE_NAME"], "limit": 1]])
        #expect(row.result == [["ID": "1", "LINE_NAME": "Line 1"]])
        #expect(row.json["total"] == nil && row.json["next"] == nil)
        #expect(try portal.call("imopenlines.config.list.get", ["PARAMS": "x"]).error == "INVALID_FORMAT")
    }

    @Test("One line shows its queue and dates that are empty objects; a list's are by setting")
    func openLine() throws {
        for (isEmpty, date) in [(true, "{}"), (false, "\"2026-05-14T10:00:00+03:00\"")] {
            let portal = try PortalHarness { $0.crm.openLineListDatesAreEmpty = isEmpty }
            try portal.call("imopenlines.config.add", ["PARAMS": ["QUEUE": [1]]])
            let line = try portal.call("imopenlines.config.get", ["CONFIG_ID": 1])
            #expect(line.text.contains("\"DATE_CREATE\":{}"))
            #expect(line.result["QUEUE"] == ["1"] && line.result["QUEUE_FULL"]?["1"]?["USER_ID"] == "1")
            #expect(try portal.call("imopenlines.config.list.get").text.contains("\"DATE_CREATE\":\(date)"))
            #expect(try portal.call("imopenlines.config.get", ["CONFIG_ID": 9]).result == false)
            #expect(try portal.call("imopenlines.config.get").error == "CONFIG_ID_EMPTY")
        }
    }
}
