import Bitrix24
import Glibc
import Storage
import Synchronization
import Wire

/// What one run has asked of the world, step by step, kept in the store as it happens.
///
/// A run that died is started anew over its journal: it asks for the same again, is given what came then, and goes on
/// where the journal ends. So that it does ask for the same, chance comes from a seed, and each look at the clock is
/// kept with the step that follows it.
///
/// What is posted to the store is committed in the order it is posted. A step that changes nothing is posted and not
/// waited for; a write waits until it is on disk that it was asked for, and with it all that came before.
///
/// Confined to the run's task.
final class RunJournal {
    /// What happens where the code asks for something else than the journal has.
    enum AtDivergence: Sendable {
        case stop
        /// The rest of the journal is dropped, and the run goes on by itself.
        case goOn
    }

    /// A read's result that is larger is not kept: a replay reads again.
    static let readBytesMax = 1 << 20
    /// What all results of one run take; reads beyond it are not kept.
    static let runBytesMax = 64 << 20
    /// Steps of one run.
    static let stepsMax = 100_000
    /// Looks at the clock between two steps that are kept; later ones repeat the last.
    static let readingsMax = 10_000
    /// Longer sleeps take the run out of memory.
    static let parkAfterMS = 5_000

    let run: TimeOrderedID
    let store: HostStore
    private let clock: @Sendable () -> Timestamp
    private let divergence: AtDivergence
    /// Whether the run goes on where the journal ends.
    private let endsLive: Bool
    /// What there was when the run began, in order, without holes.
    private var recorded: ArraySlice<JournalEntry>
    private(set) var step = 0
    private var readings: [Int64] = []
    private var readingsUsed = 0
    private var bytes = 0
    /// A step that could not be written. Told on the store's thread.
    private let fault: Fault
    /// Set when the process ends: the run stops before its next step, and goes on another time.
    let stopping: StopFlag

    private final class Fault: Sendable {
        let failure = Mutex<DatabaseFailure?>(nil)
    }

    init(
        run: TimeOrderedID, store: HostStore, recorded: [JournalEntry], divergence: AtDivergence, endsLive: Bool = true,
        stopping: StopFlag, clock: @escaping @Sendable () -> Timestamp
    ) {
        self.endsLive = endsLive
        self.run = run
        self.store = store
        self.recorded = recorded[...]
        self.divergence = divergence
        self.stopping = stopping
        self.clock = clock
        fault = Fault()
        bytes = recorded.reduce(0) { $0 + $1.size }
    }

    /// Whether the run still does what it did before: nothing of it may be shown or done a second time.
    var isReplaying: Bool { !recorded.isEmpty }

    var nowMS: Int64 { clock().unixMilliseconds }

    /// The time as the recipe sees it.
    func now() -> Timestamp {
        if let entry = recorded.first, readingsUsed < entry.readings.count {
            defer { readingsUsed += 1 }
            return Timestamp(nanoseconds: entry.readings[readingsUsed])
        }
        let now = clock()
        guard recorded.isEmpty, readings.count < Self.readingsMax else {
            return readings.last.map(Timestamp.init) ?? now
        }
        readings.append(now.unixSeconds * 1_000_000_000 + Int64(now.nanoseconds))
        return now
    }

    // -- Steps --------------------------------------------------------------------------------------------------------

    enum Position {
        /// What the journal has for this step.
        case recorded(JournalEntry)
        /// Nothing yet.
        case live(JournalEntry)
    }

    /// The next step, which asks for `effect`.
    func next(_ effect: Effect) throws(EffectFailure) -> Position {
        try check()
        guard step < Self.stepsMax else { throw .limit(.steps, Self.stepsMax) }
        let print = EffectPrint(effect).value
        defer { step += 1 }
        readingsUsed = 0
        if let entry = recorded.first {
            if entry.name == effect.name, entry.print == print {
                recorded.removeFirst()
                return .recorded(entry)
            }
            guard case .goOn = divergence else {
                throw .diverged(
                    .init(
                        step: step + 1, recorded: Self.words(entry.name, entry.subject),
                        asked: Self.words(effect.name, effect.subject)))
            }
            recorded = []
            cut(from: step)
        }
        guard endsLive else { throw .ended }
        defer { readings = [] }
        return .live(
            JournalEntry(
                step: step, name: effect.name, subject: effect.subject, print: print, state: .asked, atMS: nowMS,
                readings: readings))
    }

    private static func words(_ name: String, _ subject: String) -> String {
        subject.isEmpty ? name : "\(name) (\(subject))"
    }

    /// How the run ended although its code did not: nil when it came to an end of its own.
    enum Ending: Sendable {
        case parked(untilMS: Int64)
        case suspended(HostFailure)
        case diverged(Divergence)
        /// The journal ends, and the run may not go on.
        case ended
    }

    private(set) var ending: Ending?

    /// Notes what ends the run without being an answer.
    func note(_ failure: EffectFailure) {
        switch failure {
        case .parked(let untilMS): ending = .parked(untilMS: untilMS)
        case .suspended(let failure): ending = .suspended(failure)
        case .diverged(let divergence): ending = .diverged(divergence)
        case .ended: ending = .ended
        default: break
        }
    }

    /// Throws when the run may do no more now.
    private func check() throws(EffectFailure) {
        do throws(HostFailure) {
            try checkWritten()
        } catch {
            throw .suspended(error)
        }
        if stopping.isSet { throw .suspended(HostFailure(.machine, "the host stops")) }
    }

    /// Throws when something of the run could not be written.
    func checkWritten() throws(HostFailure) {
        guard let failure = fault.failure.withLock({ $0 }) else { return }
        throw StoreFailure(failure).described(store.location.described)
    }

    // -- Writing ------------------------------------------------------------------------------------------------------

    /// Keeps the entry, and returns when it is on disk.
    func ask(_ entry: JournalEntry) async throws(EffectFailure) {
        try await commit { (connection) throws(DatabaseFailure) in
            ()
        } with: { _ in
            entry
        }
        try check()
    }

    /// Keeps an answered entry with the next commit.
    ///
    /// - Parameter isRead: its result may be left out where it is large.
    func answer(_ entry: JournalEntry, isRead: Bool) {
        var entry = entry
        bytes += entry.size
        if isRead, entry.size > Self.readBytesMax || bytes > Self.runBytesMax { entry.result = nil }
        let insert: JournalTable.Row
        do throws(HostFailure) {
            insert = try JournalTable.Row(entry, of: run, sealedBy: store.sealer)
        } catch {
            fault.failure.withLock { $0 = DatabaseFailure(.disk, error.message) }
            return
        }
        post { (connection) throws(DatabaseFailure) in try JournalTable.put(insert, in: connection) }
    }

    /// Writes something of the run with the next commit; where that fails, the run stops before its next step.
    func post(_ work: @escaping StoreThread.Work) {
        let fault = fault
        store.thread.post(work) { failure in
            if let failure { fault.failure.withLock { $0 = failure } }
        }
    }

    /// Does `body` in the store, keeps its outcome in the same commit, and returns after it: either both happen, or
    /// neither.
    func commit<T: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws(DatabaseFailure) -> T,
        with entry: @escaping @Sendable (T) -> JournalEntry
    ) async throws(EffectFailure) -> T {
        let run = run
        let store = store
        do throws(HostFailure) {
            return try await store.result { (connection) throws(DatabaseFailure) in
                let value = try body(connection)
                let row: JournalTable.Row
                do throws(HostFailure) {
                    row = try JournalTable.Row(entry(value), of: run, sealedBy: store.sealer)
                } catch {
                    throw DatabaseFailure(.disk, error.message)
                }
                try JournalTable.put(row, in: connection)
                return value
            }
        } catch {
            throw .suspended(error)
        }
    }

    private func cut(from step: Int) {
        let run = run
        post { (connection) throws(DatabaseFailure) in try JournalTable.cut(run, from: step, in: connection) }
    }
}

/// Says to many runs at once that they are to stop.
final class StopFlag: Sendable {
    private let flag = Atomic(false)

    var isSet: Bool { flag.load(ordering: .acquiring) }

    func set() { flag.store(true, ordering: .releasing) }
}

extension Timestamp {
    fileprivate init(nanoseconds: Int64) {
        let seconds = nanoseconds / 1_000_000_000
        self.init(unixSeconds: seconds, nanoseconds: Int32(nanoseconds - seconds * 1_000_000_000))
    }
}
