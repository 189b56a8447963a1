import CLua
public import Wire

extension LuaCall {
    /// A tree of the argument's value.
    public func value(_ i: Int) throws(LuaFailure) -> JSONValue {
        let bytes = try json(i)
        do throws(JSONFailure) {
            return try JSONValue(parsing: bytes)
        } catch {
            throw badArgument(i, problem: error.message)
        }
    }

    public func json(_ i: Int) throws(LuaFailure) -> [UInt8] {
        var writer = JSONWriter()
        try write(Int32(i), &writer, RunCore.of(state).limits.valueDepthMax)
        return writer.bytes
    }

    private func write(_ index: Int32, _ writer: inout JSONWriter, _ depth: Int) throws(LuaFailure) {
        guard depth > 0, lua_checkstack(state, 4) != 0 else {
            throw LuaFailure(kind: .limit(.depth), message: "a value is nested deeper than the limit (depth) allows")
        }
        switch lua_type(state, index) {
        case LUA_TNONE, LUA_TNIL: writer.null()
        case LUA_TBOOLEAN: writer.bool(lua_toboolean(state, index) != 0)
        case LUA_TNUMBER where lua_isinteger(state, index) != 0: writer.integer(lua_tointegerx(state, index, nil))
        case LUA_TNUMBER: _ = writer.number(lua_tonumberx(state, index, nil))
        case LUA_TSTRING: writer.string(state.text(at: index) ?? "")
        case LUA_TTABLE: try writeTable(lua_absindex(state, index), &writer, depth)
        default:
            guard clua_is_null(state, index) else {
                throw badArgument(Int(index), problem: "a \(state.typeName(at: index)) has no JSON form")
            }
            writer.null()
        }
    }

    private func writeTable(_ table: Int32, _ writer: inout JSONWriter, _ depth: Int) throws(LuaFailure) {
        let count = lua_rawlen(state, table)
        if count > 0 || clua_is_array(state, table) {
            writer.beginArray()
            for element in 0..<count {
                lua_rawgeti(state, table, Int64(element + 1))
                try write(-1, &writer, depth - 1)
                clua_pop(state, 1)
            }
            writer.endArray()
            return
        }
        writer.beginObject()
        lua_pushnil(state)
        while clua_rawnext(state, table) != 0 {
            guard let key = state.text(at: -2) else { throw badArgument(0, problem: "a key is not text") }
            writer.key(key)
            try write(-1, &writer, depth - 1)
            clua_pop(state, 1)
        }
        writer.endObject()
    }

    public func push(json bytes: [UInt8]) throws(LuaFailure) {
        let value: JSONValue
        do throws(JSONFailure) {
            value = try JSONValue(parsing: bytes)
        } catch {
            throw LuaFailure(kind: .host, message: error.message)
        }
        try push(value)
    }
}
