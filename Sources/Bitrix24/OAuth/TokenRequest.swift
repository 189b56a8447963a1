import Wire

/// A request to the authorisation server. It holds the application's secret: it may not be shown.
/// Source: https://apidocs.bitrix24.com/settings/oauth/index.html
public struct TokenRequest: Sendable {
    /// How the parameters travel. GET is what the documentation shows; POST works as well and keeps the secrets out of
    /// addresses, which servers on the way write into their logs.
    public enum Style: Sendable {
        case post, get
    }

    public let method: String
    public let url: String
    public let headers: [(name: String, value: String)]
    public let body: [UInt8]
    /// Everything in it that an answer may repeat and nobody may see.
    let secrets: [Secret]
    /// For failures.
    let purpose: Purpose

    enum Purpose: Sendable, Equatable {
        case exchange, refresh
    }

    /// Exchanges a code, within its 30 seconds.
    public init(exchanging code: Secret, for application: OAuthApplication, style: Style = .post) {
        self.init(.exchange, application, style, "authorization_code", "code", code)
    }

    /// Renews a grant: a new pair comes, the old one is spent.
    public init(refreshing grant: Grant, style: Style = .post) {
        self.init(.refresh, grant.application, style, "refresh_token", "refresh_token", grant.refreshToken)
    }

    private init(
        _ purpose: Purpose, _ application: OAuthApplication, _ style: Style, _ type: String, _ name: String,
        _ value: Secret
    ) {
        let form = Form.encode([
            "grant_type": .string(type), "client_id": .string(application.clientID),
            "client_secret": .string(application.clientSecret.exposed), name: .string(value.exposed),
        ])
        self.purpose = purpose
        secrets = [application.clientSecret, value]
        let own = CallRequest.standardHeaders.filter { $0.name != "Content-Type" }
        switch style {
        case .post:
            method = "POST"
            url = application.server.tokenURL
            headers = own + [(name: "Content-Type", value: "application/x-www-form-urlencoded")]
            body = form
        case .get:
            method = "GET"
            url = application.server.tokenURL + "?" + String(decoding: form, as: UTF8.self)
            headers = own
            body = []
        }
    }
}

extension TokenRequest: CustomStringConvertible, CustomReflectable {
    public var description: String { "TokenRequest(\(purpose))" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
