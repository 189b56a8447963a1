/* What the C loops of the library share: how they notice that their run must stop. Private to CLua. */
#pragma once

#include <lua5.4/lauxlib.h>
#include <lua5.4/lua.h>
#include <lua5.4/lualib.h>
#include <stddef.h>

/* Nonzero once the run of `L` has passed a deadline or was cancelled. Reads one flag. */
int clua_check_interrupt(lua_State *L);

/* Ends the run: yields where the coroutine can, raises where it cannot. Does not return. */
_Noreturn void clua_stop(lua_State *L);

/* Pushes the readable form of a value, as `tostring`: honours `__tostring`, shows no address. */
const char *clua_tolstring(lua_State *L, int index, size_t *length);

/* Steps (a byte compared, an element moved) between two looks at the flag: some 20 µs of work. */
#define CLUA_POLL_STEPS 4096

/* Looks at the flag at once: before work whose length is not known, such as a callback. */
static inline void clua_poll(lua_State *L) {
    if (__builtin_expect(clua_check_interrupt(L) != 0, 0)) clua_stop(L);
}

/* Counts `cost` steps off `*left` and looks at the flag when they are used up. */
static inline void clua_spend(lua_State *L, ptrdiff_t *left, ptrdiff_t cost) {
    if (__builtin_expect((*left -= cost) < 0, 0)) {
        *left = CLUA_POLL_STEPS;
        clua_poll(L);
    }
}
