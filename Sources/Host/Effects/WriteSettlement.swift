import Bitrix24

/// Drives a `ManyWrite` through the door of a run.
enum WriteSettlement {
    static func finish(_ given: ManyWrite, _ run: RunContext) async throws(EffectFailure) -> ManyWrite {
        var many = given
        while true {
            switch many.next(nowMS: run.nowMS()) {
            case .finished: return many
            case .wait(let milliseconds):
                let before = run.nowMS()
                _ = try await run.result(of: Effect(.sleep(milliseconds: Int(clamping: milliseconds))))
                if run.nowMS() < before + milliseconds { run.slept(milliseconds: milliseconds) }
            case .send(let requests):
                run.door.takeBack(writes: many.takeUndone())
                guard case .batches(let answers) = try await run.result(of: Effect(.batches(requests))) else {
                    throw .host(HostFailure(.machine, "batches were answered by something else"))
                }
                many.receive(answers, nowMS: run.nowMS())
            }
        }
    }
}
