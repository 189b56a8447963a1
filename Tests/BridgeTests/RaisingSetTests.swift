import Foundation
import Testing

@Suite("The raising part of Lua's C API")
struct RaisingSetTests {
    /// Every function that the Lua 5.4 manual marks m, v or e (§4.6, §5.1); macros by the function they stand for.
    static let manual: Set<String> = [
        "lua_arith", "lua_callk", "lua_closeslot", "lua_compare", "lua_concat", "lua_createtable", "lua_error",
        "lua_getfield", "lua_getglobal", "lua_geti", "lua_getinfo", "lua_gettable", "lua_len", "lua_newthread",
        "lua_newuserdatauv", "lua_next", "lua_pushcclosure", "lua_pushfstring", "lua_pushlstring", "lua_pushstring",
        "lua_pushvfstring", "lua_rawset", "lua_rawseti", "lua_rawsetp", "lua_setfield", "lua_setglobal", "lua_seti",
        "lua_settable", "lua_settop", "lua_toclose", "lua_tolstring", "lua_yieldk",
        "luaL_addgsub", "luaL_addlstring", "luaL_addstring", "luaL_addvalue", "luaL_argerror", "luaL_buffinitsize",
        "luaL_callmeta", "luaL_checkany", "luaL_checkinteger", "luaL_checklstring", "luaL_checknumber",
        "luaL_checkoption", "luaL_checkstack", "luaL_checktype", "luaL_checkudata", "luaL_checkversion_", "luaL_error",
        "luaL_execresult", "luaL_fileresult", "luaL_getmetafield", "luaL_getsubtable", "luaL_gsub", "luaL_len",
        "luaL_loadfilex", "luaL_newmetatable", "luaL_optinteger", "luaL_optlstring", "luaL_optnumber",
        "luaL_prepbuffsize", "luaL_pushresult", "luaL_pushresultsize", "luaL_ref", "luaL_requiref", "luaL_setfuncs",
        "luaL_testudata", "luaL_tolstring", "luaL_traceback", "luaL_typeerror", "luaL_where",
    ]

    /// Not marked, and taken from Swift all the same: they touch memory or the string they are given in C's way.
    static let beyondTheManual: Set<String> = [
        "lua_gc", "luaL_buffinit", "luaL_loadbufferx", "luaL_loadstring", "luaL_setmetatable", "luaL_unref",
    ]

    @Test("is out of Swift's reach, function by function as the manual marks it")
    func isUnavailable() throws {
        let header = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Sources/CLua/include/clua_raising.h")
        let text = try String(contentsOf: header, encoding: .utf8)
        let taken = text.matches(of: /\((luaL?_\w+)\)\(.*\) CLUA_RAISES;/).map { String($0.1) }
        #expect(taken.count == Set(taken).count, "no function twice")
        #expect(Set(taken).subtracting(RaisingSetTests.beyondTheManual) == RaisingSetTests.manual)
    }
}
