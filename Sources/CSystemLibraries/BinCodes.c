#include "CSystemLibraries.h"
#include "Clones.h"

// The bin of each of many values by halving: sixteen searches side by side, without branches. Only comparisons: the same codes with
// vectors of any width.

enum { together = 16 };

RONDO_CLONES
void rondo_bin_codes(const double *values, int64_t count, const double *cuts, int32_t half, uint8_t *codes, int64_t stride) {
    for (int64_t first = 0; first < count; first += together) {
        int32_t width = count - first < together ? (int32_t)(count - first) : together;
        double own[together];
        int32_t low[together];
        for (int32_t place = 0; place < together; place++) {
            own[place] = values[first + (place < width ? place : 0)];
            low[place] = 0;
        }
        for (int32_t step = half; step > 0; step >>= 1) {
            const double *at = cuts + (step - 1);
            for (int32_t place = 0; place < together; place++) low[place] += step & -(int32_t)(at[low[place]] < own[place]);
        }
        for (int32_t place = 0; place < width; place++) {
            codes[(first + place) * stride] = own[place] != own[place] ? 255 : (uint8_t)low[place];
        }
    }
}
