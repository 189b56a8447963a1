#pragma once
#include <postgresql/libpq-fe.h>

// libpq, loaded on first use (docs/decisions/001). The types come from the development header by __typeof__, so they
// cannot drift from the declarations the compiler checks our calls against.
struct cpq {
    __typeof__(&PQconninfoParse) conninfo_parse;
    __typeof__(&PQconninfoFree) conninfo_free;
    __typeof__(&PQfreemem) freemem;
    __typeof__(&PQconnectdbParams) connect;
    __typeof__(&PQfinish) finish;
    __typeof__(&PQstatus) status;
    __typeof__(&PQerrorMessage) error_message;
    __typeof__(&PQsocket) socket;
    __typeof__(&PQsetnonblocking) set_nonblocking;
    __typeof__(&PQsetNoticeProcessor) set_notice_processor;
    __typeof__(&PQsendQuery) send_query;
    __typeof__(&PQsendPrepare) send_prepare;
    __typeof__(&PQsendDescribePrepared) send_describe_prepared;
    __typeof__(&PQsendQueryPrepared) send_query_prepared;
    __typeof__(&PQflush) flush;
    __typeof__(&PQconsumeInput) consume_input;
    __typeof__(&PQisBusy) is_busy;
    __typeof__(&PQgetResult) get_result;
    __typeof__(&PQnotifies) notifies;
    __typeof__(&PQclear) clear;
    __typeof__(&PQresultStatus) result_status;
    __typeof__(&PQresultErrorField) result_error_field;
    __typeof__(&PQntuples) ntuples;
    __typeof__(&PQnfields) nfields;
    __typeof__(&PQfname) fname;
    __typeof__(&PQftype) ftype;
    __typeof__(&PQgetvalue) getvalue;
    __typeof__(&PQgetlength) getlength;
    __typeof__(&PQgetisnull) getisnull;
    __typeof__(&PQcmdStatus) cmd_status;
    __typeof__(&PQcmdTuples) cmd_tuples;
    __typeof__(&PQnparams) nparams;
    __typeof__(&PQparamtype) paramtype;
};

/// The library, loaded by the first call from any thread; NULL when it is not installed or too old.
const struct cpq *cpq_load(void);

/// Why cpq_load returned NULL: a static sentence that names the Debian package.
const char *cpq_load_error(void);

/// The fields of a failed result that messages are made of: macros of character constants, which Swift reads as
/// numbers of another type.
enum {
    cpq_field_sqlstate = PG_DIAG_SQLSTATE,
    cpq_field_message = PG_DIAG_MESSAGE_PRIMARY,
};
