public import Wire

/// What a method answers: its `result`, and for lists the paging members of the envelope.
public struct MethodReply: Sendable {
    public enum Result: Sendable {
        /// Ready bytes, spliced into the envelope without being parsed again.
        case json([UInt8])
        case value(JSONValue)
    }

    public var result: Result
    /// Offset of the next page; absent on the last one.
    public var next: Int?
    /// Number of rows that match; absent when counting was switched off by `start=-1`.
    public var total: Int?
    /// v3 only: extra reply headers (`Idempotent-Replayed`).
    public var headers: [(name: String, value: String)] = []

    public init(json: [UInt8], next: Int? = nil, total: Int? = nil) {
        self.result = .json(json)
        self.next = next
        self.total = total
    }

    public init(_ value: JSONValue, next: Int? = nil, total: Int? = nil) {
        self.result = .value(value)
        self.next = next
        self.total = total
    }

    /// The result's bytes; empty maps print as `[]`, as PHP prints them.
    var resultBytes: [UInt8] {
        switch result {
        case .json(let bytes): bytes
        case .value(let value): value.phpEncoded()
        }
    }
}
