// The watchdog: one thread for the process. While any run executes Lua it looks every few milliseconds whether one is
// out of CPU time, and signals the thread that runs it; the handler arms an instruction hook on the coroutine running
// there. A run pays a clock reading and two uncontended locks per segment, and nothing per instruction.
#define _GNU_SOURCE
#include "clua_internal.h"
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { TICK_MS = 4, IDLE_TICKS = 64 };  // after so many ticks without a running segment it sleeps until one starts
#define NS_PER_MS 1000000LL
#define NS_PER_S 1000000000LL

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t wake;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static bool asleep;
static clua_watch *active, *deadlines;
static int64_t earliest_ns;  // no deadline is before this; 0 = none known

// The handler reads these on its own thread only.
static _Thread_local clua_run *volatile running __attribute__((tls_model("initial-exec")));
static _Thread_local int thread_id;

static int64_t now_ns(clockid_t clock) {
    struct timespec t;
    return clock_gettime(clock, &t) == 0 ? t.tv_sec * NS_PER_S + t.tv_nsec : -1;
}

// The CPU clock of a thread by its kernel id, as glibc's pthread_getcpuclockid makes it; -1 when the thread is gone.
static int64_t thread_cpu_ns(int thread) {
    return now_ns((clockid_t)((~(unsigned)thread << 3) | 6));
}

static void on_signal(int signal) {
    (void)signal;
    clua_run *run = running;
    if (run == NULL || !stopping(run)) return;
    clua_arm(run->current);
    clua_escape_if_stuck(run);
}

static void interrupt(clua_watch *watch) {
    if (watch->active) syscall(SYS_tgkill, getpid(), watch->thread, SIGPROF);
}

static void ask_to_stop(clua_watch *watch, clua_reason reason) {
    int none = CLUA_RUNNING;
    atomic_compare_exchange_strong(&watch->stop, &none, reason);
    interrupt(watch);
}

static int64_t segment_ns(clua_watch *watch, int64_t now) {
    if (watch->thread_cpu_ns < 0) {
        watch->thread_cpu_ns = thread_cpu_ns(watch->thread);
        watch->before_seen_ns = now - watch->started_ns;
        return watch->before_seen_ns;
    }
    return watch->before_seen_ns + thread_cpu_ns(watch->thread) - watch->thread_cpu_ns;
}

static void look_at_segments(int64_t now) {
    for (clua_watch *watch = active; watch != NULL; watch = watch->next) {
        if (atomic_load(&watch->cpu_used_ns) + segment_ns(watch, now) >= watch->cpu_limit_ns) {
            ask_to_stop(watch, CLUA_STOP_CPU);
        } else if (atomic_load(&watch->stop) != CLUA_RUNNING) {
            interrupt(watch);
        }
    }
}

static void unlink_deadline(clua_watch *watch) {
    if (watch->deadline_ns == 0) return;
    if (watch->previous_deadline) watch->previous_deadline->next_deadline = watch->next_deadline;
    else deadlines = watch->next_deadline;
    if (watch->next_deadline) watch->next_deadline->previous_deadline = watch->previous_deadline;
    watch->next_deadline = watch->previous_deadline = NULL;
    watch->deadline_ns = 0;
}

// Fires what is due, one at a time: `fire` runs without the lock, for it may run a task's cancellation handlers.
static void look_at_deadlines(int64_t now) {
    while (earliest_ns != 0 && now >= earliest_ns) {
        int64_t earliest = 0;
        clua_watch *due = NULL;
        for (clua_watch *watch = deadlines; watch != NULL; watch = watch->next_deadline) {
            if (watch->deadline_ns <= now) due = watch;
            else if (earliest == 0 || watch->deadline_ns < earliest) earliest = watch->deadline_ns;
        }
        if (due == NULL) {
            earliest_ns = earliest;
            return;
        }
        unlink_deadline(due);
        ask_to_stop(due, CLUA_STOP_WALL);
        void *token = due->token;
        void (*fire)(void *) = due->fire;
        due->hold(token);
        pthread_mutex_unlock(&lock);
        fire(token);
        pthread_mutex_lock(&lock);
    }
}

static void *watch_segments(void *unused) {
    (void)unused;
    pthread_mutex_lock(&lock);
    int idle = 0;
    for (;;) {
        idle = active != NULL ? 0 : idle + 1;
        asleep = idle > IDLE_TICKS;
        int64_t until = now_ns(CLOCK_MONOTONIC) + TICK_MS * NS_PER_MS;
        if (asleep) until = earliest_ns != 0 ? earliest_ns : INT64_MAX;
        struct timespec t = {until / NS_PER_S, until % NS_PER_S};
        if (until == INT64_MAX) pthread_cond_wait(&wake, &lock);
        else pthread_cond_timedwait(&wake, &lock, &t);
        if (asleep && active != NULL) idle = 0;
        asleep = false;
        int64_t now = now_ns(CLOCK_MONOTONIC);
        look_at_segments(now);
        look_at_deadlines(now);
    }
    return NULL;
}

static void start(void) {
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    sigaction(SIGPROF, &action, NULL);
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&wake, &attributes);
    // The watchdog takes no signal of the program's.
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pthread_attr_t small;
    pthread_attr_init(&small);
    pthread_attr_setdetachstate(&small, PTHREAD_CREATE_DETACHED);
    pthread_t thread;
    // Without its watchdog the program would run scripts without limits: end it instead.
    if (pthread_create(&thread, &small, watch_segments, NULL) != 0) abort();
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

static int own_thread(void) {
    if (unlikely(thread_id == 0)) {
        thread_id = (int)syscall(SYS_gettid);
        sigset_t prof;
        sigemptyset(&prof);
        sigaddset(&prof, SIGPROF);
        pthread_sigmask(SIG_UNBLOCK, &prof, NULL);
    }
    return thread_id;
}

// Until the matching end, this thread runs `run`. Gives the run that this one interrupts, if any.
clua_run *clua_segment_begin(clua_run *run) {
    pthread_once(&once, start);
    clua_watch *watch = run->watch;
    int thread = own_thread();
    clua_run *outer = running;
    running = run;
    int64_t now = now_ns(CLOCK_MONOTONIC);
    pthread_mutex_lock(&lock);
    watch->thread = thread;
    watch->started_ns = now;
    watch->thread_cpu_ns = -1;
    watch->active = true;
    watch->previous = NULL;
    watch->next = active;
    if (active) active->previous = watch;
    active = watch;
    bool rouse = asleep;
    pthread_mutex_unlock(&lock);
    if (unlikely(rouse)) pthread_cond_signal(&wake);
    return outer;
}

void clua_segment_end(clua_run *run, clua_run *outer) {
    clua_watch *watch = run->watch;
    pthread_mutex_lock(&lock);
    watch->active = false;
    if (watch->previous) watch->previous->next = watch->next;
    else active = watch->next;
    if (watch->next) watch->next->previous = watch->previous;
    // A segment shorter than a tick counts by the wall clock, which is at most a tick more than its CPU time.
    int64_t used = watch->thread_cpu_ns < 0 ? now_ns(CLOCK_MONOTONIC) - watch->started_ns
                                            : segment_ns(watch, 0);
    if (atomic_fetch_add(&watch->cpu_used_ns, used) + used >= watch->cpu_limit_ns) {
        int none = CLUA_RUNNING;
        atomic_compare_exchange_strong(&watch->stop, &none, CLUA_STOP_CPU);
    }
    pthread_mutex_unlock(&lock);
    running = outer;
}

clua_watch *clua_watch_new(int64_t cpu_limit_ns) {
    clua_watch *watch = calloc(1, sizeof *watch);
    if (watch == NULL) return NULL;
    atomic_init(&watch->references, 1);
    watch->cpu_limit_ns = cpu_limit_ns;
    return watch;
}

void clua_watch_bound(clua_watch *watch, int64_t cpu_limit_ns, int64_t wall_ns) {
    int64_t deadline = now_ns(CLOCK_MONOTONIC) + wall_ns;
    pthread_mutex_lock(&lock);
    watch->cpu_limit_ns = cpu_limit_ns;
    bool sooner = false;
    if (watch->deadline_ns != 0) {
        watch->deadline_ns = deadline;
        sooner = earliest_ns == 0 || deadline < earliest_ns;
        if (sooner) earliest_ns = deadline;
    }
    bool rouse = asleep && sooner;
    pthread_mutex_unlock(&lock);
    if (rouse) pthread_cond_signal(&wake);
}

void clua_watch_retain(clua_watch *watch) { atomic_fetch_add(&watch->references, 1); }

void clua_watch_release(clua_watch *watch) {
    if (atomic_fetch_sub(&watch->references, 1) == 1) free(watch);
}

clua_watch *clua_watch_of(clua_run *run) { return run->watch; }

void clua_watch_stop(clua_watch *watch, clua_reason reason) {
    pthread_mutex_lock(&lock);
    ask_to_stop(watch, reason);
    pthread_mutex_unlock(&lock);
}

clua_reason clua_watch_reason(clua_watch *watch) { return (clua_reason)atomic_load(&watch->stop); }
int64_t clua_watch_cpu_ns(clua_watch *watch) { return atomic_load(&watch->cpu_used_ns); }

void clua_watch_deadline(clua_watch *watch, int64_t nanoseconds, void *token, void (*hold)(void *),
                         void (*fire)(void *)) {
    pthread_once(&once, start);
    int64_t deadline = now_ns(CLOCK_MONOTONIC) + nanoseconds;
    pthread_mutex_lock(&lock);
    watch->token = token;
    watch->hold = hold;
    watch->fire = fire;
    watch->deadline_ns = deadline;
    watch->previous_deadline = NULL;
    watch->next_deadline = deadlines;
    if (deadlines) deadlines->previous_deadline = watch;
    deadlines = watch;
    bool sooner = earliest_ns == 0 || deadline < earliest_ns;
    if (sooner) earliest_ns = deadline;
    bool rouse = asleep && sooner;
    pthread_mutex_unlock(&lock);
    if (rouse) pthread_cond_signal(&wake);
}

void clua_watch_deadline_off(clua_watch *watch) {
    pthread_mutex_lock(&lock);
    unlink_deadline(watch);
    pthread_mutex_unlock(&lock);
}
