import Testing
import Wire

@testable import Bitrix24

/// Values that the OAuth tests share. The secrets are easy to find in any text that should not hold them.
enum OAuthSamples {
    static let member = "a223c6b3710f85df22e9377d6c4f7553"
    static let secrets = ["SECRETclient", "SECRETaccess", "SECRETrefresh", "SECRETcode", "SECRETapptoken"]

    static func application(server: String = "https://oauth.bitrix24.tech") throws -> OAuthApplication {
        try OAuthApplication(
            clientID: "local.5c8bb1b0891cf2.87252039", clientSecret: "SECRETclient", server: AuthorizationServer(server)
        )
    }

    static func grant(
        access: String = "SECRETaccess", refresh: String = "SECRETrefresh", expires: Int64? = 3_600
    ) throws -> Grant {
        Grant(
            memberID: member, portal: "https://acme.bitrix24.com", application: try application(),
            accessToken: try #require(Secret(access)), refreshToken: try #require(Secret(refresh)),
            expiresAt: expires.map { Timestamp(unixSeconds: $0) }, scopes: ["crm", "im"], userID: 67,
            applicationToken: Secret("SECRETapptoken"))
    }

    static func answer(
        _ body: String, status: Int = 200, to request: TokenRequest? = nil, now: Int64 = 1_000
    ) throws -> TokenAnswer {
        TokenAnswer(
            RawAnswer(status: status, contentType: "application/json", bytes: Array(body.utf8)),
            to: try request ?? TokenRequest(refreshing: grant()), now: Timestamp(unixSeconds: now))
    }

    /// What the portal says when the token has expired.
    static func expired() -> Failure {
        Failure(
            code: "expired_token", message: "The access token provided has expired.", method: "crm.deal.list",
            status: 401, category: .authorization, outcome: .nothingDone, access: .read)
    }
}

extension TokenAnswer {
    var reply: TokenReply? { if case .granted(let reply) = self { reply } else { nil } }
    var refusal: Failure? { if case .refused(let failure) = self { failure } else { nil } }
    var trouble: Failure? { if case .unavailable(let failure) = self { failure } else { nil } }
}
