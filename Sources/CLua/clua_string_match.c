/*
 * Lua's pattern matcher, step by step the same as lstrlib.c of Lua 5.4, but it counts its steps and looks at the run's
 * deadline every few thousand of them: a pattern may take exponential time.
 *
 * Ported from lstrlib.c, Copyright (C) 1994-2022 Lua.org, PUC-Rio, under the MIT licence:
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
#include <ctype.h>
#include <string.h>

#include "clua_string_match.h"

/* Comparing this many bytes of a back reference costs about one step. */
#define BYTES_PER_STEP 16

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
        const char *result = clua_match(ms, s + count, end + 1);
        if (result) return result;
    }
    return NULL;
}

static const char *min_expand(MatchState *ms, const char *s, const char *p, const char *end) {
    for (;;) {
        const char *result = clua_match(ms, s, end + 1);
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
    const char *result = clua_match(ms, s, p);
    if (!result) ms->level--;
    return result;
}

static const char *end_capture(MatchState *ms, const char *s, const char *p) {
    int level = capture_to_close(ms);
    ms->captures[level].length = s - ms->captures[level].start;
    const char *result = clua_match(ms, s, p);
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

/* Tail calls are the `continue` of the loop. */
const char *clua_match(MatchState *ms, const char *s, const char *p) {
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
            const char *result = clua_match(ms, s + 1, end + 1);
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

ptrdiff_t clua_capture(MatchState *ms, int index, const char *s, const char *e, const char **text) {
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

void clua_push_capture(MatchState *ms, int index, const char *s, const char *e) {
    const char *text;
    ptrdiff_t length = clua_capture(ms, index, s, e, &text);
    if (length != CAPTURE_POSITION) lua_pushlstring(ms->L, text, (size_t)length);
}

int clua_push_captures(MatchState *ms, const char *s, const char *e) {
    int count = ms->level == 0 && s ? 1 : ms->level;
    luaL_checkstack(ms->L, count, "too many captures");
    for (int i = 0; i < count; i++) clua_push_capture(ms, i, s, e);
    return count;
}

void clua_match_prepare(MatchState *ms, lua_State *L, const char *s, size_t length, const char *p,
                        size_t pattern_length) {
    ms->L = L;
    ms->left = CLUA_POLL_STEPS;
    ms->depth = MATCH_DEPTH_MAX;
    ms->source = s;
    ms->source_end = s + length;
    ms->pattern_end = p + pattern_length;
}
