/* The two functions of the fixed order. Private to CLua. */
#pragma once

#include <lua5.4/lua.h>

/* Pushes `next` in the fixed order. */
void clua_push_next(lua_State *L);

/* Pushes `pairs` in the fixed order; `next` is the stack index of what clua_push_next pushed. */
void clua_push_pairs(lua_State *L, int next);
