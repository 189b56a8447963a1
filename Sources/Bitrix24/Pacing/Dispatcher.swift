/// The waiting calls of all runs on one portal, and what goes out next: a call alone, or several packed into a `batch`.
///
/// While the pace leaves plenty of room for all that wait each call goes out at once and alone. Where more wait than
/// that they go out at once and together: alone they would use up what later ones need. When room is short it is spent
/// as Nagle's algorithm spends packets: a lone call goes at once while nothing is under way; else calls gather until an
/// answer comes, a pack is full, or the time that one request takes to leave the bucket is over, and go out as one.
/// When there is no room at all each request that becomes free takes whatever waits.
///
/// Runs take turns, urgent calls come first, and the calls of one run keep their order. A method whose operating time
/// is used up stands aside while others go on.
///
/// A shell feeds it and does what it says:
///
///     try dispatcher.enqueue(1, call, DispatchOptions(run: 7, holder: credential.holder))
///     switch dispatcher.step(nowNS: now) {
///     case .ask(let need): dispatcher.departure(pace.request(need, nowNS: now), nowNS: now)  // send it
///     case .wait(let untilNS): …  // until then, or until something is told
///     }
///     dispatcher.answered(…)
public struct Dispatcher<Ticket: Hashable & Sendable>: Sendable {
    public struct Limits: Sendable {
        /// Requests under way at once.
        public var requestsMax = 32
        /// Calls that wait; one more fails.
        public var waitingMax = 100_000
        /// Calls in a pack.
        public var packCallsMax = Batch.commandsPerRequestMax
        /// What a pack is expected to take at most: the cloud ends a request after 60 s.
        public var packSecondsMax = 20.0
        /// What a pack is expected to answer at most; ours are read up to 16 MB.
        public var packBytesMax = 8 << 20
        /// Urgent requests in a row while others wait.
        public var urgentInRowMax = 3
        /// The shortest wait of a method whose operating time is used up.
        public var operatingWaitMSMin = RetryPolicy().operatingWaitMSMin

        public init() {}
    }

    public enum Step: Sendable, Equatable {
        /// Ask the pace for one request, and tell its decision to `departure`.
        case ask(Pace.Need)
        /// Nothing to do before this time, or, when it is nil, before something is told.
        case wait(untilNS: UInt64?)
    }

    public enum Departure: Sendable {
        case call(Ticket)
        case pack(Pack<Ticket>)
    }

    struct Waiting: Sendable {
        let ticket: Ticket
        let call: Call
        let options: DispatchOptions
        let key: OperatingLedger.Key
    }

    private struct Place: Sendable {
        let run: UInt64
        let isUrgent: Bool
    }

    private let limits: Limits
    private let slotNS: UInt64
    public private(set) var ledger: OperatingLedger
    private var work = MethodWork()
    private var urgent = Lane()
    private var normal = Lane()
    private var places: [Ticket: Place] = [:]
    private var inFlight = 0
    private var urgentInRow = 0
    /// The pace has no room before.
    private var fullUntilNS: UInt64 = 0
    /// Calls gather until then; nil while none do.
    private var gatherUntilNS: UInt64?
    /// Methods that a batch of this portal refused.
    private var refusedInBatch: Set<String> = []
    private var packCallsMax: Int

    /// - Parameter slotNS: how long one request takes to leave the portal's bucket, `Pace.slotNS`.
    public init(_ limits: Limits = Limits(), slotNS: UInt64) {
        self.limits = limits
        self.slotNS = slotNS
        ledger = OperatingLedger(refusedWaitMSMin: limits.operatingWaitMSMin)
        packCallsMax = limits.packCallsMax
    }

    /// Calls that wait.
    public var count: Int { places.count }
    /// When the pace has room again, as far as it told.
    public func isFull(nowNS: UInt64) -> Bool { fullUntilNS > nowNS && count > 0 }

    /// Whether all that waits is held back by its methods' operating time.
    public func areMethodsBlocked(nowNS: UInt64) -> Bool {
        let blocks = ledger.blocks(nowNS: nowNS)
        return !places.isEmpty && urgent.ready(blocks) + normal.ready(blocks) == 0
    }

    /// - Throws: a failure when too many calls wait already.
    public mutating func enqueue(_ ticket: Ticket, _ call: Call, _ options: DispatchOptions) throws(Failure) {
        guard places.count < limits.waitingMax else {
            throw Failure(
                local: "TOO_MANY_WAITING", "\(limits.waitingMax) calls wait for the portal already",
                method: call.method, hint: "Run fewer recipes at once: the portal takes about two requests a second.")
        }
        let waiting = Waiting(
            ticket: ticket, call: call, options: options,
            key: OperatingLedger.Key(holder: options.holder, method: call.method))
        let isUrgent = options.isUrgent || call.isUrgent
        places[ticket] = Place(run: options.run, isUrgent: isUrgent)
        if isUrgent { urgent.append(waiting) } else { normal.append(waiting) }
    }

    /// Takes a call out that nobody waits for any more; false when it is not waiting here.
    @discardableResult
    public mutating func withdraw(_ ticket: Ticket) -> Bool {
        guard let place = places.removeValue(forKey: ticket) else { return false }
        if place.isUrgent { urgent.remove(ticket, of: place.run) } else { normal.remove(ticket, of: place.run) }
        return true
    }

    // -- What goes out ------------------------------------------------------------------------------------------------

    public mutating func step(nowNS: UInt64) -> Step {
        guard !places.isEmpty, inFlight < limits.requestsMax else { return .wait(untilNS: nil) }
        let blocks = ledger.blocks(nowNS: nowNS)
        let ready = urgent.ready(blocks) + normal.ready(blocks)
        guard ready > 0 else {
            return .wait(untilNS: blocks.filter { urgent.has($0.key) || normal.has($0.key) }.values.min())
        }
        if fullUntilNS > nowNS { return .wait(untilNS: fullUntilNS) }
        if inFlight == 0 || ready >= packCallsMax || urgent.ready(blocks) > 0 { return .ask(.now) }
        guard let gatherUntilNS else { return .ask(.ifPlenty) }
        return gatherUntilNS <= nowNS ? .ask(.now) : .wait(untilNS: gatherUntilNS)
    }

    /// What to do after the pace's decision; nil when nothing goes out now.
    public mutating func departure(_ decision: Pace.Decision, nowNS: UInt64) -> Departure? {
        switch decision {
        case .wait(let untilNS):
            fullUntilNS = untilNS
            return nil
        case .short:
            gatherUntilNS = nowNS + slotNS
            return nil
        case .send(let plenty):
            gatherUntilNS = nil
            return leave(plenty: plenty, nowNS: nowNS)
        }
    }

    private mutating func leave(plenty: Int, nowNS: UInt64) -> Departure? {
        let blocks = ledger.blocks(nowNS: nowNS)
        let (urgentReady, normalReady) = (urgent.ready(blocks), normal.ready(blocks))
        let othersWait = normalReady > 0
        // A flood of urgent calls slows the others down, but never stops them.
        let isUrgent = urgentReady > 0 && (urgentInRow < limits.urgentInRowMax || !othersWait)
        urgentInRow = isUrgent && othersWait ? urgentInRow + 1 : 0
        // Out of `self` while it is worked on, so that it is not copied.
        var lane = Lane()
        exchange(&lane, isUrgent)
        let taken = take(from: &lane, blocks, mayPack: urgentReady + normalReady > max(1, plenty))
        exchange(&lane, isUrgent)
        guard let first = taken.first else { return nil }
        for member in taken { places[member.waiting.ticket] = nil }
        inFlight += 1
        guard taken.count > 1 else { return .call(first.waiting.ticket) }
        return .pack(
            Pack(
                taken.map { ($0.waiting.ticket, $0.waiting.call, $0.text ?? "") }, holder: first.waiting.options.holder)
        )
    }

    private mutating func exchange(_ lane: inout Lane, _ isUrgent: Bool) {
        if isUrgent { swap(&lane, &urgent) } else { swap(&lane, &normal) }
    }

    private typealias Taken = (waiting: Waiting, text: String?)

    /// The calls of one request: the first in turn, and those that can go with it.
    private func take(from lane: inout Lane, _ blocks: [OperatingLedger.Key: UInt64], mayPack: Bool) -> [Taken] {
        var taken: [Taken] = []
        var (seconds, bytes) = (0.0, 0.0)
        lane.take(blocks) { waiting in
            guard let first = taken.first else {
                taken.append((waiting, mayPack ? packText(waiting, blocks) : nil))
                (seconds, bytes) = (work[waiting.key.method].seconds, work[waiting.key.method].bytes)
                return .take
            }
            guard first.text != nil, taken.count < packCallsMax else { return .stop }
            let mean = work[waiting.key.method]
            guard waiting.options.holder == first.waiting.options.holder,
                seconds + mean.seconds <= limits.packSecondsMax, bytes + mean.bytes <= Double(limits.packBytesMax),
                let text = packText(waiting, blocks)
            else { return .skip }
            taken.append((waiting, text))
            seconds += mean.seconds
            bytes += mean.bytes
            return .take
        }
        return taken
    }

    /// The command that the call is in a pack; nil when it goes alone.
    private func packText(_ waiting: Waiting, _ blocks: [OperatingLedger.Key: UInt64]) -> String? {
        guard !waiting.options.isAlone, CallText.mayBePacked(waiting.call),
            !refusedInBatch.contains(waiting.key.method),
            // A portal that accounts for packs as `batch` may have blocked them; single calls go on.
            blocks.isEmpty || blocks[.batch(waiting.options.holder)] == nil
        else { return nil }
        return CallText.text(of: waiting.call)
    }

    // -- What came back -----------------------------------------------------------------------------------------------

    /// To be told of the answer to every call that went out alone, once.
    public mutating func answered(_ call: Call, holder: String, _ answer: Answer?, nowNS: UInt64) {
        requestEnded(nowNS)
        let key = OperatingLedger.Key(holder: holder, method: call.method)
        switch answer {
        case .reply(let reply)?:
            note(key, reply.time, bytes: reply.resultRange.count, nowNS)
        case .failed(let failure)? where failure.category == .operatingLimit: ledger.refused(key, nowNS: nowNS)
        case .failed?, .moved?, nil: break
        }
    }

    /// To be told of the answer to every pack, once: what became of each of its calls.
    public mutating func answered(
        _ pack: Pack<Ticket>, _ answer: Answer, nowNS: UInt64
    ) -> [(ticket: Ticket, outcome: Pack<Ticket>.Outcome)] {
        requestEnded(nowNS)
        switch answer {
        case .reply(let reply):
            if let time = reply.time { ledger.note(.batch(pack.holder), time, nowNS: nowNS) }
        case .failed(let failure) where failure.category == .operatingLimit:
            ledger.refused(.batch(pack.holder), nowNS: nowNS)
        case .failed, .moved: break
        }
        let outcomes = pack.outcomes(answer)
        if case .reply = answer { learn(pack, outcomes, nowNS) }
        return zip(pack.members, outcomes).map { ($0.ticket, $1.outcome) }
    }

    /// To be told what a batch that was called as such says of its commands. A command that waits for operating time is
    /// its caller's to repeat, but others of its method are held back.
    public mutating func note(_ batch: BatchReply, of request: BatchRequest, holder: String, nowNS: UInt64) {
        for (command, entry) in zip(request.commands, batch.entries) {
            let key = OperatingLedger.Key(holder: holder, method: command.method)
            switch entry.outcome {
            case .result(let range): note(key, entry.time, bytes: range.count, nowNS)
            case .failed(let failure) where failure.category == .operatingLimit: ledger.refused(key, nowNS: nowNS)
            case .failed, .notRun: break
            }
        }
    }

    /// To be told of every pack that went out and of which nothing is known.
    public mutating func gaveUp(nowNS: UInt64) { requestEnded(nowNS) }

    /// What other processes found out of operating times.
    public mutating func learn(
        _ entries: [(key: OperatingLedger.Key, entry: OperatingLedger.Entry)], nowNS: UInt64
    ) {
        for (key, entry) in entries { ledger.learn(key, entry, nowNS: nowNS) }
    }

    /// What was found out of operating times since the last time, for other processes.
    public mutating func takeOperatingChanges() -> [(key: OperatingLedger.Key, entry: OperatingLedger.Entry)] {
        ledger.takeChanges()
    }

    private mutating func learn(
        _ pack: Pack<Ticket>, _ outcomes: [(outcome: Pack<Ticket>.Outcome, time: Timing?)], _ nowNS: UInt64
    ) {
        var accepted = 0
        for (member, (outcome, time)) in zip(pack.members, outcomes) {
            let key = OperatingLedger.Key(holder: pack.holder, method: member.call.method)
            if case .again = outcome { continue }
            accepted += 1
            switch outcome {
            case .reply(let reply): note(key, time, bytes: reply.resultRange.count, nowNS)
            case .failed(let failure) where failure.category == .operatingLimit: ledger.refused(key, nowNS: nowNS)
            case .alone: refusedInBatch.insert(key.method)
            case .failed, .again: break
            }
        }
        // This portal takes shorter batches than others.
        if accepted < outcomes.count { packCallsMax = max(1, accepted) }
    }

    private mutating func note(_ key: OperatingLedger.Key, _ time: Timing?, bytes: Int, _ nowNS: UInt64) {
        guard let time else { return }
        work.note(key.method, seconds: time.duration, bytes: bytes)
        ledger.note(key, time, nowNS: nowNS)
    }

    /// An answer is what gathering calls wait for.
    private mutating func requestEnded(_ nowNS: UInt64) {
        inFlight -= 1
        if gatherUntilNS != nil { gatherUntilNS = nowNS }
    }
}
