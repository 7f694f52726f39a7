#include "CSystemLibraries.h"
#include "Clones.h"

#include <string.h>

// Derivatives as whole numbers, two in a word. Each row is worked out by itself, sums are taken in a fixed number of lanes, and nothing may
// be multiplied and added in one step: the same bits with vectors of any width.
#pragma STDC FP_CONTRACT OFF

enum { lanes = 8 };

typedef struct {
    double gradients[lanes], hessians[lanes], most[lanes];
    uint64_t packed[lanes];
} lane_sums;

/// Packs so many rows, at most as many as there are lanes.
static inline void pack(
    const double *gradients, const double *hessians, int width, double gradient_scale, double hessian_scale, uint64_t *packed,
    lane_sums *sums) {
    // Adding 1.5 * 2^52 rounds; the lower bits then hold the whole number.
    const double rounder = 0x1.8p+52;
    for (int lane = 0; lane < width; lane++) {
        const double gradient = gradients[lane] * gradient_scale + rounder, hessian = hessians[lane] * hessian_scale + rounder;
        uint64_t upper, lower;
        memcpy(&upper, &gradient, sizeof upper);
        memcpy(&lower, &hessian, sizeof lower);
        packed[lane] = (upper << 32) + (lower & 0xffffffffu);
        sums->packed[lane] += packed[lane];
        sums->gradients[lane] += __builtin_fabs(gradients[lane]);
        sums->hessians[lane] += hessians[lane];
        sums->most[lane] = hessians[lane] > sums->most[lane] ? hessians[lane] : sums->most[lane];
    }
}

RONDO_CLONES
void rondo_pack_derivatives(
    const double *gradients, const double *hessians, int64_t count, double gradient_scale, double hessian_scale, uint64_t *packed,
    rondo_derivative_sums *sums) {
    lane_sums own = {{0}, {0}, {0}, {0}};
    int64_t row = 0;
    for (; row + lanes <= count; row += lanes) {
        uint64_t words[lanes];
        pack(gradients + row, hessians + row, lanes, gradient_scale, hessian_scale, words, &own);
        memcpy(packed + row, words, sizeof words);
    }
    pack(gradients + row, hessians + row, (int)(count - row), gradient_scale, hessian_scale, packed + row, &own);
    for (int lane = 0; lane < lanes; lane++) {
        sums->gradient += own.gradients[lane];
        sums->hessian += own.hessians[lane];
        sums->most = own.most[lane] > sums->most ? own.most[lane] : sums->most;
        sums->packed += own.packed[lane];
    }
}
