#include "CSystemLibraries.h"
#include "Clones.h"

// Gains of all cuts of one feature. Each is worked out by itself, and nothing may be multiplied and added in one step: the same bits
// with vectors of any width.
#pragma STDC FP_CONTRACT OFF

static inline double upper(uint64_t packed) { return (double)(int32_t)(packed >> 32); }

// Vectors convert signed numbers only.
static inline double lower(uint64_t packed) { return (double)(int32_t)((uint32_t)packed ^ 0x80000000u) + 2147483648.0; }

RONDO_CLONES
void rondo_split_gains(
    const uint64_t *cells, int32_t count, uint64_t first, uint64_t total, double least, double extra, double *gains) {
    uint64_t lefts[256];
    uint64_t left = first;
    if (count > 256) count = 256;
    for (int32_t code = 0; code < count; code++) {
        left += cells[code];
        lefts[code] = left;
    }
    const double gradients = upper(total), hessians = lower(total), most = hessians - least;
    for (int32_t code = 0; code < count; code++) {
        double gradient = upper(lefts[code]), hessian = lower(lefts[code]);
        double rest = gradients - gradient, low = hessian + extra, high = hessians - hessian + extra;
        double gain = (gradient * gradient * high + rest * rest * low) / (low * high);
        gains[code] = hessian >= least && hessian <= most ? gain : -1;
    }
}
