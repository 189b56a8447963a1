/// One POST to a handler: it is sent once, whatever comes of it.
public struct PortalDelivery: Sendable {
    /// Counts the deliveries of a portal.
    public let id: Int
    /// The event, or the code of the robot.
    public let name: String
    public let url: String
    /// `application/x-www-form-urlencoded`.
    public let body: [UInt8]
}

/// What became of a delivery. Only the log wants to know: nothing is sent a second time.
public enum DeliveryOutcome: Sendable, Equatable {
    case answered(status: Int)
    /// Names host and port at most: a handler's path may hold a secret.
    case failed(String)
}

/// What the portal's log says of one delivery. No data and no tokens: they are customers' and secrets.
struct DeliveryEntry {
    enum State: Equatable {
        case waiting
        /// A fault took it.
        case lost
        /// The portal sends to this machine only.
        case refused
        case sent
        case answered(status: Int)
        case failed(String)
    }

    let id: Int
    let name: String
    /// Scheme, host and port of the handler.
    let origin: String
    let unixSeconds: Int64
    var state = State.waiting
}

/// The last deliveries, newest last.
struct DeliveryLog {
    static let entriesMax = 500
    private(set) var entries: [DeliveryEntry] = []
    /// Deliveries since the start, those that left the log included.
    private(set) var count = 0

    mutating func append(_ entry: DeliveryEntry) {
        if entries.count == Self.entriesMax { entries.removeFirst() }
        entries.append(entry)
        count += 1
    }

    mutating func change(_ id: Int, to state: DeliveryEntry.State) {
        guard let place = entries.lastIndex(where: { $0.id == id }) else { return }
        entries[place].state = state
    }
}
