extension Dispatcher {
    /// Waiting calls of one urgency, and how many of each method.
    struct Lane: Sendable {
        private var queue = FairQueue<Waiting>()
        private var counts: [OperatingLedger.Key: Int] = [:]

        func has(_ key: OperatingLedger.Key) -> Bool { counts[key] != nil }

        /// Calls whose methods do not wait for operating time.
        func ready(_ blocks: [OperatingLedger.Key: UInt64]) -> Int {
            blocks.keys.reduce(queue.count) { $0 - (counts[$1] ?? 0) }
        }

        mutating func append(_ waiting: Waiting) {
            counts[waiting.key, default: 0] += 1
            queue.append(waiting, for: waiting.options.run)
        }

        mutating func remove(_ ticket: Ticket, of run: UInt64) {
            if let removed = queue.remove(of: run, where: { $0.ticket == ticket }) { discount(removed.key) }
        }

        /// Asks the runs in turn, each with its first call that is not blocked.
        mutating func take(
            _ blocks: [OperatingLedger.Key: UInt64], _ judge: (Waiting) -> FairQueue<Waiting>.Verdict
        ) {
            var taken: [OperatingLedger.Key] = []
            queue.take(
                ready: { blocks.isEmpty || blocks[$0.key] == nil },
                judge: { waiting in
                    let verdict = judge(waiting)
                    if verdict == .take { taken.append(waiting.key) }
                    return verdict
                })
            for key in taken { discount(key) }
        }

        private mutating func discount(_ key: OperatingLedger.Key) {
            let rest = (counts[key] ?? 1) - 1
            counts[key] = rest > 0 ? rest : nil
        }
    }
}

/// Whom a call is for, and how it may go out.
public struct DispatchOptions: Sendable {
    /// Runs take turns; the calls of one run keep their order.
    public var run: UInt64
    /// Whose operating time is used: `Credential.holder`. Calls of different holders never share a pack.
    public var holder: String
    /// Goes before calls that are not, as those do that `Call.isUrgent` knows.
    public var isUrgent: Bool
    /// Never packed.
    public var isAlone: Bool

    public init(run: UInt64, holder: String, isUrgent: Bool = false, isAlone: Bool = false) {
        self.run = run
        self.holder = holder
        self.isUrgent = isUrgent
        self.isAlone = isAlone
    }
}

extension OperatingLedger.Key {
    /// The time of packs, on portals that account for them as a method of their own.
    static func batch(_ holder: String) -> Self { Self(holder: holder, method: "batch") }
}
