/*
 * The string library of the sandbox: stock Lua 5.4 in everything a recipe can see, except that no call can run on
 * past the run's deadline. `find`, `match`, `gmatch` and `gsub` take exponential time on patterns such as
 * ('a?'):rep(30) .. ('a'):rep(30), and `rep('', 1e18)` never ends; their loops poll here. What is linear in a string
 * that already fits the memory limit stays stock.
 *
 * The matcher is a port of lstrlib.c, Copyright (C) 1994-2022 Lua.org, PUC-Rio, under the MIT licence:
 * Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
 * documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
 * rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to
 * permit persons to whom the Software is furnished to do so, subject to the following conditions: The above copyright
 * notice and this permission notice shall be included in all copies or substantial portions of the Software. THE
 * SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
 * WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
 * COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
 * OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
 */
#define _GNU_SOURCE
#include <ctype.h>
#include <limits.h>
#include <string.h>

#include "clua_poll.h"
#include "clua_string.h"

#define CAPTURES_MAX 32
#define CAPTURE_UNFINISHED (-1)
#define CAPTURE_POSITION (-2)
#define DEPTH_MAX 200
#define ESCAPE '%'
#define SPECIALS "^$*+?.([%-"

/* A format of `pack` and its kin is walked in C: longer ones are refused, not polled. */
#define PACK_FORMAT_BYTES_MAX 65536

/* Comparing this many bytes of a back reference costs about one step. */
#define BYTES_PER_STEP 16

typedef struct MatchState {
    const char *source;
    const char *source_end;
    const char *pattern_end;
    lua_State *L;
    ptrdiff_t left; /* steps until the next look at the flag */
    int depth;      /* recursion still allowed, so that a pattern cannot overflow the C stack */
    unsigned char level;
    struct {
        const char *start;
        ptrdiff_t length;
    } captures[CAPTURES_MAX];
} MatchState;

static const char *match(MatchState *ms, const char *s, const char *p);

static inline int byte_of(char c) { return (unsigned char)c; }

static int check_capture(MatchState *ms, int index) {
    index -= '1';
    if (index < 0 || index >= ms->level || ms->captures[index].length == CAPTURE_UNFINISHED)
        return luaL_error(ms->L, "invalid capture index %%%d", index + 1);
    return index;
}

static int capture_to_close(MatchState *ms) {
    for (int level = ms->level - 1; level >= 0; level--)
        if (ms->captures[level].length == CAPTURE_UNFINISHED) return level;
    return luaL_error(ms->L, "invalid pattern capture");
}

static const char *class_end(MatchState *ms, const char *p) {
    switch (*p++) {
        case ESCAPE:
            if (p == ms->pattern_end) luaL_error(ms->L, "malformed pattern (ends with '%%')");
            return p + 1;
        case '[':
            if (*p == '^') p++;
            do {
                if (p == ms->pattern_end) luaL_error(ms->L, "malformed pattern (missing ']')");
                if (*(p++) == ESCAPE && p < ms->pattern_end) p++;
            } while (*p != ']');
            return p + 1;
        default: return p;
    }
}

static int match_class(int c, int class) {
    int result;
    switch (tolower(class)) {
        case 'a': result = isalpha(c); break;
        case 'c': result = iscntrl(c); break;
        case 'd': result = isdigit(c); break;
        case 'g': result = isgraph(c); break;
        case 'l': result = islower(c); break;
        case 'p': result = ispunct(c); break;
        case 's': result = isspace(c); break;
        case 'u': result = isupper(c); break;
        case 'w': result = isalnum(c); break;
        case 'x': result = isxdigit(c); break;
        case 'z': result = (c == 0); break;
        default: return class == c;
    }
    return islower(class) ? result : !result;
}

static int match_bracket_class(int c, const char *p, const char *end) {
    int found = 1;
    if (*(p + 1) == '^') {
        found = 0;
        p++;
    }
    while (++p < end) {
        if (*p == ESCAPE) {
            p++;
            if (match_class(c, byte_of(*p))) return found;
        } else if (*(p + 1) == '-' && p + 2 < end) {
            p += 2;
            if (byte_of(*(p - 2)) <= c && c <= byte_of(*p)) return found;
        } else if (byte_of(*p) == c) {
            return found;
        }
    }
    return !found;
}

static inline int match_single(MatchState *ms, const char *s, const char *p, const char *end) {
    if (s >= ms->source_end) return 0;
    int c = byte_of(*s);
    switch (*p) {
        case '.': return 1;
        case ESCAPE: return match_class(c, byte_of(*(p + 1)));
        case '[':
            ms->left -= end - p; /* a class may be as long as memory allows */
            return match_bracket_class(c, p, end - 1);
        default: return byte_of(*p) == c;
    }
}

static const char *match_balance(MatchState *ms, const char *s, const char *p) {
    if (p >= ms->pattern_end - 1) luaL_error(ms->L, "malformed pattern (missing arguments to '%%b')");
    if (*s != *p) return NULL;
    int begin = *p, end = *(p + 1), open = 1;
    const char *start = s;
    while (++s < ms->source_end) {
        if (*s == end) {
            if (--open == 0) break;
        } else if (*s == begin) {
            open++;
        }
    }
    ms->left -= s - start;
    return s < ms->source_end ? s + 1 : NULL;
}

static const char *max_expand(MatchState *ms, const char *s, const char *p, const char *end) {
    ptrdiff_t count = 0;
    while (match_single(ms, s + count, p, end)) {
        clua_spend(ms->L, &ms->left, 1);
        count++;
    }
    for (; count >= 0; count--) {
        const char *result = match(ms, s + count, end + 1);
        if (result) return result;
    }
    return NULL;
}

static const char *min_expand(MatchState *ms, const char *s, const char *p, const char *end) {
    for (;;) {
        const char *result = match(ms, s, end + 1);
        if (result) return result;
        if (!match_single(ms, s, p, end)) return NULL;
        s++;
    }
}

static const char *start_capture(MatchState *ms, const char *s, const char *p, int what) {
    int level = ms->level;
    if (level >= CAPTURES_MAX) luaL_error(ms->L, "too many captures");
    ms->captures[level].start = s;
    ms->captures[level].length = what;
    ms->level = (unsigned char)(level + 1);
    const char *result = match(ms, s, p);
    if (!result) ms->level--;
    return result;
}

static const char *end_capture(MatchState *ms, const char *s, const char *p) {
    int level = capture_to_close(ms);
    ms->captures[level].length = s - ms->captures[level].start;
    const char *result = match(ms, s, p);
    if (!result) ms->captures[level].length = CAPTURE_UNFINISHED;
    return result;
}

static const char *match_capture(MatchState *ms, const char *s, int index) {
    index = check_capture(ms, index);
    size_t length = (size_t)ms->captures[index].length;
    if ((size_t)(ms->source_end - s) < length) return NULL;
    ms->left -= (ptrdiff_t)(length / BYTES_PER_STEP);
    return memcmp(ms->captures[index].start, s, length) == 0 ? s + length : NULL;
}

/* `%f[class]`: the empty string between a byte outside the class and one inside it. */
static int match_frontier(MatchState *ms, const char *s, const char *p, const char *end) {
    char previous = s == ms->source ? '\0' : *(s - 1);
    ms->left -= end - p;
    return !match_bracket_class(byte_of(previous), p, end - 1) && match_bracket_class(byte_of(*s), p, end - 1);
}

/* The end of the match of `p` at `s`, or NULL. Tail calls are the `continue` of the loop. */
static const char *match(MatchState *ms, const char *s, const char *p) {
    if (ms->depth-- == 0) luaL_error(ms->L, "pattern too complex");
    while (p != ms->pattern_end) {
        clua_spend(ms->L, &ms->left, 1);
        if (*p == '(') {
            s = *(p + 1) == ')' ? start_capture(ms, s, p + 2, CAPTURE_POSITION)
                                : start_capture(ms, s, p + 1, CAPTURE_UNFINISHED);
            break;
        }
        if (*p == ')') {
            s = end_capture(ms, s, p + 1);
            break;
        }
        if (*p == '$' && p + 1 == ms->pattern_end) {
            if (s != ms->source_end) s = NULL;
            break;
        }
        if (*p == ESCAPE && *(p + 1) == 'b') {
            s = match_balance(ms, s, p + 2);
            if (!s) break;
            p += 4;
            continue;
        }
        if (*p == ESCAPE && *(p + 1) == 'f') {
            p += 2;
            if (*p != '[') luaL_error(ms->L, "missing '[' after '%%f' in pattern");
            const char *end = class_end(ms, p);
            if (!match_frontier(ms, s, p, end)) {
                s = NULL;
                break;
            }
            p = end;
            continue;
        }
        if (*p == ESCAPE && isdigit(byte_of(*(p + 1)))) {
            s = match_capture(ms, s, byte_of(*(p + 1)));
            if (!s) break;
            p += 2;
            continue;
        }
        const char *end = class_end(ms, p);
        ms->left -= end - p;
        if (!match_single(ms, s, p, end)) {
            if (*end == '*' || *end == '?' || *end == '-') {
                p = end + 1;
                continue;
            }
            s = NULL;
            break;
        }
        if (*end == '?') {
            const char *result = match(ms, s + 1, end + 1);
            if (result) {
                s = result;
                break;
            }
            p = end + 1;
            continue;
        }
        if (*end == '+' || *end == '*') {
            s = max_expand(ms, *end == '+' ? s + 1 : s, p, end);
            break;
        }
        if (*end == '-') {
            s = min_expand(ms, s, p, end);
            break;
        }
        s++;
        p = end;
    }
    ms->depth++;
    return s;
}

/*
 * The i-th capture, or the whole match `s`..`e` where the pattern has none. A position is pushed and answered by
 * CAPTURE_POSITION; text is not pushed: its length is returned and `*text` set.
 */
static ptrdiff_t get_capture(MatchState *ms, int index, const char *s, const char *e, const char **text) {
    if (index >= ms->level) {
        if (index != 0) luaL_error(ms->L, "invalid capture index %%%d", index + 1);
        *text = s;
        return e - s;
    }
    ptrdiff_t length = ms->captures[index].length;
    *text = ms->captures[index].start;
    if (length == CAPTURE_UNFINISHED) luaL_error(ms->L, "unfinished capture");
    if (length == CAPTURE_POSITION) lua_pushinteger(ms->L, (*text - ms->source) + 1);
    return length;
}

static void push_capture(MatchState *ms, int index, const char *s, const char *e) {
    const char *text;
    ptrdiff_t length = get_capture(ms, index, s, e, &text);
    if (length != CAPTURE_POSITION) lua_pushlstring(ms->L, text, (size_t)length);
}

static int push_captures(MatchState *ms, const char *s, const char *e) {
    int count = ms->level == 0 && s ? 1 : ms->level;
    luaL_checkstack(ms->L, count, "too many captures");
    for (int i = 0; i < count; i++) push_capture(ms, i, s, e);
    return count;
}

static int has_no_specials(const char *p, size_t length) {
    size_t upto = 0;
    do {
        if (strpbrk(p + upto, SPECIALS)) return 0;
        upto += strlen(p + upto) + 1; /* a NUL may stand in the middle */
    } while (upto <= length);
    return 1;
}

static void prepare(MatchState *ms, lua_State *L, const char *s, size_t length, const char *p, size_t pattern_length) {
    ms->L = L;
    ms->left = CLUA_POLL_STEPS;
    ms->depth = DEPTH_MAX;
    ms->source = s;
    ms->source_end = s + length;
    ms->pattern_end = p + pattern_length;
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
    prepare(&ms, L, s, length, p, pattern_length);
    do {
        ms.level = 0;
        const char *end = match(&ms, at, p);
        if (!end) continue;
        if (!find) return push_captures(&ms, at, end);
        lua_pushinteger(L, (at - s) + 1);
        lua_pushinteger(L, end - s);
        return push_captures(&ms, NULL, NULL) + 2;
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
        gm->ms.depth = DEPTH_MAX; /* an error caught in the step before left it used up */
        const char *end = match(&gm->ms, at, gm->pattern);
        if (end && end != gm->last_end) {
            gm->at = gm->last_end = end;
            return push_captures(&gm->ms, at, end);
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
    prepare(&gm->ms, L, s, length, p, pattern_length);
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
            ptrdiff_t size = get_capture(ms, *p - '1', s, e, &text);
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
        lua_call(L, push_captures(ms, s, e), 1);
    } else if (type == LUA_TTABLE) {
        push_capture(ms, 0, s, e);
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
    prepare(&ms, L, s, length, p, pattern_length);
    while (count < replacements_max) {
        ms.level = 0;
        clua_spend(L, &ms.left, 1); /* an empty pattern never spends a step in `match` */
        const char *end = match(&ms, s, p);
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
