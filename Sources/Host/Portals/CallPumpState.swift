import Bitrix24

/// What the callers and the task of a `CallPump` share. Everything here is done under its lock.
struct CallPumpState {
    /// How a call came in.
    enum Entry {
        /// Its caller asks the budget, and tells the answer to `leave`.
        case asks(BudgetReport)
        case waits
        case failed(EffectFailure)
    }

    /// What the task does next.
    enum Work {
        case ask(BudgetReport)
        /// What was learnt has to be told to others.
        case tell
        /// Nothing, until it is woken; at the latest by a timer, where one has to be set.
        case wait(timerNS: UInt64?, told: PaceWait?)
    }

    /// Somebody who wants a turn.
    private enum Waiter {
        /// On the way in: the turn may come before anybody waits for it.
        case enters
        case came(CallPump.Turn)
        case waits(UnsafeContinuation<CallPump.Turn, Never>)
    }

    private var dispatcher: Dispatcher<UInt64>
    private let plan: Pace.Plan
    /// What the portal last said to a request, where that was that it takes no more of them.
    private var refusalCode: String?
    private var waiters: [UInt64: Waiter] = [:]
    private var lastTicket: UInt64 = 0
    /// Somebody asks the budget; one at a time, or a request would be taken out for nobody.
    private var isAsking = false
    /// Packs that the task has to send.
    private var packs: [Pack<UInt64>] = []
    /// What the budget was not told yet, and since when it could be.
    private var news = BudgetReport()
    private var newsSinceNS: UInt64?
    private var isUrgentNews = false
    /// Where the last call went.
    private(set) var portal = ""
    /// When the task wakes by itself; nil when nothing is set.
    var timerNS: UInt64?
    var task: Task<Void, Never>?
    private(set) var isClosed = false

    init(_ plan: Pace.Plan, _ limits: Dispatcher<UInt64>.Limits) {
        self.plan = plan
        dispatcher = Dispatcher(limits, slotNS: Pace(plan).slotNS)
    }

    // -- Callers ------------------------------------------------------------------------------------------------------

    mutating func enter(
        _ call: Call, _ options: DispatchOptions, _ portal: String, _ nowNS: UInt64
    ) -> (ticket: UInt64, Entry) {
        lastTicket += 1
        let ticket = lastTicket
        guard !isClosed else { return (ticket, .failed(.cancelled)) }
        do throws(Failure) {
            try dispatcher.enqueue(ticket, call, options)
        } catch {
            return (ticket, .failed(.portal(error)))
        }
        waiters[ticket] = .enters
        self.portal = portal
        guard let report = question(nowNS) else { return (ticket, .waits) }
        return (ticket, .asks(report))
    }

    /// Whether the task has to see to the ticket.
    mutating func wait(_ ticket: UInt64, _ continuation: UnsafeContinuation<CallPump.Turn, Never>) -> Bool {
        switch waiters[ticket] {
        case .came(let turn):
            waiters[ticket] = nil
            continuation.resume(returning: turn)
        // Withdrawn on the way in.
        case nil, .waits: continuation.resume(returning: .failed(.cancelled))
        case .enters:
            waiters[ticket] = .waits(continuation)
            return true
        }
        return needsTask
    }

    mutating func withdraw(_ ticket: UInt64) {
        dispatcher.withdraw(ticket)
        switch waiters[ticket] {
        case .waits(let continuation):
            waiters[ticket] = nil
            continuation.resume(returning: .failed(.cancelled))
        case .enters: waiters[ticket] = nil
        // Its caller finds out by itself that it is cancelled.
        case .came, nil: break
        }
    }

    mutating func close() {
        isClosed = true
        for ticket in waiters.keys { withdraw(ticket) }
        for pack in packs { giveUp(pack, .cancelled, 0) }
        packs = []
    }

    private mutating func deliver(_ ticket: UInt64, _ turn: CallPump.Turn) {
        switch waiters[ticket] {
        case .waits(let continuation):
            waiters[ticket] = nil
            continuation.resume(returning: turn)
        case .enters: waiters[ticket] = .came(turn)
        // Nobody waits any more.
        case .came, nil: break
        }
    }

    // -- What goes out ------------------------------------------------------------------------------------------------

    /// Whether there is anything that no caller does by itself.
    var needsTask: Bool {
        dispatcher.count > 0 || !packs.isEmpty || isUrgentNews || (newsSinceNS != nil && timerNS == nil)
    }

    /// What to ask the budget; nil when there is nothing to ask for, or somebody asks already.
    private mutating func question(_ nowNS: UInt64) -> BudgetReport? {
        guard !isAsking, !isClosed, case .ask(let need) = dispatcher.step(nowNS: nowNS) else { return nil }
        isAsking = true
        var report = takeNews()
        report.need = need
        return report
    }

    /// To be told of the answer to each question.
    mutating func leave(_ answer: BudgetAnswer, _ nowNS: UInt64) {
        isAsking = false
        dispatcher.learn(answer.operating, nowNS: nowNS)
        guard let decision = answer.decision else { return }
        switch dispatcher.departure(decision, nowNS: nowNS) {
        case .call(let ticket)?: deliver(ticket, .alone)
        case .pack(let pack)?: packs.append(pack)
        case nil: break
        }
    }

    mutating func takePacks() -> [Pack<UInt64>] {
        guard !packs.isEmpty else { return [] }
        defer { packs = [] }
        return packs
    }

    mutating func work(_ nowNS: UInt64) -> Work {
        if let report = question(nowNS) { return .ask(report) }
        if isUrgentNews { return .tell }
        if let newsSinceNS, newsSinceNS + CallPump.newsAgeMaxNS <= nowNS { return .tell }
        var wakeNS = newsSinceNS.map { $0 + CallPump.newsAgeMaxNS }
        var told: PaceWait?
        // Whoever asks now wakes the task afterwards.
        if !isAsking, case .wait(let untilNS?) = dispatcher.step(nowNS: nowNS) {
            wakeNS = min(wakeNS ?? .max, untilNS)
            if untilNS >= nowNS + CallPump.toldWaitMinNS {
                told = PaceWait(
                    portal: String(portal.drop { $0 != ":" }.dropFirst("://".count)), cause: waitCause(nowNS),
                    calls: dispatcher.count, milliseconds: Int((untilNS - nowNS) / 1_000_000))
            }
        }
        guard let wakeNS, wakeNS > nowNS, wakeNS < timerNS ?? .max else { return .wait(timerNS: nil, told: told) }
        timerNS = wakeNS
        return .wait(timerNS: wakeNS, told: told)
    }

    private func waitCause(_ nowNS: UInt64) -> PaceWait.Cause {
        if dispatcher.areMethodsBlocked(nowNS: nowNS) { return .operating }
        if let refusalCode { return .refused(code: refusalCode) }
        return .pace(requestsPerSecond: max(1, Int(plan.drainPerSecond.rounded())))
    }

    // -- What came back -----------------------------------------------------------------------------------------------

    /// A call went out alone and came back; nil when it was cancelled.
    mutating func settle(_ call: Call, holder: String, _ answer: Answer?, _ nowNS: UInt64) {
        dispatcher.answered(call, holder: holder, answer, nowNS: nowNS)
        learn(answer, nowNS)
    }

    mutating func settle(
        _ pack: Pack<UInt64>, _ answer: Answer, as credential: Credential, sentNS: UInt64, _ nowNS: UInt64
    ) {
        let outcomes = dispatcher.answered(pack, answer, nowNS: nowNS)
        learn(answer, nowNS)
        for (ticket, outcome) in outcomes {
            if case .moved(let location) = answer {
                deliver(ticket, .moved(location: location, asked: pack.call, as: credential))
            } else {
                deliver(ticket, .settled(outcome, as: credential, sentNS: sentNS))
            }
        }
    }

    /// The pack was not sent, or nobody knows how far.
    mutating func giveUp(_ pack: Pack<UInt64>, _ failure: EffectFailure, _ nowNS: UInt64) {
        dispatcher.gaveUp(nowNS: nowNS)
        for ticket in pack.tickets { deliver(ticket, .failed(failure)) }
    }

    private mutating func learn(_ answer: Answer?, _ nowNS: UInt64) {
        switch answer {
        case .reply?: accept()
        case .failed(let failure)? where failure.category == .throttled:
            news.isRefused = true
            refusalCode = failure.code
            isUrgentNews = true
        case .failed(let failure)? where failure.category != .transport: accept()
        case .failed?, .moved?, nil: break
        }
        noteChanges(nowNS)
    }

    private mutating func accept() {
        news.isAccepted = true
        refusalCode = nil
    }

    mutating func note(_ batch: BatchReply, of request: BatchRequest, holder: String, _ nowNS: UInt64) {
        dispatcher.note(batch, of: request, holder: holder, nowNS: nowNS)
        noteChanges(nowNS)
    }

    private mutating func noteChanges(_ nowNS: UInt64) {
        if dispatcher.ledger.hasNewBlocks { isUrgentNews = true }
        if dispatcher.ledger.hasChanges, newsSinceNS == nil { newsSinceNS = nowNS }
    }

    mutating func takeNews() -> BudgetReport {
        var report = news
        report.operating = dispatcher.takeOperatingChanges()
        news = BudgetReport()
        newsSinceNS = nil
        isUrgentNews = false
        return report
    }
}
