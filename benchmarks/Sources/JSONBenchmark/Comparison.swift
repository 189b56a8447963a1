import Glibc

/// Two ways to do one thing, timed by turns so that a drifting machine drifts under both.
struct Comparison {
    let name: String
    let peer: String
    /// Each does the thing `rounds` times.
    let rounds: Int
    let theirs: () async throws -> Void
    let ours: () async throws -> Void

    func line() async throws -> String {
        var best = (theirs: Double.infinity, ours: Double.infinity)
        var ratios: [Double] = []
        try await theirs()
        try await ours()
        for _ in 0..<15 {
            let a = try await Comparison.seconds(theirs)
            let b = try await Comparison.seconds(ours)
            best = (min(best.theirs, a), min(best.ours, b))
            ratios.append(a / b)
        }
        let median = ratios.sorted()[ratios.count / 2]
        func micro(_ seconds: Double) -> String { "\(Int((seconds / Double(rounds) * 1e6).rounded())) µs" }
        let cells = [name, peer, micro(best.theirs), micro(best.ours), "\((median * 100).rounded() / 100)x"]
        return "| " + cells.joined(separator: " | ") + " |"
    }

    private static func seconds(_ body: () async throws -> Void) async throws -> Double {
        let start = now()
        try await body()
        return now() - start
    }

    private static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
