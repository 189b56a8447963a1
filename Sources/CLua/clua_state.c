// Making and ending a state, and what is not code in it: the null, the array mark, references.
#include "clua_internal.h"
#include <stdlib.h>

const char clua_key_null, clua_key_array, clua_key_root, clua_key_loaded, clua_key_ids, clua_key_refs, clua_key_path,
    clua_key_iterator, clua_key_weak;
const char clua_key_failure[8];

// Reached only by an error outside every protected call, which the rules of the seam exclude.
static int panic(lua_State *L) {
    (void)L;
    abort();
}

static int open_body(lua_State *L) {
    clua_open_sandbox(L);
    clua_fresh_root(L);
    return 0;
}

clua_run *clua_open(const clua_limits *limits, const clua_hooks *hooks) {
    clua_run *run = clua_memory_new(limits);
    if (run == NULL) return NULL;
    run->hooks = *hooks;
    run->watch = clua_watch_new(limits->cpu_limit_ns);
    run->main = run->watch != NULL ? lua_newstate(clua_allocate, run) : NULL;
    if (run->main == NULL) {
        if (run->watch != NULL) clua_watch_release(run->watch);
        clua_memory_free(run);
        return NULL;
    }
    run->current = run->main;
    *(clua_run **)lua_getextraspace(run->main) = run;
    lua_atpanic(run->main, panic);
    lua_pushcfunction(run->main, open_body);
    if (lua_pcall(run->main, 0, 0, 0) != LUA_OK) {
        clua_close(run);
        return NULL;
    }
    return run;
}

void clua_close(clua_run *run) {
    clua_watch_deadline_off(run->watch);
    if (clua_may_close(run)) lua_close(run->main);
    clua_watch_release(run->watch);
    clua_memory_free(run);
}

clua_run *clua_run_of(lua_State *L) { return run_of(L); }
void *clua_owner(lua_State *L) { return run_of(L)->hooks.owner; }
lua_State *clua_main(clua_run *run) { return run->main; }
lua_State *clua_root(clua_run *run) { return run->root; }

void clua_fresh_root(lua_State *L) {
    clua_run *run = run_of(L);
    lua_State *root = lua_newthread(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &clua_key_root);
    run->root = root;
}

// -- Marks -----------------------------------------------------------------------------------------------------------

void *clua_null(void) { return (void *)&clua_key_null; }
bool clua_is_null(lua_State *L, int i) {
    return lua_type(L, i) == LUA_TLIGHTUSERDATA && lua_touserdata(L, i) == clua_null();
}
void clua_push_null(lua_State *L) { lua_pushlightuserdata(L, clua_null()); }

void clua_mark_array(lua_State *L) {
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &clua_key_array) != LUA_TTABLE) {
        lua_pop(L, 1);
        lua_createtable(L, 0, 2);
        lua_pushliteral(L, "array");
        lua_setfield(L, -2, "__metatable");
        lua_pushliteral(L, "array");
        lua_setfield(L, -2, "__name");
        lua_pushvalue(L, -1);
        lua_rawsetp(L, LUA_REGISTRYINDEX, &clua_key_array);
    }
    lua_setmetatable(L, -2);
}

bool clua_is_array(lua_State *L, int i) {
    if (!lua_istable(L, i) || !lua_getmetatable(L, i)) return false;
    lua_rawgetp(L, LUA_REGISTRYINDEX, &clua_key_array);
    bool equal = lua_rawequal(L, -1, -2);
    lua_pop(L, 2);
    return equal;
}

// -- References ------------------------------------------------------------------------------------------------------

static void push_refs(lua_State *L) {
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &clua_key_refs) == LUA_TTABLE) return;
    lua_pop(L, 1);
    lua_newtable(L);
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &clua_key_refs);
}

int clua_ref(lua_State *L) {
    push_refs(L);
    lua_insert(L, -2);
    int slot = luaL_ref(L, -2);
    lua_pop(L, 1);
    return slot;
}

void clua_push_ref(lua_State *L, int slot) {
    push_refs(L);
    lua_rawgeti(L, -1, slot);
    lua_remove(L, -2);
}

void clua_unref(lua_State *L, int slot) {
    push_refs(L);
    luaL_unref(L, -1, slot);
    lua_pop(L, 1);
}
