#include "cpq.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>

static struct cpq library;
static char load_error[200];
static pthread_once_t once = PTHREAD_ONCE_INIT;

// The library stays loaded for the life of the process: the TLS library it brings along has exit handlers.
static void load(void) {
    void *handle = dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL);
    if (!handle) {
        snprintf(load_error, sizeof load_error,
                 "libpq.so.5 cannot be loaded: install the Debian package libpq5.");
        return;
    }
    const struct { const char *name; void **place; } symbols[] = {
        {"PQconninfoParse", (void **)&library.conninfo_parse},
        {"PQconninfoFree", (void **)&library.conninfo_free},
        {"PQfreemem", (void **)&library.freemem},
        {"PQconnectdbParams", (void **)&library.connect},
        {"PQfinish", (void **)&library.finish},
        {"PQstatus", (void **)&library.status},
        {"PQerrorMessage", (void **)&library.error_message},
        {"PQsocket", (void **)&library.socket},
        {"PQsetnonblocking", (void **)&library.set_nonblocking},
        {"PQsetNoticeProcessor", (void **)&library.set_notice_processor},
        {"PQsendQuery", (void **)&library.send_query},
        {"PQsendPrepare", (void **)&library.send_prepare},
        {"PQsendDescribePrepared", (void **)&library.send_describe_prepared},
        {"PQsendQueryPrepared", (void **)&library.send_query_prepared},
        {"PQflush", (void **)&library.flush},
        {"PQconsumeInput", (void **)&library.consume_input},
        {"PQisBusy", (void **)&library.is_busy},
        {"PQgetResult", (void **)&library.get_result},
        {"PQnotifies", (void **)&library.notifies},
        {"PQclear", (void **)&library.clear},
        {"PQresultStatus", (void **)&library.result_status},
        {"PQresultErrorField", (void **)&library.result_error_field},
        {"PQntuples", (void **)&library.ntuples},
        {"PQnfields", (void **)&library.nfields},
        {"PQfname", (void **)&library.fname},
        {"PQftype", (void **)&library.ftype},
        {"PQgetvalue", (void **)&library.getvalue},
        {"PQgetlength", (void **)&library.getlength},
        {"PQgetisnull", (void **)&library.getisnull},
        {"PQcmdStatus", (void **)&library.cmd_status},
        {"PQcmdTuples", (void **)&library.cmd_tuples},
        {"PQnparams", (void **)&library.nparams},
        {"PQparamtype", (void **)&library.paramtype},
    };
    for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++) {
        *symbols[i].place = dlsym(handle, symbols[i].name);
        if (!*symbols[i].place) {
            snprintf(load_error, sizeof load_error,
                     "libpq.so.5 has no %s: install libpq5 15 or newer.", symbols[i].name);
            return;
        }
    }
}

const struct cpq *cpq_load(void) {
    pthread_once(&once, load);
    return load_error[0] ? NULL : &library;
}

const char *cpq_load_error(void) { return load_error; }
