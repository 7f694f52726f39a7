#include "Editor.h"
#include "Signals.h"

#include <stdio.h>
#include <stdlib.h>

// ---- Text ----

static wchar_t *copy_text(const uint32_t *text, size_t count) {
    wchar_t *copy = malloc((count + 1) * sizeof(wchar_t));
    if (!copy) return NULL;
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (text[i] != 0) copy[kept++] = (wchar_t)text[i];
    }
    copy[kept] = 0;
    return copy;
}

const uint32_t *rondo_editline_text(rondo_editline *editor, size_t *count, size_t *cursor) {
    const LineInfoW *line = el_wline(editor->library);
    *count = (size_t)(line->lastchar - line->buffer);
    *cursor = (size_t)(line->cursor - line->buffer);
    return (const uint32_t *)line->buffer;
}

void rondo_editline_move(rondo_editline *editor, size_t position) {
    size_t count, cursor;
    rondo_editline_text(editor, &count, &cursor);
    if (position > count) position = count;
    el_cursor(editor->library, (int)((ptrdiff_t)position - (ptrdiff_t)cursor));
}

void rondo_editline_replace(rondo_editline *editor, size_t start, size_t end, const uint32_t *text, size_t count) {
    size_t length, cursor;
    rondo_editline_text(editor, &length, &cursor);
    if (end > length) end = length;
    if (start > end) start = end;
    rondo_editline_move(editor, end);
    el_deletestr(editor->library, (int)(end - start));
    wchar_t *copy = copy_text(text, count);
    if (copy) el_winsertstr(editor->library, copy);
    free(copy);
}

rondo_editline *rondo_editline_owner(EditLine *library) {
    void *data = NULL;
    el_wget(library, EL_CLIENTDATA, &data);
    return data;
}

// ---- The editor ----

static wchar_t *left_prompt(EditLine *library) {
    rondo_editline *editor = rondo_editline_owner(library);
    return editor->left;
}

static wchar_t *right_prompt(EditLine *library) {
    rondo_editline *editor = rondo_editline_owner(library);
    return editor->right;
}

rondo_editline *rondo_editline_open(const char *program, rondo_key_function function, void *context) {
    rondo_editline *editor = calloc(1, sizeof *editor);
    if (!editor) return NULL;
    editor->function = function;
    editor->context = context;
    editor->left = copy_text(NULL, 0);
    editor->right = copy_text(NULL, 0);
    editor->silence = fopen("/dev/null", "w");
    // An unknown terminal makes libedit complain while it starts; it is then treated as a dumb one, without a word.
    editor->library = el_init(program, stdin, stdout, editor->silence ? editor->silence : stderr);
    editor->history = history_init();
    if (!editor->library || !editor->history || !editor->left || !editor->right) {
        rondo_editline_close(editor);
        return NULL;
    }
    EditLine *library = editor->library;
    HistEvent event;
    history(editor->history, &event, H_SETSIZE, 10000);
    history(editor->history, &event, H_SETUNIQUE, 1);
    el_set(library, EL_HIST, history, editor->history);
    el_wset(library, EL_CLIENTDATA, editor);
    el_wset(library, EL_EDITOR, L"emacs");
    el_wset(library, EL_GETCFN, rondo_editline_read_character);
    el_wset(library, EL_PROMPT_ESC, left_prompt, L'\1');
    el_wset(library, EL_RPROMPT_ESC, right_prompt, L'\1');
    // While editing, Ctrl-S is for the search, and both line breaks of a paste arrive as they are.
    el_wset(library, EL_SETTY, L"-d", L"-ixon", NULL);
    el_wset(library, EL_SETTY, L"-d", L"-icrnl", NULL);
    el_wset(library, EL_SETTY, L"-d", L"-inlcr", NULL);
    rondo_editline_add_functions(library);
    rondo_editline_bind_comfortable_keys(library);
    el_source(library, NULL);
    rondo_editline_bind_necessary_keys(library);
    el_wset(library, EL_EDITMODE, 1);
    const wchar_t *mode = NULL;
    if (el_wget(library, EL_EDITOR, &mode) == 0 && mode && wcscmp(mode, L"vi") == 0) {
        editor->is_vi = 1;
        el_wset(library, EL_BIND, L"\\204", L"vi-command-mode", NULL);
    }
    if (editor->silence) el_wset(library, EL_SETFP, 2, stderr);
    char *up = NULL;
    if (el_get(library, EL_GETTC, "up", &up) == 0 && up && *up) editor->can_move = 1;
    return editor;
}

void rondo_editline_close(rondo_editline *editor) {
    if (!editor) return;
    if (editor->library) el_end(editor->library);
    if (editor->history) history_end(editor->history);
    if (editor->silence) fclose(editor->silence);
    free(editor->left);
    free(editor->right);
    free(editor);
}

void rondo_editline_set_prompts(
    rondo_editline *editor, const uint32_t *left, size_t left_count, const uint32_t *right, size_t right_count) {
    wchar_t *new_left = copy_text(left, left_count);
    wchar_t *new_right = copy_text(right, right_count);
    if (new_left && new_right) {
        free(editor->left);
        free(editor->right);
        editor->left = new_left;
        editor->right = new_right;
    } else {
        free(new_left);
        free(new_right);
    }
}

int rondo_editline_read(rondo_editline *editor) {
    int count = 0;
    if (rondo_notices_begin() != 0) return RONDO_OUTCOME_END;
    editor->interrupted = 0;
    editor->may_be_searching = 0;
    editor->typed_ahead = -1;
    editor->columns = rondo_screen_columns();
    rondo_editline_set_paste_mode(editor, 1);
    const wchar_t *text = el_wgets(editor->library, &count);
    rondo_editline_set_paste_mode(editor, 0);
    rondo_notices_end();
    if (editor->interrupted) return RONDO_OUTCOME_INTERRUPTED;
    if (text) return RONDO_OUTCOME_TEXT;
    fputs("\r\n", stdout);
    fflush(stdout);
    return RONDO_OUTCOME_END;
}

void rondo_editline_remember(rondo_editline *editor, const char *entry) {
    HistEvent event;
    history(editor->history, &event, H_ENTER, entry);
}

void rondo_output_write(const char *bytes, size_t count) {
    fwrite(bytes, 1, count, stdout);
    fflush(stdout);
}
