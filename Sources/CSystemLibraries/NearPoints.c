#include "CSystemLibraries.h"
#include "Clones.h"

// Which points of a block may lie near four queries, in single precision: the caller looks at those again, exactly. What is found may
// differ by rounding between processors; the limits leave room for that.
typedef float lanes __attribute__((vector_size(64), aligned(4)));
typedef int32_t marks __attribute__((vector_size(64), aligned(4)));

enum { together = 4, half = 16, panel_points = 32 };

// Points whose sum is not above the limit; one that is no number is not above either. Most panels hold none.
#define KEEP(query, first, second) \
    do { \
        marks low = ~((first) > limits[query]), high = ~((second) > limits[query]); \
        if (__builtin_reduce_or(low | high) != 0) { \
            int32_t *places = found + (query) * room; \
            int64_t count = counts[query]; \
            for (int32_t lane = 0; lane < half; lane++) \
                if (low[lane]) places[count++] = start + lane; \
            for (int32_t lane = 0; lane < half; lane++) \
                if (high[lane]) places[count++] = start + half + lane; \
            counts[query] = count; \
        } \
    } while (0)

RONDO_CLONES void rondo_near_points(const float *panels, int64_t panel_count, int64_t width, const float *queries, const float *limits,
                              int32_t absolute, int32_t *found, int64_t room, int64_t *counts) {
    int64_t stride = (width + 1) * panel_points;
    for (int64_t query = 0; query < together; query++) counts[query] = 0;
    for (int64_t panel = 0; panel < panel_count; panel++) {
        const float *points = panels + panel * stride;
        lanes start0 = *(const lanes *)(points + width * panel_points), start1 = *(const lanes *)(points + width * panel_points + half);
        lanes a0 = start0, a1 = start1, b0 = start0, b1 = start1, c0 = start0, c1 = start1, d0 = start0, d1 = start1;
        if (absolute) {
            for (int64_t axis = 0; axis < width; axis++) {
                const float *query = queries + axis * together;
                lanes x0 = *(const lanes *)(points + axis * panel_points), x1 = *(const lanes *)(points + axis * panel_points + half);
#define DISTANCE(x, q) ((lanes)((marks)((x) - (q)) & 0x7fffffff))
                a0 += DISTANCE(x0, query[0]);
                a1 += DISTANCE(x1, query[0]);
                b0 += DISTANCE(x0, query[1]);
                b1 += DISTANCE(x1, query[1]);
                c0 += DISTANCE(x0, query[2]);
                c1 += DISTANCE(x1, query[2]);
                d0 += DISTANCE(x0, query[3]);
                d1 += DISTANCE(x1, query[3]);
            }
        } else {
            for (int64_t axis = 0; axis < width; axis++) {
                const float *query = queries + axis * together;
                lanes x0 = *(const lanes *)(points + axis * panel_points), x1 = *(const lanes *)(points + axis * panel_points + half);
                a0 += x0 * query[0];
                a1 += x1 * query[0];
                b0 += x0 * query[1];
                b1 += x1 * query[1];
                c0 += x0 * query[2];
                c1 += x1 * query[2];
                d0 += x0 * query[3];
                d1 += x1 * query[3];
            }
        }
        int32_t start = (int32_t)(panel * panel_points);
        KEEP(0, a0, a1);
        KEEP(1, b0, b1);
        KEEP(2, c0, c1);
        KEEP(3, d0, d1);
    }
}
