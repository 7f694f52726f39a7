#include "CSystemLibraries.h"
#include "Clones.h"

// Trees of at most 32 leaves, 64 rows at a time: every question crosses out the leaves that a row cannot end in, and the first leaf
// left is the answer (Lucchese et al. 2015, QuickScorer). The bits of the leaves lie in four planes of a byte a row, so that a
// question costs a handful of instructions for all rows.
//
// Vectors are only ever loaded and stored whole: an element of one costs a trip through memory. Nothing here rounds but the sums of
// leaf values, which are taken tree after tree for each row: the same bits with vectors of any width.

typedef uint8_t rows64 __attribute__((vector_size(64), aligned(1)));

RONDO_CLONES
void rondo_quick_scores(
    const rondo_quick_question *questions, const int32_t *starts, int32_t tree_count, const double *leaf_values, const uint8_t *sides,
    const uint8_t *codes, int64_t stride, double *sums) {
    for (int32_t tree = 0; tree < tree_count; tree++) {
        rows64 first = ~(rows64){0}, second = first, third = first, fourth = first;
        for (int32_t index = starts[tree]; index < starts[tree + 1]; index++) {
            const rondo_quick_question *question = questions + index;
            const uint8_t *own = codes + question->feature * stride;
            rows64 right;
            if (question->side < 0) {
                rows64 code = *(const rows64 *)own;
                right = (rows64)((rows64)(code - question->first) > (rows64)((rows64){0} + question->more));
            } else {
                const uint8_t *side = sides + 256 * (int64_t)question->side;
                uint8_t found[64];
                for (int row = 0; row < 64; row++) found[row] = side[own[row]];
                right = *(const rows64 *)found;
            }
            uint32_t gone = ~question->kept;
            first &= ~(right & (uint8_t)gone);
            second &= ~(right & (uint8_t)(gone >> 8));
            third &= ~(right & (uint8_t)(gone >> 16));
            fourth &= ~(right & (uint8_t)(gone >> 24));
        }
        // The plane of the first leaf left, then the place of its lowest bit.
        rows64 none = (rows64)(first == 0), none2 = none & (rows64)(second == 0), none3 = none2 & (rows64)(third == 0);
        rows64 bits = first | (second & none) | (third & none2) | (fourth & none3);
        bits &= (rows64){0} - bits;
        rows64 leaf = (none & 8) + (none2 & 8) + (none3 & 8);
        leaf += ((rows64)((bits & 0xF0) != 0) & 4) + ((rows64)((bits & 0xCC) != 0) & 2) + ((rows64)((bits & 0xAA) != 0) & 1);
        uint8_t leaves[64];
        *(rows64 *)leaves = leaf;
        const double *values = leaf_values + 32 * (int64_t)tree;
        for (int row = 0; row < 64; row++) sums[row] += values[leaves[row]];
    }
}

// Larger trees, a node in four bytes: the place of the code it asks for, the last code that goes left, and the left child, which the
// right one follows. A leaf sends every code to itself, so that walks that have arrived may go on until all have: those side by side
// wait for memory together.

#define STEP(node, codes) nodes[((node) >> 16) + ((codes)[(node) & 0xFF] > (uint8_t)((node) >> 8))]
#define LAST 0xFF00u

static inline void add_leaf(const double *values, int32_t width, double *sums) {
    for (int32_t index = 0; index < width; index++) sums[index] += values[index];
}

static inline uint32_t walk_row(const uint32_t *nodes, const uint8_t *codes) {
    uint32_t node = nodes[0];
    while ((node & LAST) != LAST) node = STEP(node, codes);
    return node >> 16;
}

void rondo_walk_tree(
    const uint32_t *all, const uint32_t *all_leaves, int64_t start, const double *leaf_values, int32_t width, const uint8_t *codes,
    int64_t stride, int64_t rows, double *sums) {
    const uint32_t *nodes = all + start, *leaves = all_leaves + start;
    int64_t row = 0;
    for (; row + 8 <= rows; row += 8) {
        const uint8_t *own = codes + row * stride;
        uint32_t a = nodes[0], b = a, c = a, d = a, e = a, f = a, g = a, h = a;
        do {
            // Three steps before one look whether all have arrived.
            for (int step = 0; step < 3; step++) {
                a = STEP(a, own);
                b = STEP(b, own + stride);
                c = STEP(c, own + 2 * stride);
                d = STEP(d, own + 3 * stride);
                e = STEP(e, own + 4 * stride);
                f = STEP(f, own + 5 * stride);
                g = STEP(g, own + 6 * stride);
                h = STEP(h, own + 7 * stride);
            }
        } while ((a & b & c & d & e & f & g & h & LAST) != LAST);
        const uint32_t reached[8] = {a >> 16, b >> 16, c >> 16, d >> 16, e >> 16, f >> 16, g >> 16, h >> 16};
        if (width == 1) {
            for (int place = 0; place < 8; place++) sums[row + place] += leaf_values[leaves[reached[place]]];
        } else {
            for (int place = 0; place < 8; place++) {
                add_leaf(leaf_values + (int64_t)leaves[reached[place]] * width, width, sums + (row + place) * width);
            }
        }
    }
    for (; row < rows; row++) {
        add_leaf(leaf_values + (int64_t)leaves[walk_row(nodes, codes + row * stride)] * width, width, sums + row * width);
    }
}

// One row: many trees side by side, in passes over all of them until the last has arrived.
#define TREES_TOGETHER 32

void rondo_walk_trees(
    const uint32_t *all, const uint32_t *leaves, const uint32_t *starts, int32_t tree_count, const double *leaf_values, int32_t width,
    const uint8_t *codes, double *sums) {
    for (int32_t first = 0; first < tree_count; first += TREES_TOGETHER) {
        const uint32_t *start = starts + first;
        int32_t count = tree_count - first < TREES_TOGETHER ? tree_count - first : TREES_TOGETHER;
        uint32_t reached[TREES_TOGETHER], arrived;
        for (int32_t tree = 0; tree < count; tree++) reached[tree] = all[start[tree]];
        do {
            arrived = LAST;
            for (int32_t tree = 0; tree < count; tree++) {
                const uint32_t *nodes = all + start[tree];
                uint32_t node = reached[tree];
                node = STEP(node, codes);
                reached[tree] = node = STEP(node, codes);
                arrived &= node;
            }
        } while (arrived != LAST);
        for (int32_t tree = 0; tree < count; tree++) {
            add_leaf(leaf_values + (int64_t)leaves[start[tree] + (reached[tree] >> 16)] * width, width, sums);
        }
    }
}
