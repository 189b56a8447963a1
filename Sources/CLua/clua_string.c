/*
 * The string library of the sandbox: stock Lua 5.4 in everything a recipe can see, except that no call can run on
 * past the run's deadline. `find`, `match`, `gmatch` and `gsub` take exponential time on patterns such as
 * ('a?'):rep(30) .. ('a'):rep(30), and `rep('', 1e18)` never ends; their loops poll here. What is linear in a string
 * that already fits the memory limit stays stock.
 *
 * After lstrlib.c, Copyright (C) 1994-2022 Lua.org, PUC-Rio, MIT licence (text in clua_string_match.c).
 */
#define _GNU_SOURCE
#include <ctype.h>
#include <limits.h>
#include <string.h>

#include "clua_string.h"
#include "clua_string_match.h"

#define SPECIALS "^$*+?.([%-"

/* A format of `pack` and its kin is walked in C: longer ones are refused, not polled. */
#define PACK_FORMAT_BYTES_MAX 65536

static inline int byte_of(char c) { return (unsigned char)c; }

static int has_no_specials(const char *p, size_t length) {
    size_t upto = 0;
    do {
        if (strpbrk(p + upto, SPECIALS)) return 0;
        upto += strlen(p + upto) + 1; /* a NUL may stand in the middle */
    } while (upto <= length);
    return 1;
}

/* A 1-based position that may count from the end, clipped to 1 or more. */
static size_t start_position(lua_Integer position, size_t length) {
    if (position > 0) return (size_t)position;
    if (position == 0 || position < -(lua_Integer)length) return 1;
    return length + (size_t)position + 1;
}

static int find_or_match(lua_State *L, int find) {
    size_t length, pattern_length;
    const char *s = luaL_checklstring(L, 1, &length);
    const char *p = luaL_checklstring(L, 2, &pattern_length);
    size_t start = start_position(luaL_optinteger(L, 3, 1), length) - 1;
    if (start > length) {
        luaL_pushfail(L);
        return 1;
    }
    if (find && (lua_toboolean(L, 4) || has_no_specials(p, pattern_length))) {
        /* memmem is linear; the stock search is quadratic on ('a'):rep(n), ('a'):rep(n / 2) .. 'b'. */
        const char *found = memmem(s + start, length - start, p, pattern_length);
        if (!found) {
            luaL_pushfail(L);
            return 1;
        }
        lua_pushinteger(L, (found - s) + 1);
        lua_pushinteger(L, (found - s) + (lua_Integer)pattern_length);
        return 2;
    }
    MatchState ms;
    const char *at = s + start;
    int anchored = *p == '^';
    if (anchored) {
        p++;
        pattern_length--;
    }
    clua_match_prepare(&ms, L, s, length, p, pattern_length);
    do {
        ms.level = 0;
        const char *end = clua_match(&ms, at, p);
        if (!end) continue;
        if (!find) return clua_push_captures(&ms, at, end);
        lua_pushinteger(L, (at - s) + 1);
        lua_pushinteger(L, end - s);
        return clua_push_captures(&ms, NULL, NULL) + 2;
    } while (at++ < ms.source_end && !anchored);
    luaL_pushfail(L);
    return 1;
}

static int string_find(lua_State *L) { return find_or_match(L, 1); }

static int string_match(lua_State *L) { return find_or_match(L, 0); }

typedef struct GMatchState {
    const char *at;
    const char *pattern;
    const char *last_end; /* an empty match may not stand where the match before ended */
    MatchState ms;
} GMatchState;

static int gmatch_next(lua_State *L) {
    GMatchState *gm = lua_touserdata(L, lua_upvalueindex(3));
    gm->ms.L = L;
    for (const char *at = gm->at; at <= gm->ms.source_end; at++) {
        gm->ms.level = 0;
        gm->ms.depth = MATCH_DEPTH_MAX; /* an error caught in the step before left it used up */
        const char *end = clua_match(&gm->ms, at, gm->pattern);
        if (end && end != gm->last_end) {
            gm->at = gm->last_end = end;
            return clua_push_captures(&gm->ms, at, end);
        }
    }
    return 0;
}

static int string_gmatch(lua_State *L) {
    size_t length, pattern_length;
    const char *s = luaL_checklstring(L, 1, &length);
    const char *p = luaL_checklstring(L, 2, &pattern_length);
    size_t start = start_position(luaL_optinteger(L, 3, 1), length) - 1;
    lua_settop(L, 2); /* the closure keeps the strings alive */
    GMatchState *gm = lua_newuserdatauv(L, sizeof(GMatchState), 0);
    if (start > length) start = length + 1;
    clua_match_prepare(&gm->ms, L, s, length, p, pattern_length);
    gm->at = s + start;
    gm->pattern = p;
    gm->last_end = NULL;
    lua_pushcclosure(L, gmatch_next, 3);
    return 1;
}

/* Adds the replacement string, argument 3, with its %0 … %9 filled in. */
static void add_replacement(MatchState *ms, luaL_Buffer *b, const char *s, const char *e) {
    lua_State *L = ms->L;
    size_t length;
    const char *news = lua_tolstring(L, 3, &length);
    const char *p;
    while ((p = memchr(news, ESCAPE, length)) != NULL) {
        clua_spend(L, &ms->left, 1);
        luaL_addlstring(b, news, (size_t)(p - news));
        p++;
        if (*p == ESCAPE) {
            luaL_addchar(b, *p);
        } else if (*p == '0') {
            luaL_addlstring(b, s, (size_t)(e - s));
        } else if (isdigit(byte_of(*p))) {
            const char *text;
            ptrdiff_t size = clua_capture(ms, *p - '1', s, e, &text);
            if (size == CAPTURE_POSITION)
                luaL_addvalue(b);
            else
                luaL_addlstring(b, text, (size_t)size);
        } else {
            luaL_error(L, "invalid use of '%c' in replacement string", ESCAPE);
        }
        length -= (size_t)(p + 1 - news);
        news = p + 1;
    }
    luaL_addlstring(b, news, length);
}

/* Adds what argument 3 makes of a match; zero where it keeps the text (nil or false). */
static int add_value(MatchState *ms, luaL_Buffer *b, const char *s, const char *e, int type) {
    lua_State *L = ms->L;
    if (type == LUA_TFUNCTION) {
        clua_poll(L); /* a C function as callback runs no Lua code that a hook could stop */
        lua_pushvalue(L, 3);
        lua_call(L, clua_push_captures(ms, s, e), 1);
    } else if (type == LUA_TTABLE) {
        clua_push_capture(ms, 0, s, e);
        lua_gettable(L, 3);
    } else {
        add_replacement(ms, b, s, e);
        return 1;
    }
    if (!lua_toboolean(L, -1)) {
        lua_pop(L, 1);
        luaL_addlstring(b, s, (size_t)(e - s));
        return 0;
    }
    if (!lua_isstring(L, -1)) return luaL_error(L, "invalid replacement value (a %s)", luaL_typename(L, -1));
    luaL_addvalue(b);
    return 1;
}

static int string_gsub(lua_State *L) {
    size_t length, pattern_length;
    const char *s = luaL_checklstring(L, 1, &length);
    const char *p = luaL_checklstring(L, 2, &pattern_length);
    const char *last_end = NULL;
    int type = lua_type(L, 3);
    lua_Integer replacements_max = luaL_optinteger(L, 4, (lua_Integer)length + 1);
    int anchored = *p == '^';
    lua_Integer count = 0;
    int changed = 0;
    MatchState ms;
    luaL_Buffer b;
    luaL_argexpected(L, type == LUA_TNUMBER || type == LUA_TSTRING || type == LUA_TFUNCTION || type == LUA_TTABLE, 3,
                     "string/function/table");
    luaL_buffinit(L, &b);
    if (anchored) {
        p++;
        pattern_length--;
    }
    clua_match_prepare(&ms, L, s, length, p, pattern_length);
    while (count < replacements_max) {
        ms.level = 0;
        clua_spend(L, &ms.left, 1); /* an empty pattern never spends a step in `match` */
        const char *end = clua_match(&ms, s, p);
        if (end && end != last_end) {
            count++;
            changed |= add_value(&ms, &b, s, end, type);
            s = last_end = end;
        } else if (s < ms.source_end) {
            luaL_addchar(&b, *s++);
        } else {
            break;
        }
        if (anchored) break;
    }
    if (!changed) {
        lua_pushvalue(L, 1);
    } else {
        luaL_addlstring(&b, s, (size_t)(ms.source_end - s));
        luaL_pushresult(&b);
    }
    lua_pushinteger(L, count);
    return 2;
}

/* Stock `rep` copies piece by piece: 1e18 empty pieces never end. Doubling takes a few dozen copies. */
static int string_rep(lua_State *L) {
    size_t length, separator_length;
    const char *s = luaL_checklstring(L, 1, &length);
    lua_Integer n = luaL_checkinteger(L, 2);
    const char *separator = luaL_optlstring(L, 3, "", &separator_length);
    size_t piece = length + separator_length;
    if (n <= 0 || piece == 0) {
        lua_pushliteral(L, "");
        return 1;
    }
    if (piece < length || piece > (size_t)INT_MAX / (lua_Unsigned)n)
        return luaL_error(L, "resulting string too large");
    size_t total = (size_t)n * length + (size_t)(n - 1) * separator_length;
    luaL_Buffer b;
    char *p = luaL_buffinitsize(L, &b, total);
    memcpy(p, s, length);
    size_t filled = length;
    if (n > 1) {
        memcpy(p + length, separator, separator_length);
        filled = piece;
    }
    while (filled < total) {
        size_t step = filled < total - filled ? filled : total - filled;
        memcpy(p + filled, p, step);
        filled += step;
    }
    luaL_pushresultsize(&b, total);
    return 1;
}

/* `pack`, `packsize` and `unpack`: the stock function, upvalue 1, behind a bound on the format it walks. */
static int bounded_pack(lua_State *L) {
    size_t length;
    luaL_checklstring(L, 1, &length);
    luaL_argcheck(L, length <= PACK_FORMAT_BYTES_MAX, 1, "format string too long");
    return lua_tocfunction(L, lua_upvalueindex(1))(L);
}

static void bound_format(lua_State *L, const char *name) {
    lua_getfield(L, -1, name);
    lua_pushcclosure(L, bounded_pack, 1);
    lua_setfield(L, -2, name);
}

int clua_open_string(lua_State *L) {
    static const luaL_Reg replaced[] = {
        {"find", string_find}, {"match", string_match},        {"gmatch", string_gmatch},
        {"gsub", string_gsub}, {"format", clua_string_format}, {"rep", string_rep},
        {NULL, NULL},
    };
    luaopen_string(L);
    luaL_setfuncs(L, replaced, 0);
    bound_format(L, "pack");
    bound_format(L, "packsize");
    bound_format(L, "unpack");
    lua_pushnil(L);
    lua_setfield(L, -2, "dump"); /* bytecode neither leaves nor enters a recipe */

    /* Strings share one metatable: a recipe can neither read nor change it. */
    lua_pushliteral(L, "");
    if (lua_getmetatable(L, -1)) {
        lua_pushboolean(L, 0);
        lua_setfield(L, -2, "__metatable");
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
    return 1;
}
