import CLua

/// A `lua_State *`. Everything here is for use in grace, inside a trampoline, where nothing raises.
typealias LuaState = OpaquePointer

extension LuaState {
    /// The bytes of the string at `index`, as text; invalid UTF-8 repaired. Nil when it is no string.
    func text(at index: Int32) -> String? {
        var count = 0
        guard let bytes = clua_bytes(self, index, &count) else { return nil }
        return bytes.withMemoryRebound(to: UInt8.self, capacity: count) {
            String(decoding: UnsafeBufferPointer(start: $0, count: count), as: UTF8.self)
        }
    }

    /// Pushes text. False when the run has no memory for it; then nothing is pushed.
    func push(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { push($0) }
    }

    func push(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard lua_checkstack(self, 2) != 0, clua_reserve(self, bytes.count) else { return false }
        guard let base = bytes.baseAddress else {
            clua_push_text(self, "")
            return true
        }
        base.withMemoryRebound(to: CChar.self, capacity: bytes.count) { clua_push_bytes(self, $0, bytes.count) }
        return true
    }

    /// The place of the script code that is running: of the nearest frame from `level` on.
    func location(from level: Int32 = 0) -> LuaLocation? {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { name in
            let line = clua_where(self, level, name.baseAddress, name.count)
            guard line > 0, let base = name.baseAddress else { return nil }
            return LuaLocation(chunk: String(cString: base), line: Int(line))
        }
    }

    func typeName(at index: Int32) -> String {
        if clua_is_null(self, index) { return "null" }
        if clua_is_path(self, index) { return "a method path" }
        switch lua_type(self, index) {
        case LUA_TNONE: return "nothing"
        default: return String(cString: lua_typename(self, lua_type(self, index)))
        }
    }
}

/// What a function tells C to do once its frame is gone.
enum Code {
    static var raise: Int32 { Int32(CLUA_RAISE) }
    static var await: Int32 { Int32(CLUA_AWAIT) }
    static var stop: Int32 { Int32(CLUA_STOP) }
    static var pushed: Int32 { Int32(CLUA_PUSHED) }
}
