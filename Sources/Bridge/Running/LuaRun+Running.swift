import CLua
public import Wire

extension LuaRun {
    /// Runs a chunk from top to bottom. It may wait anywhere.
    public func run(_ source: LuaSource, isolation: isolated (any Actor)? = #isolation) async throws(LuaFailure) {
        try await busy { () async throws(LuaFailure) in
            try self.load(source)
            try await self.drive(arguments: 0, isolation: isolation)
        }
    }

    /// Runs a chunk as `run` does; what it returns first, or nil when that is nothing (or `nil`).
    public func reply(
        of source: LuaSource, isolation: isolated (any Actor)? = #isolation
    ) async throws(LuaFailure) -> JSONValue? {
        try Self.value(
            try await busy { () async throws(LuaFailure) -> [UInt8]? in
                try self.load(source)
                try await self.drive(arguments: 0, isolation: isolation)
                return try self.takeResult()
            })
    }

    /// Calls a handler; its first result, or nil when it gives none (or `nil`).
    public func call(
        _ function: LuaReference, _ arguments: [JSONValue], isolation: isolated (any Actor)? = #isolation
    ) async throws(LuaFailure) -> JSONValue? {
        try Self.value(try await callForJSON(function, arguments, isolation: isolation))
    }

    private static func value(_ json: [UInt8]?) throws(LuaFailure) -> JSONValue? {
        guard let json else { return nil }
        do throws(JSONFailure) {
            return try JSONValue(parsing: json)
        } catch {
            throw LuaFailure(kind: .host, message: "the reply cannot be read back: \(error)")
        }
    }

    /// As `call`, with the result as JSON bytes: no tree is built.
    public func callForJSON(
        _ function: LuaReference, _ arguments: [JSONValue], isolation: isolated (any Actor)? = #isolation
    ) async throws(LuaFailure) -> [UInt8]? {
        try await busy { () async throws(LuaFailure) -> [UInt8]? in
            try self.push(function, arguments)
            try await self.drive(arguments: Int32(arguments.count), isolation: isolation)
            return try self.takeResult()
        }
    }

    // -- Before -------------------------------------------------------------------------------------------------------

    /// Puts a chunk on a fresh root.
    private func load(_ source: LuaSource) throws(LuaFailure) {
        guard source.bytes.count <= limits.sourceBytesMax else { throw .source(source, limits) }
        let run = try opened()
        try enter { state throws(LuaFailure) in
            clua_fresh_root(state)
            let status = source.bytes.withUnsafeBytes { bytes in
                ("@" + source.name).withCString { name in
                    clua_load_text(state, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count, name)
                }
            }
            guard status == LUA_OK else {
                let message = state.text(at: -1) ?? "the chunk cannot be loaded"
                throw LuaFailure(text: message, kind: .syntax)
            }
            clua_xmove(state, clua_root(run), 1)
        }
    }

    private func push(_ function: LuaReference, _ arguments: [JSONValue]) throws(LuaFailure) {
        let run = try opened()
        guard function.queue === core.released else { throw .foreignReference }
        try enter { state throws(LuaFailure) in
            clua_fresh_root(state)
            guard lua_checkstack(state, Int32(clamping: arguments.count + 4)) != 0,
                lua_checkstack(clua_root(run), Int32(clamping: arguments.count + 4)) != 0
            else { throw .memory }
            clua_push_ref(state, function.slot)
            for argument in arguments {
                try ValueTransfer.push(argument, to: state, depthMax: self.limits.valueDepthMax)
            }
            clua_xmove(state, clua_root(run), Int32(arguments.count + 1))
        }
    }

    // -- After --------------------------------------------------------------------------------------------------------

    private func takeResult() throws(LuaFailure) -> [UInt8]? {
        let run = try opened()
        var result: [UInt8]?
        try enter { state throws(LuaFailure) in
            guard let root = clua_root(run), lua_gettop(root) > 0, lua_checkstack(root, 8) != 0 else { return }
            guard lua_type(root, 1) > LUA_TNIL else { return }
            result = try LuaCall(root, nil).json(1)
        }
        return result
    }
}

extension LuaFailure {
    static func source(_ source: LuaSource, _ limits: LuaLimits) -> LuaFailure {
        .limit(.source, limits.sourceBytesMax, in: source.name)
    }
}
