/* How a table's keys are put in order: see clua_order.h. */
#include <limits.h>
#include <math.h>
#include <string.h>

#include "clua_order.h"

/* Runs this short are sorted by insertion before they are merged. */
#define RUN_KEYS 8

/* Bytes of two long strings compared in about one step. */
#define BYTES_PER_STEP 64

static unsigned long long prefix_of(const char *text, size_t length) {
    unsigned char bytes[8] = {0};
    memcpy(bytes, text, length < 8 ? length : 8);
    unsigned long long prefix = 0;
    for (int i = 0; i < 8; i++) prefix = prefix << 8 | bytes[i];
    return prefix;
}

Key clua_key(lua_State *L, int index) {
    Key key = {.rank = RANK_OBJECT};
    switch (lua_type(L, index)) {
        case LUA_TNUMBER:
            key.rank = RANK_NUMBER;
            if (lua_isinteger(L, index)) {
                key.as.integer = lua_tointeger(L, index);
                if (key.as.integer > 0) key.rank = RANK_INDEX;
            } else {
                key.as.number = lua_tonumber(L, index);
                key.is_float = 1;
            }
            break;
        case LUA_TSTRING:
            key.rank = RANK_STRING;
            key.text = lua_tolstring(L, index, &key.length);
            key.as.prefix = prefix_of(key.text, key.length);
            break;
        case LUA_TBOOLEAN:
            key.rank = RANK_BOOLEAN;
            key.as.integer = lua_toboolean(L, index);
            break;
        default: break;
    }
    return key;
}

/* Lua stores a float key with an integer's value as the integer, so a float never equals an integer here. */
static int integer_before_float(lua_Integer i, lua_Number n) {
    if (n >= 0x1p63) return 1;
    if (n < -0x1p63) return 0;
    return i <= (lua_Integer)floor(n);
}

static int compare_numbers(const Key *a, const Key *b) {
    if (!a->is_float && !b->is_float) return (a->as.integer > b->as.integer) - (a->as.integer < b->as.integer);
    if (a->is_float && b->is_float) return (a->as.number > b->as.number) - (a->as.number < b->as.number);
    if (a->is_float) return integer_before_float(b->as.integer, a->as.number) ? 1 : -1;
    return integer_before_float(a->as.integer, b->as.number) ? -1 : 1;
}

int clua_key_compare(const Key *a, const Key *b) {
    if (a->rank != b->rank) return a->rank < b->rank ? -1 : 1;
    switch (a->rank) {
        case RANK_STRING: {
            if (a->as.prefix != b->as.prefix) return a->as.prefix < b->as.prefix ? -1 : 1;
            size_t shared = a->length < b->length ? a->length : b->length;
            int order = memcmp(a->text, b->text, shared);
            return order != 0 ? order : (a->length > b->length) - (a->length < b->length);
        }
        case RANK_OBJECT: return 0;
        default: return compare_numbers(a, b);
    }
}

static int in_order(lua_State *L, ptrdiff_t *left, const Key *a, const Key *b) {
    size_t shared = a->rank == RANK_STRING && b->rank == RANK_STRING && a->as.prefix == b->as.prefix ? a->length : 0;
    clua_spend(L, left, 1 + (ptrdiff_t)(shared / BYTES_PER_STEP));
    return clua_key_compare(a, b) <= 0;
}

/* Sorts `keys`, stably, with `spare` of the same size to work in; returns the one of the two that holds the result. */
static Key *sort_keys(lua_State *L, Key *keys, Key *spare, size_t count) {
    ptrdiff_t left = CLUA_POLL_STEPS;
    for (size_t run = 0; run < count; run += RUN_KEYS) {
        size_t end = run + RUN_KEYS < count ? run + RUN_KEYS : count;
        for (size_t i = run + 1; i < end; i++) {
            Key key = keys[i];
            size_t j = i;
            for (; j > run && !in_order(L, &left, &keys[j - 1], &key); j--) keys[j] = keys[j - 1];
            keys[j] = key;
        }
    }
    for (size_t width = RUN_KEYS; width < count; width *= 2) {
        for (size_t start = 0; start < count; start += 2 * width) {
            size_t middle = start + width < count ? start + width : count;
            size_t end = start + 2 * width < count ? start + 2 * width : count;
            size_t a = start, b = middle, out = start;
            while (a < middle && b < end) spare[out++] = in_order(L, &left, &keys[a], &keys[b]) ? keys[a++] : keys[b++];
            memcpy(&spare[out], &keys[a], (middle - a) * sizeof(Key));
            memcpy(&spare[out + middle - a], &keys[b], (end - b) * sizeof(Key));
        }
        Key *swap = keys;
        keys = spare;
        spare = swap;
    }
    return keys;
}

lua_Integer clua_push_sorted_keys(lua_State *L, int index) {
    ptrdiff_t left = CLUA_POLL_STEPS;
    index = lua_absindex(L, index);
    luaL_checkstack(L, 8, "too many values");

    /* The keys in stock order keep their strings alive while C points into them. */
    lua_Integer count = 0;
    for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1)) {
        clua_spend(L, &left, 1);
        count++;
    }
    if (count >= INT_MAX / (lua_Integer)(2 * sizeof(Key))) luaL_error(L, "too many keys to put in order");
    lua_createtable(L, (int)count, 0);
    int unsorted = lua_gettop(L);
    count = 0;
    for (lua_pushnil(L); lua_next(L, index);) {
        clua_spend(L, &left, 1);
        lua_pop(L, 1);
        lua_pushvalue(L, -1);
        lua_rawseti(L, unsorted, ++count);
    }
    Key *keys = lua_newuserdatauv(L, 2 * (size_t)count * sizeof(Key), 0);
    for (lua_Integer i = 0; i < count; i++) {
        clua_spend(L, &left, 1);
        lua_rawgeti(L, unsorted, i + 1);
        keys[i] = clua_key(L, -1);
        keys[i].ordinal = (unsigned int)(i + 1);
        lua_pop(L, 1);
    }
    const Key *ordered = sort_keys(L, keys, keys + count, (size_t)count);

    lua_createtable(L, (int)count, 0);
    for (lua_Integer i = 0; i < count; i++) {
        clua_spend(L, &left, 1);
        lua_rawgeti(L, unsorted, ordered[i].ordinal);
        lua_rawseti(L, -2, i + 1);
    }
    lua_replace(L, unsorted);
    lua_settop(L, unsorted);
    return count;
}
