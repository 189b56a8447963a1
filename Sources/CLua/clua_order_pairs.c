/*
 * `pairs` in a fixed order (clua_order.h). A sequence is walked as stock Lua walks it, without a list of its keys; any
 * other table's keys are listed once, sorted. During the walk fields may be changed and removed, as in stock Lua.
 */
#include <string.h>

#include "clua_order.h"
#include "clua_order_pairs.h"

/* A table that is a sequence of up to this many elements is walked without any state. */
#define PROBE_KEYS 8

/* Tables of up to this many keys have their order remembered for the next table with the same keys … */
#define SHAPE_KEYS_MAX 256

/* … and so many orders are remembered. */
#define SHAPES_MAX 8

/* Upvalues of `pairs`. */
enum { SHAPES = 1, SHAPES_COUNT = 2, NEXT = 3 };

/* Upvalues of the iterator that may have a list of keys. */
enum { KEYS = 1, CURSOR = 2 };

/*
 * The keys of a table in stock order; its user value is the list of them, sorted. A string is its address, which stays
 * its own while the list holds the string; a positive integer is told from that by its lowest bit.
 */
typedef struct Shape {
    int count;
    size_t keys[];
} Shape;

/* The step of a walk along a list: the next key whose value is not nil by now. */
static int step_listed(lua_State *L) {
    // A script can keep the iterator and call it with anything.
    luaL_checktype(L, 1, LUA_TTABLE);
    ptrdiff_t left = CLUA_POLL_STEPS;
    lua_Integer cursor = lua_tointeger(L, lua_upvalueindex(CURSOR));
    lua_settop(L, 1);
    while (lua_rawgeti(L, lua_upvalueindex(KEYS), ++cursor) != LUA_TNIL) {
        lua_pushvalue(L, -1);
        if (lua_rawget(L, 1) != LUA_TNIL) {
            lua_pushinteger(L, cursor);
            lua_replace(L, lua_upvalueindex(CURSOR));
            return 2;
        }
        clua_spend(L, &left, 1);
        lua_settop(L, 1);
    }
    return 1;
}

/* The smallest key above `after` that is a positive integer, by looking at all. Pushes it and its value, or nil. */
static int step_by_search(lua_State *L, lua_Integer after) {
    ptrdiff_t left = CLUA_POLL_STEPS;
    lua_Integer best = LUA_MAXINTEGER;
    int found = 0;
    lua_settop(L, 1);
    for (lua_pushnil(L); lua_next(L, 1); lua_pop(L, 1)) {
        clua_spend(L, &left, 1);
        if (!lua_isinteger(L, 2)) continue;
        lua_Integer key = lua_tointeger(L, 2);
        if (key > after && key <= best) {
            best = key;
            found = 1;
        }
    }
    if (!found) {
        lua_pushnil(L);
        return 1;
    }
    lua_pushinteger(L, best);
    lua_rawgeti(L, 1, best);
    return 2;
}

/* The step of a walk along a short table that was a sequence when the walk began. */
static int step_sequence(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 2);
    lua_Integer at = lua_tointeger(L, 2);
    lua_pushinteger(L, at + 1);
    if (lua_rawgeti(L, 1, at + 1) != LUA_TNIL) return 2;
    lua_settop(L, 2);
    if (lua_next(L, 1)) return step_by_search(L, at); /* elements were removed on the way */
    lua_pushnil(L);
    return 1;
}

/*
 * The step of a walk along a long table: as long as stock `next` answers k with k + 1, the keys seen are exactly
 * 1 … k and the walk is already in order. Where it does not, the keys still to come are listed.
 */
static int step_unproven(lua_State *L) {
    if (lua_type(L, lua_upvalueindex(KEYS)) != LUA_TNIL) return step_listed(L);
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 2);
    lua_Integer at = lua_tointeger(L, 2);
    if (!lua_next(L, 1)) {
        lua_pushnil(L);
        return 1;
    }
    int whole;
    if (lua_tointegerx(L, 2, &whole) == at + 1 && whole && lua_type(L, 2) == LUA_TNUMBER) return 2;
    clua_push_sorted_keys(L, 1);
    lua_Integer visited = 0;
    for (ptrdiff_t left = CLUA_POLL_STEPS; lua_rawgeti(L, 4, visited + 1) == LUA_TNUMBER; visited++) {
        clua_spend(L, &left, 1);
        lua_Integer key = lua_tointegerx(L, -1, &whole);
        lua_pop(L, 1);
        if (!whole || key < 1 || key > at) break;
    }
    lua_settop(L, 4);
    lua_replace(L, lua_upvalueindex(KEYS));
    lua_pushinteger(L, visited);
    lua_replace(L, lua_upvalueindex(CURSOR));
    return step_listed(L);
}

enum { SEQUENCE, LONG_SEQUENCE, OTHER };

static int probe(lua_State *L) {
    lua_Integer expected = 1;
    for (lua_pushnil(L); lua_next(L, 1); expected++) {
        lua_pop(L, 1);
        int in_sequence = lua_isinteger(L, -1) && lua_tointeger(L, -1) == expected;
        if (!in_sequence || expected == PROBE_KEYS) {
            lua_pop(L, 1);
            return in_sequence ? LONG_SEQUENCE : OTHER;
        }
    }
    return SEQUENCE;
}

/* Reads the keys of the table in stock order and returns their number; -1 if they are too many or of other types. */
static int read_shape(lua_State *L, size_t *keys) {
    int count = 0;
    for (lua_pushnil(L); lua_next(L, 1); count++) {
        lua_pop(L, 1);
        lua_Integer index = lua_isinteger(L, -1) ? lua_tointeger(L, -1) : 0;
        int fits = lua_type(L, -1) == LUA_TSTRING || (index > 0 && index < LUA_MAXINTEGER / 2);
        if (!fits || count == SHAPE_KEYS_MAX) {
            lua_pop(L, 1);
            return -1;
        }
        keys[count] = index > 0 ? (size_t)index << 1 | 1 : (size_t)lua_topointer(L, -1);
    }
    return count;
}

/* Pushes the sorted keys of a table whose shape is remembered. */
static int push_known_keys(lua_State *L, const size_t *keys, int count) {
    for (int i = 1; lua_rawgeti(L, lua_upvalueindex(SHAPES), i) == LUA_TUSERDATA; i++) {
        const Shape *shape = lua_touserdata(L, -1);
        if (shape->count == count && memcmp(shape->keys, keys, (size_t)count * sizeof *keys) == 0) {
            lua_getiuservalue(L, -1, 1);
            return 1;
        }
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
    return 0;
}

/* Remembers the shape whose sorted keys are on top of the stack, in place of the one remembered longest. */
static void remember_shape(lua_State *L, const size_t *keys, int count) {
    Shape *shape = lua_newuserdatauv(L, sizeof(Shape) + (size_t)count * sizeof *keys, 1);
    shape->count = count;
    memcpy(shape->keys, keys, (size_t)count * sizeof *keys);
    lua_pushvalue(L, -2);
    lua_setiuservalue(L, -2, 1);
    lua_Integer place = lua_tointeger(L, lua_upvalueindex(SHAPES_COUNT));
    lua_rawseti(L, lua_upvalueindex(SHAPES), place % SHAPES_MAX + 1);
    lua_pushinteger(L, place + 1);
    lua_replace(L, lua_upvalueindex(SHAPES_COUNT));
}

static void push_keys(lua_State *L) {
    size_t keys[SHAPE_KEYS_MAX];
    int count = read_shape(L, keys);
    if (count > 0 && push_known_keys(L, keys, count)) return;
    clua_push_sorted_keys(L, 1);
    if (count > 0) remember_shape(L, keys, count);
}

static int after_metamethod(lua_State *L, int status, lua_KContext context) {
    (void)L, (void)status, (void)context;
    return 3;
}

static int ordered_pairs(lua_State *L) {
    luaL_checkany(L, 1);
    if (luaL_getmetafield(L, 1, "__pairs") != LUA_TNIL) {
        lua_pushvalue(L, 1);
        lua_callk(L, 1, 3, 0, after_metamethod);
        return 3;
    }
    lua_settop(L, 1);
    if (!lua_istable(L, 1)) {
        /* As in stock Lua, the iterator refuses it, not `pairs`. */
        lua_pushvalue(L, lua_upvalueindex(NEXT));
    } else {
        switch (probe(L)) {
            case SEQUENCE: lua_pushcfunction(L, step_sequence); break;
            case LONG_SEQUENCE:
                lua_pushnil(L);
                lua_pushinteger(L, 0);
                lua_pushcclosure(L, step_unproven, 2);
                break;
            default:
                push_keys(L);
                lua_pushinteger(L, 0);
                lua_pushcclosure(L, step_listed, 2);
        }
    }
    lua_pushvalue(L, 1);
    lua_pushnil(L);
    return 3;
}

void clua_push_pairs(lua_State *L, int next) {
    next = lua_absindex(L, next);
    lua_newtable(L);
    lua_pushinteger(L, 0);
    lua_pushvalue(L, next);
    lua_pushcclosure(L, ordered_pairs, 3);
}
