// Failures in Lua: plain tables {code, message, …, where} with a metatable per kind, `tostring` is one line.
#include "clua_internal.h"

enum { KINDS = sizeof clua_key_failure };

static int failure_tostring(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    lua_pushliteral(L, "where");
    lua_rawget(L, 1);
    lua_pushliteral(L, "message");
    lua_rawget(L, 1);
    clua_tolstring(L, 3, NULL);
    if (lua_type(L, 2) != LUA_TSTRING) return 1;
    lua_pushfstring(L, "%s: %s", lua_tostring(L, 2), lua_tostring(L, 4));
    return 1;
}

static int failure_concat(lua_State *L) {
    lua_settop(L, 2);
    clua_tolstring(L, 1, NULL);
    clua_tolstring(L, 2, NULL);
    lua_concat(L, 2);
    return 1;
}

void clua_mark_failure(lua_State *L, int kind) {
    const void *key = &clua_key_failure[(unsigned)kind % KINDS];
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, key) != LUA_TTABLE) {
        lua_pop(L, 1);
        lua_createtable(L, 0, 4);
        lua_pushcfunction(L, failure_tostring);
        lua_setfield(L, -2, "__tostring");
        lua_pushcfunction(L, failure_concat);
        lua_setfield(L, -2, "__concat");
        lua_pushliteral(L, "failure");
        lua_setfield(L, -2, "__metatable");
        lua_pushliteral(L, "failure");
        lua_setfield(L, -2, "__name");
        lua_pushvalue(L, -1);
        lua_rawsetp(L, LUA_REGISTRYINDEX, key);
    }
    lua_setmetatable(L, -2);
}

int clua_failure_kind(lua_State *L, int i) {
    if (!lua_istable(L, i) || !lua_getmetatable(L, i)) return -1;
    int found = -1;
    for (int kind = 0; kind < KINDS && found < 0; kind++) {
        lua_rawgetp(L, LUA_REGISTRYINDEX, &clua_key_failure[kind]);
        if (lua_rawequal(L, -1, -2)) found = kind;
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
    return found;
}
