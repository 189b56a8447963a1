import Testing
import Wire

@testable import Portal

@Suite struct BatchTests {
    private func portal(_ configure: (inout PortalSettings) -> Void = { _ in }) throws -> PortalHarness {
        let portal = try PortalHarness(configure)
        for title in ["a", "b"] { try portal.call("crm.lead.add", ["fields": ["TITLE": .string(title)]]) }
        return portal
    }

    @Test("Results keep their keys; lists put total and next beside them; empty parts are lists")
    func shape() throws {
        let reply = try portal().call(
            "batch", ["halt": 0, "cmd": ["t": "server.time", "l": "crm.lead.list?select[]=ID"]])
        let result = reply.result
        #expect(reply.status == 200)
        #expect(result["result"]?["l"] == [["ID": "1"], ["ID": "2"]])
        #expect(result["result_error"] == [])
        #expect(result["result_total"] == ["l": 2])
        #expect(result["result_next"] == [])
        #expect(result["result_time"]?["t"]?["operating"] != nil)
        #expect(reply.json["time"]?["operating"] == nil)
    }

    @Test("Keys 0, 1, 2 make lists, and a hole in them makes objects")
    func containers() throws {
        let portal = try portal()
        let whole = try portal.call("batch", ["cmd": ["server.time", "server.time"]]).result
        #expect(whole["result"]?.arrayValue?.count == 2)
        let holed = try portal.call("batch", ["cmd": ["server.time", "no.such", "server.time"]]).result
        #expect(holed["result"]?.objectValue?.keys == ["0", "2"])
        #expect(holed["result_error"]?["1"]?["error"] == "ERROR_METHOD_NOT_FOUND")
    }

    @Test("halt stops at the first failure and later commands appear nowhere")
    func halt() throws {
        let portal = try portal()
        let cmd: JSONValue = ["a": "server.time", "b": "crm.lead.get?id=99", "c": "server.time"]
        let halted = try portal.call("batch", ["halt": 1, "cmd": cmd]).result
        #expect(halted["result"]?.objectValue?.keys == ["a"])
        #expect(halted["result_error"]?.objectValue?.keys == ["b"])
        let gathered = try portal.form(
            "batch", "halt=0&cmd[a]=server.time&cmd[b]=crm.lead.get%3Fid%3D99&cmd[c]=server.time")
        #expect(gathered.result["result"]?.objectValue?.keys == ["a", "c"])
    }

    @Test("A reference is replaced by what an earlier command answered")
    func references() throws {
        let portal = try portal()
        let result =
            try portal.call(
                "batch",
                [
                    "cmd": [
                        "l": "crm.lead.list?order[ID]=DESC",
                        "g": "crm.lead.get?id=$result[l][0][ID]",
                        "u": "crm.lead.update?id=$result[l][1][ID]&fields[TITLE]=was $result[l][1][TITLE]!",
                        "c": "crm.lead.get?id=1",
                        "k": "crm.lead.list?filter[>ID]=$result[l][49][ID]&select[]=ID",
                    ]
                ]
            ).result["result"] ?? .null
        #expect(result["g"]?["TITLE"] == "b")
        #expect(result["c"]?["TITLE"] == "was a!")
        #expect(result["k"]?.arrayValue?.count == 2)
    }

    @Test("A reference that leads nowhere is empty, or stays as it stands, by setting")
    func missingReference() throws {
        for (setting, title) in [(PortalSettings.MissingReference.empty, "x"), (.literal, "x$result[no][0]")] {
            let portal = try portal { $0.batchMissingReference = setting }
            try portal.call("batch", ["cmd": ["a": "crm.lead.update?id=1&fields[TITLE]=x$result[no][0]"]])
            #expect(try portal.call("crm.lead.get", ["id": 1]).result["TITLE"] == .string(title))
        }
    }

    @Test("A reference to a list is nested as it is, or empty, by setting")
    func arrayReference() throws {
        for (setting, count) in [(PortalSettings.ArrayReference.nested, 1), (.empty, 0)] {
            let portal = try portal { $0.batchArrayReference = setting }
            try portal.call("crm.contact.add", ["fields": ["PHONE": [["VALUE": "5"]]]])
            let cmd: JSONValue = [
                "a": "crm.contact.get?id=1", "b": "crm.contact.add?fields[PHONE]=$result[a][PHONE]",
                "c": "crm.contact.get?id=2",
            ]
            let result = try portal.call("batch", ["cmd": cmd]).result["result"]
            #expect((result?["c"]?["PHONE"]?.arrayValue?.count ?? 0) == count)
        }
    }

    @Test("Commands beyond fifty fail one by one, and a batch inside a batch fails")
    func limits() throws {
        let portal = try portal()
        let commands = JSONValue.array(Array(repeating: "server.time", count: 52))
        let result = try portal.call("batch", ["cmd": commands]).result
        #expect(result["result"]?.arrayValue?.count == 50)
        #expect(result["result_error"]?["50"]?["error"] == "ERROR_BATCH_LENGTH_EXCEEDED")
        #expect(result["result_error"]?["51"]?["error"] == "ERROR_BATCH_LENGTH_EXCEEDED")
        let nested = try portal.call("batch", ["cmd": ["n": "batch?cmd[a]=server.time"]]).result
        #expect(nested["result_error"]?["n"]?["error"] == "ERROR_BATCH_METHOD_NOT_ALLOWED")
        #expect(nested["result"] == [])
    }
}
