#include "cpq.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>

static struct cpq library;
static char load_error[200];
static pthread_once_t once = PTHREAD_ONCE_INIT;

// The library stays loaded for the life of the process.
static void load(void) {
    void *handle = dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL);
    if (!handle) {
        snprintf(load_error, sizeof load_error, "libpq.so.5 cannot be loaded: install the Debian package libpq5.");
        return;
    }
    const struct { const char *name; void **place; } symbols[] = {
        {"PQconnectdbParams", (void **)&library.connect},
        {"PQfinish", (void **)&library.finish},
        {"PQstatus", (void **)&library.status},
        {"PQerrorMessage", (void **)&library.error_message},
        {"PQsocket", (void **)&library.socket},
        {"PQexec", (void **)&library.exec},
        {"PQprepare", (void **)&library.prepare},
        {"PQexecPrepared", (void **)&library.exec_prepared},
        {"PQresultStatus", (void **)&library.result_status},
        {"PQresultErrorField", (void **)&library.result_error_field},
        {"PQclear", (void **)&library.clear},
        {"PQntuples", (void **)&library.tuples},
        {"PQnfields", (void **)&library.fields},
        {"PQfname", (void **)&library.field_name},
        {"PQftype", (void **)&library.field_type},
        {"PQgetisnull", (void **)&library.is_null},
        {"PQgetvalue", (void **)&library.value},
        {"PQgetlength", (void **)&library.length},
        {"PQcmdTuples", (void **)&library.changed},
        {"PQconsumeInput", (void **)&library.consume_input},
        {"PQnotifies", (void **)&library.notifies},
        {"PQfreemem", (void **)&library.free_memory},
        {"PQsetNoticeProcessor", (void **)&library.set_notice_processor},
    };
    for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++) {
        *symbols[i].place = dlsym(handle, symbols[i].name);
        if (!*symbols[i].place) {
            snprintf(load_error, sizeof load_error, "libpq.so.5 has no %s: install libpq5 13 or newer.",
                     symbols[i].name);
            return;
        }
    }
}

const struct cpq *cpq_load(void) {
    pthread_once(&once, load);
    return load_error[0] ? NULL : &library;
}

const char *cpq_load_error(void) { return load_error; }

void cpq_no_notice(void *context, const char *message) {
    (void)context;
    (void)message;
}
