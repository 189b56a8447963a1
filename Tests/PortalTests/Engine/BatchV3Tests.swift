import Testing
import Wire

@testable import Portal

@Suite struct BatchV3Tests {
    private func batch(
        _ harness: PortalHarness, _ body: String, path: String = "1/local0portal0secret/batch"
    ) throws -> PortalHarness.Reply {
        try harness.send(
            PortalRequest(
                "POST", "/rest/api/\(path)", headers: [(name: "Content-Type", value: "application/json")],
                body: Array(body.utf8)))
    }

    private func count(_ harness: PortalHarness) throws -> Int {
        try harness.call("tasks.task.list", ["select": ["ID"]]).result["tasks"]?.arrayValue?.count ?? -1
    }

    private func add(_ title: String, _ more: String = "") -> String {
        #"{"method":"tasks.task.add","query":{"fields":{"title":"\#(title)","creatorId":1,"responsibleId":1}}\#(more)}"#
    }

    @Test("Commands are done in order, and the results stand in a list")
    func results() throws {
        let harness = try PortalHarness()
        let reply = try batch(
            harness,
            """
            [\(add("one", #","as":"t""#)), {"method":"tasks.task.get","query":{"id":{"$ref":"t.item.id"}}},
             {"method":"tasks.task.get","query":{"id":{"$ref":"0.item.id"}}}, \(add("two")),
             {"method":"tasks.task.list","query":{"select":["id","title"]},"as":"all"},
             {"method":"tasks.task.list","query":{"select":["title"],"filter":[["id","in",{"$refArray":"all.id"}]]}},
             {"method":"tasks.task.update","query":{"id":{"$ref":"all.items.1.id"},"fields":{"title":"deux"}}}]
            """)
        #expect(reply.status == 200, "\(reply.text)")
        #expect(reply.result[1]?["item"]?["title"] == "one")
        #expect(reply.result[2]?["item"]?["title"] == "one")
        #expect(reply.result[5]?["items"]?.arrayValue?.count == 2)
        #expect(reply.result[6] == ["result": true])
        #expect(reply.json["time"] != nil)
    }

    @Test("One failure undoes the whole batch and is the only answer")
    func allOrNothing() throws {
        let harness = try PortalHarness()
        let reply = try batch(harness, "[\(add("one")), \(add(""))]")
        #expect(reply.status == 400)
        #expect(
            reply.json["error"]?["code"] == "BITRIX_REST_V3_EXCEPTION_VALIDATION_REQUESTVALIDATIONEXCEPTION")
        #expect(reply.json["result"] == nil)
        #expect(try count(harness) == 0)
        #expect(try batch(harness, "[\(add("one"))]").status == 200)
        #expect(try count(harness) == 1)
    }

    @Test(
        "What is no list of commands is refused, the classic form and a token beside the commands included",
        arguments: [
            #"{"cmd":{"a":"tasks.task.list"}}"#, #"{"commands":[]}"#, #"{"halt":0}"#, "[]", "{}", "",
            #"[{"method":"tasks.task.list"}]"#, #"["tasks.task.list"]"#, #"[{"method":"batch","query":{}}]"#,
            #"{"0":{"method":"tasks.task.list","query":{}},"auth":"x"}"#,
            #"[{"method":"tasks.task.get","query":{"id":{"$ref":"t.item.id"}}}]"#,
            #"[{"method":"tasks.task.list","query":{},"as":"t"},"#
                + #"{"method":"tasks.task.get","query":{"id":{"$ref":"t.items.9.id"}}}]"#,
            #"[{"method":"tasks.task.list","query":{},"as":"t"},"#
                + #"{"method":"tasks.task.list","query":{"filter":[["id","in",{"$refArray":"t"}]]}}]"#,
        ])
    func refused(body: String) throws {
        let reply = try batch(try PortalHarness(), body)
        #expect(reply.status == 400)
        #expect(reply.json["error"]?["code"] == "BITRIX_REST_V3_EXCEPTION_INVALIDSELECTEXCEPTION", "\(reply.text)")
    }

    @Test("A map with numbers for names is a list to PHP")
    func map() throws {
        let reply = try batch(
            try PortalHarness(),
            #"{"0":{"method":"tasks.task.list","query":[]},"1":{"method":"tasks.task.list","query":{}}}"#)
        #expect(reply.result.arrayValue?.count == 2, "\(reply.text)")
    }

    @Test("Fifty-one commands, a method of the classic REST alone, and a wrong webhook")
    func others() throws {
        let harness = try PortalHarness()
        let many = Array(repeating: #"{"method":"tasks.task.list","query":{}}"#, count: 51)
        #expect(try batch(harness, "[\(many.joined(separator: ","))]").status == 400)
        #expect(try batch(harness, "[\(many.prefix(50).joined(separator: ","))]").status == 200)
        #expect(try batch(harness, #"[{"method":"crm.deal.list","query":{}}]"#).status == 404)
        #expect(try batch(harness, "[]", path: "1/wrong/batch").status == 401)
    }
}
