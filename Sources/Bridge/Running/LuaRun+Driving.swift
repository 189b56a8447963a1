import CLua
import Synchronization
import Wire

// The run loop: resume, await what was parked, resume …
//
//   caller's task:  resume ─ done                      (nothing waited: no task is made)
//                   resume ─ parked ─▶ inner task: await operation ─ resume ─ … ─ done ─▶ caller
//
// The inner task is there to be cancelled by the wall-time limit without the caller's task being cancelled too. It
// starts on the caller's thread at once and has the caller's isolation; the caller does nothing until it ends.
extension LuaRun {
    /// Runs the root until it is done. Its results are on the root then.
    func drive(arguments: Int32, isolation: isolated (any Actor)?) async throws(LuaFailure) {
        let run = try opened()
        let stopper = Stopper(clua_watch_of(run))
        clua_watch_deadline(
            clua_watch_of(run), Int64(limits.wallMSMax) * 1_000_000, Unmanaged.passUnretained(stopper).toOpaque(),
            holdStopper, fireStopper)
        defer { clua_watch_deadline_off(clua_watch_of(run)) }
        let ended: Result<Void, LuaFailure> = await withTaskCancellationHandler {
            let outcome = clua_resume(run, arguments)
            guard outcome == CLUA_WAITING else { return finished(outcome) }
            let confined = Confined(self)
            let task = Task.immediate { () -> Result<Void, LuaFailure> in
                _ = isolation
                return await confined.run.goOn()
            }
            stopper.watch(task)
            return await task.value
        } onCancel: {
            stopper.cancel()
        }
        core.drop()
        try ended.get()
    }

    /// From the first wait on.
    private func goOn() async -> Result<Void, LuaFailure> {
        while true {
            guard let run = try? opened() else { return .failure(LuaFailure(kind: .cancelled, message: "closed")) }
            guard let operation = core.takeParked() else {
                return .failure(LuaFailure(kind: .host, message: "the script yielded to nobody"))
            }
            let completion = await operation()
            core.completion = completion
            let outcome = clua_resume(run, 0)
            if outcome != CLUA_WAITING { return finished(outcome) }
        }
    }

    private func finished(_ outcome: clua_outcome) -> Result<Void, LuaFailure> {
        switch outcome {
        case CLUA_DONE: .success(())
        case CLUA_STOPPED: .failure(stopFailure())
        default: .failure(scriptFailure())
        }
    }
}

/// Stops a run from outside its task: the watchdog at the wall-time limit, or the caller's cancellation.
private final class Stopper: Sendable {
    private struct State {
        var task: Task<Result<Void, LuaFailure>, Never>?
        var isStopped = false
    }

    // The C side is counted and locks for itself.
    private nonisolated(unsafe) let cWatch: OpaquePointer
    private let state = Mutex(State())

    init(_ watch: OpaquePointer) {
        cWatch = watch
        clua_watch_retain(watch)
    }

    deinit { clua_watch_release(cWatch) }

    func watch(_ task: Task<Result<Void, LuaFailure>, Never>) {
        let isStopped = state.withLock { state in
            state.task = task
            return state.isStopped
        }
        if isStopped { task.cancel() }
    }

    func cancel() {
        clua_watch_stop(cWatch, CLUA_STOP_CANCELLED)
        stopTask()
    }

    func stopTask() {
        let task = state.withLock { state in
            state.isStopped = true
            return state.task
        }
        task?.cancel()
    }
}

private func holdStopper(_ token: UnsafeMutableRawPointer?) {
    guard let token else { return }
    _ = Unmanaged<Stopper>.fromOpaque(token).retain()
}

private func fireStopper(_ token: UnsafeMutableRawPointer?) {
    guard let token else { return }
    Unmanaged<Stopper>.fromOpaque(token).takeRetainedValue().stopTask()
}

/// Carries the run into the inner task. Sound because the outer task waits for the inner one and touches nothing
/// meanwhile, and both have one isolation.
private struct Confined: @unchecked Sendable {
    let run: LuaRun
    init(_ run: LuaRun) { self.run = run }
}
