#include "CSystemLibraries.h"
#include "LibraryOpening.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>

// Constants of PCRE2's stable binary interface (pcre2.h), so that building needs no header of it.
enum {
    PCRE_CASELESS = 0x00000008,
    PCRE_NEVER_BACKSLASH_C = 0x00100000,
    PCRE_UCP = 0x00020000,
    PCRE_UTF = 0x00080000,
    PCRE_NO_UTF_CHECK = 0x40000000,
    PCRE_NO_MATCH = -1,
    PCRE_MATCH_LIMIT = -47,
    PCRE_NO_MEMORY = -48,
    PCRE_DEPTH_LIMIT = -53,
    PCRE_HEAP_LIMIT = -63,
    PCRE_INFO_CAPTURE_COUNT = 4,
};

// A search over one cell of text ends after about a tenth of a second at the latest.
enum {
    MATCH_LIMIT = 1000000,
    DEPTH_LIMIT = 100000,
    HEAP_LIMIT_KIB = 20000,
    PARENTHESES_LIMIT = 200,
    PATTERN_LENGTH_LIMIT = 65536,
};

static struct {
    void *(*compile)(const uint8_t *, size_t, uint32_t, int *, size_t *, void *);
    void (*code_free)(void *);
    void *(*compile_context_new)(void *);
    void (*compile_context_free)(void *);
    int (*set_nest_limit)(void *, uint32_t);
    int (*set_pattern_length)(void *, size_t);
    void *(*match_context_new)(void *);
    void (*match_context_free)(void *);
    int (*set_match_limit)(void *, uint32_t);
    int (*set_depth_limit)(void *, uint32_t);
    int (*set_heap_limit)(void *, uint32_t);
    void *(*match_data_new)(const void *, void *);
    void (*match_data_free)(void *);
    int (*match)(const void *, const uint8_t *, size_t, size_t, uint32_t, void *, void *);
    size_t *(*ranges)(void *);
    int (*info)(const void *, uint32_t, void *);
    int (*message)(int, uint8_t *, size_t);
} pcre;

struct rondo_pattern {
    void *code;
    void *limits;
    uint32_t group_count;
};

static int pcre_is_open;
static pthread_once_t pcre_once = PTHREAD_ONCE_INIT;

static void open_pcre(void) {
#if defined(__APPLE__)
    static const char *const names[] = {"/opt/homebrew/opt/pcre2/lib/libpcre2-8.0.dylib", "libpcre2-8.0.dylib", NULL};
#else
    static const char *const names[] = {"libpcre2-8.so.0", "libpcre2-8.so", NULL};
#endif
    void *library = rondo_open_first(names);
    if (library == NULL) return;
    int complete = 1;
#define TAKE(member, name) \
    *(void **)&pcre.member = dlsym(library, "pcre2_" name "_8"); \
    complete = complete && pcre.member != NULL
    TAKE(compile, "compile");
    TAKE(code_free, "code_free");
    TAKE(compile_context_new, "compile_context_create");
    TAKE(compile_context_free, "compile_context_free");
    TAKE(set_nest_limit, "set_parens_nest_limit");
    TAKE(set_pattern_length, "set_max_pattern_length");
    TAKE(match_context_new, "match_context_create");
    TAKE(match_context_free, "match_context_free");
    TAKE(set_match_limit, "set_match_limit");
    TAKE(set_depth_limit, "set_depth_limit");
    TAKE(set_heap_limit, "set_heap_limit");
    TAKE(match_data_new, "match_data_create_from_pattern");
    TAKE(match_data_free, "match_data_free");
    TAKE(match, "match");
    TAKE(ranges, "get_ovector_pointer");
    TAKE(info, "pattern_info");
    TAKE(message, "get_error_message");
#undef TAKE
    pcre_is_open = complete;
}

int32_t rondo_pattern_available(void) {
    pthread_once(&pcre_once, open_pcre);
    return pcre_is_open;
}

rondo_pattern *rondo_pattern_compile(const uint8_t *text, size_t count, uint32_t flags, int32_t *error_code, size_t *error_offset) {
    *error_code = RONDO_LIBRARY_MISSING;
    *error_offset = 0;
    if (!rondo_pattern_available()) return NULL;
    *error_code = PCRE_NO_MEMORY;
    rondo_pattern *pattern = calloc(1, sizeof(rondo_pattern));
    void *bounds = pcre.compile_context_new(NULL);
    if (pattern != NULL && bounds != NULL) {
        pcre.set_nest_limit(bounds, PARENTHESES_LIMIT);
        pcre.set_pattern_length(bounds, PATTERN_LENGTH_LIMIT);
        uint32_t options = PCRE_UTF | PCRE_UCP | PCRE_NEVER_BACKSLASH_C;
        if (flags & RONDO_PATTERN_IGNORE_CASE) options |= PCRE_CASELESS;
        int code = 0;
        pattern->code = pcre.compile(text, count, options, &code, error_offset, bounds);
        if (pattern->code == NULL) *error_code = code;
    }
    if (bounds != NULL) pcre.compile_context_free(bounds);
    if (pattern != NULL && pattern->code != NULL) {
        pattern->limits = pcre.match_context_new(NULL);
        if (pattern->limits != NULL) {
            pcre.set_match_limit(pattern->limits, MATCH_LIMIT);
            pcre.set_depth_limit(pattern->limits, DEPTH_LIMIT);
            pcre.set_heap_limit(pattern->limits, HEAP_LIMIT_KIB);
            pcre.info(pattern->code, PCRE_INFO_CAPTURE_COUNT, &pattern->group_count);
            *error_code = 0;
            return pattern;
        }
    }
    rondo_pattern_free(pattern);
    return NULL;
}

void rondo_pattern_free(rondo_pattern *pattern) {
    if (pattern == NULL) return;
    if (pattern->limits != NULL) pcre.match_context_free(pattern->limits);
    if (pattern->code != NULL) pcre.code_free(pattern->code);
    free(pattern);
}

int32_t rondo_pattern_message(int32_t error_code, uint8_t *buffer, size_t capacity) {
    if (!rondo_pattern_available() || capacity == 0) return 0;
    int written = pcre.message(error_code, buffer, capacity);
    return written < 0 ? 0 : written;
}

int32_t rondo_pattern_group_count(const rondo_pattern *pattern) { return pattern == NULL ? 0 : (int32_t)pattern->group_count; }

int32_t rondo_pattern_match(const rondo_pattern *pattern, const uint8_t *text, size_t count, size_t start, size_t *ranges,
                            size_t range_capacity) {
    if (pattern == NULL) return RONDO_LIBRARY_MISSING;
    if (start > count) return RONDO_PATTERN_NO_MATCH;
    void *data = pcre.match_data_new(pattern->code, NULL);
    if (data == NULL) return RONDO_PATTERN_FAILED;
    int code = pcre.match(pattern->code, text, count, start, PCRE_NO_UTF_CHECK, data, pattern->limits);
    int32_t result = RONDO_PATTERN_FAILED;
    if (code > 0) {
        size_t wanted = (size_t)pattern->group_count + 1;
        result = (int32_t)(wanted < range_capacity ? wanted : range_capacity);
        const size_t *found = pcre.ranges(data);
        // Groups after the last one that matched are unset in the vector as well.
        for (size_t i = 0; i < 2 * (size_t)result; i++) ranges[i] = found[i];
    } else if (code == PCRE_NO_MATCH) {
        result = RONDO_PATTERN_NO_MATCH;
    } else if (code == PCRE_MATCH_LIMIT || code == PCRE_DEPTH_LIMIT || code == PCRE_HEAP_LIMIT || code == PCRE_NO_MEMORY) {
        result = RONDO_PATTERN_REFUSED;
    }
    pcre.match_data_free(data);
    return result;
}
