import Bitrix24
import Synchronization

/// The shell around `Dispatcher`: asks the budget for requests, gives them to those who wait, and sends packs.
///
/// A call that goes out alone is sent by its caller, so that cancelling the caller ends the transfer, and a lone call
/// costs no change of tasks. Waiting and packs are the work of one task, which starts when first needed and ends with
/// `close`; a pack is sent by a child of it: a caller that is cancelled leaves, and the others get their answers.
final class CallPump: Sendable {
    /// How a call's waiting ended.
    enum Turn: Sendable {
        /// The caller sends it now, and tells `answered`.
        case alone
        /// It came back in a pack that left at this time.
        case settled(Pack<UInt64>.Outcome, as: Credential, sentNS: UInt64)
        /// The pack met a portal that was renamed.
        case moved(location: String, asked: Call, as: Credential)
        case failed(EffectFailure)
    }

    /// Nothing is told of shorter waits.
    static let toldWaitMinNS: UInt64 = 250_000_000
    /// What was learnt is told to others within this time, also when no further call is made.
    static let newsAgeMaxNS: UInt64 = 1_000_000_000

    private let state: Mutex<CallPumpState>
    private let authority: any PortalAuthority
    private let sender: CallSender
    private let budget: any Budget
    private let onNotice: (@Sendable (PortalNotice) -> Void)?
    private let wakeups: AsyncStream<Void>
    private let wakeup: AsyncStream<Void>.Continuation

    init(
        _ authority: any PortalAuthority, _ sender: CallSender, _ budget: any Budget, _ plan: Pace.Plan,
        limits: Dispatcher<UInt64>.Limits, onNotice: (@Sendable (PortalNotice) -> Void)?
    ) {
        self.authority = authority
        self.sender = sender
        self.budget = budget
        self.onNotice = onNotice
        state = Mutex(CallPumpState(plan, limits))
        // One waking is as good as many.
        (wakeups, wakeup) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    }

    // -- For callers --------------------------------------------------------------------------------------------------

    /// Waits until the call may go out, or came back in a pack. A caller that is cancelled leaves at once.
    func turn(_ call: Call, _ options: DispatchOptions, at portal: String) async -> Turn {
        let (ticket, entry) = state.withLock { $0.enter(call, options, portal, MonotonicClock.nowNS()) }
        if case .failed(let failure) = entry { return .failed(failure) }
        return await withTaskCancellationHandler {
            if case .asks(let report) = entry {
                let answer = await budget.settle(report, for: portal)
                state.withLock { $0.leave(answer, MonotonicClock.nowNS()) }
            }
            // Unsafe: whoever takes it out of the state resumes it, and nobody else can.
            return await withUnsafeContinuation { continuation in
                if state.withLock({ $0.wait(ticket, continuation) }) { wake() }
            }
        } onCancel: {
            state.withLock { $0.withdraw(ticket) }
        }
    }

    /// To be told once of each call that went out alone; nil when nothing is known, as when it was cancelled.
    func answered(_ call: Call, holder: String, _ answer: Answer?) {
        let isNeeded = state.withLock { state in
            state.settle(call, holder: holder, answer, MonotonicClock.nowNS())
            return state.needsTask
        }
        if isNeeded { wake() }
    }

    /// What a batch that was called as such tells of its commands.
    func note(_ batch: BatchReply, of request: BatchRequest, holder: String) {
        let isNeeded = state.withLock { state in
            state.note(batch, of: request, holder: holder, MonotonicClock.nowNS())
            return state.needsTask
        }
        if isNeeded { wake() }
    }

    /// Whoever waits gets a failure, packs under way are given up.
    func close() {
        let task = state.withLock { state in
            state.close()
            return state.task
        }
        wakeup.finish()
        task?.cancel()
    }

    /// After `close`: returns when the task has ended and the budget knows everything.
    func ended() async {
        await state.withLock { $0.task }?.value
        await tellNews()
    }

    private func wake() {
        state.withLock { state in
            if state.task == nil, !state.isClosed { state.task = Task { await self.run() } }
        }
        wakeup.yield()
    }

    // -- The task -----------------------------------------------------------------------------------------------------

    private func run() async {
        await withDiscardingTaskGroup { group in
            for await _ in wakeups { await advance(&group) }
        }
    }

    /// Sends what may be sent now, and sees to being woken when more may.
    private func advance(_ group: inout DiscardingTaskGroup) async {
        while true {
            let nowNS = MonotonicClock.nowNS()
            let (work, packs, portal) = state.withLock { ($0.work(nowNS), $0.takePacks(), $0.portal) }
            for pack in packs { group.addTask { await self.send(pack) } }
            switch work {
            case .ask(let report):
                let answer = await budget.settle(report, for: portal)
                state.withLock { $0.leave(answer, MonotonicClock.nowNS()) }
            case .tell: await tellNews()
            case .wait(let timerNS, let wait):
                if let wait { onNotice?(.waits(wait)) }
                if let timerNS { group.addTask { await self.wake(atNS: timerNS, nowNS) } }
                return
            }
        }
    }

    private func wake(atNS: UInt64, _ nowNS: UInt64) async {
        do {
            try await Task.sleep(for: .nanoseconds(Int64(clamping: atNS - nowNS)))
        } catch {
            return  // The connection closes.
        }
        state.withLock { if $0.timerNS == atNS { $0.timerNS = nil } }
        wakeup.yield()
    }

    private func send(_ pack: Pack<UInt64>) async {
        do throws(EffectFailure) {
            let credential = try await authority.credential()
            let sentNS = MonotonicClock.nowNS()
            let answer = try await sender.answer(to: pack.call, as: credential)
            state.withLock { $0.settle(pack, answer, as: credential, sentNS: sentNS, MonotonicClock.nowNS()) }
        } catch {
            state.withLock { $0.giveUp(pack, error, MonotonicClock.nowNS()) }
        }
        wakeup.yield()
    }

    private func tellNews() async {
        let (report, portal) = state.withLock { ($0.takeNews(), $0.portal) }
        if report.isRefused || !report.operating.isEmpty { _ = await budget.settle(report, for: portal) }
    }
}
