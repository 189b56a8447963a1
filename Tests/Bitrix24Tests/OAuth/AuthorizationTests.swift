import Testing
import Wire

@testable import Bitrix24

@Suite("An authorisation")
struct AuthorizationTests {
    @Test("begins with a link of client_id and state, and nothing else")
    func link() throws {
        let link = try OAuthSamples.application().authorizationLink(
            portal: PortalAddress.origin("acme.bitrix24.com"), state: "s7")
        #expect(
            link == "https://acme.bitrix24.com/oauth/authorize/?client_id=local.5c8bb1b0891cf2.87252039&state=s7")
    }

    @Test(
        "takes a portal however it is named, plain http on this machine only",
        arguments: [
            ("acme.bitrix24.com", "https://acme.bitrix24.com"),
            (" https://Acme.bitrix24.com/crm/ ", "https://acme.bitrix24.com"),
            ("http://127.0.0.1:8080/", "http://127.0.0.1:8080"), ("localhost:8080/", "http://localhost:8080"),
            ("https://localhost:8443", "https://localhost:8443"), ("box.example:8443", "https://box.example:8443"),
            ("http://acme.bitrix24.com", nil), ("", nil), ("a b", nil), ("ftp://x", nil),
        ] as [(String, String?)])
    func portals(text: String, origin: String?) {
        #expect((try? PortalAddress.origin(text)) == origin)
    }

    @Test(
        "takes a server by its address or its REST endpoint",
        arguments: [
            ("https://oauth.bitrix24.tech/rest/", "https://oauth.bitrix24.tech"),
            ("https://auth.box.example", "https://auth.box.example"),
            ("https://box.example/auth/rest/", "https://box.example/auth"),
            ("http://127.0.0.1:1/", "http://127.0.0.1:1"), ("http://oauth.bitrix24.tech", nil), ("x", nil),
            ("https://a/?b", nil),
        ] as [(String, String?)])
    func servers(text: String, base: String?) {
        #expect((try? AuthorizationServer(text))?.base == base)
    }

    @Test(
        "takes what a person pastes: a code, a query or the whole address",
        arguments: [
            " SECRETcode\n", "https://app.example/?code=SECRETcode&state=s7&domain=acme.bitrix24.com",
            "code=SECRETcode&state=s7", "https://app.example/cb?x=1&code=SECRETcode&state=s7#top",
        ])
    func pasted(text: String) throws {
        #expect(try AuthorizationRedirect(pasted: text, state: "s7").code == Secret("SECRETcode"))
    }

    @Test(
        "refuses what is no answer to its link, and quotes nothing of it",
        arguments: [
            ("https://app.example/?code=SECRETcode&state=other", "another link"),
            ("https://app.example/?code=SECRETcode", "another link"), ("https://app.example/?state=s7", "no code"),
            ("?error=access_denied&error_description=No+rights&state=s7", "No rights"), ("", "neither"),
            ("SECRETcode with words", "neither"), ("<script>", "neither"),
        ])
    func refused(text: String, why: String) {
        let failure = #expect(throws: AuthorizationFailure.self) {
            try AuthorizationRedirect(pasted: text, state: "s7")
        }
        #expect(failure?.message.contains(why) == true)
        #expect(failure?.description.contains("SECRET") == false)
        #expect(failure?.hint.hasSuffix(".") == true)
    }

    @Test("gives a grant, that knows which scopes it lacks")
    func grant() throws {
        let reply = try #require(try OAuthSamples.answer(TokenAnswerTests.full).reply)
        let grant = try Grant(reply, application: OAuthSamples.application())
        #expect(grant.portal == "https://acme.bitrix24.com" && grant.memberID == OAuthSamples.member)
        #expect(grant.missing(of: ["CRM", "im", "user"]) == ["user"])
        #expect(Grant(sealedForm: grant.sealedForm) == grant)
    }

    @Test("gives no grant when the answer does not say of which portal")
    func nameless() throws {
        let reply = try #require(try OAuthSamples.answer(#"{"access_token":"a","refresh_token":"b"}"#).reply)
        #expect(throws: AuthorizationFailure.self) { try Grant(reply, application: OAuthSamples.application()) }
    }
}

@Suite("A form that a portal posts")
struct InstallationFormTests {
    static let opening = """
        AUTH_ID=SECRETaccess&AUTH_EXPIRES=3600&REFRESH_ID=SECRETrefresh&member_id=\(OAuthSamples.member)&status=L\
        &SERVER_ENDPOINT=https%3A%2F%2Foauth.bitrix.info%2Frest%2F&APPLICATION_TOKEN=SECRETapptoken\
        &APPLICATION_SCOPE=crm%2Cim&PLACEMENT=DEFAULT&PLACEMENT_OPTIONS=%7B%7D
        """
    static let installation = """
        event=ONAPPINSTALL&data[VERSION]=1&auth[access_token]=SECRETaccess&auth[refresh_token]=SECRETrefresh\
        &auth[expires_in]=3600&auth[scope]=crm%20im&auth[domain]=acme.bitrix24.com&auth[user_id]=67\
        &auth[client_endpoint]=https%3A%2F%2Facme.bitrix24.com%2Frest%2F&auth[member_id]=\(OAuthSamples.member)\
        &auth[server_endpoint]=https%3A%2F%2Foauth.bitrix24.tech%2Frest%2F&auth[application_token]=SECRETapptoken
        """
    static let farewell = """
        event=ONAPPUNINSTALL&data[VERSION]=1&auth[domain]=acme.bitrix24.com&auth[member_id]=\(OAuthSamples.member)\
        &auth[application_token]=SECRETapptoken
        """

    func read(_ body: String, query: String = "DOMAIN=acme.bitrix24.com&PROTOCOL=1") throws -> InstallationForm {
        try InstallationForm(
            body: Form.decode(body), query: Form.decode(query), application: OAuthSamples.application(),
            now: Timestamp(unixSeconds: 0))
    }

    @Test("at its opening or installation has a whole grant in it", arguments: [opening, installation])
    func grants(body: String) throws {
        guard case .installed(let grant) = try read(body) else {
            Issue.record("no grant")
            return
        }
        var expected = try OAuthSamples.grant()
        expected.userID = grant.userID
        if body == Self.opening {
            expected.application = try OAuthSamples.application(server: "https://oauth.bitrix.info")
        }
        #expect(grant == expected)
        #expect(grant.application.server.base.hasPrefix("https://oauth.bitrix"))
    }

    @Test("is believed when the authorisation server says whose its tokens are, and not before")
    func confirmed() throws {
        let claimed = try OAuthSamples.grant()
        let body = TokenAnswerTests.full
        let reply = try #require(try OAuthSamples.answer(body).reply)
        let grant = try Grant(reply, confirming: claimed)
        #expect(grant.accessToken == Secret("s1") && grant.applicationToken == Secret("SECRETapptoken"))
        let foreign = body.replacing(OAuthSamples.member, with: "ffffffffffffffffffffffffffffffff")
        let other = try #require(try OAuthSamples.answer(foreign).reply)
        #expect(throws: AuthorizationFailure.self) { try Grant(other, confirming: claimed) }
    }

    @Test("may not name a server of its sender's to be told the secret")
    func foreignServer() throws {
        let form = Self.opening.replacing("oauth.bitrix.info", with: "oauth.evil.example")
        let failure = #expect(throws: AuthorizationFailure.self) { try read(form) }
        #expect(failure?.hint.contains("--server https://oauth.evil.example") == true)
        let application = try OAuthSamples.application(server: "https://oauth.evil.example")
        _ = try InstallationForm(
            body: Form.decode(form), query: Form.decode("DOMAIN=box.example&PROTOCOL=1"), application: application,
            now: Timestamp(unixSeconds: 0))
    }

    @Test("of farewell counts with the application's token only")
    func farewell() throws {
        let grant = try OAuthSamples.grant()
        guard case .uninstalled(let member, let token) = try read(Self.farewell) else {
            Issue.record("no farewell")
            return
        }
        #expect(member == grant.memberID && grant.isProved(by: token))
        #expect(!grant.isProved(by: Secret("SECRETapptokeN")) && !grant.isProved(by: nil))
        var untold = grant
        untold.applicationToken = nil
        #expect(!untold.isProved(by: token))
    }

    @Test(
        "that is incomplete or another is refused",
        arguments: [
            "", "event=ONCRMDEALADD&auth[member_id]=a", "AUTH_ID=x&REFRESH_ID=y", "event=ONAPPUNINSTALL",
            installation.replacing("auth[refresh_token]", with: "auth[other]"),
            installation.replacing("https%3A%2F%2Facme", with: "http%3A%2F%2Facme"),
        ])
    func refused(body: String) {
        let failure = #expect(throws: AuthorizationFailure.self) { try read(body, query: "") }
        #expect(failure?.description.contains("SECRET") == false)
    }
}

@Suite("A secret")
struct SecretTests {
    @Test("equals itself only, and is compared to its end", arguments: ["a", "ab", "ba", "abc", "abcabc"])
    func equality(text: String) throws {
        for other in ["a", "ab", "ba", "abc", "abcabc"] {
            #expect((try #require(Secret(text)) == #require(Secret(other))) == (text == other))
        }
    }

    @Test("is visible ASCII", arguments: ["", "a b", "é", "a\n", String(repeating: "a", count: 4_097)])
    func refused(text: String) {
        #expect(Secret(text) == nil)
    }
}
