import CLua
import Wire

// How a run that did not end well says so.
extension LuaRun {
    /// After CLUA_STOPPED.
    func stopFailure() -> LuaFailure {
        guard let run = try? opened() else { return LuaFailure(kind: .cancelled, message: "the run was closed") }
        let place = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 128) { name in
            let line = clua_stopped_where(run, name.baseAddress, name.count)
            return name.baseAddress.flatMap {
                line > 0 ? LuaLocation(chunk: String(cString: $0), line: Int(line)) : nil
            }
        }
        return stopReason(clua_watch_reason(clua_watch_of(run))).located(at: place, traceback: traceback())
    }

    private func stopReason(_ reason: clua_reason) -> LuaFailure {
        switch reason {
        case CLUA_STOP_CPU: .limit(.cpu, limits.cpuMSMax)
        case CLUA_STOP_WALL: .limit(.wall, limits.wallMSMax)
        case CLUA_STOP_MEMORY: .limit(.memory, limits.memoryBytesMax)
        case CLUA_STOP_HOST:
            core.stopped ?? LuaFailure(kind: .host, message: "the host ended the run")
        default:
            LuaFailure(kind: .cancelled, message: "the run was cancelled")
        }
    }

    /// After CLUA_FAILED: the error value is on top of the root, whose frames are still there for a traceback.
    func scriptFailure() -> LuaFailure {
        guard let run = try? opened() else { return LuaFailure(kind: .cancelled, message: "the run was closed") }
        let trace = traceback()
        if clua_status(run) == LUA_ERRMEM { return stopReason(CLUA_STOP_MEMORY).located(at: nil, traceback: trace) }
        var failure: LuaFailure?
        var place: LuaLocation?
        var asksScript = false
        try? enter { state throws(LuaFailure) in
            guard let root = clua_root(run), lua_checkstack(root, 8) != 0 else { throw .memory }
            place = root.location()
            failure = LuaFailure(errorAt: -1, of: root)
            asksScript = clua_failure_kind(root, -1) < 0 && lua_getmetatable(root, -1) != 0
            if asksScript { clua_pop(root, 1) }
        }
        guard var failure else { return stopFailure() }
        if asksScript {
            switch rendered() {
            case .success(let text?): failure = LuaFailure(text: text, kind: .recipe).withFields(failure.fields)
            case .success(nil): break
            case .failure(let stop): return stop
            }
        }
        return failure.located(at: place, traceback: trace)
    }

    /// The error value's own `__tostring`, run as script code is: within the limits, on a root of its own. Nil when it
    /// fails or waits.
    private func rendered() -> Result<String?, LuaFailure> {
        guard let run = try? opened() else { return .success(nil) }
        let failed = clua_root(run)
        var text: String?
        do throws(LuaFailure) {
            try enter { state throws(LuaFailure) in
                guard lua_checkstack(state, 4) != 0 else { throw .memory }
                clua_xmove(failed, state, 1)
                clua_fresh_root(state)
                guard let root = clua_root(run) else { throw .memory }
                clua_push_to_text(root)
                clua_xmove(state, root, 1)
            }
            switch clua_resume(run, 1) {
            case CLUA_DONE: try enter { _ throws(LuaFailure) in text = clua_root(run)?.text(at: -1) }
            case CLUA_STOPPED: return .failure(stopFailure())
            default: core.drop()
            }
        } catch {
            return .failure(error)
        }
        return .success(text)
    }

    private func traceback() -> String? {
        guard let run = try? opened() else { return nil }
        var text: String?
        try? enter { state throws(LuaFailure) in
            guard lua_checkstack(state, 4) != 0 else { throw .memory }
            clua_push_traceback(state, clua_root(run))
            text = state.text(at: -1)
        }
        return text
    }
}

extension LuaFailure {
    fileprivate func withFields(_ fields: JSONObject) -> LuaFailure {
        LuaFailure(kind: kind, message: message, fields: fields, location: location, traceback: traceback)
    }
}
