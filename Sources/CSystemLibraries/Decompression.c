#include "CSystemLibraries.h"
#include "LibraryOpening.h"

#include <dlfcn.h>
#include <limits.h>
#include <pthread.h>
#include <stdlib.h>

// zlib's z_stream and libzstd's buffers, by their stable binary interfaces, so that building needs no headers of them.

typedef struct {
    const uint8_t *next_in;
    unsigned int avail_in;
    unsigned long total_in;
    uint8_t *next_out;
    unsigned int avail_out;
    unsigned long total_out;
    const char *message;
    void *state;
    void *allocate;
    void *release;
    void *opaque;
    int data_type;
    unsigned long adler;
    unsigned long reserved;
} gzip_stream;

typedef struct {
    const void *bytes;
    size_t size;
    size_t position;
} zstandard_input;

typedef struct {
    void *bytes;
    size_t size;
    size_t position;
} zstandard_output;

enum { GZIP_WINDOW = 15 + 16, GZIP_OK = 0, GZIP_END = 1, GZIP_BUFFER = -5 };

static struct {
    int (*init)(gzip_stream *, int, const char *, int);
    int (*inflate)(gzip_stream *, int);
    int (*reset)(gzip_stream *);
    int (*end)(gzip_stream *);
} gzip;

static struct {
    void *(*create)(void);
    size_t (*release)(void *);
    size_t (*decompress)(void *, zstandard_output *, zstandard_input *);
    unsigned (*is_error)(size_t);
} zstandard;

static int gzip_is_open, zstandard_is_open;
static pthread_once_t gzip_once = PTHREAD_ONCE_INIT, zstandard_once = PTHREAD_ONCE_INIT;

static void open_gzip(void) {
#if defined(__APPLE__)
    static const char *const names[] = {"libz.1.dylib", NULL};
#else
    static const char *const names[] = {"libz.so.1", "libz.so", NULL};
#endif
    void *library = rondo_open_first(names);
    if (library == NULL) return;
    *(void **)&gzip.init = dlsym(library, "inflateInit2_");
    *(void **)&gzip.inflate = dlsym(library, "inflate");
    *(void **)&gzip.reset = dlsym(library, "inflateReset");
    *(void **)&gzip.end = dlsym(library, "inflateEnd");
    gzip_is_open = gzip.init && gzip.inflate && gzip.reset && gzip.end;
}

static void open_zstandard(void) {
#if defined(__APPLE__)
    static const char *const names[] = {"/opt/homebrew/opt/zstd/lib/libzstd.1.dylib", "libzstd.1.dylib", NULL};
#else
    static const char *const names[] = {"libzstd.so.1", "libzstd.so", NULL};
#endif
    void *library = rondo_open_first(names);
    if (library == NULL) return;
    *(void **)&zstandard.create = dlsym(library, "ZSTD_createDStream");
    *(void **)&zstandard.release = dlsym(library, "ZSTD_freeDStream");
    *(void **)&zstandard.decompress = dlsym(library, "ZSTD_decompressStream");
    *(void **)&zstandard.is_error = dlsym(library, "ZSTD_isError");
    zstandard_is_open = zstandard.create && zstandard.release && zstandard.decompress && zstandard.is_error;
}

struct rondo_unpacking {
    int32_t format;
    const uint8_t *bytes;
    size_t count;
    size_t position;
    int is_between;
    gzip_stream stream;
    void *context;
};

rondo_unpacking *rondo_unpacking_new(int32_t format, const uint8_t *bytes, size_t count, int32_t *code) {
    *code = RONDO_LIBRARY_MISSING;
    if (format == RONDO_PACKED_GZIP) {
        pthread_once(&gzip_once, open_gzip);
        if (!gzip_is_open) return NULL;
    } else {
        pthread_once(&zstandard_once, open_zstandard);
        if (!zstandard_is_open) return NULL;
    }
    *code = RONDO_PACKED_DAMAGED;
    rondo_unpacking *unpacking = calloc(1, sizeof(rondo_unpacking));
    if (unpacking == NULL) return NULL;
    unpacking->format = format;
    unpacking->bytes = bytes;
    unpacking->count = count;
    int is_ready;
    if (format == RONDO_PACKED_GZIP) {
        is_ready = gzip.init(&unpacking->stream, GZIP_WINDOW, "1.2.11", (int)sizeof(gzip_stream)) == GZIP_OK;
    } else {
        unpacking->context = zstandard.create();
        is_ready = unpacking->context != NULL;
    }
    if (is_ready) {
        *code = 0;
        return unpacking;
    }
    free(unpacking);
    return NULL;
}

static int64_t next_gzip(rondo_unpacking *u, uint8_t *target, size_t capacity) {
    gzip_stream *stream = &u->stream;
    stream->next_out = target;
    stream->avail_out = capacity > UINT_MAX ? UINT_MAX : (unsigned int)capacity;
    unsigned int room = stream->avail_out;
    while (stream->avail_out > 0) {
        if (u->is_between) {
            // Another member may follow; anything else is for the caller to tell.
            if (u->count - u->position < 2 || u->bytes[u->position] != 0x1F || u->bytes[u->position + 1] != 0x8B) break;
            if (gzip.reset(stream) != GZIP_OK) return RONDO_PACKED_DAMAGED;
            u->is_between = 0;
        }
        size_t left = u->count - u->position;
        stream->next_in = u->bytes + u->position;
        stream->avail_in = left > (1u << 30) ? (1u << 30) : (unsigned int)left;
        unsigned int offered = stream->avail_in;
        int code = gzip.inflate(stream, 0);
        u->position += offered - stream->avail_in;
        if (code == GZIP_END) {
            u->is_between = 1;
            continue;
        }
        if (code != GZIP_OK && code != GZIP_BUFFER) return RONDO_PACKED_DAMAGED;
        if (u->position == u->count && stream->avail_out > 0) {
            return room > stream->avail_out ? (int64_t)(room - stream->avail_out) : RONDO_PACKED_TRUNCATED;
        }
    }
    return (int64_t)(room - stream->avail_out);
}

static int64_t next_zstandard(rondo_unpacking *u, uint8_t *target, size_t capacity) {
    zstandard_output out = {target, capacity, 0};
    zstandard_input in = {u->bytes, u->count, u->position};
    while (out.position < out.size) {
        if (u->is_between && in.position == in.size) break;
        size_t before = in.position, written = out.position;
        size_t code = zstandard.decompress(u->context, &out, &in);
        u->position = in.position;
        if (zstandard.is_error(code)) return RONDO_PACKED_DAMAGED;
        u->is_between = code == 0;
        if (!u->is_between && in.position == in.size && in.position == before && out.position == written) {
            return out.position > 0 ? (int64_t)out.position : RONDO_PACKED_TRUNCATED;
        }
    }
    return (int64_t)out.position;
}

int64_t rondo_unpacking_next(rondo_unpacking *unpacking, uint8_t *target, size_t capacity) {
    if (unpacking == NULL || capacity == 0) return RONDO_PACKED_DAMAGED;
    return unpacking->format == RONDO_PACKED_GZIP ? next_gzip(unpacking, target, capacity) : next_zstandard(unpacking, target, capacity);
}

size_t rondo_unpacking_position(const rondo_unpacking *unpacking) { return unpacking == NULL ? 0 : unpacking->position; }

void rondo_unpacking_free(rondo_unpacking *unpacking) {
    if (unpacking == NULL) return;
    if (unpacking->format == RONDO_PACKED_GZIP) {
        gzip.end(&unpacking->stream);
    } else {
        zstandard.release(unpacking->context);
    }
    free(unpacking);
}
