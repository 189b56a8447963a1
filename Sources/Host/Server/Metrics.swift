import Synchronization

/// What the host counts of itself, for `/metrics`.
final class Metrics: Sendable {
    enum Event: Int, CaseIterable, Sendable {
        case accepted, redelivered, refused, forged
    }

    private struct Numbers {
        var events = [Int](repeating: 0, count: Event.allCases.count)
        var runs: [String: RunNumbers] = [:]
        var effects: [String: Int] = [:]
        /// By method and outcome.
        var calls: [String: Int] = [:]
    }

    /// Of one recipe.
    struct RunNumbers {
        var ended: [RunRecord.State: Int] = [:]
        var buckets = [Int](repeating: 0, count: Metrics.secondsMax.count)
        var seconds = 0.0
        var count = 0
    }

    /// Upper ends of the run time's buckets.
    static let secondsMax = [0.005, 0.025, 0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 300]
    /// Series of one name; what comes later is counted as `other`.
    static let seriesMax = 500

    private let numbers = Mutex(Numbers())

    func count(_ event: Event) { numbers.withLock { $0.events[event.rawValue] += 1 } }

    func number(of event: Event) -> Int { numbers.withLock { $0.events[event.rawValue] } }

    func count(_ run: RunRecord) {
        let seconds = Double(run.workedMS) / 1000
        numbers.withLock { numbers in
            let name = numbers.runs[run.recipe] == nil && numbers.runs.count >= Self.seriesMax ? "other" : run.recipe
            var mine = numbers.runs[name] ?? RunNumbers()
            mine.ended[run.state, default: 0] += 1
            mine.count += 1
            mine.seconds += seconds
            if let place = Self.secondsMax.firstIndex(where: { seconds <= $0 }) { mine.buckets[place] += 1 }
            numbers.runs[name] = mine
        }
    }

    func count(effect name: String) { numbers.withLock { $0.effects[name, default: 0] += 1 } }

    func count(call method: String, outcome: String) {
        numbers.withLock { numbers in
            let key = "\(method) \(outcome)"
            let isKnown = numbers.calls[key] != nil || numbers.calls.count < Self.seriesMax
            numbers.calls[isKnown ? key : "other \(outcome)", default: 0] += 1
        }
    }

    var effects: [String: Int] { numbers.withLock { $0.effects } }
    var calls: [String: Int] { numbers.withLock { $0.calls } }
    var runs: [String: RunNumbers] { numbers.withLock { $0.runs } }
}
