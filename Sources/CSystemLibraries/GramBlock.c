#include "CSystemLibraries.h"
#include "Clones.h"

#pragma STDC FP_CONTRACT OFF

// Sums of products of columns, eight lanes a pair, multiplied and added one after the other: the same bits whatever the instructions.
// What is loaded is used `tile` times, and the sums of a tile stay in registers: as many as the instructions have.

typedef double lanes __attribute__((vector_size(64), aligned(8)));
typedef double quarter __attribute__((vector_size(32), aligned(8)));

enum { most = 4 };

// The halves of two vectors added: four lanes of each.
#define FOLDED(a, b) \
    (__builtin_shufflevector(a, b, 0, 1, 2, 3, 8, 9, 10, 11) + __builtin_shufflevector(a, b, 4, 5, 6, 7, 12, 13, 14, 15))

// The sums of the lanes of four vectors, each ((0 + 4) + (1 + 5)) + ((2 + 6) + (3 + 7)).
static inline __attribute__((always_inline)) void totals(const lanes *four, quarter *sums) {
    lanes low = FOLDED(four[0], four[1]), high = FOLDED(four[2], four[3]);
    lanes even = __builtin_shufflevector(low, high, 0, 4, 2, 6, 8, 12, 10, 14);
    lanes pairs = even + __builtin_shufflevector(low, high, 1, 5, 3, 7, 9, 13, 11, 15);
    *sums = __builtin_shufflevector(pairs, pairs, 0, 1, 4, 5) + __builtin_shufflevector(pairs, pairs, 2, 3, 6, 7);
}

static inline __attribute__((always_inline)) void add_products(const double *firsts, const double *seconds, int64_t rows, int64_t stride,
                                                               int64_t order, double *sums, const int tile) {
    for (int64_t second = 0; second < order; second += tile) {
        const double *right[most];
        for (int64_t lane = 0; lane < tile; lane++) right[lane] = seconds + (second + lane < order ? second + lane : order - 1) * stride;
        for (int64_t first = 0; first <= second; first += tile) {
            const double *left[most];
            for (int64_t lane = 0; lane < tile; lane++) left[lane] = firsts + (first + lane < order ? first + lane : order - 1) * stride;
            lanes products[most * most];
#pragma unroll
            for (int pair = 0; pair < tile * tile; pair++) products[pair] = (lanes){0};
            for (int64_t row = 0; row + 8 <= rows; row += 8) {
                lanes a[most], b[most];
#pragma unroll
                for (int lane = 0; lane < tile; lane++) {
                    a[lane] = *(const lanes *)(left[lane] + row);
                    b[lane] = *(const lanes *)(right[lane] + row);
                }
#pragma unroll
                for (int pair = 0; pair < tile * tile; pair++) products[pair] += a[pair % tile] * b[pair / tile];
            }
            double found[most * most];
#pragma unroll
            for (int pair = 0; pair < tile * tile; pair += 4) totals(products + pair, (quarter *)(found + pair));
            for (int64_t lane = 0; lane < tile && second + lane < order; lane++)
                for (int64_t up = 0; up < tile && first + up <= second + lane; up++)
                    sums[(second + lane) * order + first + up] += found[lane * tile + up];
        }
    }
}

#define PARAMETERS const double *firsts, const double *seconds, int64_t rows, int64_t stride, int64_t order, double *sums
#define ARGUMENTS firsts, seconds, rows, stride, order, sums

#if defined(__x86_64__)
// Clones of the usual kind would leave the wide registers unused.
__attribute__((target("arch=x86-64-v4"), min_vector_width(512))) static void add_products_v4(PARAMETERS) { add_products(ARGUMENTS, 4); }
__attribute__((target("avx2"))) static void add_products_avx2(PARAMETERS) { add_products(ARGUMENTS, 2); }
#endif

void rondo_gram_block(PARAMETERS) {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("x86-64-v4")) return add_products_v4(ARGUMENTS);
    if (__builtin_cpu_supports("avx2")) return add_products_avx2(ARGUMENTS);
#endif
    add_products(ARGUMENTS, 2);
}

RONDO_CLONES void rondo_unit_values(const double *values, int64_t count, double scale, double high, double low, double inverse, double *units) {
    for (int64_t row = 0; row < count; row++) {
        double unit = ((values[row] * scale - high) - low) * inverse;
        units[row] = unit == unit ? unit : 0;
    }
}
