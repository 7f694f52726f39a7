#include "CSystemLibraries.h"

// Trees of at most 32 leaves, 64 rows at a time: every question crosses out the leaves that a row cannot end in, and the first leaf
// left is the answer (Lucchese et al. 2015, QuickScorer). The bits of the leaves lie in four planes of a byte a row, so that a
// question costs a handful of instructions for all rows.

typedef uint8_t rows64 __attribute__((vector_size(64), aligned(1)));

#if defined(__x86_64__) && defined(__linux__)
#define RONDO_CLONES __attribute__((target_clones("arch=x86-64-v4", "avx2", "default")))
#else
#define RONDO_CLONES
#endif

RONDO_CLONES
void rondo_quick_scores(
    const rondo_quick_question *questions, const int32_t *starts, int32_t tree_count, const double *leaf_values, const uint8_t *sides,
    const uint8_t *codes, int64_t stride, double *sums) {
    for (int32_t tree = 0; tree < tree_count; tree++) {
        rows64 first = ~(rows64){0}, second = first, third = first, fourth = first;
        for (int32_t index = starts[tree]; index < starts[tree + 1]; index++) {
            const rondo_quick_question *question = questions + index;
            const uint8_t *own = codes + question->feature * stride;
            rows64 right;
            if (question->side < 0) {
                rows64 code = *(const rows64 *)own;
                right = (rows64)((rows64)(code - question->first) > (rows64)((rows64){0} + question->more));
            } else {
                const uint8_t *side = sides + 256 * (int64_t)question->side;
                for (int row = 0; row < 64; row++) right[row] = side[own[row]];
            }
            rows64 left = ~right;
            first &= left | (uint8_t)question->kept;
            second &= left | (uint8_t)(question->kept >> 8);
            third &= left | (uint8_t)(question->kept >> 16);
            fourth &= left | (uint8_t)(question->kept >> 24);
        }
        uint32_t leaves[64];
        for (int row = 0; row < 64; row++) {
            leaves[row] = (uint32_t)first[row] | (uint32_t)second[row] << 8 | (uint32_t)third[row] << 16 | (uint32_t)fourth[row] << 24;
        }
        const double *values = leaf_values + 32 * (int64_t)tree;
        for (int row = 0; row < 64; row++) sums[row] += values[__builtin_ctz(leaves[row])];
    }
}
