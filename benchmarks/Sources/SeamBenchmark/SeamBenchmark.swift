import Bridge
import Measuring

/// What it costs to be called from Lua, to be limited, to begin and to wait, against stock Lua.
@main
struct SeamBenchmark {
    static func main() async throws {
        try await calls()
        try await limits()
        try await freshStates()
        try await parkedRuns()
    }

    private static func calls() async throws {
        let stock = try StockState()
        let sandboxed = try SandboxedState([Increments.native, Increments.closure])
        let count = 200_000
        let kinds = [("the C trampoline", "native", 1.6), ("a boxed throwing closure", "closure", 2.1)]
        for (kind, name, bound) in kinds {
            try await Comparison(
                "Lua calls Swift with one integer, through \(kind)", against: "a bare C function", rounds: count,
                goal: .atMost(bound)
            ).print(
                theirs: { try stock.run("local f = increment for i = 1, \(count) do f(i) end") },
                ours: { try await sandboxed.run("local f = \(name) for i = 1, \(count) do f(i) end") })
        }
    }

    private static func limits() async throws {
        let stock = try StockState()
        let sandboxed = try SandboxedState()
        for (name, script, bound) in [
            ("a CPU loop under the deadline watchdog", Loops.computing, 1.03),
            ("an allocation loop under the memory cap", Loops.allocating, 1.08),
        ] {
            try await Comparison(name, against: "stock Lua", rounds: 1, goal: .atMost(bound)).print(
                theirs: { try stock.run(script) }, ours: { try await sandboxed.run(script) })
        }
    }
}
