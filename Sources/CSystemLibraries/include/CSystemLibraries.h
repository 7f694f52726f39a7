#pragma once

#include <stddef.h>
#include <stdint.h>

#include "TreeKernels.h"

// Heavy libraries are opened on first use: linking them would slow every start down.
// Functions return RONDO_LIBRARY_MISSING when the library or one of its symbols is not there.

#define RONDO_LIBRARY_MISSING (-1000001)

// ---- flags and counters that threads and signal handlers share

/// A flag that is safe to raise from a signal handler and to read from any thread.
typedef struct rondo_flag rondo_flag;

rondo_flag *rondo_flag_new(void);
void rondo_flag_free(rondo_flag *flag);
void rondo_flag_raise(rondo_flag *flag);
void rondo_flag_lower(rondo_flag *flag);
int32_t rondo_flag_is_raised(const rondo_flag *flag);

/// Lets SIGINT raise the flag until rondo_interrupt_end; the flag must outlive that. 0 on success.
int32_t rondo_interrupt_begin(rondo_flag *flag);
/// Gives SIGINT back to whoever had it before rondo_interrupt_begin.
void rondo_interrupt_end(void);

/// A counter from which threads take their next piece of work.
typedef struct rondo_counter rondo_counter;

rondo_counter *rondo_counter_new(void);
void rondo_counter_free(rondo_counter *counter);
int64_t rondo_counter_next(rondo_counter *counter);

/// Asks for the memory at an address before it is needed; any address is allowed.
static inline void rondo_prefetch(const void *address) { __builtin_prefetch(address); }

/// Tells the processor that this thread only looks whether memory has changed.
static inline void rondo_pause(void) {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}

/// How many processors this process may use, at least 1.
int32_t rondo_processor_count(void);

// ---- OpenBLAS with LAPACK, one thread, column-major, 32-bit indices; the info value of LAPACK is returned

int32_t rondo_lapack_available(void);

int32_t rondo_dgeqp3(int32_t rows, int32_t columns, double *a, int32_t *pivot, double *tau, double *work, int32_t work_count);
int32_t rondo_dgeqrf(int32_t rows, int32_t columns, double *a, double *tau, double *work, int32_t work_count);
int32_t rondo_dormqr(char side, char transpose, int32_t rows, int32_t columns, int32_t reflectors, const double *a, int32_t a_rows,
                     const double *tau, double *c, double *work, int32_t work_count);
int32_t rondo_dorgqr(int32_t rows, int32_t columns, int32_t reflectors, double *a, const double *tau, double *work, int32_t work_count);
int32_t rondo_dtrtrs(char triangle, char transpose, char diagonal, int32_t order, int32_t right_sides, const double *a, int32_t a_rows,
                     double *b, int32_t b_rows);
int32_t rondo_dtrtri(char triangle, char diagonal, int32_t order, double *a, int32_t a_rows);
int32_t rondo_dpotrf(char triangle, int32_t order, double *a);
int32_t rondo_dpotrs(char triangle, int32_t order, int32_t right_sides, const double *a, double *b);
int32_t rondo_dpotri(char triangle, int32_t order, double *a);
int32_t rondo_dsyevd(char vectors, char triangle, int32_t order, double *a, double *values, double *work, int32_t work_count,
                     int32_t *integer_work, int32_t integer_work_count);
int32_t rondo_dsytrd(char triangle, int32_t order, double *a, double *diagonal, double *beside, double *tau, double *work,
                     int32_t work_count);
int32_t rondo_dsterf(int32_t order, double *diagonal, double *beside);
/// The eigenvalues from the first to the last one wanted, counted from 1 in ascending order, and their vectors, one after the other.
int32_t rondo_dstemr(int32_t order, double *diagonal, double *beside, int32_t first, int32_t last, double *values, double *vectors,
                     int32_t *support, double *work, int32_t work_count, int32_t *integer_work, int32_t integer_work_count);
int32_t rondo_dormtr(char side, char triangle, char transpose, int32_t rows, int32_t columns, const double *a, int32_t order,
                     const double *tau, double *c, double *work, int32_t work_count);
int32_t rondo_dgesdd(char job, int32_t rows, int32_t columns, double *a, double *values, double *u, int32_t u_rows, double *vt,
                     int32_t vt_rows, double *work, int32_t work_count, int32_t *integer_work);
int32_t rondo_dgemm(char transpose_a, char transpose_b, int32_t rows, int32_t columns, int32_t inner, double alpha, const double *a,
                    int32_t a_rows, const double *b, int32_t b_rows, double beta, double *c, int32_t c_rows);
/// Adds the sums of products of each column of one block with each of another to the upper triangle of a square: element (first, second)
/// is at second * order + first. Columns lie `stride` apart; the number of rows is a multiple of eight. The bits do not depend on the
/// processor.
void rondo_gram_block(const double *firsts, const double *seconds, int64_t rows, int64_t stride, int64_t order, double *sums);

/// How many numbers of working memory equations of this many unknowns need, a multiple of 16.
int64_t rondo_factor_work(int64_t stride);
/// Makes the factored matrix common + sum of (c - 1) y y' in working memory, y the vectors of some items of weights c. The bits do not
/// depend on the processor.
void rondo_factor_matrix(const float *common, const float *vectors, int64_t stride, const int32_t *items, const double *weights,
                         int64_t count, float *work);
/// The sum of c y.
void rondo_factor_right(const float *vectors, int64_t stride, const int32_t *items, const double *weights, int64_t count, float *right);
/// Solves for a right side, in its place, with the matrix in working memory; unknowns that it does not determine are 0.
void rondo_factor_solve(const float *work, int64_t stride, float *right);

/// ((values * scale - high) - low) * inverse, and 0 where that is no number.
void rondo_unit_values(const double *values, int64_t count, double scale, double high, double low, double inverse, double *units);

int32_t rondo_dsyrk(char triangle, char transpose, int32_t order, int32_t inner, double alpha, const double *a, int32_t a_rows,
                    double beta, double *c, int32_t c_rows);

/// Points that may lie near four queries. A panel holds 32 points: `width` times 32 coordinates, then 32 starts of the sums; a query has
/// `width` coordinates, the four side by side. The sum of a point is its start plus the products with the coordinates of the query, or
/// the absolute differences from them; a point whose sum is not above the limit of the query is found. The places of those of query i
/// stand from `found + i * room` on, `counts[i]` many, ascending; `room` is at least 32 a panel.
void rondo_near_points(const float *panels, int64_t panel_count, int64_t width, const float *queries, const float *limits,
                       int32_t absolute, int32_t *found, int64_t room, int64_t *counts);

/// A row whose nearest centre is another one than before, or -1 where single precision does not tell.
typedef struct {
    int64_t row;
    int32_t nearest;
} rondo_row_look;

/// A row that goes from one cluster, or none (-1), to another.
typedef struct {
    int64_t row;
    int32_t from, to;
} rondo_row_move;

/// Rows to look at, ascending, and how many. A panel holds 32 rows: `width` times 32 coordinates, then 32 lengths. The centres stand in
/// groups of six at most, as equal as can be, the larger first: `width` times the coordinates of a group, times -2, then their squared
/// lengths. A centre counts as nearest when the next one is farther by more than margins[0] + length (margins[1] + length margins[2]).
/// `clusters` holds the numbers of before, and `found` has room for all rows.
int64_t rondo_near_centres(const float *panels, int64_t panel_count, int64_t width, const float *centres, int64_t centre_count,
                           const float *margins, const int32_t *clusters, rondo_row_look *found);

/// Takes rows, times their weights (NULL: 1), from the sums of one cluster and adds them to those of another: some columns only, and
/// what rounding leaves over beside. The bits do not depend on the processor.
void rondo_move_rows(const double *rows, int64_t width, int64_t column, int64_t columns, const rondo_row_move *moves, int64_t count,
                     const double *weights, double *high, double *low);

// ---- SHA-256 of libcrypto

/// A digest under way.
typedef struct rondo_sha256 rondo_sha256;

int32_t rondo_sha256_available(void);
/// NULL when libcrypto is missing or out of memory.
rondo_sha256 *rondo_sha256_new(void);
/// 0 on success.
int32_t rondo_sha256_update(rondo_sha256 *digest, const void *bytes, size_t count);
/// Writes 32 bytes; 0 on success. The digest takes no bytes afterwards.
int32_t rondo_sha256_final(rondo_sha256 *digest, uint8_t *result);
void rondo_sha256_free(rondo_sha256 *digest);

// ---- regular expressions of PCRE2 with limits on work, depth and memory

#define RONDO_PATTERN_NO_MATCH 0
#define RONDO_PATTERN_REFUSED (-1)
#define RONDO_PATTERN_FAILED (-2)
#define RONDO_PATTERN_IGNORE_CASE 1

/// A compiled pattern; matching with it is safe from several threads at once.
typedef struct rondo_pattern rondo_pattern;

int32_t rondo_pattern_available(void);
/// Compiles UTF-8 text. NULL on error: `error_code` is RONDO_LIBRARY_MISSING or PCRE2's, `error_offset` a byte offset in the pattern.
rondo_pattern *rondo_pattern_compile(const uint8_t *text, size_t count, uint32_t flags, int32_t *error_code, size_t *error_offset);
void rondo_pattern_free(rondo_pattern *pattern);
/// PCRE2's English words for an error code; the number of bytes written, without the final zero.
int32_t rondo_pattern_message(int32_t error_code, uint8_t *buffer, size_t capacity);
/// How many groups the pattern has, the whole match not counted.
int32_t rondo_pattern_group_count(const rondo_pattern *pattern);
/// Looks for the first match at or after byte `start` of valid UTF-8. Returns the number of ranges written (the whole match, then its
/// groups; SIZE_MAX for a group that took no part), RONDO_PATTERN_NO_MATCH, RONDO_PATTERN_REFUSED when a limit was reached,
/// or RONDO_PATTERN_FAILED. `ranges` holds pairs of byte offsets.
int32_t rondo_pattern_match(const rondo_pattern *pattern, const uint8_t *text, size_t count, size_t start, size_t *ranges,
                            size_t range_capacity);

// ---- Markdown as cmark-gfm reads it, with tables

/// A parsed text, walked once from its beginning.
typedef struct rondo_markdown rondo_markdown;

/// A piece of Markdown begins or ends; texts live as long as the parsed text and may be NULL.
typedef struct {
    /// 1 where the piece begins, 0 where it ends; pieces without content only begin.
    int32_t enters;
    /// What it is, in cmark's words: `paragraph`, `list`, `table_cell`, ...
    const char *kind;
    const char *literal;
    const char *address;
    /// What stands behind the opening fence of a code block.
    const char *fence;
    /// Of a heading, from 1.
    int32_t level;
    /// Whether the items of a list are lines without paragraphs.
    int32_t is_tight;
    /// The first number of a list, -1 for bullets and everything else.
    int32_t start;
} rondo_markdown_event;

int32_t rondo_markdown_available(void);
/// NULL when cmark-gfm is missing or out of memory.
rondo_markdown *rondo_markdown_parse(const uint8_t *text, size_t count);
/// 1 and the next event, 0 at the end.
int32_t rondo_markdown_next(rondo_markdown *markdown, rondo_markdown_event *event);
void rondo_markdown_free(rondo_markdown *markdown);

// ---- text in other encodings, by iconv of the C library

#define RONDO_ENCODING_UNKNOWN (-1)
#define RONDO_ENCODING_BROKEN (-2)
#define RONDO_ENCODING_MEMORY (-3)

/// UTF-8 of a text in a named encoding, to be freed with rondo_text_free; 0 on success. `offset` is how many bytes were read.
int32_t rondo_text_decode(const char *encoding, const uint8_t *bytes, size_t count, uint8_t **result, size_t *result_count,
                          size_t *offset);
void rondo_text_free(uint8_t *text);

// ---- unpacking gzip (zlib) and Zstandard (libzstd)

#define RONDO_PACKED_GZIP 1
#define RONDO_PACKED_ZSTANDARD 2
#define RONDO_PACKED_DAMAGED (-1)
#define RONDO_PACKED_TRUNCATED (-2)

/// Packed bytes that are being unpacked; they must outlive it.
typedef struct rondo_unpacking rondo_unpacking;

/// NULL with a code (RONDO_LIBRARY_MISSING, RONDO_PACKED_DAMAGED) when it cannot begin.
rondo_unpacking *rondo_unpacking_new(int32_t format, const uint8_t *bytes, size_t count, int32_t *code);
/// Writes the next bytes and returns their number: 0 when all is unpacked, RONDO_PACKED_DAMAGED or RONDO_PACKED_TRUNCATED. What follows
/// the last member is not read.
int64_t rondo_unpacking_next(rondo_unpacking *unpacking, uint8_t *target, size_t capacity);
/// How many packed bytes were read.
size_t rondo_unpacking_position(const rondo_unpacking *unpacking);
void rondo_unpacking_free(rondo_unpacking *unpacking);

// ---- XML of libxml2: a document as a stream of nodes; no network, no external entities

#define RONDO_MARKUP_FAULT (-1)
#define RONDO_MARKUP_ELEMENT 1
#define RONDO_MARKUP_TEXT 3
#define RONDO_MARKUP_ENTITY 5
#define RONDO_MARKUP_BLANK_TEXT 14
#define RONDO_MARKUP_END 15

typedef struct rondo_markup rondo_markup;

typedef struct {
    /// libxml2's number of the kind of node.
    int32_t kind;
    int32_t depth;
    /// Whether the element has no end of its own.
    int32_t is_empty;
    /// Valid until the next node.
    const uint8_t *name;
    const uint8_t *value;
} rondo_markup_node;

/// Reads UTF-8 bytes, which must outlive it; NULL with a code when it cannot begin.
rondo_markup *rondo_markup_new(const uint8_t *bytes, size_t count, int32_t *code);
/// 1 with the next node, 0 at the end, RONDO_MARKUP_FAULT when the document is not well-formed.
int32_t rondo_markup_next(rondo_markup *markup, rondo_markup_node *node);
/// The first or next attribute of the element: 1 with name and value, 0 when there is none.
int32_t rondo_markup_attribute(rondo_markup *markup, int32_t is_first, rondo_markup_node *node);
/// The line of the node, or the one that the parser has reached.
int32_t rondo_markup_line(rondo_markup *markup);
int32_t rondo_markup_column(rondo_markup *markup);
/// The first fault in libxml2's words, and its line (0 when unknown).
const char *rondo_markup_message(const rondo_markup *markup, int32_t *line);
void rondo_markup_free(rondo_markup *markup);

// ---- PostgreSQL by libpq

typedef struct rondo_database rondo_database;
typedef struct rondo_rows rondo_rows;

#define RONDO_DATABASE_FAILED (-1)
#define RONDO_DATABASE_LOST (-2)

int32_t rondo_database_available(void);
/// Begins to connect as a connection text says (`host=… dbname=…` or `postgresql://…`); NULL when libpq is missing or out of memory.
/// Then rondo_database_connect until it gives 1; whether it is connected is told by rondo_database_is_open.
/// - seconds: how long connecting may take when neither the text nor the environment says it.
rondo_database *rondo_database_open(const char *connection, const char *seconds);
/// How many seconds connecting may take; 0 or less without a limit.
int32_t rondo_database_seconds(rondo_database *database);
/// Goes on connecting and waits so long at most: 1 when it ended, well or not, 0 when not yet. `wanted` is 0 at first and kept between
/// calls.
int32_t rondo_database_connect(rondo_database *database, int32_t *wanted, int32_t milliseconds);
int32_t rondo_database_is_open(rondo_database *database);
/// The last fault in libpq's words; valid until the next call.
const char *rondo_database_message(rondo_database *database);
void rondo_database_close(rondo_database *database);
/// Sends one statement: 0, or a code. Then rondo_database_wait until it gives 1, then rondo_database_answer.
int32_t rondo_database_send(rondo_database *database, const char *statement);
/// Waits so long at most: 1 when the answer is there, or will never come, 0 when not yet.
int32_t rondo_database_wait(rondo_database *database, int32_t milliseconds);
/// Asks the server to stop what was sent; the answer comes all the same.
void rondo_database_cancel(rondo_database *database);
/// The answer: 0 with rows (none for statements that give none), or a code. The rows are freed with rondo_rows_free.
int32_t rondo_database_answer(rondo_database *database, rondo_rows **rows);
void rondo_rows_free(rondo_rows *rows);
int32_t rondo_rows_count(const rondo_rows *rows);
int32_t rondo_rows_column_count(const rondo_rows *rows);
const char *rondo_rows_name(const rondo_rows *rows, int32_t column);
/// PostgreSQL's number of the type of a column.
uint32_t rondo_rows_type(const rondo_rows *rows, int32_t column);
/// The value as text, NULL when it is missing.
const uint8_t *rondo_rows_value(const rondo_rows *rows, int32_t row, int32_t column, int32_t *count);

// ---- files of the web by libcurl

#define RONDO_WEB_FAILED (-1)
#define RONDO_WEB_TOO_LARGE (-2)
#define RONDO_WEB_STOPPED (-3)

int32_t rondo_web_available(void);
/// Fetches an http or https address; other protocols are refused, in redirections too. Gives the bytes to `take` piece by piece; it, and
/// `should_stop` now and then, return anything but 0 to end. Returns the status of the answer (200), or a code with a message.
int32_t rondo_web_get(const char *address, int64_t size_limit, int64_t seconds, void *owner,
                      int32_t (*take)(void *owner, const uint8_t *bytes, size_t count), int32_t (*should_stop)(void *owner),
                      char *message, size_t message_capacity);
