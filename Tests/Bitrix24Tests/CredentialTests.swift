import Bitrix24
import Testing
import Wire

struct CredentialTests {
    @Test func `follows a renamed portal`() throws {
        let credential = Credential.webhook(try Webhook("https://old.bitrix24.com/rest/1/s3cr3t/"))
        let moved = try credential.moved(
            to: "https://new.bitrix24.com/rest/1/s3cr3t/user.get.json", asking: "user.get", api: .classic)
        #expect(moved.url(of: "a.b", api: .classic) == "https://new.bitrix24.com/rest/1/s3cr3t/a.b.json")
    }

    @Test(arguments: [
        "https://new.bitrix24.com/", "https://new.bitrix24.com/rest/1/other/user.get.json",
        "http://new.bitrix24.com/rest/1/s3cr3t/user.get.json", "http://127.0.0.1/rest/1/s3cr3t/user.get.json",
        "/rest/1/s3cr3t/user.get.json", "https://old.bitrix24.com/rest/1/s3cr3t/user.get.json", "", "javascript:1",
    ])
    func `does not follow a redirect that is no renaming`(location: String) throws {
        let credential = Credential.webhook(try Webhook("https://old.bitrix24.com/rest/1/s3cr3t/"))
        let failure = #expect(throws: AddressFailure.self) {
            try credential.moved(to: location, asking: "user.get", api: .classic)
        }
        #expect(failure?.message.contains("s3cr3t") == false)
    }

    @Test(arguments: [
        ("https://acme.bitrix24.com", "https://new.bitrix24.com", true),
        ("https://acme.bitrix24.com", "https://acme.bitrix24.de", true),
        ("https://acme.bitrix24.com.br", "https://acme.bitrix24.eu", true),
        ("https://acme.bitrix24.com.br", "https://new.bitrix24.com.br", true),
        ("https://b24.acme.example", "https://crm.acme.example", true),
        ("https://b24.acme.co.uk", "https://crm.acme.co.uk", true),
        ("https://b24.acme.example", "https://b24.acme.example:8443", true),
        ("http://127.0.0.1:8080", "http://localhost:8081", true),
        ("https://acme.bitrix24.com", "https://evil.example", false),
        ("https://acme.bitrix24.com", "https://evil.com", false),
        ("https://acme.bitrix24.com", "https://acme.bitrix24.evil", false),
        ("https://acme.bitrix24.com", "https://acme.bitrix24.com.evil.example", false),
        ("https://acme.bitrix24.com", "https://acme.evilbitrix24.com", false),
        ("https://acme.bitrix24.com", "https://x.y.bitrix24.com", false),
        ("https://acme.bitrix24.com", "https://127.0.0.1", false),
        ("https://acme.example", "https://evil.example", false),
        ("https://acme.co.uk", "https://evil.co.uk", false),
        ("https://10.0.0.1", "https://11.0.0.1", false),
        ("https://[2001:db8::1]", "https://[2001:db8::2]", false),
        ("http://127.0.0.1:8080", "https://evil.example", false),
    ])
    func `a secret follows its portal within the portal's own family of hosts`(
        old: String, new: String, isFollowed: Bool
    ) throws {
        for credential in [Credential.webhook(try Webhook("\(old)/rest/1/s3cr3t/")), try token(old)] {
            let location = credential.url(of: "user.get", api: .classic).replacing(old, with: new)
            if isFollowed {
                #expect(try credential.moved(to: location, asking: "user.get", api: .classic).portal == new)
                continue
            }
            let failure = #expect(throws: AddressFailure.self) {
                try credential.moved(to: location, asking: "user.get", api: .classic)
            }
            let host = try URLParts(old).host
            #expect(
                failure?.message
                    == "\(host) redirects to \(new)/ (302), another domain: nothing was sent there; if the "
                    + "portal really moved, configure its new address")
        }
    }

    @Test func `a redirect that repeats the secret as a name does not show it`() throws {
        let credential = Credential.webhook(try Webhook("https://acme.bitrix24.com/rest/1/s3cr3t/"))
        let failure = #expect(throws: AddressFailure.self) {
            try credential.moved(to: "https://s3cr3t.evil.example/", asking: "user.get", api: .classic)
        }
        #expect(failure?.message.contains("https://***.evil.example/") == true)
    }

    private func token(_ portal: String = "https://acme.bitrix24.com/rest/") throws -> Credential {
        .token(
            try AccessToken(
                portal: portal, memberID: "a223c6b3710f85df22e9377d6c4f7553", clientID: "app.1", userID: 7,
                token: "t0ken.x"))
    }

    @Test(arguments: [
        ("user.get", #"{"ID":1}"#, "https://acme.bitrix24.com/rest/user.get.json", #"{"ID":1,"auth":"t0ken.x"}"#),
        ("user.get", "{}", "https://acme.bitrix24.com/rest/user.get.json", #"{"auth":"t0ken.x"}"#),
        ("user.get", "{ }\n", "https://acme.bitrix24.com/rest/user.get.json", #"{ "auth":"t0ken.x"}"#),
        (
            "note.collection.list", "{}", "https://acme.bitrix24.com/rest/api/note.collection.list",
            #"{"auth":"t0ken.x"}"#
        ),
    ])
    func `a token travels at the end of the body`(method: String, parameters: String, url: String, body: String) throws
    {
        let request = try Call(method, parameters: Array(parameters.utf8)).request(as: token())
        #expect(request.url == url)
        #expect(String(decoding: request.body, as: UTF8.self) == body)
        #expect(!request.headers.contains { $0.name == "Authorization" })
    }

    @Test func `a body that is a list leaves the token to a header`() throws {
        let list = Array(#"[{"method":"tasks.task.list","query":{}}]"#.utf8)
        let request = try Call("batch", api: .v3, parameters: list).request(as: token())
        #expect(request.body == list)
        #expect(request.headers.contains { $0.name == "Authorization" && $0.value == "Bearer t0ken.x" })
    }

    @Test func `never shows the token`() throws {
        var dumped = ""
        dump(try token(), to: &dumped)
        dumped += "\(try token()) \(String(reflecting: try token()))"
        #expect(!dumped.contains("t0ken"))
        #expect(dumped.contains("https://acme.bitrix24.com"))
    }

    @Test(arguments: ["http://acme.bitrix24.com/rest/", "acme.bitrix24.com", "ftp://acme.bitrix24.com"])
    func `a token goes to no portal that would show it`(portal: String) {
        #expect(throws: AddressFailure.self) { try token(portal) }
    }

    @Test func `operating time is kept by webhook and by application, under names that are no secret`() throws {
        let webhooks = try ["1/s3cr3t", "1/0ther", "2/s3cr3t"].map {
            Credential.webhook(try Webhook("https://acme.bitrix24.com/rest/\($0)/"))
        }
        let holders = webhooks.map(\.holder)
        #expect(Set(holders).count == 3)
        #expect(try holders[0] == Credential.webhook(Webhook("https://new.bitrix24.com/rest/1/s3cr3t/")).holder)
        #expect(holders.allSatisfy { !$0.contains("s3cr3t") && !$0.contains("0ther") })
        #expect(try token().holder == "application app.1")
    }

    @Test(arguments: ["", "a b", "a\r\nX: y", "\u{442}"])
    func `refuses a token that is none`(token: String) {
        #expect(throws: AddressFailure.self) {
            try AccessToken(
                portal: "https://acme.bitrix24.com", memberID: "m", clientID: "app.1", userID: nil, token: token)
        }
    }

    @Test(arguments: [
        ("expired_token", 401, true), ("invalid_token", 401, true), ("NO_AUTH_FOUND", 401, false),
        ("PAYMENT_REQUIRED", 401, false), ("expired_token", 400, false), ("ACCESS_DENIED", 403, false),
    ])
    func `a new token is asked for where it may help`(code: String, status: Int, isWanted: Bool) throws {
        let raw = RawAnswer(
            status: status, contentType: "application/json",
            bytes: Array(#"{"error":"\#(code)","error_description":"x"}"#.utf8))
        guard case .failed(let failure) = Answer(raw, to: try Call("user.get", parameters: JSONObject())) else {
            Issue.record("no failure")
            return
        }
        #expect(failure.asksForNewToken == isWanted)
    }
}
