// Iterators over pages: Swift brings one array at a time, C hands out its elements.
#include "clua_internal.h"

struct iterator {
    clua_function next;
    void *box;
    char name[64];
};

enum { BOX = 1, PAGE = 2, POSITION = 3, TOTAL = 4 };

static int iterator_gc(lua_State *L) {
    struct iterator *iterator = lua_touserdata(L, 1);
    if (iterator->box != NULL) {
        run_of(L)->hooks.release(iterator->box);
        iterator->box = NULL;
    }
    return 0;
}

static int fetch(lua_State *L);

// The next element of the page, or the next page.
static int step(lua_State *L) {
    if (!lua_istable(L, lua_upvalueindex(PAGE))) return fetch(L);
    lua_Integer position = lua_tointeger(L, lua_upvalueindex(POSITION)) + 1;
    if ((lua_Unsigned)position > lua_rawlen(L, lua_upvalueindex(PAGE))) return fetch(L);
    lua_pushinteger(L, position);
    lua_replace(L, lua_upvalueindex(POSITION));
    lua_rawgeti(L, lua_upvalueindex(PAGE), position);
    lua_pushinteger(L, lua_tointeger(L, lua_upvalueindex(TOTAL)) + 1);
    lua_pushvalue(L, -1);
    lua_replace(L, lua_upvalueindex(TOTAL));
    return 2;
}

static int take_page(lua_State *L, clua_run *run, int code, int before);

static int page_arrived(lua_State *L, int status, lua_KContext context) {
    (void)status, (void)context;
    clua_run *run = run_of(L);
    int before = lua_gettop(L);
    run->grace++;
    int code = run->hooks.complete(L, run->hooks.owner);
    run->grace--;
    if (unlikely(run->over)) clua_settle(L, run);
    return take_page(L, run, code, before);
}

static int take_page(lua_State *L, clua_run *run, int code, int before) {
    if (code < 0 && code != CLUA_PUSHED) return clua_finish(L, run, code, before, page_arrived);
    lua_settop(L, before + 1);
    if (!lua_istable(L, -1)) {
        lua_pushboolean(L, 0);  // false: over, and stays so
        lua_replace(L, lua_upvalueindex(PAGE));
        lua_pushnil(L);
        return 1;
    }
    lua_replace(L, lua_upvalueindex(PAGE));
    lua_pushinteger(L, 0);
    lua_replace(L, lua_upvalueindex(POSITION));
    if (unlikely(clua_check_interrupt(L))) clua_stop(L);
    return step(L);
}

static int fetch(lua_State *L) {
    clua_run *run = run_of(L);
    struct iterator *iterator = lua_touserdata(L, lua_upvalueindex(BOX));
    if (lua_isboolean(L, lua_upvalueindex(PAGE))) {
        lua_pushnil(L);
        return 1;
    }
    clua_require_waiting(L, run, iterator->name);
    int before = lua_gettop(L);
    run->grace++;
    int code = iterator->next(L, iterator->box);
    run->grace--;
    if (unlikely(run->over)) clua_settle(L, run);
    return take_page(L, run, code, before);
}

void clua_push_iterator(lua_State *L, clua_function next, void *box, const char *name) {
    struct iterator *iterator = lua_newuserdatauv(L, sizeof *iterator, 0);
    iterator->next = next;
    iterator->box = box;
    size_t size = strnlen(name, sizeof iterator->name - 1);
    memcpy(iterator->name, name, size);
    iterator->name[size] = 0;
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &clua_key_iterator) != LUA_TTABLE) {
        lua_pop(L, 1);
        lua_createtable(L, 0, 1);
        lua_pushcfunction(L, iterator_gc);
        lua_setfield(L, -2, "__gc");
        lua_pushvalue(L, -1);
        lua_rawsetp(L, LUA_REGISTRYINDEX, &clua_key_iterator);
    }
    lua_setmetatable(L, -2);
    lua_pushnil(L);
    lua_pushinteger(L, 0);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, step, 4);
}
