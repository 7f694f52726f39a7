#include "CSystemLibraries.h"
#include "Clones.h"

#pragma STDC FP_CONTRACT OFF

typedef float lanes __attribute__((ext_vector_type(16), aligned(4)));
typedef int32_t marks __attribute__((ext_vector_type(16), aligned(4)));

enum { half = 16, panel_rows = 32, most_together = 6, panels_ahead = 2, moves_ahead = 16, line_values = 8 };

// The two nearest centres so far, of 32 rows.
typedef struct {
    lanes least[2], second[2];
    marks nearest[2];
} leaders;

// Holds a panel against `size` centres from `first` on: their sums stay in registers.
static inline __attribute__((always_inline)) void approach(const float *rows, int64_t width, const float *centres, int32_t first,
                                                           const int size, leaders *found) {
    lanes sums[2][most_together];
#pragma unroll
    for (int one = 0; one < size; one++) sums[0][one] = sums[1][one] = (lanes)centres[width * size + one];
    int64_t ahead = panels_ahead * (width + 1) * panel_rows;
    for (int64_t axis = 0; axis < width; axis++) {
        lanes low = *(const lanes *)(rows + axis * panel_rows), high = *(const lanes *)(rows + axis * panel_rows + half);
        // The rows come from memory, whose delay is longer than the work on a panel: asked for early, they cost half.
        if (first == 0) {
            __builtin_prefetch(rows + axis * panel_rows + ahead);
            __builtin_prefetch(rows + axis * panel_rows + half + ahead);
        }
#pragma unroll
        for (int one = 0; one < size; one++) {
            lanes place = (lanes)centres[axis * size + one];
            sums[0][one] += low * place;
            sums[1][one] += high * place;
        }
    }
#pragma unroll
    for (int one = 0; one < size; one++)
#pragma unroll
        for (int side = 0; side < 2; side++) {
            lanes sum = sums[side][one], least = found->least[side];
            marks nearer = sum < least;
            lanes loser = nearer ? least : sum;
            found->second[side] = loser < found->second[side] ? loser : found->second[side];
            found->least[side] = nearer ? sum : least;
            found->nearest[side] = nearer ? (marks)(first + one) : found->nearest[side];
        }
}

static inline __attribute__((always_inline)) int64_t look_at(const float *panels, int64_t panel_count, int64_t width,
                                                             const float *centres, int64_t centre_count, const float *margins,
                                                             const int32_t *clusters, rondo_row_look *found) {
    int64_t count = 0, groups = (centre_count + most_together - 1) / most_together;
    for (int64_t panel = 0; panel < panel_count; panel++) {
        const float *rows = panels + panel * (width + 1) * panel_rows, *group = centres;
        const lanes far = (lanes)__builtin_inff();
        leaders leaders = {{far, far}, {far, far}, {(marks)0, (marks)0}};
        int32_t first = 0;
        for (int64_t left = groups; left > 0; left--) {
            int64_t size = (centre_count - first + left - 1) / left;
            switch (size) {
            case 6: approach(rows, width, group, first, 6, &leaders); break;
            case 5: approach(rows, width, group, first, 5, &leaders); break;
            case 4: approach(rows, width, group, first, 4, &leaders); break;
            case 3: approach(rows, width, group, first, 3, &leaders); break;
            case 2: approach(rows, width, group, first, 2, &leaders); break;
            default: approach(rows, width, group, first, 1, &leaders);
            }
            group += size * (width + 1);
            first += (int32_t)size;
        }
        for (int side = 0; side < 2; side++) {
            int64_t start = panel * panel_rows + side * half;
            lanes length = *(const lanes *)(rows + width * panel_rows + side * half);
            lanes margin = margins[0] + length * (margins[1] + length * margins[2]);
            // A gap that is no number is not above the margin either.
            marks open = ~(leaders.second[side] - leaders.least[side] > margin);
            marks look = open | (leaders.nearest[side] != *(const marks *)(clusters + start));
            if (__builtin_reduce_or(look) == 0) continue;
            for (int lane = 0; lane < half; lane++)
                if (look[lane]) found[count++] = (rondo_row_look){start + lane, open[lane] ? -1 : leaders.nearest[side][lane]};
        }
    }
    return count;
}

#define PARAMETERS \
    const float *panels, int64_t panel_count, int64_t width, const float *centres, int64_t centre_count, const float *margins, \
        const int32_t *clusters, rondo_row_look *found
#define ARGUMENTS panels, panel_count, width, centres, centre_count, margins, clusters, found

#if defined(__x86_64__)
// Clones of the usual kind would leave the wide registers unused.
__attribute__((target("arch=x86-64-v4"), min_vector_width(512))) static int64_t look_at_v4(PARAMETERS) { return look_at(ARGUMENTS); }
__attribute__((target("avx2"))) static int64_t look_at_avx2(PARAMETERS) { return look_at(ARGUMENTS); }
#endif

int64_t rondo_near_centres(PARAMETERS) {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("x86-64-v4")) return look_at_v4(ARGUMENTS);
    if (__builtin_cpu_supports("avx2")) return look_at_avx2(ARGUMENTS);
#endif
    return look_at(ARGUMENTS);
}

// Values are added with the rounding errors of the additions (Knuth) beside.
static inline __attribute__((always_inline)) void add(const double *values, int64_t count, double factor, double *restrict high,
                                                      double *restrict low) {
    for (int64_t index = 0; index < count; index++) {
        double value = factor * values[index], old = high[index], next = old + value, shadow = next - old;
        low[index] += (old - (next - shadow)) + (value - shadow);
        high[index] = next;
    }
}

RONDO_CLONES void rondo_move_rows(const double *rows, int64_t width, int64_t column, int64_t columns, const rondo_row_move *moves, int64_t count,
                            const double *weights, double *high, double *low) {
    for (int64_t index = 0; index < count; index++) {
        rondo_row_move move = moves[index];
        if (index + moves_ahead < count) {
            const double *next = rows + moves[index + moves_ahead].row * width + column;
            for (int64_t place = 0; place < columns; place += line_values) __builtin_prefetch(next + place);
            __builtin_prefetch(next + columns - 1);
        }
        const double *values = rows + move.row * width + column;
        double weight = weights ? weights[move.row] : 1;
        if (move.from >= 0) add(values, columns, -weight, high + move.from * width + column, low + move.from * width + column);
        add(values, columns, weight, high + move.to * width + column, low + move.to * width + column);
    }
}
