import Net
import Wire

/// An answer of the server's own, ready to be sent.
struct ServerReply: Sendable {
    var status = 200
    var headers: [(name: String, value: String)] = []
    var body: [UInt8] = []

    static func json(_ value: JSONValue, status: Int = 200) -> ServerReply {
        ServerReply(
            status: status, headers: [(name: "Content-Type", value: "application/json; charset=utf-8")],
            body: value.encoded())
    }

    static func text(_ text: String, status: Int = 200) -> ServerReply {
        ServerReply(
            status: status, headers: [(name: "Content-Type", value: "text/plain; charset=utf-8")],
            body: Array((text + "\n").utf8))
    }

    /// `{"error":…,"detail":…,"hint":…}`: what went wrong, for a program and for a person.
    static func failure(_ status: Int, _ error: String, _ detail: String, hint: String? = nil) -> ServerReply {
        var object: JSONObject = ["error": .string(error), "detail": .string(detail)]
        object["hint"] = hint.map(JSONValue.string)
        return json(.object(object), status: status)
    }

    static func unavailable(_ failure: HostFailure, retryAfterS: Int) -> ServerReply {
        var reply = Self.failure(503, "unavailable", failure.message, hint: failure.hint)
        reply.headers.append((name: "Retry-After", value: String(retryAfterS)))
        return reply
    }

    static let notFound = failure(404, "not_found", "there is nothing at this address")

    static func notAllowed(_ methods: String) -> ServerReply {
        var reply = failure(405, "method_not_allowed", "this address takes \(methods)")
        reply.headers.append((name: "Allow", value: methods))
        return reply
    }

    func send(_ responder: HTTPResponder) { responder.respond(status: status, headers: headers, body: body) }
}
