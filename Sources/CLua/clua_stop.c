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

void clua_note_place(lua_State *L, clua_run *run) {
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
    clua_note_place(L, run);
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
    clua_note_place(L, run);
    clua_arm(L);
    if (lua_isyieldable(L)) lua_yield(L, 0);
    raise_stop(L);
}

void clua_run_stop(lua_State *L, clua_reason reason) {
    clua_run *run = run_of(L);
    int none = CLUA_RUNNING;
    atomic_compare_exchange_strong(&run->watch->stop, &none, reason);
    clua_note_place(L, run);
    clua_arm(L);
}

// Some work of Lua's own has no end in sight and runs no instruction that a hook could stop: a collection of ephemeron
// tables, a rehash of integer keys chosen to collide, a chain of `__call` onto itself. When STUCK_SIGNALS of the
// watchdog in a row find the run there, without one allocation in between, the handler leaves to where the run was
// resumed. No Swift is skipped (it runs in grace), no lock is held (the allocator is left out), and the state is never
// entered again, only freed.
enum { STUCK_SIGNALS = 6 };

void clua_escape_if_stuck(clua_run *run) {
    unsigned long allocations = run->allocations;
    bool moved_on = allocations != run->seen_allocations;
    run->seen_allocations = allocations;
    if (moved_on || (allocations & 1) != 0 || run->grace > 0 || !run->can_escape) {
        run->stuck_signals = 0;
        return;
    }
    if (++run->stuck_signals >= STUCK_SIGNALS) siglongjmp(run->escape, 1);
}

// All objects hang together and can be freed, except while a vector that grew is being put in order (the table of
// strings): such a state is left to leak, at most its memory limit, rather than to crash the process.
bool clua_may_close(const clua_run *run) { return !run->escaped || run->moved != run->allocations; }

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
