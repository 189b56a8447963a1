import CLua
import Wire

/// The Lua module `json`.
public enum LuaJSONModule {
    public static var declarations: [FunctionDeclaration] {
        [
            FunctionDeclaration(
                "json.decode", "Reads a JSON text. null becomes json.null; an empty array stays one.",
                parameters: [Parameter("text", .string, "One JSON value in UTF-8.")],
                results: [ResultDoc("value", .any, "A table, string, number, boolean or json.null.")],
                errors: ["The text is not JSON: code JSON, with the byte's offset."],
                example: #"local deal = json.decode('{"ID":"7"}')"#,
                body: .immediate { call throws(LuaFailure) in
                    try call.withBytes(1) { bytes throws(LuaFailure) in try call.push(json: bytes) }
                }),
            FunctionDeclaration(
                "json.encode", "Writes a value as compact JSON, object keys in byte order.",
                parameters: [Parameter("value", .any, "A table, string, number, boolean, nil or json.null.")],
                results: [ResultDoc("text", .string, "JSON in UTF-8.")],
                errors: ["The value has no JSON form: the message names the place in it, such as fields.PHONE[2]."],
                example: "print(json.encode { TITLE = 'New deal', TAGS = json.array {} })",
                body: .immediate { call throws(LuaFailure) in
                    try call.withJSON(1) { bytes throws(LuaFailure) in try call.push(bytes: bytes) }
                }),
            FunctionDeclaration(
                "json.array", "Marks a table as a list, so that it is written as [] when it is empty.",
                parameters: [Parameter("list", .table, optional: true, "The table to mark; a new one by default.")],
                results: [ResultDoc("list", .table, "The same table.")],
                errors: ["The table has a metatable already."],
                example: "b24.crm.deal.update { ID = 7, fields = { UF_TAGS = json.array {} } }",
                body: .immediate { call throws(LuaFailure) in try call.pushMarkedArray(1) }),
        ]
    }
}

extension LuaRun {
    /// Installs the module `json`. A library made of `LuaJSONModule.declarations` once serves many runs.
    public func installJSON(_ library: LuaLibrary = LuaLibrary(LuaJSONModule.declarations)) throws(LuaFailure) {
        try install(library)
        try enter { state throws(LuaFailure) in
            guard lua_checkstack(state, 4) != 0 else { throw .memory }
            clua_push_globals(state)
            guard clua_rawget_text(state, -1, "json") == LUA_TTABLE else { return }
            clua_push_null(state)
            clua_rawset_text(state, -2, "null")
        }
    }
}

extension LuaCall {
    fileprivate func pushMarkedArray(_ i: Int32) throws(LuaFailure) {
        guard lua_checkstack(state, 4) != 0, clua_reserve(state, 64) else { throw .memory }
        if lua_type(state, i) == LUA_TTABLE {
            lua_pushvalue(state, i)
            if clua_is_array(state, -1) { return }
            if lua_getmetatable(state, -1) != 0 {
                clua_pop(state, 2)
                throw badArgument(Int(i), problem: "the table has a metatable already")
            }
        } else {
            clua_new_table(state, 0, 0)
        }
        clua_mark_array(state)
    }
}
