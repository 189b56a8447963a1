import Wire

/// The faults that wait for their calls, in the order they were given.
public struct FaultTable: Sendable {
    public static let countMax = 1_000

    public private(set) var faults: [PortalFault] = []

    public init() {}

    public mutating func add(_ fault: PortalFault) {
        if faults.count < Self.countMax { faults.append(fault) }
    }

    public mutating func removeAll() { faults.removeAll() }

    /// What happens to a call, counted off. Delays and changes of the portal add up; of the faults that give an answer
    /// of their own the first wins.
    mutating func take(
        _ name: String, _ target: PortalFault.Target = .request, using random: inout SeededGenerator
    ) -> FaultHit {
        var hit = FaultHit()
        guard !faults.isEmpty else { return hit }
        var index = 0
        while index < faults.count, hit.answer == nil {
            guard faults[index].matches(name, target), isDue(index, using: &random) else {
                index += 1
                continue
            }
            hit.add(faults[index])
            guard let count = faults[index].count else {
                index += 1
                continue
            }
            if count <= 1 {
                faults.remove(at: index)
            } else {
                faults[index].count = count - 1
                index += 1
            }
        }
        return hit
    }

    private mutating func isDue(_ index: Int, using random: inout SeededGenerator) -> Bool {
        if faults[index].skip > 0 {
            faults[index].skip -= 1
            return false
        }
        guard let rate = faults[index].rate else { return true }
        return Double.random(in: 0..<1, using: &random) < rate
    }
}

/// The faults that hit one call.
struct FaultHit {
    private(set) var latencyMS = 0
    private(set) var virtualLatencyMS = 0
    private(set) var expiresTokens = false
    private(set) var newName: String?
    /// The fault that gives the answer, or takes it away; for an event, the one that spoils its delivery.
    private(set) var answer: PortalFault?

    mutating func add(_ fault: PortalFault) {
        switch fault.kind {
        case .latency(let milliseconds, let isVirtual):
            let wait = max(0, min(milliseconds, PortalFault.latencyMSMax))
            if isVirtual { virtualLatencyMS += wait } else { latencyMS += wait }
        case .expireTokens: expiresTokens = true
        case .rename(let name): newName = name
        default: answer = fault
        }
    }
}
