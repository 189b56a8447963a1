#pragma once
#include <curl/curl.h>
#include <stdbool.h>

// libcurl, loaded on first use (docs/decisions/001). The types come from the development header by __typeof__, so they
// cannot drift from the declarations the compiler checks our calls against. curl_easy_setopt and curl_easy_getinfo are
// macros over variadic functions, which Swift imports neither of: hence the typed functions at the end.

struct ccurl {
    __typeof__(&curl_easy_init) easy_init;
    __typeof__(&curl_easy_cleanup) easy_cleanup;
    __typeof__(&curl_easy_setopt) easy_setopt;
    __typeof__(&curl_easy_getinfo) easy_getinfo;
    __typeof__(&curl_easy_strerror) easy_strerror;
    __typeof__(&curl_slist_append) slist_append;
    __typeof__(&curl_slist_free_all) slist_free_all;
    __typeof__(&curl_multi_init) multi_init;
    __typeof__(&curl_multi_cleanup) multi_cleanup;
    __typeof__(&curl_multi_setopt) multi_setopt;
    __typeof__(&curl_multi_add_handle) multi_add_handle;
    __typeof__(&curl_multi_remove_handle) multi_remove_handle;
    __typeof__(&curl_multi_perform) multi_perform;
    __typeof__(&curl_multi_poll) multi_poll;
    __typeof__(&curl_multi_wakeup) multi_wakeup;
    __typeof__(&curl_multi_info_read) multi_info_read;
    __typeof__(&curl_url) url;
    __typeof__(&curl_url_cleanup) url_cleanup;
    __typeof__(&curl_url_set) url_set;
    __typeof__(&curl_url_get) url_get;
    __typeof__(&curl_free) free;
};

/// The library, loaded and initialised by the first call from any thread; NULL when it is not installed or too old.
const struct ccurl *ccurl_load(void);

/// Why ccurl_load returned NULL: a static sentence that names the Debian package.
const char *ccurl_load_error(void);

typedef size_t (*ccurl_data_function)(char *bytes, size_t size, size_t count, void *context);
typedef int (*ccurl_seek_function)(void *context, curl_off_t offset, int origin);
typedef int (*ccurl_prerequest_function)(void *context, char *, char *, int, int);

static inline CURLcode ccurl_set_long(const struct ccurl *curl, CURL *easy, CURLoption option, long value) {
    return curl->easy_setopt(easy, option, value);
}

static inline CURLcode ccurl_set_offset(const struct ccurl *curl, CURL *easy, CURLoption option, curl_off_t value) {
    return curl->easy_setopt(easy, option, value);
}

static inline CURLcode ccurl_set_text(const struct ccurl *curl, CURL *easy, CURLoption option, const char *value) {
    return curl->easy_setopt(easy, option, value);
}

static inline CURLcode ccurl_set_pointer(const struct ccurl *curl, CURL *easy, CURLoption option, const void *value) {
    return curl->easy_setopt(easy, option, value);
}

static inline CURLcode ccurl_set_data_function(
    const struct ccurl *curl, CURL *easy, CURLoption option, ccurl_data_function value) {
    return curl->easy_setopt(easy, option, value);
}

static inline CURLcode ccurl_set_seek_function(
    const struct ccurl *curl, CURL *easy, ccurl_seek_function value) {
    return curl->easy_setopt(easy, CURLOPT_SEEKFUNCTION, value);
}

static inline CURLcode ccurl_set_prerequest_function(
    const struct ccurl *curl, CURL *easy, ccurl_prerequest_function value) {
    return curl->easy_setopt(easy, CURLOPT_PREREQFUNCTION, value);
}

/// A number about the last transfer, 0 where libcurl does not know it.
static inline long ccurl_info_long(const struct ccurl *curl, CURL *easy, CURLINFO info) {
    long value = 0;
    return curl->easy_getinfo(easy, info, &value) == CURLE_OK ? value : 0;
}

/// The object that CURLOPT_PRIVATE holds.
static inline void *ccurl_info_private(const struct ccurl *curl, CURL *easy) {
    char *value = NULL;
    return curl->easy_getinfo(easy, CURLINFO_PRIVATE, &value) == CURLE_OK ? value : NULL;
}

static inline CURLMcode ccurl_multi_set_long(const struct ccurl *curl, CURLM *multi, CURLMoption option, long value) {
    return curl->multi_setopt(multi, option, value);
}

/// The size a buffer for libcurl's error text must have.
enum { ccurl_error_bytes = CURL_ERROR_SIZE };

static inline CURLcode ccurl_set_error_buffer(const struct ccurl *curl, CURL *easy, char *buffer) {
    return curl->easy_setopt(easy, CURLOPT_ERRORBUFFER, buffer);
}

/// The result of a finished transfer; `data` is a union, read here so that Swift need not.
static inline CURLcode ccurl_message_result(const CURLMsg *message) { return message->data.result; }
