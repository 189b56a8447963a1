import Testing
import Wire

@testable import Bitrix24

@Suite struct DownloadTests {
    private let portal = "https://acme.bitrix24.com"
    private let link = "https://acme.bitrix24.com/rest/download.json?auth=s3cr3t&token=disk%7Cabc"

    private func call(_ method: String = "disk.file.get") throws -> Call { try Call(method, parameters: ["id": 7]) }

    private func reply(_ result: String, to call: Call) throws -> Reply {
        let raw = RawAnswer(status: 200, bytes: Array("{\"result\":\(result)}".utf8))
        guard case .reply(let reply) = Answer(raw, to: call) else { throw Failure(local: "TEST", "", method: "") }
        return reply
    }

    private func raw(_ status: Int, location: String? = nil, _ body: String = "") -> RawAnswer {
        RawAnswer(status: status, location: location, bytes: Array(body.utf8))
    }

    /// What to do, in short.
    private func told(_ action: Download.Action) -> String {
        switch action {
        case .ask(let call): "ask \(call.method)"
        case .fetch(let link, let afterMS): "fetch \(link.address) after \(afterMS)\(link.isForeign ? ", foreign" : "")"
        case .finished: "finished"
        case .failed(let failure): "failed \(failure.code)"
        }
    }

    @Test(
        arguments: [
            (#"{"ID":"7","DOWNLOAD_URL":"/rest/download.json?token=a"}"#, "", "/rest/download.json?token=a"),
            (#"{"downloadUrl":"/d"}"#, "", "/d"),
            (#"{"item":{"ufCrm_1":{"id":1,"url":"/u","urlMachine":"/m"}}}"#, "ufCrm_1", "/m"),
            (#"{"item":{"ufCrm_1":[{"urlMachine":"/m"}]}}"#, "ufCrm_1", "/m"),
            (#"{"item":{"ufCrm_1":[{"urlMachine":"/m"},{"urlMachine":"/n"}]}}"#, "ufcrm_1.1", "/n"),
            (#"{"item":{"ufCrm_1":[{"urlMachine":"/m"},{"urlMachine":"/n"}]}}"#, "item.ufCrm_1.1", "/n"),
            (#"{"UF_CRM_1":{"id":1,"showUrl":"/s","downloadUrl":"/d?auth=x"}}"#, "UF_CRM_1", "/d?auth=x"),
            (#"{"a":"/text"}"#, "a", "/text"),
        ])
    func `the link is found where portals put it`(result: String, path: String, address: String) throws {
        let call = try call("crm.item.get")
        var download = Download(.call(call, path: path.split(separator: ".").map(String.init)), portal: portal)
        #expect(told(download.start()) == "ask crm.item.get")
        #expect(told(download.receive(try reply(result, to: call))) == "fetch \(portal)\(address) after 0")
    }

    @Test(arguments: [
        (#"{"ID":"7"}"#, ""), (#"{"a":{}}"#, "a"), ("[]", ""), (#"{"a":[{"url":"/x"},{"url":"/y"}]}"#, "a"),
    ])
    func `an answer without a link says so`(result: String, path: String) throws {
        let call = try call()
        var download = Download(.call(call, path: path.split(separator: ".").map(String.init)), portal: portal)
        _ = download.start()
        #expect(told(download.receive(try reply(result, to: call))) == "failed NO_LINK")
    }

    @Test(arguments: [401, 403, 404, 410])
    func `an expired link is asked for again, and not for ever`(status: Int) throws {
        let call = try call()
        var download = Download(.call(call, path: []), portal: portal)
        var asked = 0
        var action = download.start()
        while case .ask = action {
            asked += 1
            _ = download.receive(try reply(#"{"DOWNLOAD_URL":"/d"}"#, to: call))
            action = download.receive(raw(status, #"{"error":"expired_token"}"#))
        }
        #expect(asked == Download.asksMax)
        #expect(told(action) == "failed expired_token")
    }

    @Test func `an expired link alone says where links come from`() throws {
        var download = Download(.link(link), portal: portal)
        #expect(told(download.start()) == "fetch \(link) after 0")
        guard case .failed(let failure) = download.receive(raw(404, "<html>")) else {
            return #expect(Bool(false), "not failed")
        }
        #expect(!failure.retryable)
        #expect(failure.hint.contains("disk.file.get"))
        #expect(!failure.description.contains("s3cr3t"))
    }

    @Test func `trouble on the way is tried again with growing pauses`() throws {
        var download = Download(.link(link), portal: portal)
        _ = download.start()
        #expect(told(download.receive(raw(503))) == "fetch \(link) after 500")
        #expect(told(download.lose("127.0.0.1:1: The answer broke off.")) == "fetch \(link) after 1000")
        #expect(told(download.receive(raw(500, "x"))) == "fetch \(link) after 2000")
        #expect(told(download.lose("127.0.0.1:1: The answer broke off.")) == "failed NO_ANSWER")
    }

    @Test(
        arguments: [
            ("/elsewhere", "fetch https://acme.bitrix24.com/elsewhere after 0"),
            ("https://store.example/f?sig=1", "fetch https://store.example/f?sig=1 after 0, foreign"),
            ("http://store.example/f", "failed BAD_LINK"), ("ftp://store.example/f", "failed BAD_LINK"),
            ("file:///etc/passwd", "failed BAD_LINK"),
        ])
    func `a redirect is followed where it may lead`(location: String, told expected: String) {
        var download = Download(.link(link), portal: portal)
        _ = download.start()
        #expect(told(download.receive(raw(302, location: location))) == expected)
    }

    @Test func `nobody but the portal is told of the portal`() {
        var download = Download(.link(link), portal: portal)
        for (action, isTold) in [
            (download.start(), true), (download.receive(raw(302, location: "/elsewhere")), true),
            (download.receive(raw(302, location: "https://store.example/f")), false),
        ] {
            guard case .fetch(let link, _) = action else { return #expect(Bool(false), "not fetched") }
            let headers = link.headers(portal: portal)
            #expect(headers.contains { $0.value.contains("acme") } == isTold)
            #expect(!headers.contains { $0.value.contains("s3cr3t") })
        }
    }

    @Test func `redirects end`() {
        var download = Download(.link(link), portal: portal)
        _ = download.start()
        for _ in 0..<Download.redirectsMax {
            #expect(told(download.receive(raw(302, location: "/again"))).hasPrefix("fetch"))
        }
        #expect(told(download.receive(raw(302, location: "/again"))) == "failed BAD_LINK")
    }

    @Test(
        arguments: [
            ("http://127.0.0.1:80/x", "failed BAD_LINK"), ("http://acme.bitrix24.com/x", "failed BAD_LINK"),
            ("https://10.0.0.1/x", "fetch https://10.0.0.1/x after 0, foreign"),
            ("https://acme.bitrix24.com:8443/x", "fetch https://acme.bitrix24.com:8443/x after 0, foreign"),
            ("https://acme.bitrix24.com@evil.example/x", "failed BAD_LINK"), ("javascript:alert(1)", "failed BAD_LINK"),
            ("//evil.example/x", "fetch https://evil.example/x after 0, foreign"),
        ])
    func `a link that leads away from the portal is known as such`(text: String, told expected: String) {
        var download = Download(.link(text), portal: portal)
        #expect(told(download.start()) == expected)
    }

    @Test func `no description shows a link`() throws {
        var download = Download(.link(link), portal: portal)
        guard case .fetch(let found, _) = download.start() else { return #expect(Bool(false), "not fetched") }
        var dumped = ""
        dump(found, to: &dumped)
        for text in ["\(found)", dumped, Download.name(of: .link(link))] {
            #expect(!text.contains("s3cr3t") && !text.contains("disk%7C"))
        }
    }
}
