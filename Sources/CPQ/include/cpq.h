#pragma once
#include <postgresql/libpq-fe.h>

// libpq, PostgreSQL's client library, loaded on first use (docs/decisions/001). The types come from the development
// header by __typeof__, so they cannot drift from the declarations the compiler checks our calls against.
struct cpq {
    __typeof__(&PQconnectdbParams) connect;
    __typeof__(&PQfinish) finish;
    __typeof__(&PQstatus) status;
    __typeof__(&PQerrorMessage) error_message;
    __typeof__(&PQsocket) socket;
    __typeof__(&PQexec) exec;
    __typeof__(&PQprepare) prepare;
    __typeof__(&PQexecPrepared) exec_prepared;
    __typeof__(&PQresultStatus) result_status;
    __typeof__(&PQresultErrorField) result_error_field;
    __typeof__(&PQclear) clear;
    __typeof__(&PQntuples) tuples;
    __typeof__(&PQnfields) fields;
    __typeof__(&PQfname) field_name;
    __typeof__(&PQftype) field_type;
    __typeof__(&PQgetisnull) is_null;
    __typeof__(&PQgetvalue) value;
    __typeof__(&PQgetlength) length;
    __typeof__(&PQcmdTuples) changed;
    __typeof__(&PQconsumeInput) consume_input;
    __typeof__(&PQnotifies) notifies;
    __typeof__(&PQfreemem) free_memory;
    __typeof__(&PQsetNoticeProcessor) set_notice_processor;
};

/// The library, loaded by the first call from any thread; NULL when it is not installed or too old.
const struct cpq *cpq_load(void);

/// Why cpq_load returned NULL: a static sentence that names the Debian package.
const char *cpq_load_error(void);

/// Throws notices away: libpq prints them to standard error by itself. Named for cpq.set_notice_processor.
void cpq_no_notice(void *context, const char *message);

/// Letters of PQresultErrorField's fields, which Swift does not import as characters.
enum { CPQ_SQLSTATE = PG_DIAG_SQLSTATE, CPQ_PRIMARY = PG_DIAG_MESSAGE_PRIMARY };
