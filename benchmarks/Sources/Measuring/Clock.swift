import Glibc

public enum Clock {
    /// CPU seconds of the whole process that `body` takes.
    public static func seconds(_ body: () async throws -> Void) async throws -> Double {
        let start = now()
        try await body()
        return now() - start
    }

    public static func text(_ seconds: Double) -> String {
        let ns = seconds * 1e9
        if ns < 1000 { return "\((ns * 10).rounded() / 10) ns" }
        if ns < 1e6 { return "\((ns / 100).rounded() / 10) µs" }
        return "\((ns / 1e5).rounded() / 10) ms"
    }

    private static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
