/*
 * Lua's pattern matcher. Private to CLua; the source file says where it comes from.
 */
#pragma once

#include "clua_poll.h"

#define CAPTURES_MAX 32
#define CAPTURE_UNFINISHED (-1)
#define CAPTURE_POSITION (-2)
#define MATCH_DEPTH_MAX 200
#define ESCAPE '%'

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

void clua_match_prepare(MatchState *ms, lua_State *L, const char *s, size_t length, const char *p,
                        size_t pattern_length);

/* The end of the match of `p` at `s`, or NULL. Raises on a malformed pattern; stops the run at its deadline. */
const char *clua_match(MatchState *ms, const char *s, const char *p);

/*
 * The i-th capture, or the whole match `s`..`e` where the pattern has none. A position is pushed and answered by
 * CAPTURE_POSITION; text is not pushed: its length is returned and `*text` set.
 */
ptrdiff_t clua_capture(MatchState *ms, int index, const char *s, const char *e, const char **text);
void clua_push_capture(MatchState *ms, int index, const char *s, const char *e);

/* Pushes all captures, or the whole match unless `s` is NULL; returns how many. */
int clua_push_captures(MatchState *ms, const char *s, const char *e);
