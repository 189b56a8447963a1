// Values as text: no addresses, stable numbers instead, and a rendering of errors that runs no script.
#include "clua_internal.h"
#include <stdio.h>

int clua_where(lua_State *L, int level, char *name, size_t size) {
    lua_Debug ar;
    for (; lua_getstack(L, level, &ar); level++) {
        lua_getinfo(L, "Sl", &ar);
        if (ar.currentline <= 0) continue;
        const char *source = *ar.source == '@' || *ar.source == '=' ? ar.source + 1 : ar.short_src;
        if (size > 0) snprintf(name, size, "%s", source);
        return ar.currentline;
    }
    return -1;
}

// The object's number among those that were ever shown: 1, 2, … in the order of showing.
static lua_Integer number_of(lua_State *L, int i) {
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &clua_key_ids) != LUA_TTABLE) {
        lua_pop(L, 1);
        lua_newtable(L);
        lua_rawgetp(L, LUA_REGISTRYINDEX, &clua_key_weak);
        lua_setmetatable(L, -2);
        lua_pushvalue(L, -1);
        lua_rawsetp(L, LUA_REGISTRYINDEX, &clua_key_ids);
    }
    lua_pushvalue(L, i);
    lua_Integer number;
    if (lua_rawget(L, -2) == LUA_TNUMBER) {
        number = lua_tointeger(L, -1);
    } else {
        // The count is under `true`, which no object can be.
        lua_pushboolean(L, 1);
        lua_rawget(L, -3);
        number = lua_tointeger(L, -1) + 1;
        lua_pop(L, 1);
        lua_pushboolean(L, 1);
        lua_pushinteger(L, number);
        lua_rawset(L, -4);
        lua_pushvalue(L, i);
        lua_pushinteger(L, number);
        lua_rawset(L, -4);
    }
    lua_pop(L, 2);
    return number;
}

const char *clua_tolstring(lua_State *L, int i, size_t *count) {
    i = lua_absindex(L, i);
    if (luaL_callmeta(L, i, "__tostring")) {
        if (!lua_isstring(L, -1)) luaL_error(L, "'__tostring' must return a string");
        return lua_tolstring(L, -1, count);
    }
    switch (lua_type(L, i)) {
    case LUA_TNIL:
    case LUA_TBOOLEAN:
    case LUA_TNUMBER:
    case LUA_TSTRING:
        return luaL_tolstring(L, i, count);
    case LUA_TLIGHTUSERDATA:
        if (clua_is_null(L, i)) lua_pushliteral(L, "null");
        else lua_pushliteral(L, "userdata");
        break;
    default: {
        int named = luaL_getmetafield(L, i, "__name");
        const char *kind = named == LUA_TSTRING ? lua_tostring(L, -1) : luaL_typename(L, i);
        lua_pushfstring(L, "%s: #%I", kind, number_of(L, i));
        if (named != LUA_TNIL) lua_remove(L, -2);
    }
    }
    return lua_tolstring(L, -1, count);
}

static int to_text(lua_State *L) {
    lua_settop(L, 1);
    clua_tolstring(L, 1, NULL);
    return 1;
}

void clua_push_to_text(lua_State *L) { lua_pushcfunction(L, to_text); }

void clua_describe(lua_State *L, int i) {
    switch (lua_type(L, i)) {
    case LUA_TSTRING:
        lua_pushvalue(L, i);
        break;
    case LUA_TNIL:
        lua_pushliteral(L, "error without a value (nil)");
        break;
    case LUA_TNUMBER:
    case LUA_TBOOLEAN:
        luaL_tolstring(L, i, NULL);
        break;
    default:
        lua_pushfstring(L, "error with a %s as its value", luaL_typename(L, i));
    }
}

void clua_push_traceback(lua_State *L, lua_State *of) { luaL_traceback(L, of, NULL, 0); }
