/// A misbehaviour that somebody asked the portal for, to see how a client takes it.
public struct PortalFault: Sendable, Equatable {
    public enum Kind: Sendable, Equatable {
        /// 200 with an HTML page, as a proxy or a login page answers.
        case html
        /// The JSON reply, cut in the middle by a connection that closes early.
        case truncated
        /// 200 with a complete HTTP message whose JSON ends in the middle.
        case cutJSON
        /// The connection stays open and nothing comes.
        case never
        /// 302 to the same path on another base URL.
        case redirect(to: String)
        /// 200 with a `result` of this many bytes.
        case large(bytes: Int)
        /// An error reply before the method is run.
        case errorBefore(status: Int, code: String, description: String)
        /// The method is run, then the error is answered: its outcome is unknown to the caller.
        case errorAfter(status: Int, code: String, description: String)
        /// The connection closes before the method is run.
        case dropBefore
        /// The method is run, then the connection closes.
        case dropAfter
        /// The answer waits this long on its way; virtually, by moving the portal's clock.
        case latency(milliseconds: Int, isVirtual: Bool)
        /// The access tokens given so far are expired from now on.
        case expireTokens
        /// From now on the portal has another host name, and the old one answers 302.
        case rename(to: String)
        /// The event is delivered twice.
        case duplicateEvent
        /// The event is delivered after the one that follows it.
        case reorderEvent
        /// The event never arrives.
        case loseEvent
        /// The event arrives this much later, by the portal's clock.
        case delayEvent(milliseconds: Int)
    }

    /// A method's name in lower case, or an event's; `*` at its end stands for any rest, `*` alone for all.
    /// It is compared with the name in the URL, so `batch` means a whole batch, and `oauth.token` the token endpoint.
    public var method: String
    public var kind: Kind
    /// Calls that are let through first.
    public var skip: Int
    /// Calls that are hit; nil means all that follow.
    public var count: Int?
    /// The share of calls that are hit, 0 to 1, drawn with the portal's seed; nil hits all.
    public var rate: Double?
    /// Whether commands inside a batch are meant, not requests. Only the two errors can hit one.
    public var isInBatch: Bool

    public init(
        _ method: String, _ kind: Kind, skip: Int = 0, count: Int? = nil, rate: Double? = nil,
        isInBatch: Bool = false
    ) {
        self.method = method.lowercased()
        self.kind = kind
        self.skip = skip
        self.count = count
        self.rate = rate
        self.isInBatch = isInBatch
    }

    /// The largest `large` reply that is made, in bytes.
    public static let largeBytesMax = 64 << 20
    /// The longest that a reply is made to wait.
    public static let latencyMSMax = 600_000

    /// What a fault can happen to.
    enum Target { case request, command, event }

    var target: Target {
        switch kind {
        case .duplicateEvent, .reorderEvent, .loseEvent, .delayEvent: .event
        default: isInBatch ? .command : .request
        }
    }

    func matches(_ name: String, _ target: Target) -> Bool {
        guard self.target == target else { return false }
        // Every method is on the portal; the token endpoint is not, and is meant only by its name.
        if method == "*" { return name != TokenEndpoint.methodName }
        return method.hasSuffix("*") ? name.hasPrefix(method.dropLast()) : name == method
    }
}
