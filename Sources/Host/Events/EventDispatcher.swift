import Storage
import Synchronization
import Wire

/// Gives each event to the recipes that listen to it: one run a recipe, events of one record one after another, others
/// side by side, so many at once and no more.
///
///     inbox ──take──▶ lane free? ──▶ ready ──slot──▶ handling ──▶ settled
///                     lane busy: behind it       │
///     store ──look──▶ (what had no room, what becomes due, what a dead process left)
///
/// The lane of a record is kept until the runs of its event are over. A run that sleeps lets it go, and so does one
/// that waits for longer than `laneHoldMSMax` to be tried again.
final class EventDispatcher: EventTaker, Sendable {
    struct Limits: Sendable {
        /// Events that are handled at once.
        var eventsAtOnce = 64
        /// Events held in memory; more wait in the store.
        var eventsInMemoryMax = 10_000
        /// Looks into the store at least so often: other processes put things there.
        var lookMSMax: Int64 = 1_000
    }

    static let laneHoldMSMax: Int64 = 60_000

    struct State {
        /// Behind a busy lane; a lane that is here is busy.
        var lanes: [Int64: FIFO<StoredEvent>] = [:]
        var ready = FIFO<Work>()
        var handling = 0
        var inMemory = 0
        /// Due events are in the store that nobody has: new ones go behind them.
        var storeHasMore = false
        /// Counts what went there.
        var leftToStore = 0
        var nextLookMS: Int64 = 0
        var recipes = RecipeSet(recipes: [])
        var awaited: [TimeOrderedID: Awaited] = [:]
        var isStopping = false
        var idle: UnsafeContinuation<Void, Never>?
    }

    enum Work: Sendable {
        case event(StoredEvent)
        /// A run that woke up or is tried again, its event being settled.
        case run(RunRecord)
    }

    let performer: RunPerformer
    let limits: Limits
    let state = Mutex(State())
    let alarm = Alarm()

    init(_ performer: RunPerformer, limits: Limits = Limits()) {
        self.performer = performer
        self.limits = limits
    }

    var store: HostStore { performer.surroundings.store }
    var inbox: Inbox { performer.surroundings.inbox }
    var log: HostLog { performer.surroundings.log }
    var nowMS: Int64 { performer.surroundings.clock().unixMilliseconds }

    var recipes: RecipeSet { state.withLock { $0.recipes } }

    /// From now on events see these.
    func serve(_ recipes: RecipeSet) {
        state.withLock { $0.recipes = recipes }
        alarm.ring()
    }

    // -- Taking -------------------------------------------------------------------------------------------------------

    func take(_ event: StoredEvent, post: (StoredEvent.State) -> Void) {
        let isDue = event.dueMS <= event.receivedMS
        state.withLock { state in
            guard !isDue || state.isStopping || state.recipes.hasListener(for: event) else { return post(.done) }
            if event.isAwaited { state.awaited[event.id] = .expected }
            let isClaimed =
                isDue && !state.isStopping && !state.storeHasMore && state.inMemory < limits.eventsInMemoryMax
                && (event.lane == 0 || store.isAlone)
            if isClaimed {
                state.inMemory += 1
            } else if isDue {
                state.storeHasMore = true
                state.leftToStore += 1
            }
            post(isClaimed ? .claimed : .open)
        }
    }

    func stored(_ event: StoredEvent, as kept: StoredEvent.State, _ failure: DatabaseFailure?) {
        switch (kept, failure) {
        case (.claimed, nil): admit(event)
        case (.claimed, _):
            state.withLock { state in
                state.inMemory -= 1
                state.awaited[event.id] = nil
            }
        case (.open, nil): look(atMS: event.dueMS)
        case (.done, nil):
            _ = inbox.echoes.consume(event, nowMS: event.receivedMS)
            inbox.settled()
        case (.open, _), (.done, _): state.withLock { $0.awaited[event.id] = nil }
        }
    }

    func look(atMS dueMS: Int64) {
        let isSooner = state.withLock { state in
            guard dueMS < state.nextLookMS else { return false }
            state.nextLookMS = dueMS
            return true
        }
        if isSooner { alarm.ring() }
    }

    /// Puts an event of ours where it belongs.
    func admit(_ event: StoredEvent) {
        state.withLock { state in
            if event.lane != 0 {
                if state.lanes[event.lane] != nil {
                    state.lanes[event.lane]?.append(event)
                    return
                }
                state.lanes[event.lane] = FIFO()
            }
            state.ready.append(.event(event))
        }
        pump()
    }

    func admit(_ run: RunRecord) {
        state.withLock { state in
            state.inMemory += 1
            state.ready.append(.run(run))
        }
        pump()
    }

    func pump() {
        while true {
            let work = state.withLock { state -> Work? in
                guard state.handling < limits.eventsAtOnce, !state.isStopping, let work = state.ready.popFirst()
                else { return nil }
                state.handling += 1
                return work
            }
            guard let work else { return }
            // Not awaited: `stop` waits until nothing is handled.
            Task { await self.handle(work) }
        }
    }

    private func handle(_ work: Work) async {
        switch work {
        case .event(let event): await handle(event)
        case .run(let run):
            await resume(run)
            state.withLock { $0.inMemory -= 1 }
        }
        let idle = state.withLock { state -> UnsafeContinuation<Void, Never>? in
            state.handling -= 1
            guard state.handling == 0 else { return nil }
            defer { state.idle = nil }
            return state.idle
        }
        idle?.resume()
        pump()
        if state.withLock({ $0.storeHasMore && $0.inMemory < limits.eventsInMemoryMax / 2 }) { look(atMS: 0) }
    }

    /// The lane is free for the next; whoever waits for the event is told.
    ///
    /// - Parameter runs: all of the event's; nil where the store has to be asked.
    func settled(_ event: StoredEvent, _ runs: [RunRecord]?) {
        state.withLock { state in
            state.inMemory -= 1
            if event.lane != 0, var behind = state.lanes[event.lane] {
                if let next = behind.popFirst() {
                    state.lanes[event.lane] = behind
                    state.ready.append(.event(next))
                } else {
                    state.lanes[event.lane] = nil
                }
            }
        }
        inbox.settled()
        tell(runs, of: event.id)
        // The next of its record may be in the store.
        if event.lane != 0, !store.isAlone { look(atMS: 0) }
    }

    // -- Life ---------------------------------------------------------------------------------------------------------

    /// Nothing new begins, runs stop before their next step; returns when none is left, or `graceMS` is over.
    func stop(graceMS: Int64) async {
        performer.surroundings.stopping.set()
        let isIdle = state.withLock { state in
            state.isStopping = true
            return state.handling == 0
        }
        alarm.ring()
        guard !isIdle else { return }
        let timer = Task {
            do { try await Task.sleep(for: .milliseconds(graceMS)) } catch { return }
            self.state.withLock { state in
                defer { state.idle = nil }
                return state.idle
            }?.resume()
        }
        await withUnsafeContinuation { continuation in
            let isIdle = state.withLock { state in
                guard state.handling > 0 else { return true }
                state.idle = continuation
                return false
            }
            if isIdle { continuation.resume() }
        }
        timer.cancel()
        for event in state.withLock({ Array($0.awaited.keys) }) { giveUp(event) }
    }
}
