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
        /// 302 to the same path on another base URL: the portal was renamed.
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
    }

    /// A method's name in lower case; `*` at its end stands for any rest, `*` alone for every method.
    /// It is compared with the name in the URL, so `batch` means a whole batch.
    public var method: String
    public var kind: Kind
    /// Calls that are let through first.
    public var skip: Int
    /// Calls that are hit; nil means all that follow.
    public var count: Int?

    public init(_ method: String, _ kind: Kind, skip: Int = 0, count: Int? = nil) {
        self.method = method.lowercased()
        self.kind = kind
        self.skip = skip
        self.count = count
    }

    /// The largest `large` reply that is made, in bytes.
    public static let largeBytesMax = 64 << 20

    func matches(_ name: String) -> Bool {
        method.hasSuffix("*") ? name.hasPrefix(method.dropLast()) : name == method
    }
}

/// The faults that wait for their calls, in the order they were given.
public struct FaultTable: Sendable {
    public private(set) var faults: [PortalFault] = []

    public mutating func add(_ fault: PortalFault) { faults.append(fault) }

    public mutating func removeAll() { faults.removeAll() }

    /// The fault for this call, counted off; the first match wins.
    mutating func take(_ method: String) -> PortalFault? {
        guard let index = faults.firstIndex(where: { $0.matches(method) }) else { return nil }
        if faults[index].skip > 0 {
            faults[index].skip -= 1
            return nil
        }
        let fault = faults[index]
        if let count = fault.count {
            if count <= 1 { faults.remove(at: index) } else { faults[index].count = count - 1 }
        }
        return fault
    }
}
