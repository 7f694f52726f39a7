#include "CSystemLibraries.h"
#include "Clones.h"

// Gains of all cuts of one feature. Each is worked out by itself, and nothing may be multiplied and added in one step: the same bits
// with vectors of any width.
#pragma STDC FP_CONTRACT OFF

static inline double upper(uint64_t packed) { return (double)(int32_t)(packed >> 32); }

// Vectors convert signed numbers only.
static inline double lower(uint64_t packed) { return (double)(int32_t)((uint32_t)packed ^ 0x80000000u) + 2147483648.0; }

/// What lies left of each cut, and its gain.
static inline __attribute__((always_inline)) void write_gains(
    const uint64_t *cells, int32_t count, uint64_t first, uint64_t total, double least, double extra, uint64_t *lefts, double *gains) {
    uint64_t left = first;
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

RONDO_CLONES
void rondo_split_gains(
    const uint64_t *cells, int32_t count, uint64_t first, uint64_t total, double least, double extra, double *gains) {
    uint64_t lefts[256];
    write_gains(cells, count > 256 ? 256 : count, first, total, least, extra, lefts, gains);
}

enum { lanes = 8 };

RONDO_CLONES
int32_t rondo_best_cut(
    const uint64_t *cells, int32_t count, uint64_t first, uint64_t total, double least, double extra, double *best, uint64_t *left) {
    uint64_t lefts[256];
    double gains[256], highest[lanes];
    if (count > 256) count = 256;
    write_gains(cells, count, first, total, least, extra, lefts, gains);
    for (int lane = 0; lane < lanes; lane++) highest[lane] = *best;
    int32_t code = 0;
    for (; code + lanes <= count; code += lanes) {
        for (int lane = 0; lane < lanes; lane++) highest[lane] = gains[code + lane] > highest[lane] ? gains[code + lane] : highest[lane];
    }
    for (; code < count; code++) highest[0] = gains[code] > highest[0] ? gains[code] : highest[0];
    for (int lane = 1; lane < lanes; lane++) highest[0] = highest[lane] > highest[0] ? highest[lane] : highest[0];
    if (!(highest[0] > *best)) return -1;
    int32_t place = 0;
    while (gains[place] != highest[0]) place++;
    *best = highest[0];
    *left = lefts[place];
    return place;
}
