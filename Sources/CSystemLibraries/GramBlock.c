#include "CSystemLibraries.h"

// Sums of products of columns, eight lanes a pair, multiplied and added one after the other: the same bits whatever the instructions.
#if defined(__x86_64__) && defined(__linux__)
#define CLONES __attribute__((target_clones("arch=x86-64-v4", "avx2", "default")))
#else
#define CLONES
#endif

typedef double lanes __attribute__((vector_size(64), aligned(8)));

#define TOTAL(v) (((v[0] + v[4]) + (v[1] + v[5])) + ((v[2] + v[6]) + (v[3] + v[7])))

// Two columns against four: what is loaded is used several times, and the sums stay in registers.
CLONES void rondo_gram_block(const double *firsts, const double *seconds, int64_t rows, int64_t order, double *sums) {
#pragma STDC FP_CONTRACT OFF
    for (int64_t second = 0; second < order; second += 4) {
        const double *right[4];
        for (int64_t lane = 0; lane < 4; lane++) right[lane] = seconds + (second + lane < order ? second + lane : order - 1) * rows;
        for (int64_t first = 0; first < second + 4 && first < order; first += 2) {
            const double *left0 = firsts + first * rows;
            const double *left1 = firsts + (first + 1 < order ? first + 1 : order - 1) * rows;
            lanes s00 = {0}, s01 = {0}, s02 = {0}, s03 = {0}, s10 = {0}, s11 = {0}, s12 = {0}, s13 = {0};
            for (int64_t row = 0; row + 8 <= rows; row += 8) {
                lanes a = *(const lanes *)(left0 + row), b = *(const lanes *)(left1 + row);
                lanes c = *(const lanes *)(right[0] + row), d = *(const lanes *)(right[1] + row);
                lanes e = *(const lanes *)(right[2] + row), f = *(const lanes *)(right[3] + row);
                s00 += a * c;
                s01 += a * d;
                s02 += a * e;
                s03 += a * f;
                s10 += b * c;
                s11 += b * d;
                s12 += b * e;
                s13 += b * f;
            }
            const double found[2][4] = {
                {TOTAL(s00), TOTAL(s01), TOTAL(s02), TOTAL(s03)}, {TOTAL(s10), TOTAL(s11), TOTAL(s12), TOTAL(s13)}};
            for (int64_t up = 0; up < 2; up++)
                for (int64_t lane = 0; lane < 4; lane++)
                    if (second + lane < order && first + up <= second + lane) sums[(second + lane) * order + first + up] += found[up][lane];
        }
    }
}
