#include "CSystemLibraries.h"
#include "LibraryOpening.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

// libxml2's text reader: a pull parser over callbacks, so that the document never stands in memory as a tree.

enum {
    XML_NO_NETWORK = 1 << 11,
    XML_CDATA_AS_TEXT = 1 << 14,
    // The bytes are UTF-8 by now, whatever the declaration says.
    XML_IGNORE_ENCODING = 1 << 21,
    XML_BIG_LINES = 1 << 22,
};

static struct {
    void *(*reader_for_io)(int (*)(void *, char *, int), int (*)(void *), void *, const char *, const char *, int);
    void (*free_reader)(void *);
    int (*read)(void *);
    int (*node_type)(void *);
    int (*depth)(void *);
    int (*is_empty)(void *);
    const unsigned char *(*name)(void *);
    const unsigned char *(*value)(void *);
    int (*first_attribute)(void *);
    int (*next_attribute)(void *);
    int (*to_element)(void *);
    int (*line)(void *);
    void *(*current)(void *);
    long (*node_line)(const void *);
    int (*column)(void *);
    void (*set_error_handler)(void *, void (*)(void *, const char *, int, void *), void *);
    int (*locator_line)(void *);
} xml;

static int xml_is_open;
static pthread_once_t xml_once = PTHREAD_ONCE_INIT;

static void open_xml(void) {
#if defined(__APPLE__)
    static const char *const names[] = {"libxml2.2.dylib", NULL};
#else
    static const char *const names[] = {"libxml2.so.2", "libxml2.so.16", "libxml2.so", NULL};
#endif
    void *library = rondo_open_first(names);
    if (library == NULL) return;
    int complete = 1;
#define TAKE(member, symbol) \
    *(void **)&xml.member = dlsym(library, symbol); \
    complete = complete && xml.member != NULL
    TAKE(reader_for_io, "xmlReaderForIO");
    TAKE(free_reader, "xmlFreeTextReader");
    TAKE(read, "xmlTextReaderRead");
    TAKE(node_type, "xmlTextReaderNodeType");
    TAKE(depth, "xmlTextReaderDepth");
    TAKE(is_empty, "xmlTextReaderIsEmptyElement");
    TAKE(name, "xmlTextReaderConstName");
    TAKE(value, "xmlTextReaderConstValue");
    TAKE(first_attribute, "xmlTextReaderMoveToFirstAttribute");
    TAKE(next_attribute, "xmlTextReaderMoveToNextAttribute");
    TAKE(to_element, "xmlTextReaderMoveToElement");
    TAKE(line, "xmlTextReaderGetParserLineNumber");
    TAKE(current, "xmlTextReaderCurrentNode");
    TAKE(node_line, "xmlGetLineNo");
    TAKE(column, "xmlTextReaderGetParserColumnNumber");
    TAKE(set_error_handler, "xmlTextReaderSetErrorHandler");
    TAKE(locator_line, "xmlTextReaderLocatorLineNumber");
#undef TAKE
    xml_is_open = complete;
}

struct rondo_markup {
    const uint8_t *bytes;
    size_t count;
    size_t position;
    void *reader;
    int32_t error_line;
    char message[256];
};

static int give(void *state, char *buffer, int capacity) {
    rondo_markup *markup = state;
    size_t left = markup->count - markup->position;
    size_t size = capacity < 0 ? 0 : (size_t)capacity < left ? (size_t)capacity : left;
    memcpy(buffer, markup->bytes + markup->position, size);
    markup->position += size;
    return (int)size;
}

static int stop_giving(void *state) {
    (void)state;
    return 0;
}

static void take_error(void *state, const char *message, int severity, void *locator) {
    (void)severity;
    rondo_markup *markup = state;
    if (markup->message[0] != 0 || message == NULL) return;
    size_t used = 0;
    while (used + 1 < sizeof(markup->message) && message[used] != 0 && message[used] != '\n') {
        markup->message[used] = message[used];
        used++;
    }
    markup->error_line = locator == NULL ? 0 : xml.locator_line(locator);
}

rondo_markup *rondo_markup_new(const uint8_t *bytes, size_t count, int32_t *code) {
    pthread_once(&xml_once, open_xml);
    *code = RONDO_LIBRARY_MISSING;
    if (!xml_is_open) return NULL;
    *code = RONDO_MARKUP_FAULT;
    rondo_markup *markup = calloc(1, sizeof(rondo_markup));
    if (markup == NULL) return NULL;
    markup->bytes = bytes;
    markup->count = count;
    markup->reader = xml.reader_for_io(give, stop_giving, markup, NULL, "UTF-8", 
                                       XML_NO_NETWORK | XML_CDATA_AS_TEXT | XML_IGNORE_ENCODING | XML_BIG_LINES);
    if (markup->reader == NULL) {
        free(markup);
        return NULL;
    }
    xml.set_error_handler(markup->reader, take_error, markup);
    *code = 0;
    return markup;
}

int32_t rondo_markup_next(rondo_markup *markup, rondo_markup_node *node) {
    int code = xml.read(markup->reader);
    if (code == 0) return 0;
    if (code < 0) return RONDO_MARKUP_FAULT;
    node->kind = xml.node_type(markup->reader);
    node->depth = xml.depth(markup->reader);
    node->is_empty = node->kind == RONDO_MARKUP_ELEMENT && xml.is_empty(markup->reader) == 1;
    node->name = xml.name(markup->reader);
    node->value = xml.value(markup->reader);
    return 1;
}

int32_t rondo_markup_attribute(rondo_markup *markup, int32_t is_first, rondo_markup_node *node) {
    int code = is_first ? xml.first_attribute(markup->reader) : xml.next_attribute(markup->reader);
    if (code != 1) {
        xml.to_element(markup->reader);
        return 0;
    }
    node->name = xml.name(markup->reader);
    node->value = xml.value(markup->reader);
    return 1;
}

int32_t rondo_markup_line(rondo_markup *markup) {
    // The parser reads ahead; a node knows where it began.
    const void *node = xml.current(markup->reader);
    long line = node == NULL ? -1 : xml.node_line(node);
    return line > 0 && line <= INT32_MAX ? (int32_t)line : xml.line(markup->reader);
}

int32_t rondo_markup_column(rondo_markup *markup) { return xml.column(markup->reader); }

const char *rondo_markup_message(const rondo_markup *markup, int32_t *line) {
    *line = markup->error_line;
    return markup->message;
}

void rondo_markup_free(rondo_markup *markup) {
    if (markup == NULL) return;
    xml.free_reader(markup->reader);
    free(markup);
}
