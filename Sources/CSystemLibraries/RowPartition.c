#include "CSystemLibraries.h"

#if defined(__x86_64__) && defined(__linux__)
#include <immintrin.h>
#define RONDO_WIDE 1
#endif

enum { ahead = 32 };

typedef struct {
    int32_t *rows;
    int64_t count;
    const uint8_t *column;
    int64_t stride;
    const uint8_t *side;
    int32_t *scratch;
} rondo_node_rows;

/// Divides the rows from `place` on, `left` of those before which went left; returns how many of those before `end` did.
static int64_t divide_until(rondo_node_rows node, int64_t place, int64_t end, int64_t left) {
    int64_t right = place - left;
    for (; place < end; place++) {
        rondo_prefetch(node.column + node.stride * node.rows[place + ahead < node.count ? place + ahead : place]);
        const int32_t row = node.rows[place];
        const int64_t is_left = node.side[node.column[node.stride * row]];
        node.rows[left] = row;
        node.scratch[right] = row;
        left += is_left;
        right += 1 - is_left;
    }
    return left;
}

#ifdef RONDO_WIDE
enum { together = 16 };

/// Sixteen rows at once; the same places as one by one.
///
/// `place` counts by itself: the next rows are fetched before it is known where these go.
__attribute__((target("avx512f"))) static int64_t divide_wide(rondo_node_rows node) {
    uint32_t bits[16] = {0};
    for (int word = 0; word < 8; word++) {
        for (int bit = 0; bit < 32; bit++) bits[word] |= (uint32_t)(node.side[word << 5 | bit] & 1) << bit;
    }
    const __m512i table = _mm512_loadu_si512(bits);
    const __m512i stride = _mm512_set1_epi32((int32_t)node.stride);
    // Four bytes are read at once: from here on they would reach beyond the codes that are known to be there.
    const __m512i last = _mm512_set1_epi32((int32_t)node.stride * node.rows[node.count - 1] - 3);
    int64_t left = 0, place = 0;
    for (; place + together <= node.count; place += together) {
        if (node.stride > 1 && place + 4 * together <= node.count) {
            for (int next = 0; next < together; next++) rondo_prefetch(node.column + node.stride * node.rows[place + 3 * together + next]);
        }
        const __m512i rows = _mm512_loadu_si512(node.rows + place);
        const __m512i places = _mm512_mullo_epi32(rows, stride);
        if (_mm512_cmpgt_epi32_mask(places, last) != 0) {
            left = divide_until(node, place, place + together, left);
            continue;
        }
        const __m512i codes = _mm512_and_si512(_mm512_i32gather_epi32(places, node.column, 1), _mm512_set1_epi32(255));
        const __m512i words = _mm512_permutexvar_epi32(_mm512_srli_epi32(codes, 5), table);
        const __m512i own = _mm512_srlv_epi32(words, _mm512_and_si512(codes, _mm512_set1_epi32(31)));
        const __mmask16 is_left = _mm512_test_epi32_mask(own, _mm512_set1_epi32(1));
        // Whole registers are written: behind the rows that go there lie only such as have been read.
        _mm512_storeu_si512(node.rows + left, _mm512_maskz_compress_epi32(is_left, rows));
        _mm512_storeu_si512(node.scratch + (place - left), _mm512_maskz_compress_epi32((__mmask16)~is_left, rows));
        left += __builtin_popcount(is_left);
    }
    return divide_until(node, place, node.count, left);
}
#endif

int64_t rondo_divide_rows(
    int32_t *rows, int64_t count, const uint8_t *column, int64_t stride, const uint8_t *side, int32_t *scratch) {
    const rondo_node_rows node = {rows, count, column, stride, side, scratch};
#ifdef RONDO_WIDE
    if (count >= 64 && __builtin_cpu_supports("avx512f")) return divide_wide(node);
#endif
    return divide_until(node, 0, count, 0);
}
