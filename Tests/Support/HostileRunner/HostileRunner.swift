import Bridge
import Glibc
import Wire

// Runs the script on standard input under tight limits, then a harmless one, to show that the process still works.
// The CPU limit is that of `--cpu MS`. Prints the outcome, the CPU time used and the second script's output:
// "cpu 203 alive".
@main
struct HostileRunner {
    static let cpuMSMaxUsual = 200
    static let memoryBytesMax = 16 << 20
    static let wallMSMax = 5000
    static let megabyte = String(repeating: "x", count: 1 << 20)

    static func main() async {
        if CommandLine.arguments.contains("--allocations") {
            await FailingAllocations.tryEach()
            return
        }
        let words = CommandLine.arguments
        let cpuMSMax = words.firstIndex(of: "--cpu").flatMap { Int(words[$0 + 1]) } ?? cpuMSMaxUsual
        let hostile = await outcome(of: readStandardInput(), cpuMSMax: cpuMSMax)
        let harmless = await outcome(of: Array("for i = 1, 3 do wait() end".utf8), cpuMSMax: cpuMSMaxUsual)
        print(hostile.name, hostile.cpuMS, harmless.name == "done" ? "alive" : "broken")
    }

    static func outcome(of text: [UInt8], cpuMSMax: Int) async -> (name: String, cpuMS: Int) {
        var limits = LuaLimits()
        limits.cpuMSMax = cpuMSMax
        limits.memoryBytesMax = memoryBytesMax
        limits.wallMSMax = wallMSMax
        guard let run = try? LuaRun(limits: limits, sources: Modules()) else { return ("no state", 0) }
        defer { run.close() }
        var name = "done"
        do throws(LuaFailure) {
            try run.install(functions)
            try run.install(pathNamed: "b24", []) { _, _ throws(LuaFailure) in
                { .returns { _ throws(LuaFailure) in } }
            }
            try await run.run(LuaSource(bytes: text, name: "hostile.lua"))
        } catch {
            name = describe(error)
        }
        return (name, Int(run.usage.cpuMS))
    }

    private static func describe(_ failure: LuaFailure) -> String {
        switch failure.kind {
        case .limit(let limit): limit.rawValue
        case .recipe: "recipe"
        case .argument: "argument"
        case .host: "host"
        case .syntax: "syntax"
        case .cancelled: "cancelled"
        }
    }

    private static var functions: [FunctionDeclaration] {
        [
            FunctionDeclaration(
                "wait", "Waits.", example: "wait()",
                body: .async { _ throws(LuaFailure) in
                    {
                        await Task.yield()
                        return .returns { _ throws(LuaFailure) in }
                    }
                }),
            FunctionDeclaration(
                "park", "Waits until the run is cancelled.", example: "park()",
                body: .async { _ throws(LuaFailure) in
                    {
                        try? await Task.sleep(for: .seconds(3600))
                        return .returns { _ throws(LuaFailure) in }
                    }
                }),
            FunctionDeclaration(
                "fetch", "Gives a megabyte.", example: "fetch()",
                body: .immediate { call throws(LuaFailure) in try call.push(megabyte) }),
            FunctionDeclaration(
                "json", "Takes any value.", parameters: [Parameter("value", .any, "Any.")], example: "json({})",
                body: .immediate { call throws(LuaFailure) in try call.push(Int64(call.json(1).count)) }),
        ]
    }

    private struct Modules: LuaSources {
        func source(of module: String) throws(LuaFailure) -> LuaSource? {
            module == "cycle" ? LuaSource("require 'cycle'", name: "cycle.lua") : nil
        }
    }

    private static func readStandardInput() -> [UInt8] {
        var text: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(0, &piece, piece.count)
            if count <= 0 { return text }
            text += piece[..<count]
        }
    }
}
