/*
 * The table library of the sandbox: stock Lua 5.4 in what a recipe can see, except that every loop polls the deadline
 * (`__len` may claim 2^62 elements, `move` may be given any range, `sort` compares numbers without running Lua) and
 * `sort` draws its pivots from a fixed seed, not from the clock, so that equal input takes equal steps. After
 * ltablib.c, Copyright (C) 1994-2022 Lua.org, PUC-Rio, MIT licence (text in clua_string_match.c).
 *
 * `pack` and `unpack` stay stock: Lua's stack bounds both to a million values.
 */
#include <limits.h>

#include "clua_poll.h"

#define CAN_READ 1
#define CAN_WRITE 2
#define HAS_LENGTH 4

/* One comparison may read two strings of many megabytes. */
#define STEPS_PER_COMPARISON 256

/* Partitions of more elements than this take a random pivot once a bad split was seen. */
#define RANDOM_PIVOT_MIN 100u

static int has_field(lua_State *L, const char *key, int metatable) {
    lua_pushstring(L, key);
    return lua_rawget(L, -metatable) != LUA_TNIL;
}

/* Argument `arg` is a table or has the metamethods to stand for one. */
static void check_table(lua_State *L, int arg, int what) {
    if (lua_type(L, arg) == LUA_TTABLE) return;
    int pushed = 1;
    if (lua_getmetatable(L, arg) && (!(what & CAN_READ) || has_field(L, "__index", ++pushed)) &&
        (!(what & CAN_WRITE) || has_field(L, "__newindex", ++pushed)) &&
        (!(what & HAS_LENGTH) || has_field(L, "__len", ++pushed)))
        lua_pop(L, pushed);
    else
        luaL_checktype(L, arg, LUA_TTABLE);
}

static lua_Integer checked_length(lua_State *L, int arg, int what) {
    check_table(L, arg, what | HAS_LENGTH);
    return luaL_len(L, arg);
}

static int table_insert(lua_State *L) {
    ptrdiff_t left = CLUA_POLL_STEPS;
    lua_Integer end = (lua_Integer)((lua_Unsigned)checked_length(L, 1, CAN_READ | CAN_WRITE) + 1);
    lua_Integer position = end;
    switch (lua_gettop(L)) {
        case 2: break;
        case 3:
            position = luaL_checkinteger(L, 2);
            luaL_argcheck(L, (lua_Unsigned)position - 1u < (lua_Unsigned)end, 2, "position out of bounds");
            for (lua_Integer i = end; i > position; i--) {
                clua_spend(L, &left, 1);
                lua_geti(L, 1, i - 1);
                lua_seti(L, 1, i);
            }
            break;
        default: return luaL_error(L, "wrong number of arguments to 'insert'");
    }
    lua_seti(L, 1, position);
    return 0;
}

static int table_remove(lua_State *L) {
    ptrdiff_t left = CLUA_POLL_STEPS;
    lua_Integer size = checked_length(L, 1, CAN_READ | CAN_WRITE);
    lua_Integer position = luaL_optinteger(L, 2, size);
    if (position != size)
        luaL_argcheck(L, (lua_Unsigned)position - 1u <= (lua_Unsigned)size, 2, "position out of bounds");
    lua_geti(L, 1, position);
    for (; position < size; position++) {
        clua_spend(L, &left, 1);
        lua_geti(L, 1, position + 1);
        lua_seti(L, 1, position);
    }
    lua_pushnil(L);
    lua_seti(L, 1, position);
    return 1;
}

static int table_move(lua_State *L) {
    ptrdiff_t left = CLUA_POLL_STEPS;
    lua_Integer first = luaL_checkinteger(L, 2);
    lua_Integer last = luaL_checkinteger(L, 3);
    lua_Integer to = luaL_checkinteger(L, 4);
    int target = !lua_isnoneornil(L, 5) ? 5 : 1;
    check_table(L, 1, CAN_READ);
    check_table(L, target, CAN_WRITE);
    if (last >= first) {
        luaL_argcheck(L, first > 0 || last < LUA_MAXINTEGER + first, 3, "too many elements to move");
        lua_Integer count = last - first + 1;
        luaL_argcheck(L, to <= LUA_MAXINTEGER - count + 1, 4, "destination wrap around");
        int upwards = to > last || to <= first || (target != 1 && !lua_compare(L, 1, target, LUA_OPEQ));
        for (lua_Integer i = 0; i < count; i++) {
            lua_Integer offset = upwards ? i : count - 1 - i;
            clua_spend(L, &left, 1);
            lua_geti(L, 1, first + offset);
            lua_seti(L, target, to + offset);
        }
    }
    lua_pushvalue(L, target);
    return 1;
}

static void add_element(lua_State *L, luaL_Buffer *b, lua_Integer i) {
    lua_geti(L, 1, i);
    if (!lua_isstring(L, -1))
        luaL_error(L, "invalid value (%s) at index %I in table for 'concat'", luaL_typename(L, -1), (LUAI_UACINT)i);
    luaL_addvalue(b);
}

static int table_concat(lua_State *L) {
    ptrdiff_t left = CLUA_POLL_STEPS;
    luaL_Buffer b;
    lua_Integer last = checked_length(L, 1, CAN_READ);
    size_t separator_length;
    const char *separator = luaL_optlstring(L, 2, "", &separator_length);
    lua_Integer i = luaL_optinteger(L, 3, 1);
    last = luaL_optinteger(L, 4, last);
    luaL_buffinit(L, &b);
    for (; i < last; i++) {
        clua_spend(L, &left, 1);
        add_element(L, &b, i);
        luaL_addlstring(&b, separator, separator_length);
    }
    if (i == last) add_element(L, &b, i);
    luaL_pushresult(&b);
    return 1;
}

typedef struct Sort {
    lua_State *L;
    ptrdiff_t left;
    unsigned int random; /* zero until a bad split was seen */
} Sort;

/* Whether the value at `a` sorts before the value at `b`; both are negative indices. */
static int comes_before(Sort *sort, int a, int b) {
    lua_State *L = sort->L;
    clua_spend(L, &sort->left, STEPS_PER_COMPARISON);
    if (lua_isnil(L, 2)) return lua_compare(L, a, b, LUA_OPLT);
    lua_pushvalue(L, 2);
    lua_pushvalue(L, a - 1);
    lua_pushvalue(L, b - 2);
    lua_call(L, 2, 1);
    int result = lua_toboolean(L, -1);
    lua_pop(L, 1);
    return result;
}

static void set_two(lua_State *L, unsigned int i, unsigned int j) {
    lua_seti(L, 1, i);
    lua_seti(L, 1, j);
}

/*
 * The pivot P is on top of the stack and a[lo] <= P == a[up - 1] <= a[up]. Afterwards a[lo .. i-1] <= a[i] == P <=
 * a[i+1 .. up]; returns i.
 */
static unsigned int partition(Sort *sort, unsigned int lo, unsigned int up) {
    lua_State *L = sort->L;
    unsigned int i = lo, j = up - 1;
    for (;;) {
        while (lua_geti(L, 1, ++i), comes_before(sort, -1, -2)) {
            if (i == up - 1) luaL_error(L, "invalid order function for sorting");
            lua_pop(L, 1);
        }
        while (lua_geti(L, 1, --j), comes_before(sort, -3, -1)) {
            if (j < i) luaL_error(L, "invalid order function for sorting");
            lua_pop(L, 1);
        }
        if (j < i) {
            lua_pop(L, 1);
            set_two(L, up - 1, i);
            return i;
        }
        set_two(L, i, j);
    }
}

static unsigned int choose_pivot(const Sort *sort, unsigned int lo, unsigned int up) {
    if (up - lo < RANDOM_PIVOT_MIN || sort->random == 0) return (lo + up) / 2;
    unsigned int quarter = (up - lo) / 4;
    return sort->random % (quarter * 2) + lo + quarter;
}

/* The next number of a fixed xorshift sequence: enough to spoil a made-up worst case, and the same in every run. */
static void reseed(Sort *sort) {
    unsigned int x = sort->random ? sort->random : 2463534242u;
    x ^= x << 13;
    x ^= x >> 17;
    x ^= x << 5;
    sort->random = x;
}

/* Puts a[lo], a[pivot] and a[up] in order; true if that sorts the whole of lo..up. */
static int sort_three(Sort *sort, unsigned int lo, unsigned int pivot, unsigned int up) {
    lua_State *L = sort->L;
    lua_geti(L, 1, pivot);
    lua_geti(L, 1, lo);
    if (comes_before(sort, -2, -1)) {
        set_two(L, pivot, lo);
    } else {
        lua_pop(L, 1);
        lua_geti(L, 1, up);
        if (comes_before(sort, -1, -2))
            set_two(L, pivot, up);
        else
            lua_pop(L, 2);
    }
    return up - lo == 2;
}

static void sort_range(Sort *sort, unsigned int lo, unsigned int up) {
    lua_State *L = sort->L;
    while (lo < up) {
        lua_geti(L, 1, lo);
        lua_geti(L, 1, up);
        if (comes_before(sort, -1, -2))
            set_two(L, lo, up);
        else
            lua_pop(L, 2);
        if (up - lo == 1) return;
        unsigned int pivot = choose_pivot(sort, lo, up);
        if (sort_three(sort, lo, pivot, up)) return;
        lua_geti(L, 1, pivot);
        lua_pushvalue(L, -1);
        lua_geti(L, 1, up - 1);
        set_two(L, pivot, up - 1);
        pivot = partition(sort, lo, up);
        unsigned int smaller;
        if (pivot - lo < up - pivot) {
            sort_range(sort, lo, pivot - 1);
            smaller = pivot - lo;
            lo = pivot + 1;
        } else {
            sort_range(sort, pivot + 1, up);
            smaller = up - pivot;
            up = pivot - 1;
        }
        if ((up - lo) / 128 > smaller) reseed(sort);
    }
}

static int table_sort(lua_State *L) {
    lua_Integer length = checked_length(L, 1, CAN_READ | CAN_WRITE);
    if (length > 1) {
        luaL_argcheck(L, length < INT_MAX, 1, "array too big");
        if (!lua_isnoneornil(L, 2)) luaL_checktype(L, 2, LUA_TFUNCTION);
        lua_settop(L, 2);
        Sort sort = {.L = L, .left = CLUA_POLL_STEPS, .random = 0};
        sort_range(&sort, 1, (unsigned int)length);
    }
    return 0;
}

int clua_open_table(lua_State *L) {
    static const luaL_Reg replaced[] = {
        {"concat", table_concat}, {"insert", table_insert}, {"move", table_move},
        {"remove", table_remove}, {"sort", table_sort},     {NULL, NULL},
    };
    luaopen_table(L);
    luaL_setfuncs(L, replaced, 0);
    return 1;
}
