import Bitrix24
import Glibc

/// Drives a `ManyWrite` through the door of a run.
enum WriteSettlement {
    static func finish(_ given: ManyWrite, _ run: RunContext) async throws(EffectFailure) -> ManyWrite {
        var many = given
        while true {
            switch many.next(nowMS: nowMS()) {
            case .finished: return many
            case .wait(let milliseconds):
                _ = try await run.result(of: Effect(.sleep(milliseconds: Int(clamping: milliseconds))))
            case .send(let requests):
                run.door.takeBack(writes: many.takeUndone())
                guard case .batches(let answers) = try await run.result(of: Effect(.batches(requests))) else {
                    throw .host(HostFailure(.machine, "batches were answered by something else"))
                }
                many.receive(answers, nowMS: nowMS())
            }
        }
    }

    /// A clock that only goes forward, which `ManyWrite` measures waits by.
    static func nowMS() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1000 + UInt64(time.tv_nsec) / 1_000_000
    }
}
