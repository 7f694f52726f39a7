#include "CSystemLibraries.h"
#include "Clones.h"

#pragma STDC FP_CONTRACT OFF

// Equations of vectors of factors in single precision. Sixteen lanes, multiplied and added one after the other: the same bits whatever the
// instructions. Working memory holds the matrix, row by row, then one over each pivot, then a block of vectors and their multiples.

typedef float lanes __attribute__((vector_size(64), aligned(4)));
typedef float half_lanes __attribute__((vector_size(32), aligned(4)));
typedef float quarter_lanes __attribute__((vector_size(16), aligned(4)));

enum { width = 16, block = 64, most = 8 };

#define AT(pointer) (*(lanes *)(pointer))
#define FROM(pointer) (*(const lanes *)(pointer))

// The vectors of some items side by side, and their multiples by the weight less 1.
static inline __attribute__((always_inline)) void gather(const float *vectors, int64_t stride, const int32_t *items, const double *weights,
                                                         int64_t count, float *plain, float *weighted) {
    for (int64_t item = 0; item < count; item++) {
        const float *source = vectors + items[item] * stride;
        float factor = (float)(weights[item] - 1);
        for (int64_t column = 0; column < stride; column += width) {
            lanes value = FROM(source + column);
            AT(plain + item * stride + column) = value;
            AT(weighted + item * stride + column) = value * factor;
        }
    }
}

// Adds the products of multiples and vectors to the upper triangle; the sums of `tile` rows stay in registers.
static inline __attribute__((always_inline)) void add_products(const float *plain, const float *weighted, int64_t stride, int64_t count,
                                                               float *matrix, const int tile) {
    for (int64_t row = 0; row < stride; row += tile)
        for (int64_t column = row / width * width; column < stride; column += width) {
            lanes sums[most];
#pragma unroll
            for (int up = 0; up < tile; up++) sums[up] = AT(matrix + (row + up) * stride + column);
            for (int64_t item = 0; item < count; item++) {
                lanes value = FROM(plain + item * stride + column);
                const float *factors = weighted + item * stride + row;
#pragma unroll
                for (int up = 0; up < tile; up++) sums[up] += value * factors[up];
            }
#pragma unroll
            for (int up = 0; up < tile; up++) AT(matrix + (row + up) * stride + column) = sums[up];
        }
}

// U with U'U = A in place of the upper triangle, row after row (Golub and Van Loan, 4.2.6), zeros before the diagonal.
static inline __attribute__((always_inline)) void factorise(float *matrix, float *inverses, int64_t stride) {
    for (int64_t pivot = 0; pivot < stride; pivot++) inverses[pivot] = matrix[pivot * stride + pivot];
    for (int64_t pivot = 0; pivot < stride; pivot++) {
        float *row = matrix + pivot * stride;
        // A direction whose pivot is lost in rounding is left out.
        float value = row[pivot], inverse = value > inverses[pivot] * 0x1p-20f ? 1 / __builtin_sqrtf(value) : 0;
        inverses[pivot] = inverse;
        for (int64_t column = 0; column < pivot; column++) row[column] = 0;
        for (int64_t column = pivot / width * width; column < stride; column += width) AT(row + column) *= inverse;
        for (int64_t below = pivot + 1; below < stride; below++) {
            float factor = row[below], *target = matrix + below * stride;
            for (int64_t column = below / width * width; column < stride; column += width)
                AT(target + column) -= FROM(row + column) * factor;
        }
    }
}

static inline __attribute__((always_inline)) void make_matrix(const float *common, const float *vectors, int64_t stride, const int32_t *items,
                                                              const double *weights, int64_t count, float *work, const int tile) {
    float *inverses = work + stride * stride, *plain = inverses + stride, *weighted = plain + block * stride;
    for (int64_t place = 0; place < stride * stride; place += width) AT(work + place) = FROM(common + place);
    for (int64_t first = 0; first < count; first += block) {
        int64_t some = count - first < block ? count - first : block;
        gather(vectors, stride, items + first, weights + first, some, plain, weighted);
        add_products(plain, weighted, stride, some, work, tile);
    }
    factorise(work, inverses, stride);
}

#define PARAMETERS \
    const float *common, const float *vectors, int64_t stride, const int32_t *items, const double *weights, int64_t count, float *work
#define ARGUMENTS common, vectors, stride, items, weights, count, work

#if defined(__x86_64__)
// Clones of the usual kind would leave the wide registers unused.
__attribute__((target("arch=x86-64-v4"), min_vector_width(512))) static void make_matrix_v4(PARAMETERS) { make_matrix(ARGUMENTS, 8); }
__attribute__((target("avx2"))) static void make_matrix_avx2(PARAMETERS) { make_matrix(ARGUMENTS, 4); }
#endif

int64_t rondo_factor_work(int64_t stride) { return stride * (stride + 1 + 2 * block); }

void rondo_factor_matrix(PARAMETERS) {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("x86-64-v4")) return make_matrix_v4(ARGUMENTS);
    if (__builtin_cpu_supports("avx2")) return make_matrix_avx2(ARGUMENTS);
#endif
    make_matrix(ARGUMENTS, 2);
}

RONDO_CLONES void rondo_factor_right(const float *vectors, int64_t stride, const int32_t *items, const double *weights, int64_t count,
                                     float *right) {
    for (int64_t column = 0; column < stride; column += width) {
        lanes sums = {0};
        for (int64_t item = 0; item < count; item++) sums += FROM(vectors + items[item] * stride + column) * (float)weights[item];
        AT(right + column) = sums;
    }
}

// Sums of pairs of lanes that lie half of them apart, down to one.
#define HALVES(v, ...) __builtin_shufflevector(v, v, __VA_ARGS__)

RONDO_CLONES void rondo_factor_solve(const float *work, int64_t stride, float *right) {
    const float *inverses = work + stride * stride;
    for (int64_t place = 0; place < stride; place++) {
        const float *row = work + place * stride;
        float value = right[place] * inverses[place];
        for (int64_t column = place / width * width; column < stride; column += width) AT(right + column) -= FROM(row + column) * value;
        right[place] = value;
    }
    for (int64_t place = stride; place-- > 0;) {
        const float *row = work + place * stride;
        int64_t first = place / width * width;
        float value = right[place];
        // Before the diagonal the row is zero; on it the unknown itself stands aside.
        right[place] = 0;
        lanes sums = {0};
        for (int64_t column = first; column < stride; column += width) sums += FROM(row + column) * FROM(right + column);
        half_lanes eight = HALVES(sums, 0, 1, 2, 3, 4, 5, 6, 7) + HALVES(sums, 8, 9, 10, 11, 12, 13, 14, 15);
        quarter_lanes four = HALVES(eight, 0, 1, 2, 3) + HALVES(eight, 4, 5, 6, 7);
        right[place] = (value - ((four[0] + four[2]) + (four[1] + four[3]))) * inverses[place];
    }
}
