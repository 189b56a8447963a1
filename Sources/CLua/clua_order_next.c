/*
 * `next` in the fixed order (clua_order.h).
 *
 * Nothing is remembered for a table of few keys: the successor is searched. For a larger one the first call lists its
 * keys, sorted, and the list lives as long as the table does or until a walk reaches its end. Its lifetime does not
 * depend on the collector's timing, for a result that did would differ from run to run.
 *
 *     next(t)            shortcut to 1, or the first listed key that still has a value ("taking")
 *     next(t, k)         the key after k in the list ("walking")
 *     next(t) again      taking: the same list, so `while next(t) do … t[k] = nil` stays linear
 *                        walking: a new walk begins, so the list is made anew
 *
 * A list made while taking may miss keys added since; it is made anew when the walk goes on from a key it gave, with
 * that key as the walk's start, so that a walk always sees every key that was there when it began.
 */
#include "clua_internal.h"
#include "clua_order.h"
#include "clua_order_pairs.h"

/* Tables of up to this many keys are searched, not listed. */
#define SEARCH_KEYS_MAX 16

/* Upvalue of `next`: lists by table, with weak keys. */
enum { LISTS = 1 };

/* User values of a List. */
enum { LIST_KEYS = 1, LIST_START = 2 };

typedef struct List {
    lua_Integer cursor; /* the place of the last key given */
    lua_Integer given;  /* keys given while taking */
    int taking;
} List;

/* Stack while `next` runs: the table, the key, and from here on what it works with. */
enum { TABLE = 1, KEY = 2, ENTRY = 3, ENTRY_KEYS = 4, ENTRY_START = 5 };

static int give(lua_State *L, int key) {
    lua_pushvalue(L, key);
    lua_pushvalue(L, key);
    lua_rawget(L, TABLE);
    return 2;
}

static int give_end(lua_State *L) {
    lua_pushnil(L);
    return 1;
}

static void forget_list(lua_State *L) {
    lua_pushvalue(L, TABLE);
    lua_pushnil(L);
    lua_rawset(L, lua_upvalueindex(LISTS));
    lua_settop(L, KEY);
}

static List *make_list(lua_State *L) {
    lua_settop(L, KEY);
    List *list = lua_newuserdatauv(L, sizeof(List), 2);
    *list = (List){.cursor = 0, .given = 0, .taking = lua_isnil(L, KEY)};
    clua_push_sorted_keys(L, TABLE);
    lua_pushvalue(L, ENTRY_KEYS);
    lua_setiuservalue(L, ENTRY, LIST_KEYS);
    lua_pushnil(L);
    lua_pushvalue(L, TABLE);
    lua_pushvalue(L, ENTRY);
    lua_rawset(L, lua_upvalueindex(LISTS));
    return list;
}

/* Pushes the list's key at `place` and tells whether it is the key `next` was asked with. */
static int is_asked_key(lua_State *L, lua_Integer place) {
    lua_rawgeti(L, ENTRY_KEYS, place);
    int same = lua_rawequal(L, -1, KEY);
    lua_pop(L, 1);
    return same;
}

/* The place in the list of the asked key or, if it is not there, of the last key before it. */
static lua_Integer find_place(lua_State *L, const List *list) {
    if (list->cursor > 0 && is_asked_key(L, list->cursor)) return list->cursor;
    if (lua_rawequal(L, ENTRY_START, KEY)) return 0;
    Key asked = clua_key(L, KEY);
    lua_Integer low = 0, high = (lua_Integer)lua_rawlen(L, ENTRY_KEYS);
    while (low < high) {
        lua_Integer middle = low + (high - low + 1) / 2;
        lua_rawgeti(L, ENTRY_KEYS, middle);
        Key key = clua_key(L, -1);
        int not_after = asked.rank == RANK_OBJECT ? key.rank != RANK_OBJECT : clua_key_compare(&key, &asked) <= 0;
        lua_pop(L, 1);
        if (not_after)
            low = middle;
        else
            high = middle - 1;
    }
    if (asked.rank != RANK_OBJECT) return low;
    ptrdiff_t left = CLUA_POLL_STEPS;
    for (lua_Integer count = (lua_Integer)lua_rawlen(L, ENTRY_KEYS); low < count;) {
        clua_spend(L, &left, 1);
        if (is_asked_key(L, ++low)) return low;
    }
    return luaL_error(L, "invalid key to 'next'");
}

/* Gives the first key after `place` that still has a value and is not the walk's start; forgets the list at its end. */
static int give_after(lua_State *L, List *list, lua_Integer place) {
    ptrdiff_t left = CLUA_POLL_STEPS;
    lua_settop(L, ENTRY_START);
    while (lua_rawgeti(L, ENTRY_KEYS, ++place) != LUA_TNIL) {
        clua_spend(L, &left, 1);
        lua_pushvalue(L, -1);
        if (lua_rawget(L, TABLE) != LUA_TNIL && !lua_rawequal(L, -2, ENTRY_START)) {
            list->cursor = place;
            return 2;
        }
        lua_settop(L, ENTRY_START);
    }
    forget_list(L);
    return 0;
}

/* The smallest key after the asked one, by looking at all; sets `*count` to their number. Leaves it at ENTRY or nil. */
static void search(lua_State *L, lua_Integer *count) {
    ptrdiff_t left = CLUA_POLL_STEPS;
    int from_start = lua_isnil(L, KEY);
    Key asked = clua_key(L, KEY), best = {.rank = RANK_OBJECT};
    int found = 0;
    /* Objects keep the stock order, so what follows one is what follows it there, also if it was removed by now. */
    int after_object = !from_start && asked.rank == RANK_OBJECT;
    lua_settop(L, KEY);
    lua_pushnil(L);
    *count = 0;
    for (lua_pushvalue(L, after_object ? KEY : ENTRY); lua_next(L, TABLE); lua_pop(L, 1)) {
        clua_spend(L, &left, 1);
        ++*count;
        Key key = clua_key(L, 4);
        int after = from_start || (after_object ? key.rank == RANK_OBJECT : clua_key_compare(&key, &asked) > 0);
        if (!after || (found && clua_key_compare(&key, &best) >= 0)) continue;
        found = 1;
        best = key;
        lua_pushvalue(L, 4);
        lua_replace(L, ENTRY);
    }
}

static int next_unlisted(lua_State *L) {
    lua_Integer count;
    search(L, &count);
    if (lua_isnil(L, ENTRY)) return give_end(L);
    if (count <= SEARCH_KEYS_MAX) return give(L, ENTRY);
    List *list = make_list(L);
    list->given = 1;
    return give_after(L, list, list->taking ? 0 : find_place(L, list)) ? 2 : give_end(L);
}

/* Whether a walk that has come to the asked key began in the list, not at the shortcut to key 1. */
static int began_in_list(lua_State *L, const List *list) {
    if (list->cursor == 0 || !is_asked_key(L, list->cursor)) return 0;
    int at_index = lua_isinteger(L, KEY) && lua_tointeger(L, KEY) > 0;
    int has_first = at_index && lua_rawgeti(L, TABLE, 1) != LUA_TNIL;
    lua_settop(L, ENTRY_START);
    return !has_first;
}

static int next_listed(lua_State *L, List *list) {
    if (lua_isnil(L, KEY)) {
        list->given++;
        return give_after(L, list, list->cursor > 0 ? list->cursor - 1 : 0) ? 2 : next_unlisted(L);
    }
    if (list->taking) {
        int in_list = began_in_list(L, list);
        int fresh = in_list && list->given == 1;
        if (!fresh) {
            list = make_list(L);
            if (in_list) {
                lua_pushvalue(L, KEY);
                lua_setiuservalue(L, ENTRY, LIST_START);
                lua_pushvalue(L, KEY);
                lua_replace(L, ENTRY_START);
            }
        }
        list->taking = 0;
    }
    return give_after(L, list, find_place(L, list)) ? 2 : give_end(L);
}

/* Leaves the table's list at ENTRY, or nil. A call without a key ends the walk before it, and with it that list. */
static List *find_list(lua_State *L) {
    lua_pushvalue(L, TABLE);
    if (lua_rawget(L, lua_upvalueindex(LISTS)) == LUA_TNIL) return NULL;
    List *list = lua_touserdata(L, ENTRY);
    if (list->taking || !lua_isnil(L, KEY)) return list;
    forget_list(L);
    return NULL;
}

static int ordered_next(lua_State *L) {
    luaL_checktype(L, TABLE, LUA_TTABLE);
    lua_settop(L, KEY);
    int type = lua_type(L, KEY), whole = type == LUA_TNIL;
    lua_Integer at = type == LUA_TNUMBER ? lua_tointegerx(L, KEY, &whole) : 0;
    if (type == LUA_TNIL) {
        find_list(L); /* also where the shortcut answers */
        lua_settop(L, KEY);
    }
    if (whole && (at > 0 || type == LUA_TNIL) && at < LUA_MAXINTEGER) {
        lua_pushinteger(L, at + 1);
        if (lua_rawgeti(L, TABLE, at + 1) != LUA_TNIL) return 2;
        lua_settop(L, KEY);
    }
    List *list = find_list(L);
    if (!list) return next_unlisted(L);
    lua_getiuservalue(L, ENTRY, LIST_KEYS);
    lua_getiuservalue(L, ENTRY, LIST_START);
    return next_listed(L, list);
}

void clua_push_next(lua_State *L) {
    lua_newtable(L);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &clua_key_weak);
    lua_setmetatable(L, -2);
    lua_pushcclosure(L, ordered_next, 1);
}

int clua_open_order(lua_State *L) {
    clua_push_next(L);
    clua_push_pairs(L, -1);
    lua_setglobal(L, "pairs");
    lua_setglobal(L, "next");
    return 0;
}
