// What the C files of the seam share. Swift does not see this header.
#pragma once
#include <setjmp.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include "include/clua.h"
#include <lua5.4/lualib.h>

#define likely(x) __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)

struct clua_watch {
    atomic_int references;
    atomic_int stop;              // clua_reason; the first reason wins
    // Guarded by the watchdog's lock.
    bool active;                  // a segment runs on `thread`
    int thread;                   // kernel id
    int64_t started_ns;           // monotonic
    int64_t thread_cpu_ns;        // the thread's CPU clock when the watchdog first saw this segment; -1 before
    int64_t before_seen_ns;       // part of the segment before that
    int64_t cpu_limit_ns;
    _Atomic int64_t cpu_used_ns;  // of finished segments
    clua_watch *next, *previous;  // active list
    int64_t deadline_ns;          // monotonic; 0 = none
    void *token;
    void (*hold)(void *), (*fire)(void *);
    clua_watch *next_deadline, *previous_deadline;
};

struct clua_run {
    // Memory (clua_memory.c).
    size_t used, peak, limit, ceiling;
    long blocks;
    int grace;            // > 0: Swift is on the stack, nothing may fail
    bool over;            // went over the limit in grace
    void *denied_block;   // the last refusal: a second equal one is final
    size_t denied_size;

    // Odd while inside the allocator; changes with every allocation. Read by the signal handler.
    volatile unsigned long allocations;
    unsigned long moved;  // `allocations` after the last large block that grew

    // Leaving work of Lua's own that no hook reaches (clua_stop.c).
    sigjmp_buf escape;
    volatile bool can_escape;
    unsigned long seen_allocations;
    int stuck_signals;
    bool escaped;         // the state is dropped as it stands: nothing enters it again

    // Running.
    lua_State *main, *root;
    lua_State *volatile current;  // the signal handler arms this one
    clua_watch *watch;
    int barrier;          // C calls that cannot yield below the running coroutine
    int closing;          // coroutines being closed inside each other
    bool passing;         // a host yield is on its way up through user coroutines
    int status;
    lua_State *waiting;   // the coroutine that parked last
    int bad_argument;
    int stopped_line;
    char stopped_name[LUA_IDSIZE];

    clua_hooks hooks;
    clua_entry *entries;
    int entries_count;

    uint64_t random[4];
    bool seeded;
    int64_t started_s, started_ns;  // of os.clock, by the run's own clock
    bool clock_started;
    int failure_kinds;    // bit per kind whose metatable exists
};

static inline clua_run *run_of(lua_State *L) { return *(clua_run **)lua_getextraspace(L); }
static inline bool stopping(clua_run *run) {
    return atomic_load_explicit(&run->watch->stop, memory_order_relaxed) != CLUA_RUNNING;
}

// Registry keys: addresses of these.
extern const char clua_key_null, clua_key_array, clua_key_root, clua_key_loaded, clua_key_ids, clua_key_refs,
    clua_key_path, clua_key_iterator, clua_key_weak;
extern const char clua_key_failure[8];

// clua_memory.c
clua_run *clua_memory_new(const clua_limits *limits);
void clua_memory_free(clua_run *run);
void *clua_allocate(void *run, void *block, size_t old_size, size_t new_size);
void clua_settle(lua_State *L, clua_run *run);

// clua_watch.c
clua_watch *clua_watch_new(int64_t cpu_limit_ns);
clua_run *clua_segment_begin(clua_run *run);
void clua_segment_end(clua_run *run, clua_run *outer);

// clua_stop.c
void clua_arm(lua_State *L);
void clua_escape_if_stuck(clua_run *run);  // in the signal handler
bool clua_may_close(const clua_run *run);
_Noreturn void clua_stop(lua_State *L);
void clua_note_place(lua_State *L, clua_run *run);
int clua_check_interrupt(lua_State *L);  // for loops in C: nonzero when the run is to stop, by clua_stop

// clua_call.c
int clua_dispatch(lua_State *L, clua_run *run, const clua_entry *entry, int before, lua_KFunction then);
int clua_finish(lua_State *L, clua_run *run, int code, int before, lua_KFunction then);
int clua_call_hook(lua_State *L, clua_function hook);
int clua_complete(lua_State *L, int status, lua_KContext context);
void clua_require_waiting(lua_State *L, clua_run *run, const char *name);
const char *clua_unyieldable_cause(lua_State *L, char *text, size_t size);

// clua_text.c
const char *clua_tolstring(lua_State *L, int i, size_t *count);
lua_CFunction clua_stock(const char *library, const char *name);

// Openers.
int clua_open_sandbox(lua_State *L);
int clua_open_coroutine(lua_State *L);
int clua_open_os(lua_State *L);
int clua_open_random(lua_State *L);
int clua_load(lua_State *L);
int clua_require(lua_State *L);
int clua_open_string(lua_State *L);  // clua_string*.c
int clua_open_table(lua_State *L);   // clua_table.c
int clua_open_order(lua_State *L);   // clua_order*.c: sets pairs and next
