#pragma once

#include <stddef.h>
#include <stdint.h>

// ---- trees

/// A question of a tree of at most 32 leaves: a code c goes left when (uint8_t)(c - first) <= more, or by a table.
typedef struct {
    int32_t feature;
    /// The table of sides that decides instead; negative for none.
    int32_t side;
    /// The leaves that are left when a row goes right, the leftmost leaf lowest.
    uint32_t kept;
    uint8_t first;
    uint8_t more;
} rondo_quick_question;

/// Adds one leaf value of each tree to the sums of 64 rows.
///
/// starts: tree_count + 1 places in questions. leaf_values: 32 a tree. sides: 256 bytes a table, 0 left and 255 right.
/// codes: 64 bytes for each feature, stride apart.
void rondo_quick_scores(
    const rondo_quick_question *questions, const int32_t *starts, int32_t tree_count, const double *leaf_values, const uint8_t *sides,
    const uint8_t *codes, int64_t stride, double *sums);

/// Adds the leaf values of one tree to the sums of rows, `width` values a row.
///
/// all: the place of a code in the row (8 bits), the last code that goes left (8 bits; 255 for a leaf), the left child from the first
/// node of the tree on (16 bits; the leaf itself for a leaf). leaves: the number of the leaf of each node. start: the first node of the
/// tree. codes: `stride` bytes a row.
void rondo_walk_tree(
    const uint32_t *all, const uint32_t *leaves, int64_t start, const double *leaf_values, int32_t width, const uint8_t *codes,
    int64_t stride, int64_t rows, double *sums);

/// Adds the leaf values of trees, in their order, to the sums of one row; starts: the first node of each.
void rondo_walk_trees(
    const uint32_t *all, const uint32_t *leaves, const uint32_t *starts, int32_t tree_count, const double *leaf_values, int32_t width,
    const uint8_t *codes, double *sums);

/// Writes the gain of the cut after each code, -1 where a side has less than `least` second derivatives: with sums G and H of first and
/// second derivatives, G_l²/(H_l + extra) + G_r²/(H_r + extra).
///
/// cells: first derivatives in the upper, second in the lower 32 bits. first: what lies left of the first code. count: at most 256.
void rondo_split_gains(
    const uint64_t *cells, int32_t count, uint64_t first, uint64_t total, double least, double extra, double *gains);

/// The first of the cuts that gain most, by the same gains; -1 when none gains more than `best`. Else its gain and what lies left of it go to
/// `best` and `left`.
int32_t rondo_best_cut(
    const uint64_t *cells, int32_t count, uint64_t first, uint64_t total, double least, double extra, double *best, uint64_t *left);

/// Writes the derivatives of the logistic loss: 1 / (1 + e^-score) less the class, 0 or 1, and that share times what it lacks to 1.
///
/// Relative error of the share below 2e-11; scores are cut off at 40 either way.
void rondo_logistic_derivatives(const double *scores, const int32_t *classes, int64_t count, double *gradients, double *hessians);

/// Sums of first derivatives without sign, of second ones, and of packed ones; the greatest second one.
typedef struct {
    double gradient, hessian, most;
    uint64_t packed;
} rondo_derivative_sums;

/// Writes both derivatives times their scales as whole numbers, the first in the upper 32 bits, and adds to the sums.
void rondo_pack_derivatives(
    const double *gradients, const double *hessians, int64_t count, double gradient_scale, double hessian_scale, uint64_t *packed,
    rondo_derivative_sums *sums);

/// Brings rows that go left to the front of `rows` and copies the others into `scratch`, both in their order; returns how many go left.
///
/// rows: increasing. column: a code a row, `stride` bytes apart, the last one less than 2^31 bytes from the first. side: for each of the 256
/// codes 1 (left) or 0 (right). scratch: room for `count` rows.
int64_t rondo_divide_rows(
    int32_t *rows, int64_t count, const uint8_t *column, int64_t stride, const uint8_t *side, int32_t *scratch);

/// Writes for each value how many cut points lie below it, 255 for NaN; codes lie `stride` apart.
///
/// cuts: increasing, filled up with infinity to 2 * half of them, where half is a power of two.
void rondo_bin_codes(const double *values, int64_t count, const double *cuts, int32_t half, uint8_t *codes, int64_t stride);

/// Writes where the fields of delimited text end, and for each line how many fields end up to its end; the text begins with a record.
/// Returns how many bytes were looked at, a multiple of 64: up to the first block in which a quote stands that neither begins nor ends a
/// field nor doubles another.
///
/// quote: 0 when nothing quotes. ends: room for 16 more than there are bytes. lines: room for as many as there are bytes.
size_t rondo_field_ends(const uint8_t *text, size_t count, uint8_t delimiter, uint8_t newline, uint8_t quote, uint32_t *ends,
                        uint32_t *lines, size_t *line_count);
/// Writes how often each of two bytes occurs.
void rondo_count_bytes(const uint8_t *text, size_t count, uint8_t first, uint8_t second, size_t *counts);
/// How many bytes from the beginning on are neither zero nor above 127, a multiple of 64.
size_t rondo_plain_length(const uint8_t *text, size_t count);
