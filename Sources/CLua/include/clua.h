#pragma once
// Lua for Swift: the only code of the program that raises, yields or handles a failed allocation.
//
//   Lua ──call──▶ C trampoline ──▶ Swift function       Swift returns a code; once its frame is gone,
//   Lua ◀─raise── C trampoline ◀─ code ───┘             C raises, yields or returns.
//
// Swift touches a Lua stack only inside a trampoline (a declared function, or clua_enter). There it is *in grace*:
// an allocation never fails under it, going over the memory limit is only noted, and the trampoline settles the note
// when Swift is gone.
#include <stdbool.h>
#include <stdint.h>
#include "clua_raising.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Everything C keeps about one Lua state. Confined to the task that owns the state.
typedef struct clua_run clua_run;

/// The part of a run that other threads may touch: its stop flag, its clocks. Counted references.
typedef struct clua_watch clua_watch;

/// A Swift function as C sees it. Returns CLUA_PUSHED, a count of results, or one of the codes below.
typedef int (*clua_function)(lua_State *L, void *context);

enum {
    CLUA_RAISE = -1,   // the error value is on top of the stack
    CLUA_AWAIT = -2,   // an operation is parked with the run: yield to the host
    CLUA_STOP = -3,    // the run ends here and no pcall may catch it; clua_run_stop was called
    CLUA_PUSHED = -4   // everything above the arguments is a result
};

/// Why a run was stopped. The first reason wins.
typedef enum { CLUA_RUNNING = 0, CLUA_STOP_CPU, CLUA_STOP_WALL, CLUA_STOP_MEMORY, CLUA_STOP_CANCELLED,
               CLUA_STOP_HOST } clua_reason;

/// One declared function. `accepts` holds, per parameter, a bit per Lua type (1 << LUA_T…) and the CLUA_ACCEPTS_ bits
/// below; it, `context` and `name` outlive the run's state.
typedef struct {
    clua_function call;
    void *context;
    const uint16_t *accepts;
    uint8_t parameters;
    bool waits;        // parks operations: refused, in words, where the coroutine cannot yield
    const char *name;  // for the refusal
} clua_entry;

enum {
    CLUA_ACCEPTS_NUMERIC = 1 << 13,   // a number, or a string that reads as one
    CLUA_ACCEPTS_INTEGRAL = 1 << 14,  // and it has an exact integer value
    CLUA_ACCEPTS_ABSENT = 1 << 15     // nil or nothing
};

/// What the Swift side of a run does for C. `owner` is the context of each.
typedef struct {
    void *owner;
    clua_function complete;       // pushes what the parked operation brought; codes as of a function
    clua_function bad_argument;   // pushes the failure for argument clua_bad_argument(); CLUA_RAISE
    clua_function source;         // argument 1 is a module's name: pushes its bytes and its chunk name, or nothing
    clua_function now;            // pushes seconds since 1970 (integer) and nanoseconds
    clua_function zone;           // argument 1 is seconds since 1970: pushes the zone's offset in seconds, daylight
    clua_function seed;           // pushes two integers
    clua_function print;          // argument 1 is a line
    void (*release)(void *box);   // gives back a box that Lua held
} clua_hooks;

typedef struct {
    size_t memory_limit;    // bytes
    size_t memory_ceiling;  // bytes; what grace may reach
    int64_t cpu_limit_ns;
} clua_limits;

// -- A state ------------------------------------------------------------------------------------------------------

/// A sandboxed state, or NULL when memory does not suffice. The calling thread owns it from here on.
clua_run *clua_open(const clua_limits *limits, const clua_hooks *hooks);
/// Frees everything, running no code of the script. Not while inside clua_resume or clua_enter of this run.
void clua_close(clua_run *run);

clua_run *clua_run_of(lua_State *L);
void *clua_owner(lua_State *L);
lua_State *clua_main(clua_run *run);

/// Calls `body` on the main stack, in grace and protected. LUA_OK, or LUA_ERRRUN (a code was CLUA_RAISE), or
/// LUA_ERRMEM (over the memory limit). The stack is as before in each case.
int clua_enter(clua_run *run, clua_function body, void *context);

/// The functions a run can call, by index, and how many fit. The array is the run's own; fill it in any order.
enum { CLUA_ENTRIES_MAX = 256 };
/// Room for `count` more entries: the index of the first, or -1 when CLUA_ENTRIES_MAX is reached or memory fails.
int clua_entries_reserve(clua_run *run, int count);
clua_entry *clua_entry_at(clua_run *run, int index);
/// Pushes the function of entry `index` (grace).
void clua_push_entry(lua_State *L, int index);

// -- Running ------------------------------------------------------------------------------------------------------

typedef enum { CLUA_DONE = 0, CLUA_WAITING, CLUA_FAILED, CLUA_STOPPED } clua_outcome;

/// The coroutine that script code runs on. A new one is made by clua_fresh_root (grace).
lua_State *clua_root(clua_run *run);
void clua_fresh_root(lua_State *L);
/// Runs the root: the first time its function with `arguments` values, later the parked operation's completion.
/// CLUA_DONE: results on the root. CLUA_FAILED: the error value on top of the root.
clua_outcome clua_resume(clua_run *run, int arguments);
/// The status that Lua gave with the last CLUA_FAILED.
int clua_status(clua_run *run);
/// Number of the argument that clua_hooks.bad_argument is to explain, from 1.
int clua_bad_argument(lua_State *L);

/// Loads a text chunk onto the stack (grace): LUA_OK and the function, or a status and the message.
int clua_load_text(lua_State *L, const char *bytes, size_t count, const char *chunkname);

/// First frame at or above `level` that is at a line of a script: its line, or -1. `name` gets the chunk's name,
/// without mark, cut to `size`.
int clua_where(lua_State *L, int level, char *name, size_t size);
/// Where a stop caught the script: line or -1.
int clua_stopped_where(clua_run *run, char *name, size_t size);

/// Describes the value at `index` as one string on top (grace). Runs no code of the script.
void clua_describe(lua_State *L, int index);
/// Pushes a function that turns its argument into text by the script's own means (`__tostring`): for the root.
void clua_push_to_text(lua_State *L);
/// Pushes a traceback of `of` (grace).
void clua_push_traceback(lua_State *L, lua_State *of);

// -- Stopping: any thread ------------------------------------------------------------------------------------------

clua_watch *clua_watch_of(clua_run *run);
void clua_watch_retain(clua_watch *watch);
void clua_watch_release(clua_watch *watch);
/// Asks the run to stop. It does at the next Lua instruction, or when it would run the next time.
void clua_watch_stop(clua_watch *watch, clua_reason reason);
clua_reason clua_watch_reason(clua_watch *watch);
/// CPU time used so far, nanoseconds.
int64_t clua_watch_cpu_ns(clua_watch *watch);
/// At the deadline (monotonic, nanoseconds from now) stops the run and calls `fire`; `hold` is called first, under a
/// lock, and keeps `token` alive until `fire`. One deadline at a time.
void clua_watch_deadline(clua_watch *watch, int64_t nanoseconds, void *token, void (*hold)(void *),
                         void (*fire)(void *));
void clua_watch_deadline_off(clua_watch *watch);
/// Other bounds from now on; a deadline that is set moves to `wall_ns` from now.
void clua_watch_bound(clua_watch *watch, int64_t cpu_limit_ns, int64_t wall_ns);
void clua_run_stop(lua_State *L, clua_reason reason);

/// For loops in C or Swift: true once the run is to stop. Cheap enough for each step.
bool clua_interrupted(lua_State *L);

// -- Memory -------------------------------------------------------------------------------------------------------

typedef struct { size_t used, peak, limit; long blocks; } clua_memory;
clua_memory clua_memory_now(clua_run *run);
/// Other bounds from now on.
void clua_memory_bound(clua_run *run, size_t limit, size_t ceiling);
/// Asked before a large push: false when `bytes` more would pass the ceiling that even grace has; then the run is
/// over its limit and the caller returns.
bool clua_reserve(lua_State *L, size_t bytes);

/// For tests: the `nth` allocation from now on (1 = the next) of this thread's states fails, with its retry; with
/// `onwards`, all later ones too. 0 turns it off.
void clua_fail_allocation(long nth, bool onwards);
/// For tests: allocations counted since clua_fail_allocation; open states, and blocks that closed ones left behind.
long clua_allocations(void);
long clua_left_alive(void);

// -- Values: all in grace, none raises there ------------------------------------------------------------------------

static inline void clua_pop(lua_State *L, int n) { (lua_settop)(L, -n - 1); }
static inline void clua_settop(lua_State *L, int n) { (lua_settop)(L, n); }
static inline void clua_push_bytes(lua_State *L, const char *s, size_t n) { (lua_pushlstring)(L, s, n); }
static inline void clua_push_text(lua_State *L, const char *s) { (lua_pushstring)(L, s); }
static inline void clua_new_table(lua_State *L, int array, int record) { (lua_createtable)(L, array, record); }
static inline void clua_rawset(lua_State *L, int i) { (lua_rawset)(L, i); }
static inline void clua_rawseti(lua_State *L, int i, lua_Integer n) { (lua_rawseti)(L, i, n); }
/// Makes the table below the top refuse, in words, to be read at a string key that is not a key of the table on top,
/// which it takes: `SENTENCE 'key'` (grace).
void clua_make_strict(lua_State *L, const char *sentence);
static inline void clua_rawset_text(lua_State *L, int i, const char *key) {
    i = lua_absindex(L, i);
    (lua_pushstring)(L, key);
    lua_insert(L, -2);
    (lua_rawset)(L, i);
}
static inline int clua_rawget_text(lua_State *L, int i, const char *key) {
    i = lua_absindex(L, i);
    (lua_pushstring)(L, key);
    return lua_rawget(L, i);
}
/// The bytes of a string, or NULL when the value is not one. Numbers are not converted.
static inline const char *clua_bytes(lua_State *L, int i, size_t *count) {
    return lua_type(L, i) == LUA_TSTRING ? (lua_tolstring)(L, i, count) : 0;
}
/// As clua_bytes, and a number becomes text, in its stack slot too.
static inline const char *clua_bytes_or_number(lua_State *L, int i, size_t *count) {
    int type = lua_type(L, i);
    return type == LUA_TSTRING || type == LUA_TNUMBER ? (lua_tolstring)(L, i, count) : 0;
}
static inline void clua_insert(lua_State *L, int i) { lua_insert(L, i); }
static inline void clua_remove(lua_State *L, int i) { lua_remove(L, i); }
static inline void clua_xmove(lua_State *from, lua_State *to, int n) { lua_xmove(from, to, n); }
/// Steps a raw traversal; the key on top must be nil or come from the same table, so it does not raise.
static inline int clua_rawnext(lua_State *L, int i) { return (lua_next)(L, i); }
static inline lua_Integer clua_integer(lua_State *L, int i, bool *ok) {
    int isnum = 0;
    lua_Integer n = lua_tointegerx(L, i, &isnum);
    *ok = isnum != 0;
    return n;
}
static inline lua_Number clua_number(lua_State *L, int i, bool *ok) {
    int isnum = 0;
    lua_Number n = lua_tonumberx(L, i, &isnum);
    *ok = isnum != 0;
    return n;
}
static inline void *clua_light(lua_State *L, int i) {
    return lua_type(L, i) == LUA_TLIGHTUSERDATA ? lua_touserdata(L, i) : 0;
}
static inline void clua_push_globals(lua_State *L) {
    lua_rawgeti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
}
static inline int clua_registry(void) { return LUA_REGISTRYINDEX; }
static inline int clua_upvalue(int i) { return lua_upvalueindex(i); }

/// `json.null`: one light userdata. `[]` is a table with the marker metatable.
void *clua_null(void);
bool clua_is_null(lua_State *L, int i);
void clua_push_null(lua_State *L);
/// Marks the table on top as a list, so that it stays `[]` when it is empty.
void clua_mark_array(lua_State *L);
bool clua_is_array(lua_State *L, int i);

/// References: a slot for the value on top, which is popped; pushing it; freeing it.
int clua_ref(lua_State *L);
void clua_push_ref(lua_State *L, int slot);
void clua_unref(lua_State *L, int slot);

/// Gives the table on top the metatable of failures of `kind`: `tostring` is one line, `..` works.
void clua_mark_failure(lua_State *L, int kind);
/// Kind of the failure at `i`, or -1 when it is no failure of ours.
int clua_failure_kind(lua_State *L, int i);

/// A callable path such as `b24`: pushes a root whose calls go to entry `index` with the dotted name as first
/// argument. The table on top holds its explicit members and is popped.
void clua_push_path(lua_State *L, const char *name, int index);
bool clua_is_path(lua_State *L, int i);

/// An iterator for `for`: `next` is called with `box` and parks an operation that completes with one array or nil;
/// the script sees (element, position). Lua owns the box from here: clua_hooks.release gives it back.
void clua_push_iterator(lua_State *L, clua_function next, void *box, const char *name);

#ifdef __cplusplus
}
#endif
