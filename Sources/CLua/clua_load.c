// `load` and `require`: text only, interruptible, and `require` only what the host has.
#include "clua_internal.h"
#include <stdio.h>

// The parser asks for its text in pieces, so that a long source meets the deadline between two of them.
enum { PIECE_BYTES = 4096, MODULE_NAME_MAX = 128 };

struct text {
    const char *bytes;
    size_t left;
};

static const char *next_piece(lua_State *L, void *opaque, size_t *size) {
    struct text *text = opaque;
    if (unlikely(clua_check_interrupt(L) && run_of(L)->grace == 0)) {
        lua_pushliteral(L, "stopped");
        lua_error(L);  // caught by lua_load; the armed hook goes on from there
    }
    const char *piece = text->bytes;
    *size = text->left < PIECE_BYTES ? text->left : PIECE_BYTES;
    text->bytes += *size;
    text->left -= *size;
    return *size == 0 ? NULL : piece;
}

int clua_load_text(lua_State *L, const char *bytes, size_t count, const char *chunkname) {
    struct text text = {bytes, count};
    return lua_load(L, next_piece, &text, chunkname, "t");
}

// Replaces the reader function at index 1 by all it gives, in one string.
static void read_all(lua_State *L) {
    luaL_Buffer buffer;
    lua_pushnil(L);  // slot of the piece
    int piece = lua_gettop(L);
    luaL_buffinit(L, &buffer);
    for (;;) {
        if (clua_check_interrupt(L)) clua_stop(L);
        lua_pushvalue(L, 1);
        lua_call(L, 0, 1);
        lua_replace(L, piece);
        if (lua_isnil(L, piece)) break;
        size_t size;
        if (lua_type(L, piece) != LUA_TSTRING) luaL_error(L, "reader function must return a string");
        const char *bytes = lua_tolstring(L, piece, &size);
        if (size == 0) break;
        luaL_addlstring(&buffer, bytes, size);
    }
    luaL_pushresult(&buffer);
    lua_replace(L, 1);
    lua_settop(L, piece - 1);
}

// load(chunk [, name [, mode [, env]]]): bytecode is refused whatever the mode says.
int clua_load(lua_State *L) {
    bool own_environment = !lua_isnone(L, 4);
    luaL_argexpected(L, lua_isstring(L, 1) || lua_isfunction(L, 1), 1, "string or function");
    const char *name = luaL_optstring(L, 2, lua_isstring(L, 1) ? lua_tostring(L, 1) : "=(load)");
    if (strchr(luaL_optstring(L, 3, "t"), 't') == NULL) {
        lua_pushnil(L);
        lua_pushliteral(L, "attempt to load a binary chunk: recipes load text only");
        return 2;
    }
    lua_settop(L, 4);
    if (lua_isfunction(L, 1)) read_all(L);
    size_t size;
    const char *bytes = lua_tolstring(L, 1, &size);
    int status = clua_load_text(L, bytes, size, name);
    if (unlikely(clua_check_interrupt(L))) clua_stop(L);
    if (status != LUA_OK) {
        lua_pushnil(L);
        lua_insert(L, -2);
        return 2;
    }
    if (own_environment) {
        lua_pushvalue(L, 4);
        lua_setupvalue(L, -2, 1);
    }
    return 1;
}

// -- require ---------------------------------------------------------------------------------------------------------

// Names are segments of letters, digits and underscores between dots: no slash, no "..", nothing absolute.
static bool is_module_name(const char *name, size_t length) {
    if (length == 0 || length > MODULE_NAME_MAX) return false;
    bool segment = false;
    for (size_t i = 0; i < length; i++) {
        char c = name[i];
        if (c == '.') {
            if (!segment) return false;
            segment = false;
        } else if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_') {
            segment = true;
        } else {
            return false;
        }
    }
    return segment;
}

static void push_loaded(lua_State *L) {
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &clua_key_loaded) == LUA_TTABLE) return;
    lua_pop(L, 1);
    lua_newtable(L);
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &clua_key_loaded);
}

// Stack: name, loaded, …, result. A module that gives nothing is `true`, as in stock Lua; while it loads it is `false`.
static int finish_require(lua_State *L, int status, lua_KContext context) {
    (void)context;
    lua_pushvalue(L, 1);
    if (status != LUA_OK && status != LUA_YIELD) {
        lua_pushnil(L);
        lua_rawset(L, 2);
        return lua_error(L);
    }
    if (lua_isnil(L, -2)) {
        lua_pushboolean(L, 1);
        lua_replace(L, -3);
    }
    lua_pushvalue(L, -2);
    lua_rawset(L, 2);
    return 1;
}

int clua_require(lua_State *L) {
    clua_run *run = run_of(L);
    size_t length, size;
    const char *name = luaL_checklstring(L, 1, &length);
    if (!is_module_name(name, length))
        return luaL_error(L, "require: '%s' is no module name: names are words between dots, as in \"lib.dialog\"",
                          name);
    lua_settop(L, 1);
    push_loaded(L);
    lua_pushvalue(L, 1);
    int found = lua_rawget(L, 2);
    if (found == LUA_TBOOLEAN && !lua_toboolean(L, -1))
        return luaL_error(L, "require: module '%s' requires itself, directly or through others", name);
    if (found != LUA_TNIL) return 1;
    lua_settop(L, 1);
    if (clua_call_hook(L, run->hooks.source) < 2) return luaL_error(L, "require: there is no module '%s'", name);
    push_loaded(L);
    lua_insert(L, 2);  // name, loaded, bytes, chunk name
    const char *bytes = lua_tolstring(L, 3, &size);
    int status = clua_load_text(L, bytes, size, lua_tostring(L, 4));
    if (unlikely(clua_check_interrupt(L))) clua_stop(L);
    if (status != LUA_OK) return lua_error(L);
    lua_pushvalue(L, 1);
    lua_pushboolean(L, 0);
    lua_rawset(L, 2);
    lua_pushvalue(L, 1);
    return finish_require(L, lua_pcallk(L, 1, 1, 0, 0, finish_require), 0);
}
