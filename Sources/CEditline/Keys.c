#include "Editor.h"

#include <limits.h>
#include <stdio.h>

static unsigned char press(EditLine *library, int key) {
    rondo_editline *editor = rondo_editline_owner(library);
    size_t count, cursor;
    editor->may_be_searching = 0;
    switch (editor->function(editor->context, key)) {
    case RONDO_ANSWER_REFRESH: return CC_REFRESH;
    case RONDO_ANSWER_BEEP: return CC_ERROR;
    case RONDO_ANSWER_ACCEPT:
        rondo_editline_move(editor, (size_t)INT_MAX);
        el_wpush(library, ACCEPT_KEY);
        return CC_REFRESH;
    case RONDO_ANSWER_LIST:
        // The list goes below the whole block: draw the cursor at its end first, list in the next step.
        rondo_editline_text(editor, &count, &cursor);
        editor->kept_cursor = cursor;
        rondo_editline_move(editor, count);
        el_wpush(library, LIST_KEY);
        return CC_REFRESH;
    default: return CC_NORM;
    }
}

static unsigned char press_enter(EditLine *l, int c) { (void)c; return press(l, RONDO_KEY_ENTER); }
static unsigned char press_new_line(EditLine *l, int c) { (void)c; return press(l, RONDO_KEY_NEW_LINE); }
static unsigned char press_complete(EditLine *l, int c) { (void)c; return press(l, RONDO_KEY_COMPLETE); }
static unsigned char press_list(EditLine *l, int c) { (void)c; return press(l, RONDO_KEY_LIST); }
static unsigned char press_up(EditLine *l, int c) { (void)c; return press(l, RONDO_KEY_UP); }
static unsigned char press_down(EditLine *l, int c) { (void)c; return press(l, RONDO_KEY_DOWN); }
static unsigned char press_paste(EditLine *l, int c) { (void)c; return press(l, RONDO_KEY_PASTE); }
static unsigned char press_line_start(EditLine *l, int c) { (void)c; return press(l, RONDO_KEY_LINE_START); }
static unsigned char press_line_end(EditLine *l, int c) { (void)c; return press(l, RONDO_KEY_LINE_END); }

/// Leaves the block as it is, with a mark behind it, and ends editing on a fresh line.
static unsigned char press_abandon(EditLine *library, int character) {
    (void)character;
    rondo_editline *editor = rondo_editline_owner(library);
    if (!editor->interrupted) return CC_ERROR;
    rondo_editline_move(editor, (size_t)INT_MAX);
    el_winsertstr(library, L"^C");
    el_wpush(library, ACCEPT_KEY);
    return CC_REFRESH;
}

static unsigned char search(EditLine *library, const wchar_t *key) {
    rondo_editline_owner(library)->may_be_searching = 1;
    el_wpush(library, key);
    return CC_NORM;
}

static unsigned char press_search_back(EditLine *l, int c) { (void)c; return search(l, SEARCH_BACK_KEY); }
static unsigned char press_search_on(EditLine *l, int c) { (void)c; return search(l, SEARCH_ON_KEY); }

/// The search has ended at a key of several characters, of which the first was held back.
static unsigned char press_rest_of_key(EditLine *library, int character) {
    (void)character;
    rondo_editline_owner(library)->may_be_searching = 0;
    el_wpush(library, L"\033");
    return CC_NORM;
}

void rondo_editline_write_below(rondo_editline *editor, const char *bytes, size_t count) {
    fputs("\r\n", stdout);
    fwrite(bytes, 1, count, stdout);
    rondo_editline_move(editor, editor->kept_cursor);
    el_wset(editor->library, EL_REFRESH);
}

void rondo_editline_add_functions(EditLine *library) {
    el_wset(library, EL_ADDFN, L"rondo-enter", L"Run the cell, or go on if it is not complete", press_enter);
    el_wset(library, EL_ADDFN, L"rondo-new-line", L"Start another line of the cell", press_new_line);
    el_wset(library, EL_ADDFN, L"rondo-complete", L"Complete the word", press_complete);
    el_wset(library, EL_ADDFN, L"rondo-list", L"List the completions", press_list);
    el_wset(library, EL_ADDFN, L"rondo-up", L"Line above, or earlier cell", press_up);
    el_wset(library, EL_ADDFN, L"rondo-down", L"Line below, or later cell", press_down);
    el_wset(library, EL_ADDFN, L"rondo-paste", L"Take in pasted text", press_paste);
    el_wset(library, EL_ADDFN, L"rondo-line-start", L"Go to the start of the line", press_line_start);
    el_wset(library, EL_ADDFN, L"rondo-line-end", L"Go to the end of the line", press_line_end);
    el_wset(library, EL_ADDFN, L"rondo-search-back", L"Search earlier cells", press_search_back);
    el_wset(library, EL_ADDFN, L"rondo-search-on", L"Search later cells", press_search_on);
    el_wset(library, EL_ADDFN, L"rondo-rest-of-key", L"Go on with a key that ended a search", press_rest_of_key);
    el_wset(library, EL_ADDFN, L"rondo-abandon", L"Abandon the cell", press_abandon);
}

void rondo_editline_bind_comfortable_keys(EditLine *library) {
    static const wchar_t *const keys[][2] = {
        {L"^R", L"rondo-search-back"}, {L"^S", L"rondo-search-on"},
        {L"^A", L"rondo-line-start"}, {L"^E", L"rondo-line-end"},
        {L"^P", L"rondo-up"}, {L"^N", L"rondo-down"},
        {L"\\e[A", L"rondo-up"}, {L"\\eOA", L"rondo-up"}, {L"\\e[5~", L"rondo-up"},
        {L"\\e[B", L"rondo-down"}, {L"\\eOB", L"rondo-down"}, {L"\\e[6~", L"rondo-down"},
        {L"\\e[C", L"ed-next-char"}, {L"\\eOC", L"ed-next-char"},
        {L"\\e[D", L"ed-prev-char"}, {L"\\eOD", L"ed-prev-char"},
        {L"\\e[H", L"rondo-line-start"}, {L"\\eOH", L"rondo-line-start"},
        {L"\\e[1~", L"rondo-line-start"}, {L"\\e[7~", L"rondo-line-start"},
        {L"\\e[F", L"rondo-line-end"}, {L"\\eOF", L"rondo-line-end"},
        {L"\\e[4~", L"rondo-line-end"}, {L"\\e[8~", L"rondo-line-end"},
        {L"\\e[3~", L"ed-delete-next-char"}, {L"\\e[3;5~", L"em-delete-next-word"}, {L"\\e[3^", L"em-delete-next-word"},
        {L"\\e[1;5C", L"em-next-word"}, {L"\\eOc", L"em-next-word"}, {L"\\e[5C", L"em-next-word"},
        {L"\\e[1;3C", L"em-next-word"}, {L"\\e\\e[C", L"em-next-word"},
        {L"\\e[1;5D", L"ed-prev-word"}, {L"\\eOd", L"ed-prev-word"}, {L"\\e[5D", L"ed-prev-word"},
        {L"\\e[1;3D", L"ed-prev-word"}, {L"\\e\\e[D", L"ed-prev-word"},
    };
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        el_wset(library, EL_BIND, keys[i][0], keys[i][1], NULL);
    }
}

void rondo_editline_bind_necessary_keys(EditLine *library) {
    static const wchar_t *const keys[][2] = {
        {L"^M", L"rondo-enter"}, {L"^J", L"rondo-enter"}, {L"\\e^M", L"rondo-new-line"}, {L"\\e^J", L"rondo-new-line"},
        {L"^I", L"rondo-complete"}, {L"\\202", L"rondo-list"}, {L"\\e[200~", L"rondo-paste"},
        {L"\\201", L"ed-newline"}, {L"\\203", L"rondo-abandon"}, {L"\\205", L"em-inc-search-prev"},
        {L"\\206", L"em-inc-search-next"}, {L"\\207", L"rondo-rest-of-key"},
    };
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        el_wset(library, EL_BIND, keys[i][0], keys[i][1], NULL);
        el_wset(library, EL_BIND, L"-a", keys[i][0], keys[i][1], NULL);
    }
}
