#include "CSystemLibraries.h"
#include "Clones.h"

#include <stdbool.h>
#include <string.h>

// Text is looked at 64 bytes at a time, a bit a byte. Only whole numbers: the same result with vectors of any width.

#if defined(__x86_64__) && defined(__linux__)
#include <immintrin.h>
#define COMPRESSING __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi,avx512vbmi2,popcnt,bmi,bmi2")))
#endif

#define ALWAYS_INLINE static inline __attribute__((always_inline))

// Bytes that are looked at, and ends that are written in one go: without and with instructions that move bytes together.
enum { block = 64, several = 8, many = 16 };

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
ALWAYS_INLINE uint64_t odd_before(uint64_t bits) {
    bits ^= bits << 1;
    bits ^= bits << 2;
    bits ^= bits << 4;
    bits ^= bits << 8;
    bits ^= bits << 16;
    return bits ^ bits << 32;
}

// Writes the places of the bits that are set, and up to `many` numbers of no meaning behind them.
typedef void write_places(uint64_t bits, uint32_t first, size_t count, uint32_t *places);

ALWAYS_INLINE void write_singly(uint64_t bits, uint32_t first, size_t count, uint32_t *places) {
    for (size_t place = 0; place < count; place += several)
        for (int step = 0; step < several; step++, bits &= bits - 1)
            places[place + (size_t)step] = first + (uint32_t)__builtin_ctzll(bits | (uint64_t)1 << 63);
}

ALWAYS_INLINE size_t field_ends(
    const uint8_t *text, size_t count, uint8_t delimiter, uint8_t newline, uint8_t quote, uint32_t *ends, uint32_t *lines,
    size_t *line_count, write_places *write) {
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
        const uint64_t bits = dividers & outside;
        uint64_t breaks = newlines & outside;
        // Written whether there is a line end or not: no branch that is taken every other time.
        do {
            lines[lined] = (uint32_t)(ended + (size_t)__builtin_popcountll(bits & (breaks ^ (breaks - 1))));
            lined += breaks != 0;
            breaks &= breaks - 1;
        } while (breaks != 0);
        const size_t found = (size_t)__builtin_popcountll(bits);
        write(bits, (uint32_t)place, found, ends + ended);
        ended += found;
    }
    *line_count = lined;
    return place;
}

RONDO_CLONES
static size_t field_ends_singly(
    const uint8_t *text, size_t count, uint8_t delimiter, uint8_t newline, uint8_t quote, uint32_t *ends, uint32_t *lines,
    size_t *line_count) {
    return field_ends(text, count, delimiter, newline, quote, ends, lines, line_count, write_singly);
}

#ifdef COMPRESSING
COMPRESSING ALWAYS_INLINE void write_together(uint64_t bits, uint32_t first, size_t count, uint32_t *places) {
    const __m512i all = _mm512_set_epi8(
        63, 62, 61, 60, 59, 58, 57, 56, 55, 54, 53, 52, 51, 50, 49, 48, 47, 46, 45, 44, 43, 42, 41, 40, 39, 38, 37, 36, 35, 34, 33, 32,
        31, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
    __m512i set = _mm512_maskz_compress_epi8(bits, all);
    const __m512i start = _mm512_set1_epi32((int)first);
    size_t place = 0;
    do {
        _mm512_storeu_si512(places + place, _mm512_add_epi32(_mm512_cvtepu8_epi32(_mm512_castsi512_si128(set)), start));
        set = _mm512_shuffle_i64x2(set, set, 0x39);
        place += many;
    } while (place < count);
}

COMPRESSING
static size_t field_ends_together(
    const uint8_t *text, size_t count, uint8_t delimiter, uint8_t newline, uint8_t quote, uint32_t *ends, uint32_t *lines,
    size_t *line_count) {
    return field_ends(text, count, delimiter, newline, quote, ends, lines, line_count, write_together);
}
#endif

size_t rondo_field_ends(
    const uint8_t *text, size_t count, uint8_t delimiter, uint8_t newline, uint8_t quote, uint32_t *ends, uint32_t *lines,
    size_t *line_count) {
#ifdef COMPRESSING
    if (__builtin_cpu_supports("avx512vbmi2") && __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512bw"))
        return field_ends_together(text, count, delimiter, newline, quote, ends, lines, line_count);
#endif
    return field_ends_singly(text, count, delimiter, newline, quote, ends, lines, line_count);
}

RONDO_CLONES
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

RONDO_CLONES
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
