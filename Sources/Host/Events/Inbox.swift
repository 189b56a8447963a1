import Storage
import Synchronization
import Wire

/// Where events arrive: each is on disk before anybody is told that it was taken.
///
/// What arrives at the same time shares a commit. An event goes from here straight to the dispatcher when that has
/// room, and otherwise waits in the store.
final class Inbox: Sendable {
    enum Acceptance: Sendable {
        case accepted(TimeOrderedID)
        /// It came before.
        case known
        /// Nothing was taken: the sender should come again in so many seconds.
        case refused(retryAfterS: Int, HostFailure)
    }

    struct Limits: Sendable {
        /// Events that wait for their runs; one more is refused.
        var eventsMax = 100_000
        /// One event's data as JSON.
        var eventBytesMax = 4 << 20
        /// For how long a redelivery is known, and of how many events.
        var redeliveryMS: Int64 = 600_000
        var redeliveriesMax = 200_000
    }

    /// An event that is not in the store yet.
    struct Arrival: Sendable {
        var portal = ""
        var name: String
        var recipe: String?
        var source: StoredEvent.Source
        var data: [UInt8]
        var lane: Int64 = 0
        var digest: UInt64?
        /// Milliseconds from now.
        var afterMS: Int64 = 0
        /// Whoever posts it will ask for its runs.
        var isAwaited = false
    }

    let store: HostStore
    let limits: Limits
    private let clock: @Sendable () -> Timestamp
    private let state = Mutex(State())
    /// Set once, before the first event.
    private let dispatcher = Mutex<(any EventTaker)?>(nil)
    let metrics: Metrics
    let echoes = EchoGuard()

    private struct State {
        var redeliveries = Redeliveries()
        /// Taken and not settled.
        var waiting = 0
    }

    init(_ store: HostStore, limits: Limits = Limits(), metrics: Metrics, clock: @escaping @Sendable () -> Timestamp) {
        self.store = store
        self.limits = limits
        self.metrics = metrics
        self.clock = clock
    }

    func give(to taker: any EventTaker) { dispatcher.withLock { $0 = taker } }

    /// Events taken and not settled.
    var depth: Int { state.withLock { $0.waiting } }

    /// Its runs begin. From now on another event that looks the same tells of a later change: of two updates within a
    /// second nobody can say whether the second came once or twice.
    func begun(_ event: StoredEvent) {
        guard let digest = event.digest, event.name.uppercased().hasSuffix("UPDATE") else { return }
        state.withLock { $0.redeliveries.remove(digest) }
    }

    /// How many there were when the process began.
    func begin(waiting: Int) { state.withLock { $0.waiting += waiting } }

    /// An event has been settled, or another process has it.
    func settled(_ count: Int = 1) { state.withLock { $0.waiting -= count } }

    /// Takes an event; `ending` is called from another thread when it is on disk, or is refused.
    func accept(_ arrival: Arrival, then ending: @escaping @Sendable (Acceptance) -> Void) {
        let nowMS = clock().unixMilliseconds
        let verdict = state.withLock { state -> Acceptance? in
            guard state.waiting < limits.eventsMax else {
                return .refused(
                    retryAfterS: 5,
                    HostFailure(
                        .machine, "\(limits.eventsMax) events wait for their runs (inbox.events_max)",
                        hint: "allow more, give the host more processes, or see what holds its runs up"))
            }
            if let digest = arrival.digest,
                !state.redeliveries.add(digest, nowMS: nowMS, spanMS: limits.redeliveryMS, max: limits.redeliveriesMax)
            {
                return .known
            }
            state.waiting += 1
            return nil
        }
        if let verdict {
            metrics.count(verdict.isKnown ? .redelivered : .refused)
            return ending(verdict)
        }
        let event = event(arrival, nowMS)
        do throws(HostFailure) {
            try keep(event) { failure in
                if failure == nil { self.metrics.count(.accepted) } else { self.forget(arrival) }
                ending(
                    failure.map {
                        .refused(retryAfterS: 2, StoreFailure($0).described(self.store.location.described))
                    } ?? .accepted(event.id))
            }
        } catch {
            forget(arrival)
            ending(.refused(retryAfterS: 5, error))
        }
    }

    /// The same, waited for.
    func accept(_ arrival: Arrival) async -> Acceptance {
        await withUnsafeContinuation { continuation in accept(arrival) { continuation.resume(returning: $0) } }
    }

    private func event(_ arrival: Arrival, _ nowMS: Int64) -> StoredEvent {
        StoredEvent(
            id: TimeOrderedID.next(nowMS: nowMS), portal: arrival.portal, name: arrival.name, recipe: arrival.recipe,
            source: arrival.source, lane: arrival.lane, digest: arrival.digest, receivedMS: nowMS,
            dueMS: nowMS + arrival.afterMS, data: arrival.data, isAwaited: arrival.isAwaited)
    }

    private func keep(
        _ event: StoredEvent, _ ending: @escaping @Sendable (DatabaseFailure?) -> Void
    ) throws(HostFailure) {
        let sealed = try store.sealer.seal(event.data, StoredEvent.context)
        guard let taker = dispatcher.withLock({ $0 }) else {
            throw HostFailure(.machine, "nobody takes events now", hint: "the host is starting or stopping")
        }
        let owner = store.owner.value
        // The taker says under its lock who has it, and what it posts there keeps the order in which it said so.
        taker.take(event) { state in
            let row = EventTable.Row(event: event, state: state, owner: state == .claimed ? owner : 0, sealed: sealed)
            store.thread.post { (database) throws(DatabaseFailure) in
                try EventTable.insert(row, in: database)
            } then: { failure in
                taker.stored(event, as: state, failure)
                ending(failure)
            }
        }
    }

    private func forget(_ arrival: Arrival) {
        metrics.count(.refused)
        state.withLock { state in
            state.waiting -= 1
            if let digest = arrival.digest { state.redeliveries.remove(digest) }
        }
    }

    // -- What recipes emit --------------------------------------------------------------------------------------------

    /// An event of a recipe's, to be kept in the commit that keeps the recipe's step.
    func emitted(
        _ name: String, _ data: [UInt8], portal: String, dueMS: Int64, nowMS: Int64
    ) throws(HostFailure) -> EventTable.Row {
        let event = StoredEvent(
            id: TimeOrderedID.next(nowMS: nowMS), portal: portal, name: name, recipe: nil, source: .emit, lane: 0,
            digest: nil, receivedMS: nowMS, dueMS: dueMS, data: data)
        return EventTable.Row(
            event: event, state: .open, owner: 0, sealed: try store.sealer.seal(data, StoredEvent.context))
    }

    /// It is in the store, for whoever is first.
    func arrived(_ row: EventTable.Row) {
        state.withLock { $0.waiting += 1 }
        dispatcher.withLock { $0 }?.look(atMS: row.event.dueMS)
    }
}

/// Who is given the events.
protocol EventTaker: AnyObject, Sendable {
    /// Says whether the event goes straight to a run, waits in the store, or is done as nobody listens, and lets `post`
    /// write that, in this order.
    func take(_ event: StoredEvent, post: (StoredEvent.State) -> Void)
    /// The event is on disk, or could not be put there.
    func stored(_ event: StoredEvent, as state: StoredEvent.State, _ failure: DatabaseFailure?)
    /// Something in the store becomes due.
    func look(atMS: Int64)
}

/// The digests of late, to know a redelivery by.
struct Redeliveries {
    private var known: Set<UInt64> = []
    private var order: [(digest: UInt64, atMS: Int64)] = []
    private var start = 0

    /// False when it is known.
    mutating func add(_ digest: UInt64, nowMS: Int64, spanMS: Int64, max: Int) -> Bool {
        while start < order.count, order[start].atMS + spanMS < nowMS || order.count - start >= max {
            known.remove(order[start].digest)
            start += 1
        }
        if start > 1_000, start * 2 > order.count {
            order.removeFirst(start)
            start = 0
        }
        guard known.insert(digest).inserted else { return false }
        order.append((digest, nowMS))
        return true
    }

    mutating func remove(_ digest: UInt64) { known.remove(digest) }
}

extension Inbox.Acceptance {
    fileprivate var isKnown: Bool {
        if case .known = self { return true }
        return false
    }
}
