#include "CSystemLibraries.h"

#include <string.h>

// Derivatives of the logistic loss. Each row is worked out by itself, and nothing may be multiplied and added in one step: the same bits
// with vectors of any width.
#pragma STDC FP_CONTRACT OFF

#if defined(__x86_64__) && defined(__linux__)
#define RONDO_CLONES __attribute__((target_clones("arch=x86-64-v4", "avx2", "default")))
#else
#define RONDO_CLONES
#endif

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

RONDO_CLONES
void rondo_logistic_derivatives(
    const double *scores, const double *targets, int64_t count, double *gradients, double *hessians, double sums[3]) {
    double gradient_sums[lanes] = {0}, hessian_sums[lanes] = {0}, most[lanes] = {0};
    for (int64_t first = 0; first < count; first += lanes) {
        const int64_t end = count - first < lanes ? count - first : lanes;
        double gradient[lanes] = {0}, hessian[lanes] = {0};
        if (end == lanes) {
            for (int lane = 0; lane < lanes; lane++) {
                const double chance = share(scores[first + lane]);
                gradient[lane] = chance - targets[first + lane];
                hessian[lane] = chance * (1 - chance);
            }
            memcpy(gradients + first, gradient, sizeof gradient);
            memcpy(hessians + first, hessian, sizeof hessian);
        } else {
            for (int64_t lane = 0; lane < end; lane++) {
                const double chance = share(scores[first + lane]);
                gradients[first + lane] = gradient[lane] = chance - targets[first + lane];
                hessians[first + lane] = hessian[lane] = chance * (1 - chance);
            }
        }
        for (int lane = 0; lane < lanes; lane++) {
            gradient_sums[lane] += __builtin_fabs(gradient[lane]);
            hessian_sums[lane] += hessian[lane];
            most[lane] = hessian[lane] > most[lane] ? hessian[lane] : most[lane];
        }
    }
    sums[0] = sums[1] = sums[2] = 0;
    for (int lane = 0; lane < lanes; lane++) {
        sums[0] += gradient_sums[lane];
        sums[1] += hessian_sums[lane];
        sums[2] = most[lane] > sums[2] ? most[lane] : sums[2];
    }
}
