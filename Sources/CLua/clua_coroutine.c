// The coroutine library, again: a host yield passes up through every user coroutine to the host, a stop too, and the
// run always knows which coroutine is running.
//
//   root ── resume ──▶ A ── resume ──▶ B ── b24.call ──▶ Swift parks
//   host ◀─ yield ─── A ◀─ yield ──── B     then the host resumes root, which resumes A, which resumes B
#include "clua_internal.h"

enum { FAILED = -1, PASSING = -2 };

static lua_State *check_coroutine(lua_State *L) {
    lua_State *co = lua_tothread(L, 1);
    luaL_argexpected(L, co, 1, "coroutine");
    return co;
}

// Sets `current` back to L and, when the run is to stop, ends it here.
static void back_in(lua_State *L, clua_run *run) {
    run->current = L;
    if (unlikely(stopping(run))) clua_stop(L);
}

static int resume(lua_State *L, lua_State *co, int arguments) {
    clua_run *run = run_of(L);
    if (unlikely(!lua_checkstack(co, arguments))) {
        lua_pushliteral(L, "too many arguments to resume");
        return FAILED;
    }
    lua_xmove(L, co, arguments);
    int results;
    bool barrier = !lua_isyieldable(L);
    run->barrier += barrier;
    run->passing = false;
    run->current = co;
    if (unlikely(stopping(run))) clua_arm(co);
    int status = lua_resume(co, L, arguments, &results);
    run->barrier -= barrier;
    back_in(L, run);
    if (unlikely(status != LUA_OK && status != LUA_YIELD)) {
        lua_xmove(co, L, 1);
        return FAILED;
    }
    if (status == LUA_YIELD && run->passing) return PASSING;
    if (unlikely(!lua_checkstack(L, results + 1))) {
        lua_pop(co, results);
        lua_pushliteral(L, "too many results to resume");
        return FAILED;
    }
    lua_xmove(co, L, results);
    return results;
}

static int resume_again(lua_State *L, int status, lua_KContext context);

static int finish_resume(lua_State *L, int results) {
    if (results == PASSING) return lua_yieldk(L, 0, 0, resume_again);
    if (results == FAILED) {
        lua_pushboolean(L, 0);
        lua_insert(L, -2);
        return 2;
    }
    lua_pushboolean(L, 1);
    lua_insert(L, -(results + 1));
    return results + 1;
}

static int resume_again(lua_State *L, int status, lua_KContext context) {
    (void)status, (void)context;
    return finish_resume(L, resume(L, lua_tothread(L, 1), 0));
}

static int co_resume(lua_State *L) {
    lua_State *co = check_coroutine(L);
    return finish_resume(L, resume(L, co, lua_gettop(L) - 1));
}

// A __close that closes the next coroutine: Lua 5.4.4 does not count such calls on the C stack.
enum { CLOSING_DEPTH_MAX = 100 };

static int close_coroutine(lua_State *L, lua_State *co) {
    clua_run *run = run_of(L);
    if (run->closing >= CLOSING_DEPTH_MAX)
        return luaL_error(L, "C stack overflow: more than %d coroutines closed inside each other", CLOSING_DEPTH_MAX);
    run->closing++;
    run->barrier++;
    run->current = co;
    if (unlikely(stopping(run))) clua_arm(co);
    int status = lua_resetthread(co);
    run->barrier--;
    run->closing--;
    back_in(L, run);
    return status;
}

static int wrap_again(lua_State *L, int status, lua_KContext context);

static int finish_wrap(lua_State *L, lua_State *co, int results) {
    if (likely(results >= 0)) return results;
    if (results == PASSING) return lua_yieldk(L, 0, 0, wrap_again);
    int status = lua_status(co);
    if (status != LUA_OK && status != LUA_YIELD) {
        // Its pending variables are closed with the error in sight, and may replace it.
        lua_xmove(L, co, 1);
        close_coroutine(L, co);
        lua_xmove(co, L, 1);
    }
    if (status != LUA_ERRMEM && lua_type(L, -1) == LUA_TSTRING) {
        luaL_where(L, 1);
        lua_insert(L, -2);
        lua_concat(L, 2);
    }
    return lua_error(L);
}

static int wrap_again(lua_State *L, int status, lua_KContext context) {
    (void)status, (void)context;
    lua_State *co = lua_tothread(L, lua_upvalueindex(1));
    return finish_wrap(L, co, resume(L, co, 0));
}

static int call_wrapped(lua_State *L) {
    lua_State *co = lua_tothread(L, lua_upvalueindex(1));
    return finish_wrap(L, co, resume(L, co, lua_gettop(L)));
}

static int co_create(lua_State *L) {
    luaL_checktype(L, 1, LUA_TFUNCTION);
    lua_State *co = lua_newthread(L);
    lua_pushvalue(L, 1);
    lua_xmove(L, co, 1);
    return 1;
}

static int co_wrap(lua_State *L) {
    co_create(L);
    lua_pushcclosure(L, call_wrapped, 1);
    return 1;
}

static int co_yield(lua_State *L) {
    clua_run *run = run_of(L);
    char text[96];
    if (L == run->root) return luaL_error(L, "coroutine.yield was called outside a coroutine");
    if (!lua_isyieldable(L))
        return luaL_error(L, "coroutine.yield cannot work inside %s", clua_unyieldable_cause(L, text, sizeof text));
    return lua_yield(L, lua_gettop(L));
}

static const char *status_of(lua_State *L, lua_State *co) {
    if (L == co) return "running";
    switch (lua_status(co)) {
    case LUA_YIELD:
        return "suspended";
    case LUA_OK: {
        lua_Debug ar;
        if (co == run_of(L)->root || lua_getstack(co, 0, &ar)) return "normal";
        return lua_gettop(co) == 0 ? "dead" : "suspended";
    }
    default:
        return "dead";
    }
}

static int co_status(lua_State *L) {
    lua_pushstring(L, status_of(L, check_coroutine(L)));
    return 1;
}

static int co_isyieldable(lua_State *L) {
    lua_State *co = lua_isnone(L, 1) ? L : check_coroutine(L);
    lua_pushboolean(L, co != run_of(L)->root && lua_isyieldable(co));
    return 1;
}

static int co_running(lua_State *L) {
    lua_pushthread(L);
    lua_pushboolean(L, L == run_of(L)->root);
    return 2;
}

static int co_close(lua_State *L) {
    lua_State *co = check_coroutine(L);
    const char *status = status_of(L, co);
    if (strcmp(status, "dead") != 0 && strcmp(status, "suspended") != 0)
        return luaL_error(L, "cannot close a %s coroutine", status);
    if (close_coroutine(L, co) == LUA_OK) {
        lua_pushboolean(L, 1);
        return 1;
    }
    lua_pushboolean(L, 0);
    lua_xmove(co, L, 1);
    return 2;
}

int clua_open_coroutine(lua_State *L) {
    static const luaL_Reg functions[] = {
        {"close", co_close},     {"create", co_create}, {"isyieldable", co_isyieldable}, {"resume", co_resume},
        {"running", co_running}, {"status", co_status}, {"wrap", co_wrap},               {"yield", co_yield},
        {NULL, NULL}};
    luaL_newlib(L, functions);
    return 1;
}
