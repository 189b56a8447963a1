import Testing
import Wire

@testable import Portal

/// A portal whose application listens; what would be sent is read from the queue.
struct EventHarness {
    let oauth: OAuthHarness
    static let handler = "http://127.0.0.1:9/handler"

    init(_ configure: (inout PortalSettings) -> Void = { _ in }) throws {
        oauth = try OAuthHarness { settings in
            settings.applications = [
                PortalApplication(
                    clientID: "local.1", clientSecret: "s3cret",
                    scopes: ["crm", "task", "bizproc", "calendar", "user", "im", "messageservice"],
                    redirectURI: "https://app.example/back?from=portal", applicationToken: "proof")
            ]
            settings.events.deliveriesAtOnce = 1_000
            configure(&settings)
        }
        // Handlers on this machine belong to the application, too.
        oauth.state.applications.change("local.1") { $0.installPath = Self.handler }
    }

    var portal: PortalHarness { oauth.portal }
    var engine: PortalEngine { oauth.portal.engine }
    var state: PortalState { oauth.state }

    /// A token of an employee; 1 is the administrator.
    func token(of userID: Int = 1) throws -> String {
        let grant = TokenStore.Grant(
            clientID: "local.1", userID: userID, scopes: state.applications["local.1"]?.scopes ?? [])
        return try TokenStore(state: state).issue(.access, for: grant, seconds: 3_600)
    }

    @discardableResult
    func app(_ method: String, _ parameters: JSONObject = [:], as userID: Int = 1) throws -> PortalHarness.Reply {
        try oauth.call(method, try token(of: userID), parameters)
    }

    func bind(_ events: String...) throws {
        for event in events {
            let reply = try app("event.bind", ["event": .string(event), "handler": .string(Self.handler)])
            try #require(reply.result == true, "\(reply.text)")
        }
    }

    /// The forms that leave now.
    func sent() throws -> [JSONObject] {
        try engine.takeDeliveries().deliveries.map { delivery in
            engine.finishDelivery(delivery.id, .answered(status: 200), tookMS: 1)
            return try Form.decode(delivery.body)
        }
    }

    /// Name and data of what leaves now.
    func events() throws -> [String] {
        try sent().map { form in
            (form["event"]?.stringValue ?? "") + " " + (form["data"]?.text ?? "")
        }
    }
}
