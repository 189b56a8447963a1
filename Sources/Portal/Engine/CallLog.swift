/// One call as the portal's page shows it. No parameters: they may hold customers' data.
public struct CallLogEntry: Sendable {
    public let unixSeconds: Int64
    /// Lower case; a batch's inner calls are logged too, each on its own.
    public let method: String
    /// HTTP status, or the status the failure would have had outside its batch.
    public let status: Int
    public let error: String
    public let durationMicroseconds: Int64
    public let userID: Int
    public let isInBatch: Bool
}

/// The last calls, newest last.
public struct CallLog: Sendable {
    public static let entriesMax = 500
    private var ring: [CallLogEntry] = []
    private var oldest = 0
    /// Calls since the start, those that left the ring included.
    public private(set) var count = 0
    /// HTTP requests since the start: a batch is one.
    public internal(set) var requestCount = 0
    /// Those of them that were refused because the bucket was full.
    public internal(set) var refusedRequestCount = 0

    mutating func append(_ entry: CallLogEntry) {
        count += 1
        if ring.count < Self.entriesMax {
            ring.append(entry)
        } else {
            ring[oldest] = entry
            oldest = (oldest + 1) % Self.entriesMax
        }
    }

    public var entries: [CallLogEntry] { Array(ring[oldest...] + ring[..<oldest]) }
}
