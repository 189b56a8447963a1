/// How the authorization server behaves. What the documentation leaves open has a switch.
///
/// https://apidocs.bitrix24.com/settings/oauth/index.html
public struct OAuthSettings: Sendable {
    public var accessTokenSeconds: Int64 = 3_600
    public var refreshTokenSeconds: Int64 = 180 * 86_400
    public var codeSeconds: Int64 = 30
    /// Who is signed in where `/oauth/authorize/` is opened; nil takes the first administrator.
    public var signedInUserID: Int?

    // MARK: Behaviour that the documentation leaves open

    /// Whether a refresh token works again after it was exchanged.
    public var spentRefreshTokenWorks = false
    /// Whether a refresh ends the access token given before.
    public var refreshEndsAccessToken = false
    /// The answer to a wrong `client_id` or `client_secret`: one SDK expects an error with status 200.
    public var wrongClient = WrongClient.invalidClient
    /// Whether the answer to a code names `expires` and `user_id`: the documentation's sample does not.
    public var codeAnswerNamesUser = true
    /// Between scopes of a token's answer; events are documented with blanks.
    public var scopeSeparator = ","
    /// Whether the portal's own `/oauth/token/` passes requests on: the cloud does, on-premise may not.
    public var portalPassesTokens = true

    public enum WrongClient: String, Sendable, CaseIterable {
        /// 400 `invalid_client`.
        case invalidClient
        /// 200 `wrong_client`.
        case wrongClient
    }

    public init() {}
}
