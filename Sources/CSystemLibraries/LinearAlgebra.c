#include "CSystemLibraries.h"
#include "LibraryOpening.h"

#include <dlfcn.h>
#include <pthread.h>

// LAPACK is Fortran: every argument is a pointer, and the length of each character argument follows at the end.

typedef const int32_t *in;
typedef const char *text;
typedef const double *numbers;

static struct {
    void (*dgeqp3)(in, in, double *, in, int32_t *, double *, double *, in, int32_t *);
    void (*dgeqrf)(in, in, double *, in, double *, double *, in, int32_t *);
    void (*dormqr)(text, text, in, in, in, numbers, in, numbers, double *, in, double *, in, int32_t *, size_t, size_t);
    void (*dorgqr)(in, in, in, double *, in, numbers, double *, in, int32_t *);
    void (*dtrtrs)(text, text, text, in, in, numbers, in, double *, in, int32_t *, size_t, size_t, size_t);
    void (*dtrtri)(text, text, in, double *, in, int32_t *, size_t, size_t);
    void (*dpotrf)(text, in, double *, in, int32_t *, size_t);
    void (*dpotrs)(text, in, in, numbers, in, double *, in, int32_t *, size_t);
    void (*dpotri)(text, in, double *, in, int32_t *, size_t);
    void (*dsyevd)(text, text, in, double *, in, double *, double *, in, int32_t *, in, int32_t *, size_t, size_t);
    void (*dsytrd)(text, in, double *, in, double *, double *, double *, double *, in, int32_t *, size_t);
    void (*dsterf)(in, double *, double *, int32_t *);
    void (*dstemr)(text, text, in, double *, double *, numbers, numbers, in, in, int32_t *, double *, double *, in, in, int32_t *,
                   int32_t *, double *, in, int32_t *, in, int32_t *, size_t, size_t);
    void (*dormtr)(text, text, text, in, in, numbers, in, numbers, double *, in, double *, in, int32_t *, size_t, size_t, size_t);
    void (*dgesdd)(text, in, in, double *, in, double *, double *, in, double *, in, double *, in, int32_t *, int32_t *, size_t);
    void (*dgemm)(text, text, in, in, in, numbers, numbers, in, numbers, in, numbers, double *, in, size_t, size_t);
    void (*dsyrk)(text, text, in, in, numbers, numbers, in, numbers, double *, in, size_t, size_t);
} lapack;

static int lapack_is_open;
static pthread_once_t lapack_once = PTHREAD_ONCE_INIT;

static void open_lapack(void) {
#if defined(__APPLE__)
    static const char *const names[] = {"/opt/homebrew/opt/openblas/lib/libopenblas.dylib", "libopenblas.dylib", NULL};
#else
    static const char *const names[] = {"libopenblas.so.0", "libopenblas.so", "liblapack.so.3", NULL};
#endif
    void *library = rondo_open_first(names);
    if (library == NULL) return;
    // One thread, so that no number depends on how many there are.
    void (*set_threads)(int) = (void (*)(int))dlsym(library, "openblas_set_num_threads");
    if (set_threads != NULL) set_threads(1);
    int complete = 1;
#define TAKE(name) \
    *(void **)&lapack.name = dlsym(library, #name "_"); \
    complete = complete && lapack.name != NULL
    TAKE(dgeqp3);
    TAKE(dgeqrf);
    TAKE(dormqr);
    TAKE(dorgqr);
    TAKE(dtrtrs);
    TAKE(dtrtri);
    TAKE(dpotrf);
    TAKE(dpotrs);
    TAKE(dpotri);
    TAKE(dsyevd);
    TAKE(dsytrd);
    TAKE(dsterf);
    TAKE(dstemr);
    TAKE(dormtr);
    TAKE(dgesdd);
    TAKE(dgemm);
    TAKE(dsyrk);
#undef TAKE
    lapack_is_open = complete;
}

int32_t rondo_lapack_available(void) {
    pthread_once(&lapack_once, open_lapack);
    return lapack_is_open;
}

#define NEED_LAPACK \
    if (!rondo_lapack_available()) return RONDO_LIBRARY_MISSING; \
    int32_t info = 0

static int32_t at_least_one(int32_t value) { return value > 1 ? value : 1; }

int32_t rondo_dgeqp3(int32_t rows, int32_t columns, double *a, int32_t *pivot, double *tau, double *work, int32_t work_count) {
    NEED_LAPACK;
    int32_t leading = at_least_one(rows);
    lapack.dgeqp3(&rows, &columns, a, &leading, pivot, tau, work, &work_count, &info);
    return info;
}

int32_t rondo_dgeqrf(int32_t rows, int32_t columns, double *a, double *tau, double *work, int32_t work_count) {
    NEED_LAPACK;
    int32_t leading = at_least_one(rows);
    lapack.dgeqrf(&rows, &columns, a, &leading, tau, work, &work_count, &info);
    return info;
}

int32_t rondo_dormqr(char side, char transpose, int32_t rows, int32_t columns, int32_t reflectors, const double *a, int32_t a_rows,
                     const double *tau, double *c, double *work, int32_t work_count) {
    NEED_LAPACK;
    int32_t leading = at_least_one(rows);
    lapack.dormqr(&side, &transpose, &rows, &columns, &reflectors, a, &a_rows, tau, c, &leading, work, &work_count, &info, 1, 1);
    return info;
}

int32_t rondo_dorgqr(int32_t rows, int32_t columns, int32_t reflectors, double *a, const double *tau, double *work, int32_t work_count) {
    NEED_LAPACK;
    int32_t leading = at_least_one(rows);
    lapack.dorgqr(&rows, &columns, &reflectors, a, &leading, tau, work, &work_count, &info);
    return info;
}

int32_t rondo_dtrtrs(char triangle, char transpose, char diagonal, int32_t order, int32_t right_sides, const double *a, int32_t a_rows,
                     double *b, int32_t b_rows) {
    NEED_LAPACK;
    lapack.dtrtrs(&triangle, &transpose, &diagonal, &order, &right_sides, a, &a_rows, b, &b_rows, &info, 1, 1, 1);
    return info;
}

int32_t rondo_dtrtri(char triangle, char diagonal, int32_t order, double *a, int32_t a_rows) {
    NEED_LAPACK;
    lapack.dtrtri(&triangle, &diagonal, &order, a, &a_rows, &info, 1, 1);
    return info;
}

int32_t rondo_dpotrf(char triangle, int32_t order, double *a) {
    NEED_LAPACK;
    int32_t leading = at_least_one(order);
    lapack.dpotrf(&triangle, &order, a, &leading, &info, 1);
    return info;
}

int32_t rondo_dpotrs(char triangle, int32_t order, int32_t right_sides, const double *a, double *b) {
    NEED_LAPACK;
    int32_t leading = at_least_one(order);
    lapack.dpotrs(&triangle, &order, &right_sides, a, &leading, b, &leading, &info, 1);
    return info;
}

int32_t rondo_dpotri(char triangle, int32_t order, double *a) {
    NEED_LAPACK;
    int32_t leading = at_least_one(order);
    lapack.dpotri(&triangle, &order, a, &leading, &info, 1);
    return info;
}

int32_t rondo_dsyevd(char vectors, char triangle, int32_t order, double *a, double *values, double *work, int32_t work_count,
                     int32_t *integer_work, int32_t integer_work_count) {
    NEED_LAPACK;
    int32_t leading = at_least_one(order);
    lapack.dsyevd(&vectors, &triangle, &order, a, &leading, values, work, &work_count, integer_work, &integer_work_count, &info, 1, 1);
    return info;
}

int32_t rondo_dsytrd(char triangle, int32_t order, double *a, double *diagonal, double *beside, double *tau, double *work,
                     int32_t work_count) {
    NEED_LAPACK;
    int32_t leading = at_least_one(order);
    lapack.dsytrd(&triangle, &order, a, &leading, diagonal, beside, tau, work, &work_count, &info, 1);
    return info;
}

int32_t rondo_dsterf(int32_t order, double *diagonal, double *beside) {
    NEED_LAPACK;
    lapack.dsterf(&order, diagonal, beside, &info);
    return info;
}

int32_t rondo_dstemr(int32_t order, double *diagonal, double *beside, int32_t first, int32_t last, double *values, double *vectors,
                     int32_t *support, double *work, int32_t work_count, int32_t *integer_work, int32_t integer_work_count) {
    NEED_LAPACK;
    const char wanted = 'V', range = 'I';
    const double unused = 0;
    int32_t leading = at_least_one(order), room = last - first + 1, found = 0, accurate = 1;
    lapack.dstemr(&wanted, &range, &order, diagonal, beside, &unused, &unused, &first, &last, &found, values, vectors, &leading, &room,
                  support, &accurate, work, &work_count, integer_work, &integer_work_count, &info, 1, 1);
    return info == 0 && found != room ? 1 : info;
}

int32_t rondo_dormtr(char side, char triangle, char transpose, int32_t rows, int32_t columns, const double *a, int32_t order,
                     const double *tau, double *c, double *work, int32_t work_count) {
    NEED_LAPACK;
    int32_t leading = at_least_one(order), c_rows = at_least_one(rows);
    lapack.dormtr(&side, &triangle, &transpose, &rows, &columns, a, &leading, tau, c, &c_rows, work, &work_count, &info, 1, 1, 1);
    return info;
}

int32_t rondo_dgesdd(char job, int32_t rows, int32_t columns, double *a, double *values, double *u, int32_t u_rows, double *vt,
                     int32_t vt_rows, double *work, int32_t work_count, int32_t *integer_work) {
    NEED_LAPACK;
    int32_t leading = at_least_one(rows);
    lapack.dgesdd(&job, &rows, &columns, a, &leading, values, u, &u_rows, vt, &vt_rows, work, &work_count, integer_work, &info, 1);
    return info;
}

int32_t rondo_dgemm(char transpose_a, char transpose_b, int32_t rows, int32_t columns, int32_t inner, double alpha, const double *a,
                    int32_t a_rows, const double *b, int32_t b_rows, double beta, double *c, int32_t c_rows) {
    NEED_LAPACK;
    lapack.dgemm(&transpose_a, &transpose_b, &rows, &columns, &inner, &alpha, a, &a_rows, b, &b_rows, &beta, c, &c_rows, 1, 1);
    return info;
}

int32_t rondo_dsyrk(char triangle, char transpose, int32_t order, int32_t inner, double alpha, const double *a, int32_t a_rows,
                    double beta, double *c, int32_t c_rows) {
    NEED_LAPACK;
    lapack.dsyrk(&triangle, &transpose, &order, &inner, &alpha, a, &a_rows, &beta, c, &c_rows, 1, 1);
    return info;
}
