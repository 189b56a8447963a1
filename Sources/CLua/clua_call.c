// Trampolines: the one way from Lua into Swift and back.
#include "clua_internal.h"
#include <stdio.h>
#include <stdlib.h>

// -- From Lua ------------------------------------------------------------------------------------------------------

static bool accepted(lua_State *L, int i, uint16_t accepts) {
    int type = lua_type(L, i);
    if (type <= LUA_TNIL) return (accepts & CLUA_ACCEPTS_ABSENT) != 0;
    if ((accepts & (1u << type)) == 0) return false;
    if (accepts & CLUA_ACCEPTS_INTEGRAL) {
        int ok;
        if (lua_isinteger(L, i)) return true;
        lua_tointegerx(L, i, &ok);
        return ok;
    }
    return !(accepts & CLUA_ACCEPTS_NUMERIC) || lua_isnumber(L, i);
}

// Names what stands between here and the coroutine's base and cannot be suspended.
const char *clua_unyieldable_cause(lua_State *L, char *text, size_t size) {
    lua_Debug ar;
    for (int level = 1; lua_getstack(L, level, &ar); level++) {
        lua_getinfo(L, "nS", &ar);
        if (*ar.namewhat == 'm' && strcmp(ar.namewhat, "metamethod") == 0) {
            snprintf(text, size, "the metamethod __%s", ar.name);
            return text;
        }
        if (*ar.what != 'C' || ar.name == NULL) continue;
        if (strcmp(ar.name, "pcall") == 0 || strcmp(ar.name, "xpcall") == 0) continue;
        if (strcmp(ar.name, "error") == 0) return "the message handler of xpcall";
        if (strcmp(ar.name, "sort") == 0) return "the comparator of table.sort";
        snprintf(text, size, "a function called by '%s'", ar.name);
        return text;
    }
    return "a function that C code called";
}

void clua_require_waiting(lua_State *L, clua_run *run, const char *name) {
    if (likely(lua_isyieldable(L) && run->barrier == 0)) return;
    char text[96];
    luaL_error(L, "%s has to wait for its answer, and inside %s nothing can wait: call it before, and use the result",
               name, clua_unyieldable_cause(L, text, sizeof text));
}

int clua_finish(lua_State *L, clua_run *run, int code, int before, lua_KFunction then) {
    if (likely(code == CLUA_PUSHED)) return lua_gettop(L) - before;
    if (code >= 0) return code;
    switch (code) {
    case CLUA_RAISE:
        return lua_error(L);
    case CLUA_AWAIT:
        run->passing = true;
        run->waiting = L;
        return lua_yieldk(L, 0, 0, then);
    default:
        clua_stop(L);
    }
}

static __attribute__((noinline)) int refuse_argument(lua_State *L, clua_run *run, const clua_entry *entry, int i) {
    run->bad_argument = i;
    run->grace++;
    run->hooks.bad_argument(L, entry->context);
    run->grace--;
    if (unlikely(run->over)) clua_settle(L, run);
    return lua_error(L);
}

int clua_dispatch(lua_State *L, clua_run *run, const clua_entry *entry, int before, lua_KFunction then) {
    for (int i = 0; i < entry->parameters; i++) {
        if (unlikely(!accepted(L, i + 1, entry->accepts[i]))) return refuse_argument(L, run, entry, i + 1);
    }
    if (entry->waits) clua_require_waiting(L, run, entry->name);
    run->grace++;
    int code = entry->call(L, entry->context);
    run->grace--;
    if (unlikely(run->over)) clua_settle(L, run);
    return clua_finish(L, run, code, before, then);
}

// After the host has its answer: Swift pushes it here, on the coroutine that asked.
int clua_complete(lua_State *L, int status, lua_KContext context) {
    (void)status, (void)context;
    clua_run *run = run_of(L);
    int before = lua_gettop(L);
    run->grace++;
    int code = run->hooks.complete(L, run->hooks.owner);
    run->grace--;
    if (unlikely(run->over)) clua_settle(L, run);
    return clua_finish(L, run, code, before, clua_complete);
}

// Calls a hook with the values that are on L as its arguments; its results are pushed.
int clua_call_hook(lua_State *L, clua_function hook) {
    clua_run *run = run_of(L);
    int before = lua_gettop(L);
    run->grace++;
    int code = hook(L, run->hooks.owner);
    run->grace--;
    if (unlikely(run->over)) clua_settle(L, run);
    return clua_finish(L, run, code, before, NULL);
}

// A light C function per entry: installing one allocates no closure, and calling one looks up no upvalue.
static __attribute__((noinline)) int call_entry(lua_State *L, int index) {
    clua_run *run = run_of(L);
    return clua_dispatch(L, run, &run->entries[index], lua_gettop(L), clua_complete);
}

#define ONE(n) static int entry_##n(lua_State *L) { return call_entry(L, 0x##n); }
#define ROW(h) ONE(h##0) ONE(h##1) ONE(h##2) ONE(h##3) ONE(h##4) ONE(h##5) ONE(h##6) ONE(h##7) \
    ONE(h##8) ONE(h##9) ONE(h##a) ONE(h##b) ONE(h##c) ONE(h##d) ONE(h##e) ONE(h##f)
ROW(0) ROW(1) ROW(2) ROW(3) ROW(4) ROW(5) ROW(6) ROW(7) ROW(8) ROW(9) ROW(a) ROW(b) ROW(c) ROW(d) ROW(e) ROW(f)
#define NAMES(h) entry_##h##0, entry_##h##1, entry_##h##2, entry_##h##3, entry_##h##4, entry_##h##5, entry_##h##6, \
    entry_##h##7, entry_##h##8, entry_##h##9, entry_##h##a, entry_##h##b, entry_##h##c, entry_##h##d, entry_##h##e, \
    entry_##h##f
static const lua_CFunction trampolines[CLUA_ENTRIES_MAX] = {
    NAMES(0), NAMES(1), NAMES(2), NAMES(3), NAMES(4), NAMES(5), NAMES(6), NAMES(7),
    NAMES(8), NAMES(9), NAMES(a), NAMES(b), NAMES(c), NAMES(d), NAMES(e), NAMES(f)};

int clua_entries_reserve(clua_run *run, int count) {
    if (count < 0 || run->entries_count + count > CLUA_ENTRIES_MAX) return -1;
    clua_entry *grown = realloc(run->entries, (size_t)(run->entries_count + count) * sizeof *grown);
    if (grown == NULL) return -1;
    int first = run->entries_count;
    memset(grown + first, 0, (size_t)count * sizeof *grown);
    run->entries = grown;
    run->entries_count += count;
    return first;
}

clua_entry *clua_entry_at(clua_run *run, int index) { return &run->entries[index]; }
void clua_push_entry(lua_State *L, int index) { lua_pushcfunction(L, trampolines[index]); }

// -- From Swift ----------------------------------------------------------------------------------------------------

struct entering {
    clua_function body;
    void *context;
};

static int enter_body(lua_State *L) {
    struct entering *entering = lua_touserdata(L, 1);
    clua_run *run = run_of(L);
    lua_settop(L, 0);
    run->grace++;
    int code = entering->body(L, entering->context);
    run->grace--;
    if (unlikely(run->over && run->grace == 0)) clua_settle(L, run);
    return code == CLUA_RAISE ? lua_error(L) : 0;
}

int clua_enter(clua_run *run, clua_function body, void *context) {
    lua_State *L = run->main;
    if (unlikely(run->escaped)) return LUA_ERRMEM;
    struct entering entering = {body, context};
    if (!lua_checkstack(L, 4)) return LUA_ERRMEM;
    lua_pushcfunction(L, enter_body);
    lua_pushlightuserdata(L, &entering);
    int status = lua_pcall(L, 1, 0, 0);
    if (status != LUA_OK) lua_pop(L, 1);
    if (stopping(run) && clua_watch_reason(run->watch) == CLUA_STOP_MEMORY) return LUA_ERRMEM;
    return status;
}

// In a frame of its own, as a jump back spoils the variables of the one it returns to.
static __attribute__((noinline)) int resume_or_escape(clua_run *run, int arguments) {
    int results;
    // Without the signal mask: saving it is a system call; on the way back the one signal is let in again.
    if (unlikely(sigsetjmp(run->escape, 0) != 0)) {
        run->can_escape = false;
        run->escaped = true;
        sigset_t prof;
        sigemptyset(&prof);
        sigaddset(&prof, SIGPROF);
        pthread_sigmask(SIG_UNBLOCK, &prof, NULL);
        clua_note_place(run->current, run);
        return LUA_YIELD;
    }
    run->can_escape = true;
    int status = lua_resume(run->root, NULL, arguments, &results);
    run->can_escape = false;
    return status;
}

clua_outcome clua_resume(clua_run *run, int arguments) {
    lua_State *L = run->root;
    if (stopping(run)) {
        if (run->waiting != NULL && !run->escaped) clua_note_place(run->waiting, run);
        return CLUA_STOPPED;
    }
    run->waiting = NULL;
    run->passing = false;
    run->barrier = 0;
    lua_State *before = run->current;
    run->current = L;
    clua_run *outer = clua_segment_begin(run);
    if (stopping(run)) clua_arm(L);
    run->status = resume_or_escape(run, arguments);
    clua_segment_end(run, outer);
    run->current = before;
    if (run->status == LUA_OK) return CLUA_DONE;
    if (stopping(run)) return CLUA_STOPPED;
    return run->status == LUA_YIELD ? CLUA_WAITING : CLUA_FAILED;
}

int clua_status(clua_run *run) { return run->status; }
int clua_bad_argument(lua_State *L) { return run_of(L)->bad_argument; }
