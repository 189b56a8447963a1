public import Bridge
import CStock

/// The peer: a stock Lua state with all its libraries.
public final class StockState {
    private let state: UnsafeMutableRawPointer

    public init() throws {
        guard let state = stock_open() else { throw Failure(message: "no memory for a state") }
        self.state = state
    }

    deinit { stock_close(state) }

    public func set(_ name: String, _ text: [UInt8]) {
        text.withUnsafeBufferPointer { bytes in
            bytes.withMemoryRebound(to: CChar.self) { stock_set(state, name, $0.baseAddress, $0.count) }
        }
    }

    public func run(_ script: String) throws {
        if let message = stock_run(state, script) { throw Failure(message: String(cString: message)) }
    }

    struct Failure: Error { let message: String }
}

/// Ours: a sandboxed run whose watchdog and memory limit are on, with limits no benchmark reaches.
public struct SandboxedState {
    public let lua: LuaRun

    public init(_ declarations: [FunctionDeclaration] = []) throws {
        lua = try LuaRun(limits: LuaLimits(memoryBytesMax: 256 << 20, cpuMSMax: 600_000))
        try lua.install(declarations)
    }

    public func run(_ script: String) async throws { try await lua.run(LuaSource(script, name: "benchmark")) }
}
