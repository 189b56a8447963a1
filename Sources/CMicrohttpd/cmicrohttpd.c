#include "cmicrohttpd.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>

static struct cmicrohttpd library;
static char load_error[200];
static pthread_once_t once = PTHREAD_ONCE_INIT;

// The library stays loaded for the life of the process: its functions may run on its thread at any time.
static void load(void) {
    void *handle = dlopen("libmicrohttpd.so.12", RTLD_NOW | RTLD_LOCAL);
    if (!handle) {
        snprintf(load_error, sizeof load_error,
                 "libmicrohttpd.so.12 cannot be loaded: install the Debian package libmicrohttpd12.");
        return;
    }
    const struct { const char *name; void **place; } symbols[] = {
        {"MHD_is_feature_supported", (void **)&library.is_feature_supported},
        {"MHD_start_daemon", (void **)&library.start_daemon},
        {"MHD_quiesce_daemon", (void **)&library.quiesce_daemon},
        {"MHD_stop_daemon", (void **)&library.stop_daemon},
        {"MHD_get_connection_info", (void **)&library.get_connection_info},
        {"MHD_get_connection_values_n", (void **)&library.get_connection_values_n},
        {"MHD_lookup_connection_value", (void **)&library.lookup_connection_value},
        {"MHD_suspend_connection", (void **)&library.suspend_connection},
        {"MHD_resume_connection", (void **)&library.resume_connection},
        {"MHD_create_response_from_buffer_with_free_callback_cls", (void **)&library.create_response_from_buffer},
        {"MHD_create_response_from_callback", (void **)&library.create_response_from_callback},
        {"MHD_add_response_header", (void **)&library.add_response_header},
        {"MHD_queue_response", (void **)&library.queue_response},
        {"MHD_destroy_response", (void **)&library.destroy_response},
    };
    for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++) {
        *symbols[i].place = dlsym(handle, symbols[i].name);
        if (!*symbols[i].place) {
            snprintf(load_error, sizeof load_error,
                     "libmicrohttpd.so.12 has no %s: install libmicrohttpd12 0.9.75 or newer.", symbols[i].name);
            return;
        }
    }
}

const struct cmicrohttpd *cmicrohttpd_load(void) {
    pthread_once(&once, load);
    return load_error[0] ? NULL : &library;
}

const char *cmicrohttpd_load_error(void) { return load_error; }

struct MHD_Daemon *cmicrohttpd_start(const struct cmicrohttpd *mhd, const struct cmicrohttpd_options *options) {
    // GnuTLS's syntax. TLS 1.0 and 1.1 are dead: RFC 8996.
    static char priorities[] = "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2";
    struct MHD_OptionItem tls[] = {
        {MHD_OPTION_HTTPS_MEM_CERT, 0, (void *)options->certificate_pem},
        {MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)options->key_pem},
        {MHD_OPTION_HTTPS_PRIORITIES, 0, priorities},
        {MHD_OPTION_END, 0, NULL},
    };
    struct MHD_OptionItem none[] = {{MHD_OPTION_END, 0, NULL}};
    const bool is_secure = options->certificate_pem && options->key_pem;
    // Not by epoll: when exactly 128 sockets are ready at once, 0.9.75 takes that for a sign of more and waits for
    // those, as long as a connection may be idle, before it looks at the 128.
    return mhd->start_daemon(
        MHD_USE_POLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | (is_secure ? MHD_USE_TLS : 0), 0, NULL, NULL,
        options->on_request, options->context,
        MHD_OPTION_LISTEN_SOCKET, options->listen_socket,
        MHD_OPTION_STRICT_FOR_CLIENT, 1, // a request without Host, for one, is an error
        MHD_OPTION_CONNECTION_LIMIT, options->connections_max,
        MHD_OPTION_CONNECTION_TIMEOUT, options->idle_timeout_s,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, options->connection_memory_bytes_max,
        MHD_OPTION_URI_LOG_CALLBACK, options->on_uri, options->context,
        MHD_OPTION_NOTIFY_COMPLETED, options->on_completed, options->context,
        MHD_OPTION_NOTIFY_CONNECTION, options->on_connection, options->context,
        MHD_OPTION_ARRAY, is_secure ? tls : none,
        MHD_OPTION_END);
}

int cmicrohttpd_socket(const struct cmicrohttpd *mhd, struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info =
        mhd->get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    return info ? info->connect_fd : -1;
}

void *cmicrohttpd_socket_context(const struct cmicrohttpd *mhd, struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info =
        mhd->get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info ? info->socket_context : NULL;
}
