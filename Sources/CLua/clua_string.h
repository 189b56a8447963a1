/* The parts of the string library that live in files of their own. Private to CLua. */
#pragma once

#include <lua5.4/lua.h>

/* `string.format`. */
int clua_string_format(lua_State *L);
