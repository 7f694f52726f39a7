#include "CSystemLibraries.h"
#include "LibraryOpening.h"

#include <dlfcn.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

// The structs are libpq's PGconn and PGresult under our names; the numbers are those of its stable interface.

enum { connection_ok = 0, connection_bad = 1, command_ok = 1, tuples_ok = 2 };
enum { polling_failed = 0, polling_reading = 1, polling_writing = 2, polling_ok = 3 };

// PQconninfoOption.
typedef struct {
    char *keyword, *environment, *compiled, *value, *label, *display;
    int size;
} connection_option;

static struct {
    void *(*start)(const char *const *, const char *const *, int);
    int (*poll)(void *);
    connection_option *(*options)(void *);
    void (*free_options)(connection_option *);
    int (*status)(const void *);
    char *(*error_message)(const void *);
    void (*finish)(void *);
    int (*send)(void *, const char *, int, const unsigned *, const char *const *, const int *, const int *, int);
    int (*socket)(const void *);
    int (*consume)(void *);
    int (*is_busy)(void *);
    void *(*result)(void *);
    void *(*get_cancel)(void *);
    int (*cancel)(void *, char *, int);
    void (*free_cancel)(void *);
    int (*result_status)(const void *);
    void (*clear)(void *);
    int (*row_count)(const void *);
    int (*field_count)(const void *);
    char *(*field_name)(const void *, int);
    unsigned (*field_type)(const void *, int);
    int (*is_null)(const void *, int, int);
    char *(*value)(const void *, int, int);
    int (*length)(const void *, int, int);
} pq;

static int pq_is_open;
static pthread_once_t pq_once = PTHREAD_ONCE_INIT;

static void open_pq(void) {
#if defined(__APPLE__)
    static const char *const names[] = {"/opt/homebrew/opt/libpq/lib/libpq.5.dylib", "libpq.5.dylib", NULL};
#else
    static const char *const names[] = {"libpq.so.5", NULL};
#endif
    void *library = rondo_open_first(names);
    if (library == NULL) return;
    *(void **)&pq.start = dlsym(library, "PQconnectStartParams");
    *(void **)&pq.poll = dlsym(library, "PQconnectPoll");
    *(void **)&pq.options = dlsym(library, "PQconninfo");
    *(void **)&pq.free_options = dlsym(library, "PQconninfoFree");
    *(void **)&pq.status = dlsym(library, "PQstatus");
    *(void **)&pq.error_message = dlsym(library, "PQerrorMessage");
    *(void **)&pq.finish = dlsym(library, "PQfinish");
    *(void **)&pq.send = dlsym(library, "PQsendQueryParams");
    *(void **)&pq.socket = dlsym(library, "PQsocket");
    *(void **)&pq.consume = dlsym(library, "PQconsumeInput");
    *(void **)&pq.is_busy = dlsym(library, "PQisBusy");
    *(void **)&pq.result = dlsym(library, "PQgetResult");
    *(void **)&pq.get_cancel = dlsym(library, "PQgetCancel");
    *(void **)&pq.cancel = dlsym(library, "PQcancel");
    *(void **)&pq.free_cancel = dlsym(library, "PQfreeCancel");
    *(void **)&pq.result_status = dlsym(library, "PQresultStatus");
    *(void **)&pq.clear = dlsym(library, "PQclear");
    *(void **)&pq.row_count = dlsym(library, "PQntuples");
    *(void **)&pq.field_count = dlsym(library, "PQnfields");
    *(void **)&pq.field_name = dlsym(library, "PQfname");
    *(void **)&pq.field_type = dlsym(library, "PQftype");
    *(void **)&pq.is_null = dlsym(library, "PQgetisnull");
    *(void **)&pq.value = dlsym(library, "PQgetvalue");
    *(void **)&pq.length = dlsym(library, "PQgetlength");
    pq_is_open = pq.start && pq.poll && pq.options && pq.free_options && pq.status && pq.error_message && pq.finish && pq.send && pq.socket && pq.consume && pq.is_busy &&
                 pq.result && pq.get_cancel && pq.cancel && pq.free_cancel && pq.result_status && pq.clear && pq.row_count &&
                 pq.field_count && pq.field_name && pq.field_type && pq.is_null && pq.value && pq.length;
}

int32_t rondo_database_available(void) {
    pthread_once(&pq_once, open_pq);
    return pq_is_open;
}

rondo_database *rondo_database_open(const char *connection, const char *seconds) {
    if (!rondo_database_available()) return NULL;
    // What the connection text says counts more than what comes before it.
    const char *keywords[] = {"connect_timeout", "application_name", "client_encoding", "dbname", NULL};
    const char *values[] = {seconds, "rondo", "UTF8", connection, NULL};
    return pq.start(keywords, values, 1);
}

int32_t rondo_database_seconds(rondo_database *database) {
    connection_option *all = pq.options((void *)database);
    int32_t seconds = 0;
    for (connection_option *one = all; one != NULL && one->keyword != NULL; one++) {
        if (strcmp(one->keyword, "connect_timeout") == 0 && one->value != NULL) seconds = (int32_t)strtol(one->value, NULL, 10);
    }
    if (all != NULL) pq.free_options(all);
    return seconds;
}

int32_t rondo_database_connect(rondo_database *database, int32_t *wanted, int32_t milliseconds) {
    if (pq.status((void *)database) == connection_bad) return 1;
    struct pollfd one = {.fd = pq.socket((void *)database), .events = *wanted == polling_reading ? POLLIN : POLLOUT};
    if (one.fd < 0) return 1;
    // A signal ends the wait early, and that is all.
    if (poll(&one, 1, milliseconds) <= 0) return 0;
    *wanted = pq.poll((void *)database);
    return *wanted == polling_ok || *wanted == polling_failed;
}

int32_t rondo_database_is_open(rondo_database *database) { return pq.status((void *)database) == connection_ok; }

const char *rondo_database_message(rondo_database *database) { return pq.error_message((void *)database); }

void rondo_database_close(rondo_database *database) {
    if (database != NULL) pq.finish((void *)database);
}

static int32_t fault_code(rondo_database *database) {
    return pq.status((void *)database) == connection_ok ? RONDO_DATABASE_FAILED : RONDO_DATABASE_LOST;
}

int32_t rondo_database_send(rondo_database *database, const char *statement) {
    return pq.send((void *)database, statement, 0, NULL, NULL, NULL, NULL, 0) == 1 ? 0 : fault_code(database);
}

int32_t rondo_database_wait(rondo_database *database, int32_t milliseconds) {
    if (!pq.is_busy((void *)database)) return 1;
    struct pollfd one = {.fd = pq.socket((void *)database), .events = POLLIN};
    if (one.fd < 0) return 1;
    // A signal ends the wait early, and that is all.
    if (poll(&one, 1, milliseconds) <= 0) return 0;
    // What is wrong with the connection is told by the answer.
    if (!pq.consume((void *)database)) return 1;
    return !pq.is_busy((void *)database);
}

void rondo_database_cancel(rondo_database *database) {
    void *request = pq.get_cancel((void *)database);
    if (request == NULL) return;
    char message[256];
    pq.cancel(request, message, sizeof message);
    pq.free_cancel(request);
}

int32_t rondo_database_answer(rondo_database *database, rondo_rows **rows) {
    void *result = pq.result((void *)database);
    for (void *next; result != NULL && (next = pq.result((void *)database)) != NULL;) {
        pq.clear(result);
        result = next;
    }
    int status = result == NULL ? -1 : pq.result_status(result);
    if (status == tuples_ok || status == command_ok) {
        *rows = result;
        return 0;
    }
    int32_t code = fault_code(database);
    if (result != NULL) pq.clear(result);
    return code;
}

void rondo_rows_free(rondo_rows *rows) {
    if (rows != NULL) pq.clear((void *)rows);
}

int32_t rondo_rows_count(const rondo_rows *rows) { return pq.row_count((const void *)rows); }
int32_t rondo_rows_column_count(const rondo_rows *rows) { return pq.field_count((const void *)rows); }
const char *rondo_rows_name(const rondo_rows *rows, int32_t column) { return pq.field_name((const void *)rows, column); }
uint32_t rondo_rows_type(const rondo_rows *rows, int32_t column) { return pq.field_type((const void *)rows, column); }

const uint8_t *rondo_rows_value(const rondo_rows *rows, int32_t row, int32_t column, int32_t *count) {
    if (pq.is_null((const void *)rows, row, column)) return NULL;
    *count = pq.length((const void *)rows, row, column);
    return (const uint8_t *)pq.value((const void *)rows, row, column);
}
