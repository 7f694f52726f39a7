#include "CSystemLibraries.h"
#include "LibraryOpening.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>

// Numbers of libcurl's stable interface: options, facts and codes.

enum {
    option_write_data = 10001,
    option_url = 10002,
    option_user_agent = 10018,
    option_error_buffer = 10010,
    option_low_speed_limit = 19,
    option_low_speed_time = 20,
    option_no_progress = 43,
    option_follow = 52,
    option_progress_data = 10057,
    option_max_redirections = 68,
    option_timeout = 13,
    option_connect_timeout = 78,
    option_no_signal = 99,
    option_write_function = 20011,
    option_progress_function = 20219,
    option_protocols = 181,
    option_redirection_protocols = 182,
    fact_status = 0x200000 + 2,
    protocols_web = 1 | 2,
    code_ok = 0,
    global_default = 3,
};

static struct {
    int (*global_init)(long);
    void *(*init)(void);
    int (*set)(void *, int, ...);
    int (*perform)(void *);
    int (*fact)(void *, int, ...);
    const char *(*message)(int);
    void (*cleanup)(void *);
} curl;

static int curl_is_open;
static pthread_once_t curl_once = PTHREAD_ONCE_INIT;

static void open_curl(void) {
#if defined(__APPLE__)
    static const char *const names[] = {"/usr/lib/libcurl.4.dylib", "libcurl.4.dylib", NULL};
#else
    static const char *const names[] = {"libcurl.so.4", "libcurl-gnutls.so.4", NULL};
#endif
    void *library = rondo_open_first(names);
    if (library == NULL) return;
    *(void **)&curl.global_init = dlsym(library, "curl_global_init");
    *(void **)&curl.init = dlsym(library, "curl_easy_init");
    *(void **)&curl.set = dlsym(library, "curl_easy_setopt");
    *(void **)&curl.perform = dlsym(library, "curl_easy_perform");
    *(void **)&curl.fact = dlsym(library, "curl_easy_getinfo");
    *(void **)&curl.message = dlsym(library, "curl_easy_strerror");
    *(void **)&curl.cleanup = dlsym(library, "curl_easy_cleanup");
    curl_is_open = curl.global_init && curl.init && curl.set && curl.perform && curl.fact && curl.message && curl.cleanup &&
                   curl.global_init(global_default) == code_ok;
}

int32_t rondo_web_available(void) {
    pthread_once(&curl_once, open_curl);
    return curl_is_open;
}

typedef struct {
    void *owner;
    int32_t (*take)(void *owner, const uint8_t *bytes, size_t count);
    int32_t (*should_stop)(void *owner);
    int64_t left;
    int32_t code;
} transfer;

static size_t take_bytes(char *bytes, size_t size, size_t count, void *context) {
    transfer *state = context;
    size_t total = size * count;
    if ((int64_t)total > state->left) {
        state->code = RONDO_WEB_TOO_LARGE;
        return 0;
    }
    state->left -= (int64_t)total;
    if (state->take(state->owner, (const uint8_t *)bytes, total) != 0) {
        state->code = RONDO_WEB_FAILED;
        return 0;
    }
    return total;
}

static int watch(void *context, int64_t down_total, int64_t down_now, int64_t up_total, int64_t up_now) {
    transfer *state = context;
    (void)down_now, (void)up_total, (void)up_now;
    if (down_total > 0 && down_total > state->left && down_now == 0) {
        state->code = RONDO_WEB_TOO_LARGE;
        return 1;
    }
    if (state->should_stop(state->owner) == 0) return 0;
    state->code = RONDO_WEB_STOPPED;
    return 1;
}

int32_t rondo_web_get(const char *address, int64_t size_limit, int64_t seconds, void *owner,
                      int32_t (*take)(void *owner, const uint8_t *bytes, size_t count), int32_t (*should_stop)(void *owner),
                      char *message, size_t message_capacity) {
    if (!rondo_web_available()) return RONDO_LIBRARY_MISSING;
    void *handle = curl.init();
    if (handle == NULL) return RONDO_WEB_FAILED;
    transfer state = {owner, take, should_stop, size_limit, 0};
    char detail[256] = "";
    curl.set(handle, option_url, address);
    curl.set(handle, option_user_agent, "rondo");
    curl.set(handle, option_error_buffer, detail);
    curl.set(handle, option_protocols, (long)protocols_web);
    curl.set(handle, option_redirection_protocols, (long)protocols_web);
    curl.set(handle, option_follow, 1L);
    curl.set(handle, option_max_redirections, 5L);
    curl.set(handle, option_no_signal, 1L);
    curl.set(handle, option_connect_timeout, 10L);
    curl.set(handle, option_timeout, (long)seconds);
    // Less than a byte a second for half a minute is no answer any more.
    curl.set(handle, option_low_speed_limit, 1L);
    curl.set(handle, option_low_speed_time, 30L);
    curl.set(handle, option_write_function, take_bytes);
    curl.set(handle, option_write_data, &state);
    curl.set(handle, option_progress_function, watch);
    curl.set(handle, option_progress_data, &state);
    curl.set(handle, option_no_progress, 0L);
    int code = curl.perform(handle);
    long status = 0;
    curl.fact(handle, fact_status, &status);
    int32_t result = state.code != 0 ? state.code : code == code_ok ? (int32_t)status : RONDO_WEB_FAILED;
    if (message_capacity > 0) snprintf(message, message_capacity, "%s", detail[0] != 0 ? detail : curl.message(code));
    curl.cleanup(handle);
    return result;
}
