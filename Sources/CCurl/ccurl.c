#include "ccurl.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>

static struct ccurl library;
static char load_error[200];
static pthread_once_t once = PTHREAD_ONCE_INIT;

// The library stays loaded for the life of the process: OpenSSL under it registers handlers for its exit.
static void load(void) {
    void *handle = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
    if (!handle) {
        snprintf(load_error, sizeof load_error, "libcurl.so.4 cannot be loaded: install the Debian package libcurl4.");
        return;
    }
    __typeof__(&curl_global_init) global_init = NULL;
    const struct { const char *name; void **place; } symbols[] = {
        {"curl_global_init", (void **)&global_init},
        {"curl_easy_init", (void **)&library.easy_init},
        {"curl_easy_cleanup", (void **)&library.easy_cleanup},
        {"curl_easy_setopt", (void **)&library.easy_setopt},
        {"curl_easy_getinfo", (void **)&library.easy_getinfo},
        {"curl_easy_strerror", (void **)&library.easy_strerror},
        {"curl_slist_append", (void **)&library.slist_append},
        {"curl_slist_free_all", (void **)&library.slist_free_all},
        {"curl_multi_init", (void **)&library.multi_init},
        {"curl_multi_cleanup", (void **)&library.multi_cleanup},
        {"curl_multi_setopt", (void **)&library.multi_setopt},
        {"curl_multi_add_handle", (void **)&library.multi_add_handle},
        {"curl_multi_remove_handle", (void **)&library.multi_remove_handle},
        {"curl_multi_perform", (void **)&library.multi_perform},
        {"curl_multi_poll", (void **)&library.multi_poll},
        {"curl_multi_wakeup", (void **)&library.multi_wakeup},
        {"curl_multi_info_read", (void **)&library.multi_info_read},
        {"curl_url", (void **)&library.url},
        {"curl_url_cleanup", (void **)&library.url_cleanup},
        {"curl_url_set", (void **)&library.url_set},
        {"curl_url_get", (void **)&library.url_get},
        {"curl_free", (void **)&library.free},
    };
    for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++) {
        *symbols[i].place = dlsym(handle, symbols[i].name);
        if (!*symbols[i].place) {
            snprintf(load_error, sizeof load_error, "libcurl.so.4 has no %s: install libcurl4 7.88 or newer.",
                     symbols[i].name);
            return;
        }
    }
    if (global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        snprintf(load_error, sizeof load_error, "libcurl.so.4 cannot be initialised.");
}

const struct ccurl *ccurl_load(void) {
    pthread_once(&once, load);
    return load_error[0] ? NULL : &library;
}

const char *ccurl_load_error(void) { return load_error; }
