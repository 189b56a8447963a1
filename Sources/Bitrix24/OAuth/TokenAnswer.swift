public import Wire

/// A new pair of tokens, as the authorisation server answers it.
public struct TokenReply: Sendable, Equatable {
    public let accessToken: Secret
    public let refreshToken: Secret
    public let memberID: String?
    /// Scheme, host and port of `client_endpoint`.
    public let portal: String?
    public let expiresAt: Timestamp?
    public let scopes: [String]
    public let userID: Int?
}

/// What the authorisation server said.
public enum TokenAnswer: Sendable, Equatable {
    case granted(TokenReply)
    /// It understood and refuses.
    case refused(Failure)
    /// It did not come to a decision: the grant stays, and the same may succeed later. With the outcome `unknown` it
    /// may have spent the refresh token all the same.
    case unavailable(Failure)

    /// - Parameter now: from which `expires_in` counts where the answer has no `expires`.
    public init(_ raw: RawAnswer, to request: TokenRequest, now: Timestamp) {
        self = TokenReading(request: request, status: raw.status).answer(raw, now)
    }

    /// No answer came.
    ///
    /// - Parameters:
    ///   - message: from the HTTP client; may not hold the URL.
    ///   - mayHaveBeenSent: false when the server cannot have seen the request.
    public init(noAnswer message: String, to request: TokenRequest, mayHaveBeenSent: Bool) {
        var failure = Failure.noAnswer(
            message.redacting(request.secrets), method: TokenReading.method, access: .write,
            mayHaveBeenSent: mayHaveBeenSent)
        failure.hint = TokenReading.unavailableHint
        self = .unavailable(failure)
    }
}

/// Reads answers of `/oauth/token/`.
struct TokenReading {
    /// How failures name what was called.
    static let method = "oauth.token"
    static let unavailableHint =
        "Try again later: the authorisation server cannot be reached or is in trouble, and the grant is kept."

    let request: TokenRequest
    let status: Int

    func answer(_ raw: RawAnswer, _ now: Timestamp) -> TokenAnswer {
        guard let object = (try? JSONValue(parsing: raw.bytes))?.objectValue else {
            let what = raw.bytes.first { $0 > 0x20 } == UInt8(ascii: "<") ? "a web page" : "no JSON"
            return .unavailable(
                failure("NOT_JSON", "the authorisation server answered \(what)", .server, outcome: .unknown))
        }
        // `wrong_client` comes with the status 200.
        if let code = object["error"]?.scalarText, !code.isEmpty {
            return refusal(code, object["error_description"]?.scalarText ?? "")
        }
        guard (200..<300).contains(status), let reply = TokenReply(object, now) else {
            let problem = "the authorisation server's answer has no pair of tokens"
            return .unavailable(failure("NO_TOKENS", problem, .server, outcome: .unknown))
        }
        return .granted(reply)
    }

    private func refusal(_ code: String, _ message: String) -> TokenAnswer {
        let kind = ErrorKind(code: code, message: message, status: status)
        switch kind.category {
        case .server, .throttled, .operatingLimit:
            return .unavailable(failure(code, message, kind.category, outcome: kind.outcome))
        default:
            var refused = failure(code, message, kind.category, outcome: .nothingDone)
            if code.uppercased() == "INVALID_GRANT" { refused.hint = Self.spentHint(request.purpose) }
            return .refused(refused)
        }
    }

    private static func spentHint(_ purpose: TokenRequest.Purpose) -> String {
        switch purpose {
        case .exchange:
            "The code is spent or older than 30 seconds: run 'host auth' again and paste the new one at once."
        case .refresh: Renewal.authorizeHint
        }
    }

    private func failure(
        _ code: String, _ message: String, _ category: Failure.Category, outcome: Failure.Outcome
    ) -> Failure {
        var failure = Failure(
            code: code.redacting(request.secrets), message: message.redacting(request.secrets), method: Self.method,
            status: status, category: category, outcome: outcome, access: .write)
        if [.server, .throttled, .operatingLimit].contains(category) { failure.hint = Self.unavailableHint }
        return failure
    }
}

extension TokenReply {
    /// Numbers may be texts, `expires` may be missing, scopes stand between commas or blanks. Nil without a pair.
    init?(_ object: JSONObject, _ now: Timestamp) {
        guard let accessToken = object["access_token"]?.scalarText.flatMap(Secret.init),
            let refreshToken = object["refresh_token"]?.scalarText.flatMap(Secret.init)
        else { return nil }
        self.accessToken = accessToken
        self.refreshToken = refreshToken
        memberID = object["member_id"]?.scalarText.flatMap { Grant.isMemberID($0) ? $0 : nil }
        portal = object["client_endpoint"]?.scalarText.flatMap { try? PortalAddress.origin($0) }
        expiresAt = Self.expiry(object["expires"], object["expires_in"], now)
        scopes = Grant.scopes(object["scope"]?.scalarText)
        userID = object["user_id"]?.scalarText.flatMap { Int($0) }
    }

    /// `expires` is a point in time, `expires_in` a duration, both in seconds and either missing.
    static func expiry(_ absolute: JSONValue?, _ relative: JSONValue?, _ now: Timestamp) -> Timestamp? {
        if let seconds = absolute?.scalarText.flatMap({ Int64($0) }), seconds > 0 {
            return Timestamp(unixSeconds: seconds)
        }
        return relative?.scalarText.flatMap { Int64($0) }.map { now.adding(seconds: $0) }
    }
}

extension Grant {
    /// The grant that an exchanged code brought.
    ///
    /// - Throws: when the answer does not say which portal it is about.
    public init(_ reply: TokenReply, application: OAuthApplication) throws(AuthorizationFailure) {
        guard let memberID = reply.memberID, let portal = reply.portal else {
            throw AuthorizationFailure(
                "the authorisation server's answer has no usable member_id or client_endpoint",
                hint: "Check with --server that it is a Bitrix24 authorisation server.")
        }
        self.init(
            memberID: memberID, portal: portal, application: application, accessToken: reply.accessToken,
            refreshToken: reply.refreshToken, expiresAt: reply.expiresAt, scopes: reply.scopes, userID: reply.userID,
            applicationToken: nil)
    }
}
