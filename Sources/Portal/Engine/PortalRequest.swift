/// An HTTP request as the engine sees it: no socket behind it, so tests make them by hand.
public struct PortalRequest: Sendable {
    public var method: String
    /// Raw path, such as `/rest/1/secret/crm.deal.list.json`.
    public var path: String
    /// Raw query without the question mark; empty when there is none.
    public var query: String
    public var headers: [(name: String, value: String)]
    public var body: [UInt8]
    /// Which of the two servers it came to.
    public var door: Door

    public enum Door: Sendable { case portal, authorization }

    public init(
        _ method: String = "POST", _ path: String, query: String = "",
        headers: [(name: String, value: String)] = [], body: [UInt8] = [], door: Door = .portal
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
        self.door = door
    }

    /// Path and query as they were asked for.
    var target: String { query.isEmpty ? path : "\(path)?\(query)" }

    func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name }?.value
    }
}

/// What goes back over the wire, faults included.
public struct PortalAnswer: Sendable {
    /// How the bytes are delivered: everything but `whole` is a fault somebody asked for.
    public enum Delivery: Sendable, Equatable {
        case whole
        /// The connection closes after this many bytes of the body although more were announced.
        case truncated(at: Int)
        /// The connection closes without an answer.
        case dropped
        /// The connection stays open and nothing comes.
        case never
    }

    public var status: Int
    public var headers: [(name: String, value: String)]
    public var body: [UInt8]
    public var delivery = Delivery.whole
    /// How long it waits before it leaves, in milliseconds.
    public var delayMS = 0

    public init(
        status: Int = 200, headers: [(name: String, value: String)] = PortalAnswer.json, body: [UInt8] = []
    ) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    var isJSON: Bool { headers.contains { $0.value == Self.json[0].value } }

    public static let json: [(name: String, value: String)] = [
        (name: "Content-Type", value: "application/json; charset=utf-8")
    ]
}
