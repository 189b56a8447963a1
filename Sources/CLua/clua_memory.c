// The counting allocator. Three situations when a block is to grow:
//
//   within the limit             realloc
//   over it, script or C runs    refused: Lua collects and asks again; refused again, the run ends (memory)
//   over it, in grace            granted and noted: Swift is on the stack and nothing may jump over it;
//                                the trampoline settles the note when Swift is gone
#include "clua_internal.h"
#include <stdlib.h>

// Open states, and blocks that closed ones left behind: nothing shared is touched per allocation.
static atomic_long states, left_behind;
static _Thread_local long fail_at __attribute__((tls_model("initial-exec")));
static _Thread_local long counted;
static _Thread_local bool fail_onwards;

void clua_fail_allocation(long nth, bool onwards) {
    fail_at = nth;
    fail_onwards = onwards;
    counted = 0;
}

long clua_allocations(void) { return counted; }
long clua_left_alive(void) { return atomic_load(&states) + atomic_load(&left_behind); }

static bool injected(void) {
    if (fail_at == 0) return false;
    counted++;
    return counted == fail_at || (fail_onwards && counted > fail_at);
}

// Cold: over the limit, or a test counts allocations. True when the growth is granted.
static __attribute__((noinline)) bool grant(clua_run *run, void *block, size_t new_size, bool over) {
    bool retry = run->denied_size == new_size && run->denied_block == block;
    bool refused = over || injected() || (retry && fail_at != 0 && counted == fail_at + 1);
    if (!refused) return true;
    if (run->grace > 0) {
        run->over = true;
        return true;
    }
    if (retry && run->current != NULL) {
        // The second refusal of one block is the one that raises. No pcall may live on it: stop the run.
        clua_run_stop(run->current, CLUA_STOP_MEMORY);
    }
    run->denied_block = block;
    run->denied_size = new_size;
    return false;
}

// Blocks from this size that grow are Lua's vectors; it may still be moving their parts when the allocator is done.
enum { MOVED_BYTES_MIN = 1 << 15 };

static inline void *allocate(clua_run *run, void *block, size_t old_size, size_t new_size) {
    size_t old = block != NULL ? old_size : 0;
    if (new_size == 0) {
        if (block != NULL) {
            free(block);
            run->used -= old;
            run->blocks--;
        }
        return NULL;
    }
    if (new_size > old) {
        bool over = run->used + (new_size - old) > run->limit;
        if (unlikely(over || fail_at != 0) && !grant(run, block, new_size, over)) return NULL;
    }
    void *grown = realloc(block, new_size);
    if (unlikely(grown == NULL)) return new_size <= old ? block : NULL;
    run->used += new_size - old;
    if (run->used > run->peak) run->peak = run->used;
    run->blocks += block == NULL;
    if (unlikely(new_size >= MOVED_BYTES_MIN) && block != NULL) run->moved = run->allocations + 1;
    return grown;
}

void *clua_allocate(void *opaque, void *block, size_t old_size, size_t new_size) {
    clua_run *run = opaque;
    run->allocations++;
    void *result = allocate(run, block, old_size, new_size);
    run->allocations++;
    return result;
}

clua_run *clua_memory_new(const clua_limits *limits) {
    clua_run *run = calloc(1, sizeof *run);
    if (run == NULL) return NULL;
    run->limit = limits->memory_limit;
    run->ceiling = limits->memory_ceiling > limits->memory_limit ? limits->memory_ceiling : limits->memory_limit;
    run->stopped_line = -1;
    atomic_fetch_add(&states, 1);
    return run;
}

void clua_memory_free(clua_run *run) {
    atomic_fetch_add(&left_behind, run->blocks);
    atomic_fetch_sub(&states, 1);
    free(run->entries);
    free(run);
}

void clua_memory_bound(clua_run *run, size_t limit, size_t ceiling) {
    run->limit = limit;
    run->ceiling = ceiling > limit ? ceiling : limit;
}

clua_memory clua_memory_now(clua_run *run) {
    return (clua_memory){run->used, run->peak, run->limit, run->blocks};
}

bool clua_reserve(lua_State *L, size_t bytes) {
    clua_run *run = run_of(L);
    if (likely(bytes <= run->ceiling && run->used <= run->ceiling - bytes)) return true;
    run->over = true;
    return false;
}

// On the way out of Swift, after something went over the limit in grace: collect once; still over, the run ends.
// An injected failure settles as a real one would.
void clua_settle(lua_State *L, clua_run *run) {
    run->over = false;
    if (fail_at == 0) {
        lua_gc(L, LUA_GCCOLLECT);
        if (run->used <= run->limit) return;
    }
    clua_run_stop(L, CLUA_STOP_MEMORY);
    clua_stop(L);
}
