import CLua
import Wire

/// Trees of values to and from the Lua stack; small ones only: replies cross as JSON bytes.
enum ValueTransfer {
    /// Pushes one value, or throws with the stack as it was.
    static func push(_ value: JSONValue, to state: LuaState, depthMax: Int) throws(LuaFailure) {
        let top = lua_gettop(state)
        do throws(LuaFailure) {
            try place(value, state, depthMax, of: depthMax)
        } catch {
            clua_settop(state, top)
            throw error
        }
    }

    private static func place(_ value: JSONValue, _ state: LuaState, _ depth: Int, of depthMax: Int)
        throws(LuaFailure)
    {
        guard depth > 0 else { throw .limit(.depth, depthMax) }
        // The container, a key and a value.
        guard lua_checkstack(state, 4) != 0, clua_reserve(state, 64) else { throw .memory }
        switch value {
        case .null: clua_push_null(state)
        case .bool(let flag): lua_pushboolean(state, flag ? 1 : 0)
        case .integer(let integer): lua_pushinteger(state, integer)
        case .number(let number): lua_pushnumber(state, number)
        case .string(let text): guard state.push(text) else { throw .memory }
        case .array(let elements):
            clua_new_table(state, Int32(clamping: elements.count), 0)
            clua_mark_array(state)
            for (index, element) in elements.enumerated() {
                try place(element, state, depth - 1, of: depthMax)
                clua_rawseti(state, -2, Int64(index + 1))
            }
        case .object(let object):
            clua_new_table(state, 0, Int32(clamping: object.count))
            for (key, member) in object {
                guard state.push(key) else { throw .memory }
                try place(member, state, depth - 1, of: depthMax)
                clua_rawset(state, -3)
            }
        }
    }
}
