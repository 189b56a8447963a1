/// The waiting calls of one portal: first come, first served, within the pace; calls of a method whose operating time
/// is used up stand aside without holding up others.
///
/// A shell feeds it and does what it says:
///
///     queue.enqueue(ticket, method: "crm.deal.list")
///     switch queue.next(nowNS: now) { case .start(let ticket): …; case .wait(let until): …; case .idle: … }
///     queue.answered(method: "crm.deal.list", reply: reply, nowNS: now)
public struct CallQueue<Ticket: Hashable & Sendable>: Sendable {
    public enum Decision: Sendable, Equatable {
        /// Send this call now, then ask again.
        case start(Ticket)
        case wait(untilNS: UInt64)
        /// Nothing waits.
        case idle
    }

    public private(set) var pace: Pace
    private var blocks = OperatingBlocks()
    private var waiting: [(ticket: Ticket, method: String)] = []
    /// Started tickets before this place are gone; moving the rest for each would cost a pass.
    private var head = 0

    public init(_ pace: Pace = Pace()) { self.pace = pace }

    /// Calls that wait.
    public var count: Int { waiting.count - head }

    public mutating func enqueue(_ ticket: Ticket, method: String) {
        waiting.append((ticket, method.asciiLowercased()))
    }

    /// Takes a call out that nobody waits for any more.
    public mutating func withdraw(_ ticket: Ticket) {
        guard let place = waiting[head...].firstIndex(where: { $0.ticket == ticket }) else { return }
        waiting.remove(at: place)
    }

    public mutating func next(nowNS: UInt64) -> Decision {
        var earliest: UInt64?
        for place in head..<waiting.count {
            if let until = blocks.blockedUntil(waiting[place].method, nowNS: nowNS) {
                earliest = min(earliest ?? until, until)
                continue
            }
            guard case .wait(let until) = pace.request(nowNS: nowNS) else { return .start(take(place)) }
            return .wait(untilNS: until)
        }
        return earliest.map { .wait(untilNS: $0) } ?? .idle
    }

    private mutating func take(_ place: Int) -> Ticket {
        let ticket = waiting[place].ticket
        if place > head {
            waiting.remove(at: place)
        } else {
            head += 1
            if head > 64, head * 2 > waiting.count {
                waiting.removeFirst(head)
                head = 0
            }
        }
        return ticket
    }

    /// To be told of every reply: the portal counts, and tells the method's operating time.
    public mutating func answered(method: String, reply: Reply, nowNS: UInt64) {
        pace.accepted(nowNS: nowNS)
        if let time = reply.time { blocks.note(method.asciiLowercased(), time, nowNS: nowNS) }
    }

    /// To be told of every failure that a portal answered.
    public mutating func answered(method: String, failure: Failure, nowNS: UInt64) {
        switch failure.category {
        case .throttled: pace.refused(nowNS: nowNS)
        case .operatingLimit: blocks.block(method.asciiLowercased(), nowNS: nowNS)
        case .transport: break
        default: pace.accepted(nowNS: nowNS)
        }
    }
}

/// Methods that wait for their operating time: 480 s of work in ten minutes, counted by method.
/// Source: https://apidocs.bitrix24.com/limits.html
struct OperatingBlocks: Sendable {
    /// When the oldest minute leaves the sum, by our clock, as the last success told.
    private var resetNS: [String: UInt64] = [:]
    private var blockedNS: [String: UInt64] = [:]

    static let waitMinNS: UInt64 = 10_000_000_000
    static let marginNS: UInt64 = 1_000_000_000
    static let windowSeconds = 600.0

    func blockedUntil(_ method: String, nowNS: UInt64) -> UInt64? {
        guard let until = blockedNS[method], until > nowNS else { return nil }
        return until
    }

    mutating func note(_ method: String, _ time: Timing, nowNS: UInt64) {
        blockedNS[method] = nil
        guard let reset = time.operatingResetAt, let finish = time.finish else { return }
        // Both by the portal's clock: their distance is what counts here.
        let seconds = min(max(0, reset - finish), OperatingBlocks.windowSeconds)
        resetNS[method] = nowNS + UInt64(seconds * 1e9)
    }

    /// The method was refused. When the oldest minute leaves it may go on, or be refused again.
    mutating func block(_ method: String, nowNS: UInt64) {
        let reset = (resetNS[method] ?? 0) + OperatingBlocks.marginNS
        blockedNS[method] = max(reset, nowNS + OperatingBlocks.waitMinNS)
    }
}
