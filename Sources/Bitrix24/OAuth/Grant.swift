public import Wire

/// What a portal granted to an application: the right to call, in a user's name, with tokens that expire and renew.
public struct Grant: Sendable, Equatable {
    /// 32 hexadecimal digits: the portal's identity, which survives a change of its domain.
    public let memberID: String
    /// Scheme, host and port. Always from `client_endpoint`: `domain` means the authorisation server in a token answer.
    public var portal: String
    public var application: OAuthApplication
    public var accessToken: Secret
    /// Good for 180 days, and, as far as anybody knows, for one refresh.
    public var refreshToken: Secret
    /// When the access token ends, by the authorisation server. To be shown: a token is renewed when the portal says
    /// that it has expired, never by the clock.
    public var expiresAt: Timestamp?
    /// Lower case, as granted.
    public var scopes: [String]
    /// In whose name calls are made, where the server told.
    public var userID: Int?
    /// By which events prove that they come from this portal.
    public var applicationToken: Secret?

    /// What of `wanted` the portal did not grant.
    public func missing(of wanted: [String]) -> [String] {
        wanted.filter { !scopes.contains($0.asciiLowercased()) }
    }

    /// - Parameter reply: must belong to the same portal.
    func renewed(by reply: TokenReply) -> Grant {
        var grant = self
        grant.accessToken = reply.accessToken
        grant.refreshToken = reply.refreshToken
        grant.expiresAt = reply.expiresAt
        if !reply.scopes.isEmpty { grant.scopes = reply.scopes }
        if let portal = reply.portal { grant.portal = portal }
        if let userID = reply.userID { grant.userID = userID }
        return grant
    }

    /// Whoever knows this portal's application token, which only its installation told, sent `form`.
    public func isProved(by token: Secret?) -> Bool {
        guard let token, let applicationToken else { return false }
        return token == applicationToken
    }

    /// Everything that must not be seen: for redactors.
    public var secrets: [Secret] {
        [application.clientSecret, accessToken, refreshToken] + (applicationToken.map { [$0] } ?? [])
    }

    static func scopes(_ text: String?) -> [String] {
        var seen: [String] = []
        for word in (text ?? "").asciiLowercased().split(whereSeparator: { $0 == "," || $0.isWhitespace })
        where !seen.contains(String(word)) {
            seen.append(String(word))
        }
        return seen
    }

    static func isMemberID(_ text: String) -> Bool {
        (8...64).contains(text.utf8.count) && text.utf8.allSatisfy(\.isLetterOrDigit)
    }
}

extension Grant: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "Grant(\(portal), member_id \(memberID), client_id \(application.clientID))" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["portal": portal, "memberID": memberID]) }
}

extension Grant {
    /// As it is sealed. Holds every secret.
    public var sealedForm: JSONObject {
        var form: JSONObject = [
            "member_id": .string(memberID), "portal": .string(portal),
            "client_id": .string(application.clientID), "client_secret": .string(application.clientSecret.exposed),
            "server": .string(application.server.base), "access_token": .string(accessToken.exposed),
            "refresh_token": .string(refreshToken.exposed), "scopes": .array(scopes.map(JSONValue.string)),
        ]
        if let expiresAt { form["expires"] = .integer(expiresAt.unixSeconds) }
        if let userID { form["user_id"] = .integer(Int64(userID)) }
        if let applicationToken { form["application_token"] = .string(applicationToken.exposed) }
        return form
    }

    /// Nil for what `sealedForm` never writes.
    public init?(sealedForm form: JSONObject) {
        guard let memberID = form["member_id"]?.stringValue, let portal = form["portal"]?.stringValue,
            let clientID = form["client_id"]?.stringValue, let secret = form["client_secret"]?.stringValue,
            let base = form["server"]?.stringValue, let server = try? AuthorizationServer(base),
            let application = try? OAuthApplication(clientID: clientID, clientSecret: secret, server: server),
            let accessToken = form["access_token"]?.stringValue.flatMap(Secret.init),
            let refreshToken = form["refresh_token"]?.stringValue.flatMap(Secret.init)
        else { return nil }
        self.init(
            memberID: memberID, portal: portal, application: application, accessToken: accessToken,
            refreshToken: refreshToken,
            expiresAt: form["expires"]?.integerValue.map { Timestamp(unixSeconds: $0) },
            scopes: form["scopes"]?.arrayValue?.compactMap(\.stringValue) ?? [],
            userID: form["user_id"]?.integerValue.map { Int($0) },
            applicationToken: form["application_token"]?.stringValue.flatMap(Secret.init))
    }
}
