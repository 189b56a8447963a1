/*
 * The fixed order of a table's keys, and lists of keys in that order. Private to CLua.
 *
 * The order is total and depends on the keys alone: positive integers ascending (so a sequence comes first), all other
 * numbers ascending, strings by their bytes, false, true. Tables, functions and other objects have no order of their
 * own; they come last, in the order of the stock `next`, which may differ from run to run.
 */
#pragma once

#include "clua_poll.h"

enum { RANK_INDEX, RANK_NUMBER, RANK_STRING, RANK_BOOLEAN, RANK_OBJECT };

typedef struct Key {
    union {
        lua_Integer integer; /* also a boolean */
        lua_Number number;
        unsigned long long prefix; /* the first eight bytes of a string, first one highest, NUL-padded */
    } as;
    const char *text; /* valid while something keeps the string */
    size_t length;
    unsigned int ordinal; /* place in the stock order */
    unsigned char rank;
    unsigned char is_float;
} Key;

/* Describes the value at `index`, a table key. Pushes nothing. */
Key clua_key(lua_State *L, int index);

/* Negative, zero or positive as `a` comes before, with or after `b`. Two objects compare equal. */
int clua_key_compare(const Key *a, const Key *b);

/* Pushes a sequence of all keys of the table at `index` in order and returns their number. May raise, polls. */
lua_Integer clua_push_sorted_keys(lua_State *L, int index);
