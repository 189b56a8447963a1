import Testing
import Wire

@testable import Portal

/// A portal with one application on it, and what a client of that application does.
struct OAuthHarness {
    let portal: PortalHarness
    static let application = PortalApplication(
        clientID: "local.1", clientSecret: "s3cret", scopes: ["crm", "task"],
        redirectURI: "https://app.example/back?from=portal")

    init(_ configure: (inout PortalSettings) -> Void = { _ in }) throws {
        portal = try PortalHarness { settings in
            settings.applications = [Self.application]
            configure(&settings)
        }
    }

    var state: PortalState { portal.engine.state }

    /// The members of the redirect's query.
    func authorize(_ query: String = "client_id=local.1&state=xyz") throws -> JSONObject {
        let answer = portal.engine.handle(PortalRequest("GET", "/oauth/authorize/", query: query))
        #expect(answer.status == 302)
        let location = try #require(answer.headers.first { $0.name == "Location" }?.value)
        let parts = location.split(separator: "?", maxSplits: 1)
        #expect(parts[0] == "https://app.example/back")
        return try Form.decode(Array(parts[1].utf8))
    }

    func code() throws -> String { try #require(try authorize()["code"]?.stringValue) }

    func token(_ query: String, door: PortalRequest.Door = .authorization) throws -> PortalHarness.Reply {
        try portal.send(
            PortalRequest(
                "GET", "/oauth/token/", query: "client_id=local.1&client_secret=s3cret&\(query)", door: door))
    }

    func exchange(code: String) throws -> PortalHarness.Reply {
        try token("grant_type=authorization_code&code=\(code)")
    }

    func refresh(_ value: String) throws -> PortalHarness.Reply {
        try token("grant_type=refresh_token&refresh_token=\(value)")
    }

    /// Access and refresh token, fresh.
    func pair() throws -> (access: String, refresh: String) {
        let reply = try exchange(code: try code())
        return (
            try #require(reply.json["access_token"]?.stringValue),
            try #require(reply.json["refresh_token"]?.stringValue)
        )
    }

    /// A classic call with the token in a JSON body.
    func call(_ method: String, _ access: String, _ parameters: JSONObject = [:]) throws -> PortalHarness.Reply {
        var body = parameters
        body["auth"] = .string(access)
        return try portal.send(
            PortalRequest(
                "POST", "/rest/\(method)", headers: [(name: "Content-Type", value: "application/json")],
                body: JSONValue.object(body).encoded()))
    }

    @discardableResult
    func control(_ path: String, _ body: JSONValue, _ method: String = "POST") throws -> PortalHarness.Reply {
        try portal.send(PortalRequest(method, "/__portal/\(path)", body: body.encoded()))
    }
}
