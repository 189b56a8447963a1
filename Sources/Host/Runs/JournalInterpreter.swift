import Bitrix24
import Storage
import Wire

/// Answers effects from the run's journal as far as it goes, and then does them, keeping what came.
///
///     asked before, answered    the answer of then
///     asked before, no answer   a read is made again, a write whose outcome nobody knows is told as that
///     not asked before          a read is made and kept; a write is kept, made, and its answer kept
///
/// The recipe's own values and its events are rows of the same store as the journal: they change in one commit with it,
/// so that they are always certain.
final class JournalInterpreter: Interpreter {
    private let live: any Interpreter
    private let journal: RunJournal
    private let recipe: () -> String
    private let recipePath: String
    private let events: EventTarget
    /// The name whose rows are known to be this recipe's.
    private var claimed: String?

    /// - Parameters:
    ///   - live: does what goes to portals.
    ///   - recipe: whose rows of the store are meant; a recipe names itself while it runs.
    ///   - events: where `emit` puts them.
    init(
        _ live: any Interpreter, _ journal: RunJournal, recipe: @escaping () -> String, recipePath: String,
        events: EventTarget
    ) {
        self.live = live
        self.journal = journal
        self.recipe = recipe
        self.recipePath = recipePath
        self.events = events
    }

    func result(of effect: Effect) async throws(EffectFailure) -> EffectResult {
        do throws(EffectFailure) {
            return try await answer(to: effect)
        } catch {
            journal.note(error)
            throw error
        }
    }

    private func answer(to effect: Effect) async throws(EffectFailure) -> EffectResult {
        switch try journal.next(effect) {
        case .live(let entry): return try await first(effect, entry)
        case .recorded(let entry):
            guard entry.state == .answered else { return try await again(effect, entry) }
            // A large read is not kept.
            guard let bytes = entry.result else { return try await live.result(of: effect) }
            // Of a sleep it is kept until when.
            if case .sleep = effect.request { return .nothing }
            guard let result = EffectCodec.decode(bytes, for: effect) else {
                throw .suspended(
                    HostFailure(
                        .machine, "step \(entry.step + 1) of the journal, \(entry.name), cannot be read",
                        hint: "was the run begun by another version of the host? 'host retry' begins it anew"))
            }
            return try result.get()
        }
    }

    // -- For the first time -------------------------------------------------------------------------------------------

    private func first(_ effect: Effect, _ entry: JournalEntry) async throws(EffectFailure) -> EffectResult {
        events.inbox.metrics.count(effect: effect.name)
        switch effect.request {
        case .storeGet, .storeKeys, .storeSet, .storeDelete, .storeSwap:
            return try await store(effect.request, entry)
        case .emit(let name, let data, let afterMS):
            let event = try EffectFailure.wrapping { () throws(HostFailure) in
                try events.event(name, data, dueMS: journal.nowMS + Int64(afterMS), nowMS: journal.nowMS)
            }
            try await journal.commit { (database) throws(DatabaseFailure) in
                try EventTable.insert(event, in: database)
            } with: { _ in
                entry.answered(.nothing)
            }
            events.arrived(event)
            return .nothing
        case .sleep(let milliseconds):
            var entry = entry
            let untilMS = journal.nowMS + Int64(milliseconds)
            entry.result = Self.bytes(of: untilMS)
            try await journal.ask(entry)
            return try await rest(untilMS, entry)
        default:
            if effect.access == .write { try await journal.ask(entry) }
            return try await done(effect, entry)
        }
    }

    /// Does it and keeps what came.
    private func done(_ effect: Effect, _ entry: JournalEntry) async throws(EffectFailure) -> EffectResult {
        let startMS = journal.nowMS
        let outcome: Result<EffectResult, EffectFailure>
        do throws(EffectFailure) {
            outcome = .success(try await live.result(of: effect))
        } catch {
            outcome = .failure(error)
        }
        if case .call(let call) = effect.request {
            events.inbox.metrics.count(call: call.method, outcome: outcome.word)
        }
        if case .success(let result) = outcome { events.noteWrites(effect, result, nowMS: startMS) }
        keep(outcome, of: effect, entry, startMS: startMS)
        return try outcome.get()
    }

    private func keep(
        _ outcome: Result<EffectResult, EffectFailure>, of effect: Effect, _ entry: JournalEntry, startMS: Int64
    ) {
        // What ends the run is no answer: whoever goes on with it asks again.
        guard let bytes = EffectCodec.encode(outcome) else { return }
        var entry = entry
        entry.state = .answered
        entry.tookMS = max(journal.nowMS - startMS, 0)
        entry.result = bytes
        entry.size = bytes.count
        entry.operating = outcome.portalSeconds
        if case .failure = outcome { entry.isFailure = true }
        journal.answer(entry, isRead: effect.access == .read)
    }

    // -- Again --------------------------------------------------------------------------------------------------------

    /// It was asked for by a process that died, or was stopped, before an answer came.
    private func again(_ effect: Effect, _ entry: JournalEntry) async throws(EffectFailure) -> EffectResult {
        switch effect.request {
        case .sleep: return try await rest(entry.result.flatMap(Self.time) ?? journal.nowMS, entry)
        case .call(let call) where call.isRepeatable: return try await done(effect, entry)
        case .call(let call):
            return try unknown(.failure(.portal(Self.lost(call))), effect, entry)
        case .upload(let upload):
            return try unknown(
                .failure(.portal(.noAnswer(Self.reason, method: upload.method, access: .write, mayHaveBeenSent: true))),
                effect, entry)
        case .batch(let request) where request.access == .write:
            return try unknown(.failure(.portal(Self.lost(request.call))), effect, entry)
        case .batches(let requests) where effect.access == .write:
            return try unknown(
                .success(.batches(requests.map { .failed(Self.lost($0.call)) })), effect, entry)
        case .batch, .batches, .reads, .download, .storeGet, .storeSet, .storeDelete, .storeKeys, .storeSwap,
            .emit:
            return try await done(effect, entry)
        }
    }

    private static let reason = "the host was stopped before the answer came"

    private static func lost(_ call: Call) -> Failure { .noAnswer(reason, to: call, mayHaveBeenSent: true) }

    /// From here on the journal says so, and the run is told the same each time.
    private func unknown(
        _ outcome: Result<EffectResult, EffectFailure>, _ effect: Effect, _ entry: JournalEntry
    ) throws(EffectFailure) -> EffectResult {
        keep(outcome, of: effect, entry, startMS: journal.nowMS)
        return try outcome.get()
    }

    // -- Sleeping -----------------------------------------------------------------------------------------------------

    private func rest(_ untilMS: Int64, _ entry: JournalEntry) async throws(EffectFailure) -> EffectResult {
        let restMS = untilMS - journal.nowMS
        guard restMS <= Int64(RunJournal.parkAfterMS) else { throw .parked(untilMS: untilMS) }
        if restMS > 0 { _ = try await live.result(of: Effect(.sleep(milliseconds: Int(restMS)))) }
        var entry = entry
        entry.state = .answered
        entry.tookMS = max(journal.nowMS - entry.atMS, 0)
        journal.answer(entry, isRead: false)
        return .nothing
    }

    private static func bytes(of timeMS: Int64) -> [UInt8] { withUnsafeBytes(of: timeMS.bigEndian) { [UInt8]($0) } }

    private static func time(of bytes: [UInt8]) -> Int64? {
        bytes.count == 8 ? bytes.reduce(0) { $0 << 8 | Int64($1) } : nil
    }

    // -- The recipe's own values --------------------------------------------------------------------------------------

    private func store(_ request: Effect.Request, _ entry: JournalEntry) async throws(EffectFailure) -> EffectResult {
        let recipe = recipe()
        let path = recipePath
        let mustClaim = claimed != recipe
        let outcome = try await journal.commit { (database) throws(DatabaseFailure) -> StoreOutcome in
            if mustClaim {
                let owner = try StoredValues.claim(recipe, for: path, in: database)
                guard owner == path else { return .refused(StoredValues.taken(recipe, by: owner)) }
            }
            return try Self.done(request, recipe, database)
        } with: { outcome in
            switch outcome {
            case .json(let bytes): entry.answered(.json(bytes))
            case .nothing: entry.answered(.nothing)
            case .refused(let failure): entry.answered(Result<EffectResult, EffectFailure>.failure(.host(failure)))
            }
        }
        switch outcome {
        case .json(let bytes):
            claimed = recipe
            return .json(bytes)
        case .nothing:
            claimed = recipe
            return .nothing
        case .refused(let failure): throw .host(failure)
        }
    }

    private enum StoreOutcome: Sendable {
        case json([UInt8])
        case nothing
        case refused(HostFailure)
    }

    private static func done(
        _ request: Effect.Request, _ recipe: String, _ database: any SQLConnection
    ) throws(DatabaseFailure) -> StoreOutcome {
        switch request {
        case .storeGet(let key):
            return try StoredValues.get(recipe, key, in: database).map(StoreOutcome.json) ?? .nothing
        case .storeKeys(let prefix):
            let keys = try StoredValues.keys(recipe, prefix: prefix, in: database)
            return .json(JSONValue.array(keys.map(JSONValue.string)).encoded())
        case .storeSet(let key, let value): try StoredValues.set(recipe, key, value, in: database)
        case .storeDelete(let key): try StoredValues.set(recipe, key, nil, in: database)
        case .storeSwap(let key, let expected, let value):
            let isDone = try StoredValues.swap(recipe, key, expected: expected, value: value, in: database)
            return .json(JSONValue.bool(isDone).encoded())
        default: break
        }
        return .nothing
    }
}

extension JournalEntry {
    fileprivate func answered(_ result: EffectResult) -> JournalEntry { answered(.success(result)) }

    fileprivate func answered(_ outcome: Result<EffectResult, EffectFailure>) -> JournalEntry {
        var entry = self
        entry.state = .answered
        entry.result = EffectCodec.encode(outcome)
        entry.size = entry.result?.count ?? 0
        if case .failure = outcome { entry.isFailure = true }
        return entry
    }
}

extension Result<EffectResult, EffectFailure> {
    /// What became of a call, as metrics count it.
    fileprivate var word: String {
        switch self {
        case .success: "ok"
        case .failure(.portal(let failure)): failure.status.map(String.init) ?? failure.category.rawValue
        case .failure: "host"
        }
    }

    /// How long portals worked for it, where they say so.
    fileprivate var portalSeconds: Double? {
        guard case .success(let result) = self else { return nil }
        switch result {
        case .reply(let reply): return reply.time?.duration
        case .replies(let replies): return replies.compactMap { $0.time?.duration }.sum
        case .batch(let batch): return batch.reply.time?.duration
        case .batches(let answers):
            return answers.compactMap { answer in
                if case .reply(let batch) = answer { batch.reply.time?.duration } else { nil }
            }.sum
        case .json, .nothing: return nil
        }
    }
}

extension [Double] {
    fileprivate var sum: Double? { isEmpty ? nil : reduce(0, +) }
}
