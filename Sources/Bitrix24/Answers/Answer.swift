/// What an HTTP client brought back, before anybody understood it.
public struct RawAnswer: Sendable {
    public var status: Int
    /// The `Content-Type` header.
    public var contentType: String?
    /// The `Location` header; may hold the secret.
    public var location: String?
    public var bytes: [UInt8]

    public init(status: Int, contentType: String? = nil, location: String? = nil, bytes: [UInt8]) {
        self.status = status
        self.contentType = contentType
        self.location = location
        self.bytes = bytes
    }
}

/// An answer understood.
public enum Answer: Sendable {
    case reply(Reply)
    /// The portal was renamed: see `Retry.moved`. The call was not done. The location may hold the secret.
    case moved(location: String)
    case failed(Failure)

    /// Never throws: what cannot be understood is a failure too.
    public init(_ raw: RawAnswer, to call: Call) {
        self.init(raw, method: call.method, access: call.access, facts: call.facts)
        if case .failed(let failure) = self { self = .failed(failure.repeatable(by: call)) }
    }

    init(_ raw: RawAnswer, method: String, access: Access, facts: MethodFacts? = nil) {
        let reading = AnswerReading(raw: raw, method: method, access: access)
        if (300..<400).contains(raw.status), raw.status != 304 {
            guard let location = raw.location, !location.isEmpty else {
                self = .failed(reading.failure("HTTP_ERROR", "the portal redirects without saying where", .server))
                return
            }
            self = .moved(location: location)
            return
        }
        if facts?.answersBytes == true, (200..<300).contains(raw.status), !reading.claimsJSON {
            self = .reply(Reply(bytes: raw.bytes, resultRange: 0..<raw.bytes.count))
            return
        }
        self = reading.answer(hasEnvelope: facts?.hasNoEnvelope != true)
    }
}

/// A successful reply: its bytes and where in them the result is. Nothing is parsed further until somebody wants it.
public struct Reply: Sendable {
    /// The whole reply.
    public let bytes: [UInt8]
    /// Where the JSON text of `result` stands in `bytes`; all of them when the method answers without an envelope.
    public let resultRange: Range<Int>
    /// The `start` of the next page; nil on the last one.
    public var next: Int?
    /// Rows in all pages, where the method counts them.
    public var total: Int?
    public var time: Timing?

    init(bytes: [UInt8], resultRange: Range<Int>) {
        self.bytes = bytes
        self.resultRange = resultRange
    }

    /// Calls `body` with the JSON text of the result, without copying it.
    public func withResult<T, E: Error>(_ body: (UnsafeBufferPointer<UInt8>) throws(E) -> T) throws(E) -> T {
        try bytes.withUnsafeBufferPointer { (all) throws(E) in
            try body(UnsafeBufferPointer(rebasing: all[resultRange]))
        }
    }
}
