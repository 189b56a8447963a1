internal import Wire

/// REST 3.0's `Idempotency-Key`: the first success of a writing method is kept for a day and given again to who
/// repeats the key.
///
/// A key belongs to one user and one method. The same key with other parameters is refused.
enum Idempotency {
    static let keptSeconds: Int64 = 86_400
    static let lengthMax = 255
    private static let documents = Documents(kind: "idempotency")

    /// The handler, made repeatable.
    static func keeping(_ handler: @escaping PortalMethod.Handler) -> PortalMethod.Handler {
        { state, call throws(PortalFailure) in
            guard let key = call.headers.first(where: { $0.name.lowercased() == "idempotency-key" })?.value else {
                return try handler(state, call)
            }
            guard (1...lengthMax).contains(key.utf8.count), key.utf8.allSatisfy({ (0x20...0x7e).contains($0) }) else {
                throw TaskFailure.v3(
                    "INVALIDIDEMPOTENCYKEYEXCEPTION", "The idempotency key must be 1 to 255 printable ASCII characters")
            }
            let owner = "\(call.userID) \(call.name) \(key)"
            let body = JSONValue.object(call.parameters).text
            for kept in try documents.owned(by: owner, in: state) {
                guard Int64(kept.fields["at"]?.lenientInteger ?? 0) + keptSeconds > state.clock.unixSeconds else {
                    try documents.delete(kept.id, in: state)
                    continue
                }
                guard kept.fields["body"] == .string(body) else {
                    throw TaskFailure.v3(
                        "IDEMPOTENCYKEYREUSEDEXCEPTION", "The idempotency key was used with other parameters",
                        status: 422)
                }
                var reply = MethodReply(json: Array((kept.fields["result"]?.stringValue ?? "null").utf8))
                reply.headers = [(name: "Idempotency-Key", value: key), (name: "Idempotent-Replayed", value: "true")]
                return reply
            }
            var reply = try handler(state, call)
            let fields: JSONObject = [
                "at": .integer(state.clock.unixSeconds), "body": .string(body),
                "result": .string(String(decoding: reply.resultBytes, as: UTF8.self)),
            ]
            try documents.insert(fields, owner: owner, in: state)
            reply.headers.append((name: "Idempotency-Key", value: key))
            return reply
        }
    }
}
