import Bitrix24
import Testing
import Wire

struct WebhookTests {
    @Test(arguments: [
        "https://acme.bitrix24.com/rest/1/s3cr3t/", "https://acme.bitrix24.com/rest/1/s3cr3t",
        "https://ACME.bitrix24.com/rest/1/s3cr3t/profile.json", " https://acme.bitrix24.com/rest/api/1/s3cr3t/\n",
    ])
    func `reads an address however it was copied`(text: String) throws {
        let webhook = try Webhook(text)
        #expect(webhook.url(of: "user.get", api: .classic) == "https://acme.bitrix24.com/rest/1/s3cr3t/user.get.json")
        #expect(webhook.url(of: "user.get", api: .v3) == "https://acme.bitrix24.com/rest/api/1/s3cr3t/user.get")
        #expect(webhook.userID == 1)
    }

    @Test(arguments: [
        "", "acme.bitrix24.com/rest/1/x/", "ftp://acme.bitrix24.com/rest/1/x/", "http://acme.bitrix24.com/rest/1/x/",
        "https://acme.bitrix24.com/", "https://acme.bitrix24.com/rest/", "https://acme.bitrix24.com/rest/1/",
        "https://acme.bitrix24.com/rest/x/1/", "https://acme.bitrix24.com/rest/0/x/",
        "https://acme.bitrix24.com/rest/1/x/a/b", "https://acme.bitrix24.com/rest/1/x/?a=1",
        "https://acme.bitrix24.com/rest/1/x%2F/", "https://127.0.0.1.evil.com@x/rest/1/x/",
        "http://127.0.0.1.evil.com/rest/1/x/", "http://127.evil.0.1/rest/1/x/",
    ])
    func `refuses what is no webhook, without quoting it`(text: String) {
        let failure = #expect(throws: AddressFailure.self) { try Webhook(text) }
        #expect(failure.map { $0.message.contains("acme") || $0.message.isEmpty } == false)
    }

    @Test(arguments: ["http://localhost:8080", "http://127.0.0.1:1", "http://127.9.9.9", "http://[::1]:9", "https://h"])
    func `takes plain http on loopback`(origin: String) throws {
        #expect(try Webhook("\(origin)/rest/7/abc/").portal == origin)
    }

    @Test func `never shows the secret`() throws {
        let webhook = try Webhook("https://acme.bitrix24.com/rest/1/s3cr3t/")
        var dumped = ""
        dump(webhook, to: &dumped)
        let request = try Call("user.get", parameters: JSONObject()).request(as: .webhook(webhook))
        dump(request, to: &dumped)
        dumped += "\(webhook) \(String(reflecting: webhook)) \(Optional(webhook) as Any) \(request)"
        #expect(!dumped.contains("s3cr3t"))
        #expect(dumped.contains("https://acme.bitrix24.com/rest/1/***/"))
        #expect(Credential.webhook(webhook).redacting("a https://x/rest/1/s3cr3t/ b") == "a https://x/rest/1/***/ b")
    }
}

struct CallTests {
    @Test func `sends parameters as they are`() throws {
        let call = try Call("crm.deal.list", parameters: Array(#"{"select":["ID"]}"#.utf8))
        #expect(call.body == Array(#"{"select":["ID"]}"#.utf8))
        #expect(call.access == .read)
        #expect(
            call.request(as: .webhook(try Webhook("https://h/rest/1/x/"))).headers.contains {
                $0.name == "Content-Type"
            })
    }

    @Test func `an empty Lua table is an object without members`() throws {
        #expect(try Call("profile", parameters: Array("[ ]".utf8)).body == Array("{}".utf8))
    }

    @Test func `takes the API a method is documented in`() throws {
        #expect(try Call("note.collection.list", parameters: JSONObject()).api == .v3)
        #expect(try Call("tasks.task.add", parameters: JSONObject()).api == .classic)
        #expect(try Call("tasks.task.add", api: .v3, parameters: JSONObject()).api == .v3)
        #expect(try Call("no.such.method", parameters: JSONObject()).access == .write)
    }

    @Test func `puts positional parameters into their order and fills the gaps`() throws {
        let call = try Call(
            "task.checklistitem.update", parameters: ["FIELDS": ["TITLE": "x"], "ITEMID": 2, "TASKID": 1])
        #expect(String(decoding: call.body, as: UTF8.self) == #"{"TASKID":1,"ITEMID":2,"FIELDS":{"TITLE":"x"}}"#)
        let list = try Call("task.item.list", parameters: ["select": ["ID"], "order": ["ID": "asc"], "extra": 1])
        #expect(
            String(decoding: list.body, as: UTF8.self)
                == #"{"order":{"ID":"asc"},"FILTER":[],"PARAMS":[],"select":["ID"],"extra":1}"#)
    }

    @Test(arguments: [
        "", ".", "a..b", "a/b", "a?b", "../x", "a b", "a%2Fb", ".a", "a.", "а.b", String(repeating: "a", count: 97),
    ])
    func `refuses a name that is none`(name: String) {
        let failure = #expect(throws: Failure.self) { try Call(name, parameters: JSONObject()) }
        #expect(failure?.code == "BAD_METHOD_NAME")
    }
}
