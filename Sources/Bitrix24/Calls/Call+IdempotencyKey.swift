// Writes of REST 3.0 that may be repeated.
// Source: https://apidocs.bitrix24.com/api-reference/rest-v3/index.html
extension Call {
    /// The call with a key of its own, random as a UUID, when it is a write of REST 3.0: however often it is sent, the
    /// portal does it once and gives the first answer again. Any other call stays as it is.
    public func keyed(using random: inout some RandomNumberGenerator) -> Call {
        guard api == .v3, facts != nil, access == .write, idempotencyKey == nil else { return self }
        var call = self
        let words = (0..<2).map { _ in random.next() as UInt64 }
        call.idempotencyKey = words.map { word in
            let digits = String(word, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
        return call
    }

    /// Sending it twice does no harm.
    public var isRepeatable: Bool { access == .read || idempotencyKey != nil }
}

extension Failure {
    /// The failure of a call that may be sent again although nobody knows whether it was done.
    func repeatable(by call: Call) -> Failure {
        guard call.idempotencyKey != nil, outcome == .unknown, isTransient else { return self }
        var failure = self
        failure.retryable = true
        return failure
    }

    /// Nothing more is tried: another call would have another key.
    var final: Failure {
        guard isUncertain else { return self }
        var failure = self
        failure.retryable = false
        return failure
    }

    /// No answer to this call came.
    public static func noAnswer(
        _ message: String, to call: Call, mayHaveBeenSent: Bool, explainsItself: Bool = false
    ) -> Failure {
        noAnswer(
            message, method: call.method, access: call.access, mayHaveBeenSent: mayHaveBeenSent,
            explainsItself: explainsItself
        ).repeatable(by: call)
    }
}
