import Portal
import Testing

@testable import Bitrix24

/// One fault of the authorisation server at the moment the access token has expired, and what becomes of the grant.
struct TokenFault: Sendable, CustomTestStringConvertible {
    enum Meaning: Sendable {
        /// The token is renewed, and the call made.
        case renewed
        /// The pair of tokens stays good: once the trouble is over, the next run goes on.
        case kept(String)
        /// The pair is spent: nobody asks with it again, and a person has to authorise anew.
        case refused(hint: String)
    }

    let name: String
    let kind: PortalFault.Kind
    /// Questions that are hit; nil means all.
    let count: Int?
    let meaning: Meaning
    /// Pairs that the server has given at the end, the authorisation's included.
    let pairs: Int
    /// Whether the server takes a refresh token twice.
    let spentWorks: Bool
    /// Whether another process stores a new pair while the server answers.
    let isRotatedElsewhere: Bool

    var testDescription: String { name }

    private init(
        _ name: String, _ kind: PortalFault.Kind, count: Int? = 1, _ meaning: Meaning, pairs: Int,
        spentWorks: Bool = false, isRotatedElsewhere: Bool = false
    ) {
        self.name = name
        self.kind = kind
        self.count = count
        self.meaning = meaning
        self.pairs = pairs
        self.spentWorks = spentWorks
        self.isRotatedElsewhere = isRotatedElsewhere
    }

    private static func error(_ status: Int, _ code: String) -> PortalFault.Kind {
        .errorBefore(status: status, code: code, description: "no")
    }

    private static let internalError = error(500, "INTERNAL_SERVER_ERROR")
    private static let errorAfter = PortalFault.Kind.errorAfter(status: 502, code: "BAD_GATEWAY", description: "")
    private static let invalidGrant = error(400, "invalid_grant")
    private static let lost = Meaning.refused(hint: Renewal.lostHint)

    static let all = [
        TokenFault("latency", .latency(milliseconds: 20, isVirtual: false), .renewed, pairs: 2),
        TokenFault("500 once", internalError, .renewed, pairs: 2),
        TokenFault("500 for good", internalError, count: nil, .kept("INTERNAL_SERVER_ERROR"), pairs: 1),
        TokenFault("429 once", error(429, "QUERY_LIMIT_EXCEEDED"), .renewed, pairs: 2),
        TokenFault("a web page once", .html, .renewed, pairs: 2),
        TokenFault("a web page for good", .html, count: nil, .kept("NOT_JSON"), pairs: 1),
        TokenFault(
            "redirects to elsewhere", .redirect(to: "http://portal.example/"), count: nil, .kept("NOT_JSON"), pairs: 1),
        TokenFault("an answer lost before the rotation", .dropBefore, .renewed, pairs: 2),
        TokenFault("answers lost before the rotation", .dropBefore, count: nil, .kept("NO_ANSWER"), pairs: 1),
        TokenFault("an answer lost after the rotation", .dropAfter, lost, pairs: 2),
        TokenFault("502 after the rotation", errorAfter, lost, pairs: 2),
        TokenFault("a body cut by the connection", .truncated, lost, pairs: 2),
        TokenFault("JSON cut in a whole body", .cutJSON, lost, pairs: 2),
        TokenFault("an answer lost where the old pair works", .dropAfter, .renewed, pairs: 3, spentWorks: true),
        TokenFault("a body cut where the old pair works", .truncated, .renewed, pairs: 3, spentWorks: true),
        TokenFault("invalid_grant", invalidGrant, .refused(hint: Renewal.authorizeHint), pairs: 1),
        TokenFault(
            "invalid_grant as another process was faster", invalidGrant, .renewed, pairs: 2, isRotatedElsewhere: true),
    ]
}
