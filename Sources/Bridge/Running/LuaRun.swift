import CLua

/// One run of a recipe: one sandboxed Lua state, confined to one task.
///
///     let run = try LuaRun(limits: LuaLimits(), sources: NoSources(), hooks: LuaHooks())
///     try run.install([…])
///     try await run.run(LuaSource("print(1)", name: "recipe.lua"))
///     run.close()
///
/// Nothing hops between threads while operations complete without waiting. A run that was stopped (`limit`,
/// `cancelled`) runs no more.
public final class LuaRun {
    public var limits: LuaLimits { core.limits }
    let core: RunCore
    private var handle: OpaquePointer?
    private var boxes: [FunctionBox] = []
    private var isBusy = false
    private var wantsClose = false

    /// Fails when there is no memory for a state.
    public init(limits: LuaLimits = LuaLimits(), sources: any LuaSources = NoSources(), hooks: LuaHooks = LuaHooks())
        throws(LuaFailure)
    {
        core = RunCore(limits: limits, hooks: hooks, sources: sources)
        var cLimits = clua_limits(
            memory_limit: limits.memoryLimit, memory_ceiling: limits.memoryCeiling, cpu_limit_ns: limits.cpuLimitNS)
        var cHooks = core.cHooks
        handle = clua_open(&cLimits, &cHooks)
        guard handle != nil else { throw .memory }
    }

    deinit {
        if let handle { clua_close(handle) }
    }

    /// Other bounds from now on, also for a script that is running; of it the wall time begins anew. The CPU time it
    /// has used counts.
    public func bound(by limits: LuaLimits) throws(LuaFailure) {
        let handle = try opened()
        core.limits = limits
        clua_memory_bound(handle, limits.memoryLimit, limits.memoryCeiling)
        clua_watch_bound(clua_watch_of(handle), limits.cpuLimitNS, Int64(limits.wallMSMax) * 1_000_000)
    }

    /// An object of the host's that its functions reach as `LuaCall.context`.
    public var context: AnyObject? {
        get { core.context }
        set { core.context = newValue }
    }

    /// Frees the state, running nothing of the script. While the run is waiting it is cancelled, and frees its state
    /// when the operation has ended.
    public func close() {
        wantsClose = true
        if let handle, isBusy {
            clua_watch_stop(clua_watch_of(handle), CLUA_STOP_CANCELLED)
            return
        }
        if let handle { clua_close(handle) }
        handle = nil
        boxes = []
    }

    public struct Usage: Sendable {
        public let memoryBytes: Int
        public let memoryBytesPeak: Int
        public let cpuMS: Double
    }

    public var usage: Usage {
        guard let handle else { return Usage(memoryBytes: 0, memoryBytesPeak: 0, cpuMS: 0) }
        let memory = clua_memory_now(handle)
        let cpu = clua_watch_cpu_ns(clua_watch_of(handle))
        return Usage(memoryBytes: memory.used, memoryBytesPeak: memory.peak, cpuMS: Double(cpu) / 1e6)
    }

    // -- Entering -----------------------------------------------------------------------------------------------------

    /// The state, which is there until `close`.
    func opened() throws(LuaFailure) -> OpaquePointer {
        guard let handle else { throw LuaFailure(kind: .host, message: "the run is closed") }
        return handle
    }

    /// Runs `body` on the main stack, in grace; going over the memory limit in it is a failure.
    func enter(_ body: (LuaState) throws(LuaFailure) -> Void) throws(LuaFailure) {
        let handle = try opened()
        var entering = Entering(core: core)
        let status = withoutActuallyEscaping(body) { escapable in
            entering.body = escapable
            defer { entering.body = nil }
            return withUnsafeMutablePointer(to: &entering) { clua_enter(handle, enterBody, $0) }
        }
        if let failure = entering.failure { throw failure }
        guard status == LUA_OK else { throw .memory }
    }

    func keep(_ box: FunctionBox) { boxes.append(box) }

    /// Holds the run while `body` runs it, and frees it afterwards when it was closed meanwhile.
    func busy<T>(_ body: () async throws(LuaFailure) -> T) async throws(LuaFailure) -> T {
        guard !isBusy else { throw LuaFailure(kind: .host, message: "the run is busy: one call at a time") }
        isBusy = true
        defer {
            isBusy = false
            if wantsClose { close() }
        }
        return try await body()
    }
}

extension LuaLimits {
    fileprivate var memoryLimit: Int { max(memoryBytesMax, 0) }
    /// What a single crossing value may add in grace before the push is refused.
    fileprivate var memoryCeiling: Int { memoryLimit + 4 * max(valueBytesMax, 0) }
    fileprivate var cpuLimitNS: Int64 { Int64(cpuMSMax) * 1_000_000 }
}

private struct Entering {
    let core: RunCore
    var body: ((LuaState) throws(LuaFailure) -> Void)?
    var failure: LuaFailure?
}

private func enterBody(_ state: OpaquePointer?, _ context: UnsafeMutableRawPointer?) -> Int32 {
    guard let state, let entering = context?.assumingMemoryBound(to: Entering.self) else { return Code.raise }
    entering.pointee.core.released.free(in: state)
    do throws(LuaFailure) {
        try entering.pointee.body?(state)
    } catch {
        entering.pointee.failure = error
    }
    return 0
}

extension LuaCall {
    /// The host's object of the run, as it was set.
    public var context: AnyObject? { RunCore.of(state).context }
}
