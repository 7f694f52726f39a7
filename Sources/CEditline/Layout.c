#define _XOPEN_SOURCE 700
#include "Layout.h"

typedef struct { size_t row, column, columns; } place;

static void next_row(place *at) {
    at->row++;
    at->column = 0;
}

static void advance(place *at, wchar_t character) {
    if (character == L'\n') {
        next_row(at);
        return;
    }
    int known = wcwidth(character);
    size_t width = character == L'\t' ? 8 - at->column % 8 : known < 0 ? 2 : (size_t)known;
    if (at->column + width > at->columns) next_row(at);
    at->column += width;
    if (at->column >= at->columns) next_row(at);  // libedit goes to the next row as soon as one is full
}

size_t rondo_rows_above(const wchar_t *prompt, const wchar_t *text, size_t count, size_t columns) {
    place at = {0, 0, columns > 0 ? columns : 80};
    int hidden = 0;
    for (; *prompt; prompt++) {
        if (*prompt == L'\1') hidden = !hidden;
        else if (!hidden) advance(&at, *prompt);
    }
    for (size_t i = 0; i < count; i++) advance(&at, text[i]);
    return at.row;
}
