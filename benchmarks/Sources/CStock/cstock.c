#include "cstock.h"
#include <lua5.4/lauxlib.h>
#include <lua5.4/lua.h>
#include <lua5.4/lualib.h>

static int increment(lua_State *L) {
    lua_pushinteger(L, luaL_checkinteger(L, 1) + 1);
    return 1;
}

void *stock_open(void) {
    lua_State *L = luaL_newstate();
    if (!L) return NULL;
    luaL_openlibs(L);
    lua_register(L, "increment", increment);
    return L;
}

void stock_close(void *state) { lua_close(state); }

void stock_set(void *state, const char *name, const char *text, size_t count) {
    lua_pushlstring(state, text, count);
    lua_setglobal(state, name);
}

const char *stock_run(void *state, const char *script) {
    lua_settop(state, 0);
    if (luaL_dostring(state, script) == LUA_OK) return NULL;
    const char *message = lua_tostring(state, -1);
    return message ? message : "an error that is no text";
}
