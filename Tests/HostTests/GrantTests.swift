import Foundation
import Portal
import Testing
import Wire

@testable import Bitrix24
@testable import Host

@Suite("Calls as an application")
struct GrantTests {
    @Test("are authorised by a pasted address, sealed at rest, and made with the token")
    func authorised() async throws {
        let harness = try GrantHarness()
        let grant = try await harness.authorize(needing: ["CRM"])
        #expect(grant.portal + "/" == harness.address.url && grant.scopes == ["crm", "user"])
        #expect(try await GrantHarness.profile(on: harness.connection()).contains("\"ID\""))
        let file = try FileManager.default.contentsOfDirectory(atPath: harness.folder.path).map {
            String(decoding: try Data(contentsOf: harness.folder.appendingPathComponent($0)), as: UTF8.self)
        }.joined()
        for secret in grant.secrets { #expect(!file.contains(secret.exposed)) }
        let attributes = try FileManager.default.attributesOfItem(atPath: harness.keyPath)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test("of 4 × 50 runs at the moment the token expires refresh it exactly once, and none fails")
    func once() async throws {
        let harness = try GrantHarness()
        try await harness.authorize()
        let connections = try (0..<4).map { _ in try harness.connection() }
        for round in 1...3 {
            try harness.expire()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for connection in connections {
                    for _ in 0..<50 { group.addTask { _ = try await GrantHarness.profile(on: connection) } }
                }
                try await group.waitForAll()
            }
            #expect(try harness.pairs() == 1 + round)
            #expect(try harness.store().grants().first?.generation == Int64(1 + round))
        }
    }

    @Test(
        "go on when the authorisation server stumbles before it did anything",
        arguments: [
            PortalFault.Kind.errorBefore(status: 500, code: "INTERNAL_SERVER_ERROR", description: "x"),
            .errorBefore(status: 502, code: "", description: ""), .dropBefore, .html,
        ])
    func serverTrouble(kind: PortalFault.Kind) async throws {
        let harness = try GrantHarness()
        try await harness.authorize()
        let connection = try harness.connection()
        try harness.expire()
        try harness.fail("oauth.token", kind, count: 2)
        _ = try await GrantHarness.profile(on: connection)
        #expect(try harness.store().grants().first?.generation == 2)
    }

    @Test("keep the grant when the authorisation server is in trouble for longer")
    func longTrouble() async throws {
        let harness = try GrantHarness()
        try await harness.authorize()
        let connection = try harness.connection()
        try harness.expire()
        try harness.fail("oauth.token", .errorBefore(status: 500, code: "x", description: "x"), count: 3)
        let failure = try await failure(of: connection)
        #expect(failure.hint.contains("the grant is kept"))
        _ = try await GrantHarness.profile(on: connection)
    }

    @Test("after a lost answer go on where the old pair still works, and say what was lost where it does not")
    func lostAnswer() async throws {
        for works in [true, false] {
            let harness = try GrantHarness { $0.oauth.spentRefreshTokenWorks = works }
            try await harness.authorize()
            let connection = try harness.connection()
            try harness.expire()
            try harness.fail("oauth.token", .dropAfter, count: 1)
            guard !works else {
                _ = try await GrantHarness.profile(on: connection)
                continue
            }
            let lost = try await failure(of: connection)
            #expect(lost.code == "invalid_grant" && lost.hint.contains("were lost"))
            // Nobody asks with the spent pair again, until somebody authorises anew; then all go on.
            let asked = try harness.tokenRequests()
            let other = try harness.connection()
            #expect(try await failure(of: other).hint.contains("host auth"))
            #expect(try harness.tokenRequests() == asked)
            try await harness.authorize()
            _ = try await GrantHarness.profile(on: other)
            _ = try await GrantHarness.profile(on: connection)
        }
    }

    @Test("that were revoked, not paid for or uninstalled say what to do")
    func refused() async throws {
        let clientID = JSONValue.string(GrantHarness.clientID)
        let cases: [(path: String, body: JSONValue, word: String)] = [
            ("tokens/revoke", ["clientID": clientID], "host auth"),
            ("applications/payment", ["clientID": clientID, "isExpired": true], "renew"),
            ("applications/installation", ["clientID": clientID, "installation": "absent"], "nstall"),
        ]
        for (path, body, word) in cases {
            let harness = try GrantHarness()
            try await harness.authorize()
            let connection = try harness.connection()
            try harness.expire()
            try harness.control("POST", "/__portal/\(path)", body)
            let failure = try await failure(of: connection)
            #expect(failure.hint.contains(word), "\(path): \(failure)")
            #expect(!failure.retryable)
        }
    }

    @Test("take the pair that another process stored meanwhile")
    func rotatedElsewhere() async throws {
        let harness = try GrantHarness()
        try await harness.authorize()
        let (first, second) = (try harness.connection(), try harness.connection())
        try harness.expire()
        _ = try await GrantHarness.profile(on: first)
        _ = try await GrantHarness.profile(on: second)
        #expect(try harness.tokenRequests() == 2)
    }

    @Test("follow a renamed portal and remember it by its member_id")
    func renamed() async throws {
        let harness = try GrantHarness()
        let grant = try await harness.authorize()
        let connection = try harness.connection()
        try harness.fail("user.current", .rename(to: "localhost"), count: 1)
        _ = try await GrantHarness.profile(on: connection)
        _ = try await GrantHarness.profile(on: connection)
        let stored = try #require(try harness.store().grants(named: grant.memberID).first)
        #expect(stored.grant.portal.hasPrefix("http://localhost:") && stored.generation == 1)
        #expect(stored.grant.accessToken == grant.accessToken)
    }

    @Test("lacking a scope stop before the first call", arguments: ["crm", "CRM", "im"])
    func scopes(scope: String) async throws {
        let harness = try GrantHarness()
        try await harness.authorize()
        let recipes = try RecipeHarness()
        let run = try await recipes.run(
            "recipe { name = 'x', scopes = { '\(scope)' } }\nprint(b24.user.current{}.ID)", on: try harness.connection()
        )
        guard scope == "im" else {
            #expect(run.failure == nil)
            return
        }
        #expect(run.failure?.message.contains("lacks the scope 'im'") == true && run.failure?.kind == .configuration)
        #expect(run.failure?.hint?.contains("host auth") == true && run.report.reads == 0)
    }

    private func failure(of connection: PortalConnection) async throws -> Failure {
        let thrown = await #expect(throws: EffectFailure.self) { try await GrantHarness.profile(on: connection) }
        guard case .portal(let failure)? = thrown else {
            Issue.record("not the portal's failure: \(String(describing: thrown))")
            throw CancellationError()
        }
        #expect(!"\(failure)".contains("SECRET"))
        return failure
    }
}

@Suite("An authorisation against the portal")
struct AuthorizationRunTests {
    func failure(_ body: () async throws -> Grant?) async throws -> String {
        do {
            _ = try await body()
            return "did not fail"
        } catch let error as EffectFailure {
            switch error {
            case .portal(let failure): return "\(failure.code): \(failure.hint)"
            case .host(let failure): return "\(failure.message): \(failure.hint ?? "")"
            default: return "\(error)"
            }
        }
    }

    @Test(
        "says what to do about a wrong secret, whatever its answer is called",
        arguments: OAuthSettings.WrongClient.allCases)
    func wrongSecret(answer: OAuthSettings.WrongClient) async throws {
        let harness = try GrantHarness { $0.oauth.wrongClient = answer }
        let authorization = try Authorization(
            of: harness.application(secret: "SECRETwrong"), on: harness.origin, needing: [], into: harness.store())
        let redirect = try harness.redirect(of: authorization.link)
        let said = try await failure { try await authorization.grant(pasted: redirect) }
        #expect(said.contains("client_secret") && !said.contains("SECRET"))
    }

    @Test("takes a code once, and within its time")
    func spentCode() async throws {
        let harness = try GrantHarness()
        let authorization = try Authorization(
            of: harness.application(), on: harness.origin, needing: [], into: harness.store())
        let link = authorization.link
        let redirect = try harness.redirect(of: link)
        _ = try await authorization.grant(pasted: redirect)
        #expect(try await failure { try await authorization.grant(pasted: redirect) }.contains("30 seconds"))
        let late = try harness.redirect(of: link)
        try harness.expire("code")
        #expect(try await failure { try await authorization.grant(pasted: late) }.contains("30 seconds"))
    }

    @Test("that lacks a scope keeps nothing")
    func missingScope() async throws {
        let harness = try GrantHarness()
        let said = try await failure { try await harness.authorize(needing: ["crm", "im", "disk"]) }
        #expect(said.contains("lacks the scopes 'im', 'disk'"))
        #expect(try harness.store().grants().isEmpty)
    }

    @Test("takes the form of an opened application, and its farewell with the right token only")
    func forms() async throws {
        let harness = try GrantHarness()
        let answer = try harness.control(
            "POST", "/__portal/frame", ["clientID": .string(GrantHarness.clientID), "userID": 1])
        let frame = try JSONValue(parsing: answer.body)
        let form = try Form.decode(try #require(frame["body"]?.stringValue))
        let query = try Form.decode(try #require(frame["query"]?.stringValue))
        let authorization = try Authorization(
            of: harness.application(), on: harness.origin, needing: [], into: harness.store())
        let grant = try #require(try await authorization.grant(form: form, query: query))
        _ = try await GrantHarness.profile(on: harness.connection())
        // The form's own tokens were renewed at once, so that nobody who read it can renew them.
        #expect(form["REFRESH_ID"]?.stringValue != grant.refreshToken.exposed)

        var farewell: JSONObject = [
            "event": "ONAPPUNINSTALL",
            "auth": ["member_id": .string(grant.memberID), "application_token": "SECRETguess"],
        ]
        #expect(
            try await failure { try await authorization.grant(form: farewell, query: [:]) }.contains(
                "no application token"))
        #expect(try harness.store().grants().count == 1)
        farewell["auth"] = [
            "member_id": .string(grant.memberID), "application_token": form["APPLICATION_TOKEN"] ?? .null,
        ]
        #expect(try await authorization.grant(form: farewell, query: [:]) == nil)
        #expect(try harness.store().grants().isEmpty)
    }
}
