#pragma once

// What the parts of the editor share.

#include "CEditline.h"

#include <histedit.h>
#include <wchar.h>

_Static_assert(sizeof(wchar_t) == sizeof(uint32_t), "wide characters are Unicode scalars");

// Characters no keyboard sends carry orders to libedit's own loop.
#define ACCEPT_KEY L"\x81"
#define LIST_KEY L"\x82"
#define ABANDON_KEY L"\x83"
#define LONE_ESCAPE_KEY L"\x84"
#define SEARCH_BACK_KEY L"\x85"
#define SEARCH_ON_KEY L"\x86"
#define REST_OF_KEY_KEY L"\x87"

struct rondo_editline {
    EditLine *library;
    History *history;
    FILE *silence;
    rondo_key_function function;
    void *context;
    wchar_t *left;
    wchar_t *right;
    size_t kept_cursor;
    size_t columns;
    int interrupted;
    int can_move;
    int is_vi;
    int may_be_searching;
    /// Bytes of the line that were typed before the terminal left line mode; negative while that is not known yet.
    int typed_ahead;
};

/// The editor that a libedit callback is about.
rondo_editline *rondo_editline_owner(EditLine *library);

/// The character source given to libedit; while editing is being abandoned every read gives the key that does it.
int rondo_editline_read_character(EditLine *library, wchar_t *character);

/// Switches bracketed paste on or off, where the terminal is able to.
void rondo_editline_set_paste_mode(rondo_editline *editor, int on);

/// The columns of the window now.
size_t rondo_screen_columns(void);

/// Adds Rondo's editing functions to libedit.
void rondo_editline_add_functions(EditLine *library);

/// Binds keys of xterm and rxvt that libedit leaves unbound. The user's editrc may change them.
void rondo_editline_bind_comfortable_keys(EditLine *library);

/// Binds what editing stands on, in both key maps, whatever the user's editrc says.
void rondo_editline_bind_necessary_keys(EditLine *library);
