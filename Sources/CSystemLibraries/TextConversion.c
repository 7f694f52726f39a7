#include "CSystemLibraries.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>

// iconv is part of the C library; nothing is opened.

int32_t rondo_text_decode(const char *encoding, const uint8_t *bytes, size_t count, uint8_t **result, size_t *result_count,
                          size_t *offset) {
    *result = NULL;
    *result_count = 0;
    *offset = 0;
    iconv_t conversion = iconv_open("UTF-8", encoding);
    if (conversion == (iconv_t)-1) return RONDO_ENCODING_UNKNOWN;
    size_t capacity = count + count / 2 + 16;
    uint8_t *buffer = malloc(capacity);
    char *in = (char *)bytes;
    size_t left = count;
    size_t used = 0;
    int32_t code = buffer == NULL ? RONDO_ENCODING_MEMORY : 0;
    while (code == 0 && left > 0) {
        char *out = (char *)buffer + used;
        size_t room = capacity - used;
        size_t done = iconv(conversion, &in, &left, &out, &room);
        used = capacity - room;
        if (done != (size_t)-1) continue;
        if (errno != E2BIG) {
            code = RONDO_ENCODING_BROKEN;
            break;
        }
        uint8_t *larger = capacity > SIZE_MAX / 2 ? NULL : realloc(buffer, capacity * 2);
        if (larger == NULL) {
            code = RONDO_ENCODING_MEMORY;
        } else {
            buffer = larger;
            capacity *= 2;
        }
    }
    *offset = count - left;
    iconv_close(conversion);
    if (code != 0) {
        free(buffer);
        return code;
    }
    *result = buffer;
    *result_count = used;
    return 0;
}

void rondo_text_free(uint8_t *text) { free(text); }
