#include "CSystemLibraries.h"
#include "Clones.h"

#include <string.h>

// Derivatives of the logistic loss. Each row is worked out by itself, and nothing may be multiplied and added in one step: the same bits
// with vectors of any width.
#pragma STDC FP_CONTRACT OFF

enum { lanes = 8 };

/// 1 / (1 + e^-x) by the Taylor series of e^r for |r| <= ln 2 / 2, without branches.
static inline double share(double score) {
    const double rounder = 0x1.8p+52;
    const double upper = score > 40 ? 40 : score;
    const double x = -(upper < -40 ? -40 : upper);
    const double shifted = x * 0x1.71547652b82fep+0 + rounder;
    const double k = shifted - rounder;
    const double r = (x - k * 0x1.62e42fee00000p-1) - k * 0x1.a39ef35793c76p-33;
    double series = 1.0 / 362880;
    series = series * r + 1.0 / 40320;
    series = series * r + 1.0 / 5040;
    series = series * r + 1.0 / 720;
    series = series * r + 1.0 / 120;
    series = series * r + 1.0 / 24;
    series = series * r + 1.0 / 6;
    series = series * r + 0.5;
    series = series * r + 1;
    series = series * r + 1;
    // The lower bits of `shifted` hold k.
    uint64_t bits;
    memcpy(&bits, &shifted, sizeof bits);
    bits = (bits + 1023) << 52;
    double power;
    memcpy(&power, &bits, sizeof power);
    return 1 / (1 + power * series);
}

/// Derivatives of so many rows, at most as many as there are lanes.
static inline void derive(const double *scores, const int32_t *classes, int width, double *gradients, double *hessians) {
    for (int lane = 0; lane < width; lane++) {
        const double chance = share(scores[lane]);
        gradients[lane] = chance - (double)classes[lane];
        hessians[lane] = chance * (1 - chance);
    }
}

RONDO_CLONES
void rondo_logistic_derivatives(const double *scores, const int32_t *classes, int64_t count, double *gradients, double *hessians) {
    int64_t row = 0;
    for (; row + lanes <= count; row += lanes) {
        double gradient[lanes], hessian[lanes];
        derive(scores + row, classes + row, lanes, gradient, hessian);
        memcpy(gradients + row, gradient, sizeof gradient);
        memcpy(hessians + row, hessian, sizeof hessian);
    }
    derive(scores + row, classes + row, (int)(count - row), gradients + row, hessians + row);
}
