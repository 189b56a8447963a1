import CLua
import Wire

/// What C reaches of a run. Confined to the run's task, like the state.
final class RunCore {
    var limits: LuaLimits
    let hooks: LuaHooks
    let sources: any LuaSources
    let released = ReferenceQueue()
    /// What the script waits for, from the trampoline's return until the run loop takes it.
    private(set) var parked: Operation?
    private var parkedContext: UnsafeMutableRawPointer?
    /// What came, from the run loop until the coroutine that asked takes it.
    var completion: Completion?
    /// The failure that stopped the run, when the host did.
    var stopped: LuaFailure?
    /// The host's own object of this run.
    var context: AnyObject?

    init(limits: LuaLimits, hooks: LuaHooks, sources: any LuaSources) {
        self.limits = limits
        self.hooks = hooks
        self.sources = sources
        LiveObjects.add(1)
    }

    deinit { LiveObjects.add(-1) }

    static func of(_ state: LuaState) -> RunCore {
        Unmanaged<RunCore>.fromOpaque(clua_owner(state)).takeUnretainedValue()
    }

    func park(_ operation: @escaping Operation, _ context: UnsafeMutableRawPointer?) {
        parked = operation
        parkedContext = context
    }

    func takeParked() -> Operation? {
        defer { parked = nil }
        return parked
    }

    /// Lets go of what is not wanted any more when a run ends.
    func drop() {
        parked = nil
        completion = nil
    }

    /// Called on the coroutine that asked, when the run goes on.
    fileprivate func complete(_ state: LuaState) -> Int32 {
        let arrived = completion
        completion = nil
        let call = LuaCall(state, parkedContext)
        switch arrived {
        case .returns(let push):
            do throws(LuaFailure) {
                try push(call)
                return Code.pushed
            } catch {
                return call.raise(error)
            }
        case .fails(let failure):
            return call.raise(failure)
        case .stops(let failure):
            stopped = failure.located(at: call.location)
            clua_run_stop(state, CLUA_STOP_HOST)
            return Code.stop
        case nil:
            return call.raise(LuaFailure(kind: .host, message: "an operation ended without an answer"))
        }
    }

    var cHooks: clua_hooks {
        clua_hooks(
            owner: Unmanaged.passUnretained(self).toOpaque(), complete: completeHook, bad_argument: badArgumentHook,
            source: sourceHook, now: nowHook, zone: zoneHook, seed: seedHook, print: printHook, release: releaseHook)
    }
}

// The hooks, as C calls them.

private func completeHook(_ state: OpaquePointer?, _ owner: UnsafeMutableRawPointer?) -> Int32 {
    guard let state else { return Code.raise }
    return RunCore.of(state).complete(state)
}

private func badArgumentHook(_ state: OpaquePointer?, _ context: UnsafeMutableRawPointer?) -> Int32 {
    guard let state, let context else { return Code.raise }
    let index = Int(clua_bad_argument(state))
    let parameters = FunctionBox.of(context).takeUnretainedValue().parameters
    let call = LuaCall(state, context)
    return call.raise(call.badArgument(index, expected: parameters[index - 1].type.rawValue))
}

private func sourceHook(_ state: OpaquePointer?, _ owner: UnsafeMutableRawPointer?) -> Int32 {
    guard let state else { return Code.raise }
    let core = RunCore.of(state)
    let call = LuaCall(state, nil)
    do throws(LuaFailure) {
        guard let source = try core.sources.source(of: try call.string(1)) else { return 0 }
        guard source.bytes.count <= core.limits.sourceBytesMax else { throw .source(source, core.limits) }
        guard source.bytes.withUnsafeBufferPointer({ state.push($0) }), state.push("@" + source.name) else {
            throw .memory
        }
        return 2
    } catch {
        return call.raise(error)
    }
}

private func nowHook(_ state: OpaquePointer?, _ owner: UnsafeMutableRawPointer?) -> Int32 {
    guard let state else { return Code.raise }
    let call = LuaCall(state, nil)
    do throws(LuaFailure) {
        let now = try RunCore.of(state).hooks.now()
        try call.push(now.seconds)
        try call.push(Int64(now.nanoseconds))
        return 2
    } catch {
        return call.raise(error)
    }
}

private func zoneHook(_ state: OpaquePointer?, _ owner: UnsafeMutableRawPointer?) -> Int32 {
    guard let state else { return Code.raise }
    let call = LuaCall(state, nil)
    do throws(LuaFailure) {
        let zone = RunCore.of(state).hooks.zone(lua_tointegerx(state, -1, nil))
        try call.push(Int64(zone.offsetSeconds))
        try call.push(zone.isDaylight)
        return 2
    } catch {
        return call.raise(error)
    }
}

private func seedHook(_ state: OpaquePointer?, _ owner: UnsafeMutableRawPointer?) -> Int32 {
    guard let state else { return Code.raise }
    let call = LuaCall(state, nil)
    do throws(LuaFailure) {
        let seed = try RunCore.of(state).hooks.seed()
        try call.push(Int64(bitPattern: seed.0))
        try call.push(Int64(bitPattern: seed.1))
        return 2
    } catch {
        return call.raise(error)
    }
}

/// The line to print is argument 1.
private func printHook(_ state: OpaquePointer?, _ owner: UnsafeMutableRawPointer?) -> Int32 {
    guard let state else { return Code.raise }
    let call = LuaCall(state, nil)
    do throws(LuaFailure) {
        try call.withBytes(1) { bytes throws(LuaFailure) in
            try RunCore.of(state).hooks.output(UnsafeRawBufferPointer(bytes))
        }
        return 0
    } catch {
        return call.raise(error)
    }
}

private func releaseHook(_ box: UnsafeMutableRawPointer?) {
    guard let box else { return }
    Unmanaged<AnyObject>.fromOpaque(box).release()
}
