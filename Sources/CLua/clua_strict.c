// Tables that refuse keys nobody declared: a misspelt setting is an error and not nil.
#include "clua_internal.h"

// Upvalues: the sentence's beginning, the set of declared names.
static int missing_key(lua_State *L) {
    lua_settop(L, 2);
    if (lua_type(L, 2) != LUA_TSTRING) return luaL_error(L, "%s of this kind", lua_tostring(L, lua_upvalueindex(1)));
    lua_pushvalue(L, 2);
    if (lua_rawget(L, lua_upvalueindex(2)) != LUA_TNIL) return 0;
    return luaL_error(L, "%s '%s'", lua_tostring(L, lua_upvalueindex(1)), lua_tostring(L, 2));
}

void clua_make_strict(lua_State *L, const char *sentence) {
    lua_createtable(L, 0, 2);
    lua_pushstring(L, sentence);
    lua_rotate(L, -3, -1);
    lua_pushcclosure(L, missing_key, 2);
    lua_setfield(L, -2, "__index");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
}
