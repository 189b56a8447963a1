import Synchronization

/// What the host counts of itself, for `/metrics`.
final class Metrics: Sendable {
    enum Event: Int, CaseIterable, Sendable {
        case accepted, redelivered, refused, forged
    }

    private let events = Mutex([Int](repeating: 0, count: Event.allCases.count))

    func count(_ event: Event) { events.withLock { $0[event.rawValue] += 1 } }

    func number(of event: Event) -> Int { events.withLock { $0[event.rawValue] } }
}
