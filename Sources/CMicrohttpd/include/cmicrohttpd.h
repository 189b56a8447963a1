#pragma once
#include <microhttpd.h>
#include <stdbool.h>

// libmicrohttpd, loaded on first use (docs/decisions/001). The types come from the development header by __typeof__, so
// they cannot drift from the declarations the compiler checks our calls against.
struct cmicrohttpd {
    __typeof__(&MHD_is_feature_supported) is_feature_supported;
    __typeof__(&MHD_start_daemon) start_daemon;
    __typeof__(&MHD_quiesce_daemon) quiesce_daemon;
    __typeof__(&MHD_stop_daemon) stop_daemon;
    __typeof__(&MHD_get_connection_info) get_connection_info;
    __typeof__(&MHD_get_connection_values_n) get_connection_values_n;
    __typeof__(&MHD_lookup_connection_value) lookup_connection_value;
    __typeof__(&MHD_suspend_connection) suspend_connection;
    __typeof__(&MHD_resume_connection) resume_connection;
    __typeof__(&MHD_create_response_from_buffer_with_free_callback_cls) create_response_from_buffer;
    __typeof__(&MHD_create_response_from_callback) create_response_from_callback;
    __typeof__(&MHD_add_response_header) add_response_header;
    __typeof__(&MHD_queue_response) queue_response;
    __typeof__(&MHD_destroy_response) destroy_response;
};

/// The library, loaded by the first call from any thread; NULL when it is not installed or too old.
const struct cmicrohttpd *cmicrohttpd_load(void);

/// Why cmicrohttpd_load returned NULL: a static sentence that names the Debian package.
const char *cmicrohttpd_load_error(void);

struct cmicrohttpd_options {
    int listen_socket;                  // bound and listening; the daemon owns it from here
    unsigned int connections_max;
    unsigned int idle_timeout_s;
    size_t connection_memory_bytes_max; // request line and headers must fit
    const char *certificate_pem;        // with key_pem: speak HTTPS; NULL: plain HTTP. Read only while it starts
    const char *key_pem;
    void *context;                      // given to every callback below
    MHD_AccessHandlerCallback on_request;
    void *(*on_uri)(void *context, const char *uri, struct MHD_Connection *connection);
    MHD_RequestCompletedCallback on_completed;
    MHD_NotifyConnectionCallback on_connection;
};

/// Starts a daemon with a polling thread of its own; NULL with errno where it cannot. MHD_start_daemon is variadic, and
/// Swift imports no variadic functions.
struct MHD_Daemon *cmicrohttpd_start(const struct cmicrohttpd *library, const struct cmicrohttpd_options *options);

/// The connection's socket, -1 when there is none.
int cmicrohttpd_socket(const struct cmicrohttpd *library, struct MHD_Connection *connection);

/// What on_connection stored for the connection, NULL before it did.
void *cmicrohttpd_socket_context(const struct cmicrohttpd *library, struct MHD_Connection *connection);

/// The content reader's "end of stream by error" mark, a macro with a cast.
static inline ssize_t cmicrohttpd_end_with_error(void) { return MHD_CONTENT_READER_END_WITH_ERROR; }
