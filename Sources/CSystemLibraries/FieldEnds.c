#include "CSystemLibraries.h"

#include <stdbool.h>
#include <string.h>

// Text is looked at 64 bytes at a time, a bit a byte. Only whole numbers: the same result with vectors of any width.

#if defined(__x86_64__) && defined(__linux__)
#define CLONES __attribute__((target_clones("arch=x86-64-v4", "avx2", "default")))
#else
#define CLONES
#endif

// Bytes that are looked at, and ends that are written in one go.
enum { block = 64, several = 8 };

typedef uint8_t bytes64 __attribute__((ext_vector_type(64)));
typedef bool bits64 __attribute__((ext_vector_type(64)));

#define BITS(condition) \
    ({ \
        bits64 set_ = __builtin_convertvector(condition, bits64); \
        uint64_t word_; \
        memcpy(&word_, &set_, sizeof word_); \
        word_; \
    })

// A bit is set where an odd number of bits stands at or below its place.
static inline __attribute__((always_inline)) uint64_t odd_before(uint64_t bits) {
    bits ^= bits << 1;
    bits ^= bits << 2;
    bits ^= bits << 4;
    bits ^= bits << 8;
    bits ^= bits << 16;
    return bits ^ bits << 32;
}

CLONES
size_t rondo_field_ends(
    const uint8_t *text, size_t count, uint8_t delimiter, uint8_t newline, uint8_t quote, uint32_t *ends, uint32_t *lines,
    size_t *line_count) {
    const uint8_t returning = newline == '\n' ? '\r' : newline;
    size_t place = 0, ended = 0, lined = 0;
    // What the bytes before this block hand on: all ones inside quotes, and one bit each of what the last byte was.
    uint64_t inside = 0, divides = 1, closes = 0, returns = 0;
    for (; place + block <= count; place += block) {
        bytes64 bytes;
        memcpy(&bytes, text + place, sizeof bytes);
        const uint64_t newlines = BITS(bytes == newline);
        const uint64_t dividers = BITS(bytes == delimiter) | newlines;
        const uint64_t quotes = quote == 0 ? 0 : BITS(bytes == quote);
        uint64_t outside = ~inside;
        if (quotes != 0 || inside != 0 || closes != 0 || returns != 0) {
            const uint64_t within = odd_before(quotes) ^ inside;
            const uint64_t closing = quotes & ~within;
            // A quote opens at the beginning of a field or doubles the one before it; behind one that closes the field ends.
            uint64_t wrong = quotes & within & ~((dividers | quotes) << 1 | divides | closes);
            const uint64_t behind = closing << 1 | closes;
            const uint64_t carriage = behind & BITS(bytes == returning) & ~newlines;
            wrong |= behind & ~(dividers | quotes | carriage);
            wrong |= (carriage << 1 | returns) & ~newlines;
            if (wrong != 0) break;
            outside = ~within;
            inside = (uint64_t)((int64_t)within >> 63);
            closes = closing >> 63;
            returns = carriage >> 63;
        }
        divides = dividers >> 63;
        uint64_t bits = dividers & outside;
        uint64_t breaks = newlines & outside;
        while (breaks != 0) {
            lines[lined++] = (uint32_t)(ended + (size_t)__builtin_popcountll(bits & (breaks ^ (breaks - 1))));
            breaks &= breaks - 1;
        }
        // Several at a time, those beyond the last are written over.
        const size_t next = ended + (size_t)__builtin_popcountll(bits);
        for (; ended < next; ended += several)
            for (int step = 0; step < several; step++, bits &= bits - 1)
                ends[ended + (size_t)step] = (uint32_t)place + (uint32_t)__builtin_ctzll(bits | (uint64_t)1 << 63);
        ended = next;
    }
    *line_count = lined;
    return place;
}

CLONES
void rondo_count_bytes(const uint8_t *text, size_t count, uint8_t first, uint8_t second, size_t *counts) {
    size_t firsts = 0, seconds = 0, place = 0;
    for (; place + block <= count; place += block) {
        bytes64 bytes;
        memcpy(&bytes, text + place, sizeof bytes);
        firsts += (size_t)__builtin_popcountll(BITS(bytes == first));
        seconds += (size_t)__builtin_popcountll(BITS(bytes == second));
    }
    for (; place < count; place++) {
        firsts += text[place] == first;
        seconds += text[place] == second;
    }
    counts[0] = firsts;
    counts[1] = seconds;
}

CLONES
size_t rondo_plain_length(const uint8_t *text, size_t count) {
    size_t place = 0;
    for (; place + block <= count; place += block) {
        bytes64 bytes;
        memcpy(&bytes, text + place, sizeof bytes);
        // Zero becomes the greatest byte.
        if (BITS(bytes - 1 >= 127) != 0) break;
    }
    return place;
}
