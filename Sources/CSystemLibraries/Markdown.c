#include "CSystemLibraries.h"
#include "LibraryOpening.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>

// Types of cmark-gfm stay opaque here; option and event numbers are those of its header.

#define CMARK_VALIDATE_UTF8 (1 << 9)
#define CMARK_EVENT_DONE 1
#define CMARK_EVENT_ENTER 2
#define CMARK_ORDERED_LIST 2

static struct {
    void (*register_extensions)(void);
    void *(*find_extension)(const char *);
    void *(*parser_new)(int);
    int (*attach)(void *, void *);
    void (*feed)(void *, const char *, size_t);
    void *(*finish)(void *);
    void (*parser_free)(void *);
    void (*node_free)(void *);
    void *(*iterator_new)(void *);
    int (*iterator_next)(void *);
    void *(*iterator_node)(void *);
    void (*iterator_free)(void *);
    const char *(*type)(void *);
    const char *(*literal)(void *);
    const char *(*address)(void *);
    const char *(*fence)(void *);
    int (*heading_level)(void *);
    int (*list_type)(void *);
    int (*list_start)(void *);
    int (*list_tight)(void *);
} cmark;

static int cmark_is_open;
static pthread_once_t cmark_once = PTHREAD_ONCE_INIT;

static void open_cmark(void) {
    // The library of extensions (tables) brings the core along. Without the development package only the full version is a name.
#if defined(__APPLE__)
    static const char *const names[] = {"/opt/homebrew/lib/libcmark-gfm-extensions.dylib", "libcmark-gfm-extensions.dylib", NULL};
#else
    static const char *const names[] = {"libcmark-gfm-extensions.so", "libcmark-gfm-extensions.so.0.29.0.gfm.6",
                                        "libcmark-gfm-extensions.so.0.29.0.gfm.13", "libcmark-gfm-extensions.so.0.29.0.gfm.11", NULL};
#endif
    void *library = rondo_open_first(names);
    if (library == NULL) return;
    struct {
        void *place;
        const char *name;
    } symbols[] = {
        {&cmark.register_extensions, "cmark_gfm_core_extensions_ensure_registered"},
        {&cmark.find_extension, "cmark_find_syntax_extension"},
        {&cmark.parser_new, "cmark_parser_new"},
        {&cmark.attach, "cmark_parser_attach_syntax_extension"},
        {&cmark.feed, "cmark_parser_feed"},
        {&cmark.finish, "cmark_parser_finish"},
        {&cmark.parser_free, "cmark_parser_free"},
        {&cmark.node_free, "cmark_node_free"},
        {&cmark.iterator_new, "cmark_iter_new"},
        {&cmark.iterator_next, "cmark_iter_next"},
        {&cmark.iterator_node, "cmark_iter_get_node"},
        {&cmark.iterator_free, "cmark_iter_free"},
        {&cmark.type, "cmark_node_get_type_string"},
        {&cmark.literal, "cmark_node_get_literal"},
        {&cmark.address, "cmark_node_get_url"},
        {&cmark.fence, "cmark_node_get_fence_info"},
        {&cmark.heading_level, "cmark_node_get_heading_level"},
        {&cmark.list_type, "cmark_node_get_list_type"},
        {&cmark.list_start, "cmark_node_get_list_start"},
        {&cmark.list_tight, "cmark_node_get_list_tight"},
    };
    for (size_t index = 0; index < sizeof symbols / sizeof symbols[0]; index++) {
        void *symbol = dlsym(library, symbols[index].name);
        if (symbol == NULL) return;
        *(void **)symbols[index].place = symbol;
    }
    cmark.register_extensions();
    cmark_is_open = 1;
}

int32_t rondo_markdown_available(void) {
    pthread_once(&cmark_once, open_cmark);
    return cmark_is_open;
}

struct rondo_markdown {
    void *document;
    void *iterator;
};

rondo_markdown *rondo_markdown_parse(const uint8_t *text, size_t count) {
    if (!rondo_markdown_available()) return NULL;
    void *parser = cmark.parser_new(CMARK_VALIDATE_UTF8);
    if (parser == NULL) return NULL;
    void *table = cmark.find_extension("table");
    if (table != NULL) cmark.attach(parser, table);
    cmark.feed(parser, (const char *)text, count);
    void *document = cmark.finish(parser);
    cmark.parser_free(parser);
    rondo_markdown *result = document == NULL ? NULL : calloc(1, sizeof *result);
    if (result == NULL) return NULL;
    result->document = document;
    result->iterator = cmark.iterator_new(document);
    return result;
}

int32_t rondo_markdown_next(rondo_markdown *markdown, rondo_markdown_event *event) {
    int kind = cmark.iterator_next(markdown->iterator);
    if (kind == CMARK_EVENT_DONE || kind == 0) return 0;
    void *node = cmark.iterator_node(markdown->iterator);
    int isOrdered = cmark.list_type(node) == CMARK_ORDERED_LIST;
    event->enters = kind == CMARK_EVENT_ENTER;
    event->kind = cmark.type(node);
    event->literal = cmark.literal(node);
    event->address = cmark.address(node);
    event->fence = cmark.fence(node);
    event->level = cmark.heading_level(node);
    event->is_tight = cmark.list_tight(node);
    event->start = isOrdered ? cmark.list_start(node) : -1;
    return 1;
}

void rondo_markdown_free(rondo_markdown *markdown) {
    if (markdown == NULL) return;
    cmark.iterator_free(markdown->iterator);
    cmark.node_free(markdown->document);
    free(markdown);
}
