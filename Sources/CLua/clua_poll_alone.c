/* Until the run itself is here: the loops of the library poll a run that never stops. */
#include "clua_poll.h"

__attribute__((weak)) int clua_check_interrupt(lua_State *L) {
    (void)L;
    return 0;
}

__attribute__((weak)) void clua_stop(lua_State *L) {
    luaL_error(L, "stopped");
    __builtin_unreachable();
}

__attribute__((weak)) const char *clua_tolstring(lua_State *L, int index, size_t *length) {
    return luaL_tolstring(L, index, length);
}
