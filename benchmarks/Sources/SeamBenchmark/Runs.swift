import Bridge
import Glibc
import Measuring

extension SeamBenchmark {
    /// A state from nothing to nothing: open, install, run, wait once, close.
    static func freshStates() async throws {
        let library = LuaLibrary([
            waiting { .returns { call throws(LuaFailure) in try call.push(Int64(1)) } }
        ])
        let source = LuaSource("local n = effect(1)", name: "benchmark")
        let count = 2000
        var turns: [Double] = []
        for _ in 0..<21 {
            turns.append(
                try await Clock.seconds {
                    for _ in 0..<count {
                        let run = try LuaRun()
                        try run.install(library)
                        try await run.run(source)
                        run.close()
                    }
                } / Double(count))
        }
        let median = turns.sorted()[turns.count / 2]
        Row(
            name: "a fresh sandboxed state, one async effect, close", peer: "–", ours: Clock.text(median),
            reached: median * 1e6, unit: " µs", goal: .atMost(40)
        ).print()
    }

    /// What the process grows by for each run that waits: state, coroutine, task and all of ours around them.
    @MainActor static func parkedRuns() async throws {
        let gate = Gate()
        // All runs are on the main actor, one after another, as a library wants it.
        nonisolated(unsafe) let library = LuaLibrary([waiting { await gate.pass() }])
        let source = LuaSource("local n = effect(1)", name: "benchmark")
        var tasks: [Task<Void, any Error>] = []
        func park(_ count: Int) {
            for _ in 0..<count {
                tasks.append(
                    Task.immediate { @MainActor in
                        let run = try LuaRun()
                        try run.install(library)
                        try await run.run(source)
                        run.close()
                    })
            }
        }
        // The first ones bring what all share: arrays' room, the watchdog, the allocator's arenas.
        park(100)
        let before = residentBytes()
        let count = 2000
        park(count)
        let each = Double(residentBytes() - before) / Double(count)
        precondition(gate.waitingCount == count + 100, "a run did not park")
        gate.open()
        for task in tasks { try await task.value }
        Row(
            name: "a parked run, resident memory", peer: "–", ours: "\((each / 102.4).rounded() / 10) KB",
            reached: each / 1024, unit: " KB", goal: .atMost(24)
        ).print()
    }

    private static func waiting(_ operation: @escaping Operation) -> FunctionDeclaration {
        FunctionDeclaration(
            "effect", "Waits for an answer.", parameters: [Parameter("n", .integer, "any integer")],
            results: [ResultDoc("n", .integer, "one")], example: "effect(1)",
            body: .async { call throws(LuaFailure) in
                _ = try call.integer(1)
                return operation
            })
    }

    private static func residentBytes() -> Int {
        guard let file = fopen("/proc/self/statm", "r") else { return 0 }
        defer { fclose(file) }
        var line = [UInt8](repeating: 0, count: 128)
        let count = fread(&line, 1, line.count, file)
        let words = String(decoding: line[..<count], as: UTF8.self).split(separator: " ")
        return (Int(words[1]) ?? 0) * Int(sysconf(Int32(_SC_PAGESIZE)))
    }
}

/// Runs wait here until it opens.
@MainActor private final class Gate {
    private var waiting: [CheckedContinuation<Void, Never>] = []
    var waitingCount: Int { waiting.count }

    func pass() async -> Completion {
        await withCheckedContinuation { waiting.append($0) }
        return .returns { call throws(LuaFailure) in try call.push(Int64(1)) }
    }

    func open() {
        for continuation in waiting { continuation.resume() }
        waiting = []
    }
}
