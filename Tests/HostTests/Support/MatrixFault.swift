import Portal
import Testing

/// One fault of the matrix, and what it means for the request that it hits.
struct MatrixFault: Sendable, CustomTestStringConvertible {
    enum Meaning: Sendable {
        /// The client gets over it, whatever it was doing.
        case passing
        /// The answer is lost; whether the portal did what was asked is not to be seen from outside.
        case lost(String, wasDone: Bool)
        /// The same, and asking again would bring the same.
        case lostForReadsToo(String)
        /// The portal did nothing and says so; asking again would not help.
        case refused(String)
    }

    let name: String
    let kind: PortalFault.Kind
    let meaning: Meaning

    var testDescription: String { name }

    /// Whether the client waits for room afterwards.
    var isThrottling: Bool {
        if case .errorBefore(_, "QUERY_LIMIT_EXCEEDED", _) = kind { true } else { false }
    }

    init(_ name: String, _ kind: PortalFault.Kind, _ meaning: Meaning) {
        self.name = name
        self.kind = kind
        self.meaning = meaning
    }

    private static func error(_ status: Int, _ code: String) -> PortalFault.Kind {
        .errorBefore(status: status, code: code, description: "no")
    }

    static let all = [
        MatrixFault("latency", .latency(milliseconds: 20, isVirtual: false), .passing),
        MatrixFault("503 of the bucket", error(503, "QUERY_LIMIT_EXCEEDED"), .passing),
        MatrixFault("429 of the bucket", error(429, "QUERY_LIMIT_EXCEEDED"), .passing),
        MatrixFault("429 of the operating time", error(429, "OPERATION_TIME_LIMIT"), .passing),
        MatrixFault("tokens that expire", .expireTokens, .passing),
        MatrixFault("a renamed portal", .rename(to: "localhost"), .passing),
        MatrixFault(
            "500 before", error(500, "INTERNAL_SERVER_ERROR"), .lost("INTERNAL_SERVER_ERROR", wasDone: false)),
        MatrixFault(
            "500 after", .errorAfter(status: 500, code: "INTERNAL_SERVER_ERROR", description: ""),
            .lost("INTERNAL_SERVER_ERROR", wasDone: true)),
        MatrixFault(
            "502 after", .errorAfter(status: 502, code: "BAD_GATEWAY", description: ""),
            .lost("BAD_GATEWAY", wasDone: true)),
        MatrixFault("a connection dropped before", .dropBefore, .lost("NO_ANSWER", wasDone: false)),
        MatrixFault("a connection dropped after", .dropAfter, .lost("NO_ANSWER", wasDone: true)),
        MatrixFault("a body cut by the connection", .truncated, .lost("NO_ANSWER", wasDone: true)),
        MatrixFault("JSON cut in a whole body", .cutJSON, .lost("TRUNCATED_ANSWER", wasDone: true)),
        MatrixFault("a web page", .html, .lost("NOT_JSON", wasDone: false)),
        MatrixFault("an answer too large", .large(bytes: 17 << 20), .lostForReadsToo("ANSWER_TOO_LARGE")),
        MatrixFault("a redirect to elsewhere", .redirect(to: "http://portal.example/"), .refused("PORTAL_MOVED")),
        MatrixFault("403", error(403, "ACCESS_DENIED"), .refused("ACCESS_DENIED")),
        MatrixFault("400", error(400, "ERROR_ARGUMENT"), .refused("ERROR_ARGUMENT")),
    ]
}
