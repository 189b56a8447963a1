// What a recipe finds in its globals: a whitelist. Stock functions are taken from one stock state that is opened once
// in the life of the process; as all of them are light C functions, a state takes them by pointer.
#include "clua_internal.h"
#include <pthread.h>
#include <stdlib.h>

struct library {
    const char *name;  // NULL: globals
    const char *const *functions;
};

static const char *const base[] = {
    "assert", "error",  "getmetatable", "ipairs", "pcall", "rawequal", "rawget", "rawlen",
    "rawset", "select", "tonumber",     "type",   "xpcall", NULL};
static const char *const math[] = {"abs", "acos", "asin", "atan", "ceil", "cos", "deg", "exp", "floor", "fmod", "log",
                                   "max", "min", "modf", "rad", "sin", "sqrt", "tan", "tointeger", "type", "ult", NULL};
static const char *const utf8[] = {"char", "codepoint", "codes", "len", "offset", NULL};
static const char *const debug[] = {"traceback", NULL};

enum { LIBRARIES = 4, FUNCTIONS_MAX = 32 };
static const struct library libraries[LIBRARIES] = {{NULL, base}, {"math", math}, {"utf8", utf8}, {"debug", debug}};
static lua_CFunction stock[LIBRARIES][FUNCTIONS_MAX];
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void take_stock(void) {
    lua_State *L = luaL_newstate();
    if (L == NULL) abort();
    luaL_openlibs(L);
    for (int i = 0; i < LIBRARIES; i++) {
        lua_getglobal(L, libraries[i].name != NULL ? libraries[i].name : "_G");
        for (int j = 0; libraries[i].functions[j] != NULL; j++) {
            lua_getfield(L, -1, libraries[i].functions[j]);
            stock[i][j] = lua_tocfunction(L, -1);
            lua_pop(L, 1);
        }
        lua_pop(L, 1);
    }
    lua_close(L);
}

static void set_functions(lua_State *L, int library) {
    for (int j = 0; libraries[library].functions[j] != NULL; j++) {
        lua_pushstring(L, libraries[library].functions[j]);
        lua_pushcfunction(L, stock[library][j]);
        lua_rawset(L, -3);
    }
}

static int print(lua_State *L) {
    clua_run *run = run_of(L);
    int count = lua_gettop(L);
    if (count == 0) lua_pushnil(L);  // a slot for the line
    luaL_Buffer line;
    luaL_buffinit(L, &line);
    for (int i = 1; i <= count; i++) {
        if (i > 1) luaL_addchar(&line, '\t');
        clua_tolstring(L, i, NULL);
        luaL_addvalue(&line);
    }
    luaL_addchar(&line, '\n');
    luaL_pushresult(&line);
    lua_replace(L, 1);
    lua_settop(L, 1);
    clua_call_hook(L, run->hooks.print);
    return 0;
}

static int tostring(lua_State *L) {
    luaL_checkany(L, 1);
    clua_tolstring(L, 1, NULL);
    return 1;
}

// A finalizer runs at odd moments and with hooks off, where no limit reaches it: recipes have none. Lua looks for
// `__gc` only here, when the metatable is set.
static int set_metatable(lua_State *L) {
    int type = lua_type(L, 2);
    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_argexpected(L, type == LUA_TNIL || type == LUA_TTABLE, 2, "nil or table");
    if (luaL_getmetafield(L, 1, "__metatable") != LUA_TNIL) return luaL_error(L, "cannot change a protected metatable");
    if (type == LUA_TTABLE) {
        lua_pushliteral(L, "__gc");
        if (lua_rawget(L, 2) != LUA_TNIL)
            return luaL_error(L, "a metatable with __gc is not available to recipes: use a variable marked <close>");
    }
    lua_settop(L, 2);
    lua_setmetatable(L, 1);
    return 1;
}

// Tables of recipes are never weak. What weak tables hold depends on when the collector ran, which a run must not show;
// and a collection of ephemeron tables takes quadratic time, also under a host function, where nothing may leave it.
// Lua reads `__mode` at each collection, however it got into the metatable, so refusing it in setmetatable would not
// do: here Lua's own copy of the name gets other bytes. It is interned: no other string is taken for it, since strings
// are looked for by their hash, and the new bytes are chosen to lie elsewhere. The one metatable made before, for
// tables of C's own, keeps its meaning.
static void take_mode_away(lua_State *L) {
    lua_createtable(L, 0, 1);
    lua_pushliteral(L, "k");
    lua_setfield(L, -2, "__mode");
    lua_rawsetp(L, LUA_REGISTRYINDEX, &clua_key_weak);
    char *name = (char *)lua_pushliteral(L, "__mode");
    bool found = true;
    while (found) {
        name[0]++;
        lua_pushlstring(L, name, 6);
        found = lua_tostring(L, -1) == name;
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
}

static void set_library(lua_State *L, const char *name) {
    lua_pushstring(L, name);
    lua_insert(L, -2);
    lua_rawset(L, 1);
}

// Leaves nothing; the globals are at index 1 meanwhile.
int clua_open_sandbox(lua_State *L) {
    static const luaL_Reg own[] = {{"load", clua_load},       {"print", print},       {"require", clua_require},
                                   {"tostring", tostring}, {"setmetatable", set_metatable}, {NULL, NULL}};
    pthread_once(&once, take_stock);
    take_mode_away(L);  // first: the table of strings is at its smallest and only grows
    lua_createtable(L, 0, 48);
    lua_insert(L, 1);
    lua_pushvalue(L, 1);
    lua_rawseti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
    set_functions(L, 0);
    luaL_setfuncs(L, own, 0);
    lua_pushvalue(L, 1);
    set_library(L, "_G");
    lua_pushliteral(L, "Lua 5.4");
    set_library(L, "_VERSION");

    lua_createtable(L, 0, 28);
    set_functions(L, 1);
    lua_pushnumber(L, 3.141592653589793238462643383279502884);
    lua_setfield(L, -2, "pi");
    lua_pushnumber(L, (lua_Number)__builtin_huge_val());
    lua_setfield(L, -2, "huge");
    lua_pushinteger(L, LUA_MAXINTEGER);
    lua_setfield(L, -2, "maxinteger");
    lua_pushinteger(L, LUA_MININTEGER);
    lua_setfield(L, -2, "mininteger");
    clua_open_random(L);
    set_library(L, "math");

    lua_createtable(L, 0, 6);
    set_functions(L, 2);
    lua_pushlstring(L, "[\0-\x7F\xC2-\xFD][\x80-\xBF]*", 14);
    lua_setfield(L, -2, "charpattern");
    set_library(L, "utf8");

    lua_createtable(L, 0, 1);
    set_functions(L, 3);
    set_library(L, "debug");

    clua_open_table(L);
    set_library(L, "table");
    clua_open_string(L);
    set_library(L, "string");
    clua_open_coroutine(L);
    set_library(L, "coroutine");
    clua_open_os(L);
    set_library(L, "os");
    clua_open_order(L);
    lua_settop(L, 0);
    return 0;
}
