import Testing
import Wire

@testable import Bitrix24

@Suite("The authorisation server's answer")
struct TokenAnswerTests {
    static let full = """
        {"access_token":"s1","expires":1780319382,"expires_in":3600,"scope":"crm,im","domain":"oauth.bitrix24.tech",\
        "server_endpoint":"https://oauth.bitrix24.tech/rest/","status":"F",\
        "client_endpoint":"https://acme.bitrix24.com/rest/","member_id":"\(OAuthSamples.member)","user_id":67,\
        "refresh_token":"4f9k"}
        """

    @Test("gives the pair, and the portal from client_endpoint although domain names the server")
    func full() throws {
        let reply = try #require(try OAuthSamples.answer(Self.full).reply)
        #expect(reply.accessToken == Secret("s1") && reply.refreshToken == Secret("4f9k"))
        #expect(reply.portal == "https://acme.bitrix24.com")
        #expect(reply.memberID == OAuthSamples.member && reply.userID == 67)
        #expect(reply.scopes == ["crm", "im"] && reply.expiresAt == Timestamp(unixSeconds: 1_780_319_382))
    }

    @Test(
        "is read whatever is missing or spelled as a text",
        arguments: [
            (#"{"access_token":"a","refresh_token":"b"}"#, nil, [], nil),
            (#"{"access_token":"a","refresh_token":"b","expires_in":"3600"}"#, 4_600, [], nil),
            (#"{"access_token":"a","refresh_token":"b","expires":"99","expires_in":3600}"#, 99, [], nil),
            (#"{"access_token":"a","refresh_token":"b","expires":0,"expires_in":60}"#, 1_060, [], nil),
            (#"{"access_token":"a","refresh_token":"b","scope":"crm im,CRM"}"#, nil, ["crm", "im"], nil),
            (#"{"access_token":"a","refresh_token":"b","user_id":"5"}"#, nil, [], 5),
        ] as [(String, Int64?, [String], Int?)])
    func tolerant(body: String, expires: Int64?, scopes: [String], user: Int?) throws {
        let reply = try #require(try OAuthSamples.answer(body).reply)
        #expect(reply.expiresAt?.unixSeconds == expires)
        #expect(reply.scopes == scopes && reply.userID == user)
    }

    @Test(
        "that refuses says what to do",
        arguments: [
            (400, "invalid_client", "Check the application's client_id and client_secret."),
            (200, "wrong_client", "Check the application's client_id and client_secret."),
            (400, "invalid_grant", Renewal.authorizeHint),
            (401, "PAYMENT_REQUIRED", "The subscription has ended: renew it on the portal."),
            (401, "NOT_INSTALLED", "Install the application on the portal again."),
            (500, "PORTAL_DELETED", "The portal no longer exists: remove it from the configuration."),
            (403, "invalid_scope", "Give the webhook's user, or the application, the right to do this."),
        ])
    func refusals(status: Int, code: String, hint: String) throws {
        let failure = try #require(
            try OAuthSamples.answer(#"{"error":"\#(code)","error_description":"x"}"#, status: status).refusal)
        #expect(failure.code == code && failure.status == status && !failure.retryable)
        #expect(failure.outcome == .nothingDone)
        #expect(failure.hint == hint)
    }

    @Test("to a spent code says that a code lives 30 seconds")
    func spentCode() throws {
        let request = TokenRequest(
            exchanging: try #require(Secret("SECRETcode")), for: try OAuthSamples.application())
        let failure = try #require(
            try OAuthSamples.answer(#"{"error":"invalid_grant"}"#, status: 400, to: request).refusal)
        #expect(failure.hint.contains("30 seconds") && failure.hint.contains("host auth"))
    }

    @Test(
        "that decides nothing keeps the grant",
        arguments: [
            (500, "<html>Oops</html>", Failure.Outcome.unknown), (502, "", .unknown), (200, "<html>", .unknown),
            (200, "{}", .unknown), (200, #"{"access_token":"a"}"#, .unknown),
            (500, #"{"error":"INTERNAL_SERVER_ERROR"}"#, .unknown),
            (503, #"{"error":"QUERY_LIMIT_EXCEEDED"}"#, .nothingDone),
        ])
    func undecided(status: Int, body: String, outcome: Failure.Outcome) throws {
        let failure = try #require(try OAuthSamples.answer(body, status: status).trouble)
        #expect(failure.outcome == outcome)
        #expect(failure.hint.contains("the grant is kept"))
    }

    @Test("never shows what it repeats of the request")
    func redacted() throws {
        let echo = #"{"error":"x SECRETclient","error_description":"no SECRETrefresh for SECRETclient"}"#
        let failure = try #require(try OAuthSamples.answer(echo, status: 400).refusal)
        let lost = TokenAnswer(
            noAnswer: "https://x/?client_secret=SECRETclient broke",
            to: TokenRequest(refreshing: try OAuthSamples.grant()),
            mayHaveBeenSent: true)
        for text in ["\(failure)", "\(lost)"] { #expect(!text.contains("SECRET")) }
    }
}

@Suite("A request for tokens")
struct TokenRequestTests {
    @Test("carries its secrets in a form and not in its address")
    func post() throws {
        let request = TokenRequest(refreshing: try OAuthSamples.grant())
        #expect(request.method == "POST" && request.url == "https://oauth.bitrix24.tech/oauth/token/")
        let form = try Form.decode(request.body)
        #expect(
            form == [
                "grant_type": "refresh_token", "client_id": "local.5c8bb1b0891cf2.87252039",
                "client_secret": "SECRETclient", "refresh_token": "SECRETrefresh",
            ])
        #expect(request.headers.contains { $0 == ("Content-Type", "application/x-www-form-urlencoded") })
    }

    @Test("can be the documented GET")
    func get() throws {
        let request = TokenRequest(
            exchanging: try #require(Secret("SECRETcode")), for: try OAuthSamples.application(), style: .get)
        #expect(request.method == "GET" && request.body.isEmpty)
        #expect(
            request.url == "https://oauth.bitrix24.tech/oauth/token/?grant_type=authorization_code"
                + "&client_id=local.5c8bb1b0891cf2.87252039&client_secret=SECRETclient&code=SECRETcode")
    }

    @Test("and all it is made of shows no secret, however it is printed")
    func hidden() throws {
        let grant = try OAuthSamples.grant()
        let request = TokenRequest(refreshing: grant)
        let reply = try #require(
            try OAuthSamples.answer(#"{"access_token":"SECRETaccess","refresh_token":"SECRETrefresh"}"#).reply)
        let stored = StoredGrant(grant, generation: 1, renewedAtMS: 0)
        let values: [Any] = [
            grant, grant.application, grant.accessToken, request, reply, TokenAnswer.granted(reply), stored,
            Renewal.Step.ask(grant), RenewalClaim.leased(stored, afterLoss: false), InstallationForm.installed(grant),
        ]
        for value in values {
            var dumped = ""
            dump(value, to: &dumped)
            for text in ["\(value)", String(reflecting: value), dumped] {
                #expect(!text.contains("SECRET"), "\(type(of: value))")
            }
        }
    }
}
