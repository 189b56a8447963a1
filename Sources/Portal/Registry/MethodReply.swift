public import Wire

/// What a method answers: its `result`, and for lists the paging members of the envelope.
public struct MethodReply: Sendable {
    enum Result: Sendable {
        /// Ready bytes, spliced into the envelope without being parsed again.
        case json([UInt8])
        case value(JSONValue)
        /// Bytes that stand alone, without an envelope: a download.
        case file(FileContent)
    }

    var result: Result
    /// Offset of the next page; absent on the last one.
    public var next: Int?
    /// Number of rows that match; absent when counting was switched off by `start=-1`.
    public var total: Int?
    /// Extra reply headers: v3's `Idempotent-Replayed`, a download's `Content-Type`.
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

    init(file: FileContent) {
        result = .file(file)
        headers = [
            (name: "Content-Type", value: file.mediaType),
            (
                name: "Content-Disposition",
                value: "attachment; filename*=UTF-8''\(PercentCoding.encode(file.name))"
            ),
        ]
    }

    /// The result's bytes; empty maps print as `[]`, as PHP prints them.
    var resultBytes: [UInt8] {
        switch result {
        case .json(let bytes): bytes
        case .value(let value): value.phpEncoded()
        case .file(let content): content.bytes
        }
    }
}
