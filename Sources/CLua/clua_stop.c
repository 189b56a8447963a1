// The end of a run that nothing in the script can catch. The hook yields: pcall does not see a yield. Where the
// coroutine cannot yield it raises and stays armed, so whoever catches that runs not one instruction more.
#include "clua_internal.h"

// Raised with Lua's own memory message, lua_error takes the way of a memory error: no message handler is called (one
// would run inside the hook, where no hook reaches it), and nothing is allocated, as that string always exists.
static _Noreturn void raise_stop(lua_State *L) {
    lua_pushliteral(L, "not enough memory");
    lua_error(L);
    __builtin_unreachable();
}

static void note_place(lua_State *L, clua_run *run) {
    if (run->stopped_line < 0)
        run->stopped_line = clua_where(L, 0, run->stopped_name, sizeof run->stopped_name);
}

static void stop_hook(lua_State *L, lua_Debug *ar) {
    (void)ar;
    clua_run *run = run_of(L);
    if (!stopping(run)) {
        lua_sethook(L, NULL, 0, 0);
        return;
    }
    note_place(L, run);
    if (lua_isyieldable(L)) {
        lua_yield(L, 0);  // returns to the VM, which then yields
    } else {
        raise_stop(L);
    }
}

// Also from a signal handler.
void clua_arm(lua_State *L) { lua_sethook(L, stop_hook, LUA_MASKCOUNT, 1); }

void clua_stop(lua_State *L) {
    clua_run *run = run_of(L);
    note_place(L, run);
    clua_arm(L);
    if (lua_isyieldable(L)) lua_yield(L, 0);
    raise_stop(L);
}

void clua_run_stop(lua_State *L, clua_reason reason) {
    clua_run *run = run_of(L);
    int none = CLUA_RUNNING;
    atomic_compare_exchange_strong(&run->watch->stop, &none, reason);
    clua_arm(L);
}

bool clua_interrupted(lua_State *L) { return stopping(run_of(L)); }
int clua_check_interrupt(lua_State *L) { return stopping(run_of(L)); }

int clua_stopped_where(clua_run *run, char *name, size_t size) {
    if (run->stopped_line >= 0 && size > 0) {
        size_t length = strnlen(run->stopped_name, size - 1);
        memcpy(name, run->stopped_name, length);
        name[length] = 0;
    }
    return run->stopped_line;
}
