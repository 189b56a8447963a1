import CLua
public import Wire

/// One call of a host function: its arguments, from 1, and the place where its results go.
///
/// It is valid until the function returns; it cannot be kept. Pushing happens in grace: going over the memory limit
/// ends the run when the function has returned.
public struct LuaCall: ~Copyable {
    let state: LuaState
    /// The function's box, or nil where a call stands for none.
    private let box: UnsafeMutableRawPointer?

    init(_ state: LuaState, _ box: UnsafeMutableRawPointer?) {
        self.state = state
        self.box = box
    }

    // -- Arguments ----------------------------------------------------------------------------------------------------

    public var argumentCount: Int { Int(lua_gettop(state)) }

    /// Nothing or `nil` there.
    public func isAbsent(_ i: Int) -> Bool { lua_type(state, Int32(i)) <= LUA_TNIL }

    /// `json.null` there.
    public func isNull(_ i: Int) -> Bool { clua_is_null(state, Int32(i)) }

    /// What kind of value is there: nil for nothing, `nil` and `null`; `integer` for numbers with an integer value.
    public func type(_ i: Int) -> LuaType? {
        switch lua_type(state, Int32(i)) {
        case LUA_TBOOLEAN: .boolean
        case LUA_TNUMBER: lua_isinteger(state, Int32(i)) != 0 ? .integer : .number
        case LUA_TSTRING: .string
        case LUA_TTABLE: .table
        case LUA_TFUNCTION: .function
        case LUA_TUSERDATA, LUA_TTHREAD: .any
        default: nil
        }
    }

    public func integer(_ i: Int) throws(LuaFailure) -> Int64 {
        var ok = false
        let value = clua_integer(state, Int32(i), &ok)
        guard ok else { throw badArgument(i, expected: "integer") }
        return value
    }

    public func number(_ i: Int) throws(LuaFailure) -> Double {
        var ok = false
        let value = clua_number(state, Int32(i), &ok)
        guard ok else { throw badArgument(i, expected: "number") }
        return value
    }

    public func boolean(_ i: Int) throws(LuaFailure) -> Bool {
        guard lua_type(state, Int32(i)) == LUA_TBOOLEAN else { throw badArgument(i, expected: "boolean") }
        return lua_toboolean(state, Int32(i)) != 0
    }

    /// Text; a number reads as its text. Bytes that are not UTF-8 are a failure.
    public func string(_ i: Int) throws(LuaFailure) -> String {
        let text: String?? = try withBytes(i) { String(validating: $0, as: UTF8.self) }
        guard let valid = text ?? nil else { throw badArgument(i, problem: "the text is not valid UTF-8") }
        return valid
    }

    /// The bytes of a string (or of a number's text), valid inside `body`.
    public func withBytes<R>(_ i: Int, _ body: (UnsafeBufferPointer<UInt8>) throws(LuaFailure) -> R)
        throws(LuaFailure) -> R
    {
        var count = 0
        guard let bytes = clua_bytes_or_number(state, Int32(i), &count) else {
            throw badArgument(i, expected: "string")
        }
        let raw = UnsafeRawPointer(bytes).assumingMemoryBound(to: UInt8.self)
        return try body(UnsafeBufferPointer(start: raw, count: count))
    }

    /// A function to call later with `LuaRun.call`.
    public func function(_ i: Int) throws(LuaFailure) -> LuaReference {
        guard lua_type(state, Int32(i)) == LUA_TFUNCTION else { throw badArgument(i, expected: "function") }
        lua_pushvalue(state, Int32(i))
        return LuaReference(slot: clua_ref(state), queue: RunCore.of(state).released)
    }

    /// Where the script called.
    public var location: LuaLocation? { state.location() }

    /// Where the script called a function that is written in Lua, in the chunk of that name, and calls this one.
    public func location(outside chunk: String) -> LuaLocation? {
        // Functions of the host's that are written in Lua call each other no deeper.
        for level in Int32(0)..<16 {
            guard let place = state.location(from: level) else { return nil }
            if place.chunk != chunk { return place }
        }
        return nil
    }

    /// The function's name as declared: `slots.open`.
    public var functionName: String { box.map { FunctionBox.of($0).takeUnretainedValue().name } ?? "the function" }

    // -- Results ------------------------------------------------------------------------------------------------------

    public func push(_ value: Int64) throws(LuaFailure) {
        try room()
        lua_pushinteger(state, value)
    }

    public func push(_ value: Double) throws(LuaFailure) {
        try room()
        lua_pushnumber(state, value)
    }

    public func push(_ value: Bool) throws(LuaFailure) {
        try room()
        lua_pushboolean(state, value ? 1 : 0)
    }

    public func push(_ value: String) throws(LuaFailure) {
        guard state.push(value) else { throw .memory }
    }

    public func push(bytes: UnsafeBufferPointer<UInt8>) throws(LuaFailure) {
        guard state.push(bytes) else { throw .memory }
    }

    public func pushNil() throws(LuaFailure) {
        try room()
        lua_pushnil(state)
    }

    /// `.null` becomes `json.null`, an empty array stays one.
    public func push(_ value: JSONValue) throws(LuaFailure) {
        try ValueTransfer.push(value, to: state, depthMax: RunCore.of(state).limits.valueDepthMax)
    }

    public func push(_ reference: LuaReference) throws(LuaFailure) {
        try room()
        guard reference.queue === RunCore.of(state).released else { throw .foreignReference }
        clua_push_ref(state, reference.slot)
    }

    /// A table `{code, message, …}` as a failure gives when it is raised, as a value.
    public func push(_ failure: LuaFailure) throws(LuaFailure) { try failure.push(to: state) }

    /// Pushes an iterator for `for element, position in …`: each operation completes with one array (a page) or `nil`
    /// at the end.
    public func pushIterator(_ next: @escaping () -> Operation) throws(LuaFailure) {
        try room()
        let box = Unmanaged.passRetained(IteratorBox(next))
        functionName.withCString { clua_push_iterator(state, nextPage, box.toOpaque(), $0) }
    }

    private func room() throws(LuaFailure) {
        guard lua_checkstack(state, 2) != 0 else { throw .memory }
    }

    // -- Failures -----------------------------------------------------------------------------------------------------

    /// "bad argument 'calls' to b24.batch: expected table, got string".
    public func badArgument(_ i: Int, expected: String) -> LuaFailure {
        badArgument(i, problem: "expected \(expected), got \(state.typeName(at: Int32(i)))")
    }

    public func badArgument(_ i: Int, problem: String) -> LuaFailure {
        let parameters = box.map { FunctionBox.of($0).takeUnretainedValue().parameters } ?? []
        let name = i >= 1 && i <= parameters.count ? parameters[i - 1].name : "#\(i)"
        return LuaFailure(
            kind: .argument, message: "bad argument '\(name)' to \(functionName): \(problem)",
            fields: ["code": "ARGUMENT", "argument": .string(name)], location: location)
    }

    /// Leaves the failure for C to raise, or ends the run where no `pcall` may catch it.
    func raise(_ failure: LuaFailure) -> Int32 {
        let isMemory = failure.kind == .limit(.memory)
        let known = isMemory ? LuaFailure.limit(.memory, RunCore.of(state).limits.memoryBytesMax) : failure
        let placed = known.located(at: location)
        if !failure.endsTheRun, (try? placed.push(to: state)) != nil { return Code.raise }
        RunCore.of(state).stopped = placed
        clua_run_stop(state, CLUA_STOP_HOST)
        return Code.stop
    }
}

extension LuaFailure {
    static var memory: LuaFailure {
        LuaFailure(
            kind: .limit(.memory), message: "limit 'memory' reached", fields: ["code": "LIMIT", "limit": "memory"])
    }

    static var foreignReference: LuaFailure {
        LuaFailure(kind: .host, message: "a function of one run was given to another")
    }
}

/// The pages of an iterator; Lua holds it until the iterator is collected.
final class IteratorBox {
    let next: () -> Operation

    init(_ next: @escaping () -> Operation) {
        self.next = next
        LiveObjects.add(1)
    }

    deinit { LiveObjects.add(-1) }
}

private func nextPage(_ state: OpaquePointer?, _ box: UnsafeMutableRawPointer?) -> Int32 {
    guard let state, let box else { return Code.raise }
    RunCore.of(state).park(Unmanaged<IteratorBox>.fromOpaque(box).takeUnretainedValue().next(), nil)
    return Code.await
}
