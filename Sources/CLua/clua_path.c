// Callable paths: b24.crm.deal.list{…} is a call by the name "crm.deal.list". Each dot makes a small userdata once,
// which its parent keeps; scripts can neither write to one nor see inside.
#include "clua_internal.h"
#include <stdio.h>

enum { SEGMENT_BYTES_MAX = 64, PATH_BYTES_MAX = 200, CHILDREN = 1 };

struct path {
    int entry;
    uint16_t root_length, length;
    char text[];  // "b24.crm.deal", NUL
};

bool clua_is_path(lua_State *L, int i) {
    if (lua_type(L, i) != LUA_TUSERDATA || !lua_getmetatable(L, i)) return false;
    lua_rawgetp(L, LUA_REGISTRYINDEX, &clua_key_path);
    bool equal = lua_rawequal(L, -1, -2);
    lua_pop(L, 2);
    return equal;
}

static struct path *check_path(lua_State *L) {
    if (!clua_is_path(L, 1)) luaL_error(L, "not a method path");
    return lua_touserdata(L, 1);
}

// Pushes the path `parent`.`segment` with the metatable at `metatable`.
static void push_path(lua_State *L, const struct path *parent, const char *segment, size_t size, int metatable) {
    struct path *path = lua_newuserdatauv(L, sizeof *path + parent->length + 1 + size + 1, 1);
    path->entry = parent->entry;
    path->root_length = parent->root_length;
    path->length = (uint16_t)(parent->length + 1 + size);
    memcpy(path->text, parent->text, parent->length);
    path->text[parent->length] = '.';
    memcpy(path->text + parent->length + 1, segment, size);
    path->text[path->length] = 0;
    lua_pushvalue(L, metatable);
    lua_setmetatable(L, -2);
}

static bool is_segment(const char *s, size_t size) {
    if (size == 0 || size > SEGMENT_BYTES_MAX) return false;
    for (size_t i = 0; i < size; i++) {
        char c = s[i];
        if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_')) return false;
    }
    return true;
}

static int path_index(lua_State *L) {
    struct path *path = check_path(L);
    lua_settop(L, 2);
    if (lua_getiuservalue(L, 1, CHILDREN) != LUA_TTABLE) {
        lua_createtable(L, 0, 1);
        lua_pushvalue(L, -1);
        lua_setiuservalue(L, 1, CHILDREN);
        lua_replace(L, 3);
    }
    lua_pushvalue(L, 2);
    if (lua_rawget(L, 3) != LUA_TNIL) return 1;
    size_t size = 0;
    const char *segment = lua_type(L, 2) == LUA_TSTRING ? lua_tolstring(L, 2, &size) : NULL;
    if (segment == NULL || !is_segment(segment, size) || path->length + 1 + size > PATH_BYTES_MAX)
        return luaL_error(L, "%s: a method's name is words between dots, as in crm.deal.list", path->text);
    lua_getmetatable(L, 1);
    push_path(L, path, segment, size, lua_gettop(L));
    lua_pushvalue(L, 2);
    lua_pushvalue(L, -2);
    lua_rawset(L, 3);
    return 1;
}

static int path_call(lua_State *L) {
    struct path *path = check_path(L);
    clua_run *run = run_of(L);
    if (path->length == path->root_length)
        return luaL_error(L, "%s is no function: name a method, as in %s.crm.deal.list{…}", path->text, path->text);
    if (clua_is_path(L, 2)) return luaL_error(L, "%s: call it with a dot, not with a colon", path->text);
    clua_require_waiting(L, run, path->text);
    lua_pushlstring(L, path->text + path->root_length + 1, path->length - path->root_length - 1u);
    lua_remove(L, 1);
    // The name is on top for the body to take; its arguments are what is below.
    return clua_dispatch(L, run, &run->entries[path->entry], lua_gettop(L) - 1, clua_complete);
}

static int path_newindex(lua_State *L) {
    struct path *path = check_path(L);
    return luaL_error(L, "%s cannot be changed", path->text);
}

static int path_tostring(lua_State *L) {
    struct path *path = check_path(L);
    lua_pushlstring(L, path->text, path->length);
    return 1;
}

void clua_push_path(lua_State *L, const char *name, int entry) {
    static const luaL_Reg metamethods[] = {{"__index", path_index},       {"__call", path_call},
                                           {"__newindex", path_newindex}, {"__tostring", path_tostring},
                                           {NULL, NULL}};
    size_t size = strnlen(name, SEGMENT_BYTES_MAX);
    struct path *path = lua_newuserdatauv(L, sizeof *path + size + 1, 1);
    path->entry = entry;
    path->root_length = path->length = (uint16_t)size;
    memcpy(path->text, name, size);
    path->text[size] = 0;
    lua_insert(L, -2);
    lua_setiuservalue(L, -2, CHILDREN);
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &clua_key_path) != LUA_TTABLE) {
        lua_pop(L, 1);
        luaL_newlib(L, metamethods);
        lua_pushliteral(L, "path");
        lua_setfield(L, -2, "__metatable");
        lua_pushvalue(L, -1);
        lua_rawsetp(L, LUA_REGISTRYINDEX, &clua_key_path);
    }
    lua_setmetatable(L, -2);
}
