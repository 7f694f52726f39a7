#include "CEditline.h"
#include "Signals.h"

#include <errno.h>
#include <histedit.h>
#include <langinfo.h>
#include <limits.h>
#include <locale.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>
#include <wchar.h>

_Static_assert(sizeof(wchar_t) == sizeof(uint32_t), "wide characters are Unicode scalars");

// Two control characters no keyboard sends by accident carry orders to libedit's own loop.
#define ACCEPT_KEY L"\x1e"
#define LIST_KEY L"\x1d"
#define ABANDON_KEY L'\x1f'

struct rondo_editline {
    EditLine *library;
    History *history;
    FILE *silence;
    rondo_key_function function;
    void *context;
    wchar_t *left;
    wchar_t *right;
    size_t kept_cursor;
    int interrupted;
    int can_move;
};

// ---- Locale ----

static int is_utf8(void) {
    const char *codeset = nl_langinfo(CODESET);
    return codeset && (strcasecmp(codeset, "UTF-8") == 0 || strcasecmp(codeset, "UTF8") == 0);
}

int rondo_locale_prepare(void) {
    setlocale(LC_CTYPE, "");
    if (is_utf8()) return 1;
    if (setlocale(LC_CTYPE, "C.UTF-8") && is_utf8()) return 1;
    if (setlocale(LC_CTYPE, "en_US.UTF-8") && is_utf8()) return 1;
    return 0;
}

// ---- Text ----

static rondo_editline *owner(EditLine *library) {
    void *data = NULL;
    el_wget(library, EL_CLIENTDATA, &data);
    return data;
}

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

// ---- Reading characters ----

static void set_paste_mode(rondo_editline *editor, int on) {
    if (!editor->can_move) return;
    fputs(on ? "\033[?2004h" : "\033[?2004l", stdout);
    fflush(stdout);
}

static void give_terminal_back(rondo_editline *editor) {
    set_paste_mode(editor, 0);
    el_wset(editor->library, EL_PREP_TERM, 0);
}

static void take_terminal(rondo_editline *editor) {
    el_wset(editor->library, EL_PREP_TERM, 1);
    set_paste_mode(editor, 1);
    fputs("\r\n", stdout);
    el_wset(editor->library, EL_REFRESH);
}

/// Acts on what signals noted. Returns 0 to go on, -1 to end reading.
static int obey_notice(rondo_editline *editor) {
    int signal_number = 0;
    for (;;) {
        switch (rondo_notices_next(&signal_number)) {
        case RONDO_NOTICE_NONE: return 0;
        case RONDO_NOTICE_INTERRUPT: editor->interrupted = 1; break;
        case RONDO_NOTICE_RESIZE:
            el_resize(editor->library);
            fputs("\r\n", stdout);
            el_wset(editor->library, EL_REFRESH);
            break;
        case RONDO_NOTICE_SUSPEND:
            give_terminal_back(editor);
            rondo_notices_deliver(signal_number);
            break;
        case RONDO_NOTICE_RESUME: take_terminal(editor); break;
        case RONDO_NOTICE_END:
            give_terminal_back(editor);
            rondo_notices_deliver(signal_number);
            return -1;
        }
    }
}

/// Waits for a byte from the terminal: 1 if there is one, 0 if editing is to be abandoned, -1 at the end.
static int wait_for_byte(rondo_editline *editor) {
    struct pollfd sources[2] = {{STDIN_FILENO, POLLIN, 0}, {rondo_notices_descriptor(), POLLIN, 0}};
    while (!editor->interrupted) {
        int ready = poll(sources, 2, -1);
        if (ready < 0 && errno != EINTR) return -1;
        if (ready < 0 || sources[1].revents) {
            if (obey_notice(editor) < 0) return -1;
            continue;
        }
        if (sources[0].revents) return 1;
    }
    return 0;
}

/// Reads one character for libedit; while editing is being abandoned every read gives the key that does it.
static int read_character(EditLine *library, wchar_t *character) {
    rondo_editline *editor = owner(library);
    char bytes[MB_LEN_MAX];
    size_t count = 0;
    *character = 0;
    for (;;) {
        int waited = wait_for_byte(editor);
        if (waited < 0) return -1;
        if (waited == 0) {
            *character = ABANDON_KEY;
            return 1;
        }
        ssize_t got = read(STDIN_FILENO, bytes + count, 1);
        if (got < 0 && (errno == EINTR || errno == EAGAIN)) continue;
        if (got <= 0) return got < 0 ? -1 : 0;
        count++;
        mbstate_t state;
        memset(&state, 0, sizeof state);
        size_t used = mbrtowc(character, bytes, count, &state);
        if (used == (size_t)-2 && count < sizeof bytes) continue;
        if (used == (size_t)-2 || used == (size_t)-1) {
            // Not a character: drop what came before the last byte, which may start a new one.
            char last = bytes[count - 1];
            int restart = count > 1;
            count = 0;
            if (!restart) continue;
            bytes[0] = last;
            memset(&state, 0, sizeof state);
            used = mbrtowc(character, bytes, 1, &state);
            if (used == (size_t)-2) count = 1;
            if (used == (size_t)-2 || used == (size_t)-1) continue;
        }
        return 1;
    }
}

uint32_t *rondo_editline_read_paste(rondo_editline *editor, size_t *count) {
    static const wchar_t ending[] = L"\033[201~";
    const size_t ending_count = 6;
    size_t capacity = 1024, used = 0;
    wchar_t *text = malloc(capacity * sizeof(wchar_t));
    while (text) {
        wchar_t character;
        if (el_wgetc(editor->library, &character) != 1 || editor->interrupted) break;
        if (used == capacity) {
            capacity *= 2;
            wchar_t *larger = realloc(text, capacity * sizeof(wchar_t));
            if (!larger) break;
            text = larger;
        }
        text[used++] = character;
        if (used >= ending_count && wmemcmp(text + used - ending_count, ending, ending_count) == 0) {
            *count = used - ending_count;
            return (uint32_t *)text;
        }
    }
    free(text);
    return NULL;
}

// ---- Keys ----

static unsigned char press(EditLine *library, int key) {
    rondo_editline *editor = owner(library);
    size_t count, cursor;
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
    rondo_editline *editor = owner(library);
    if (!editor->interrupted) return CC_ERROR;
    rondo_editline_move(editor, (size_t)INT_MAX);
    el_winsertstr(library, L"^C");
    el_wpush(library, ACCEPT_KEY);
    return CC_REFRESH;
}

void rondo_editline_write_below(rondo_editline *editor, const char *bytes, size_t count) {
    fputs("\r\n", stdout);
    fwrite(bytes, 1, count, stdout);
    rondo_editline_move(editor, editor->kept_cursor);
    el_wset(editor->library, EL_REFRESH);
}

static void add_functions(EditLine *library) {
    el_wset(library, EL_ADDFN, L"rondo-enter", L"Run the cell, or go on if it is not complete", press_enter);
    el_wset(library, EL_ADDFN, L"rondo-new-line", L"Start another line of the cell", press_new_line);
    el_wset(library, EL_ADDFN, L"rondo-complete", L"Complete the word", press_complete);
    el_wset(library, EL_ADDFN, L"rondo-list", L"List the completions", press_list);
    el_wset(library, EL_ADDFN, L"rondo-up", L"Line above, or earlier cell", press_up);
    el_wset(library, EL_ADDFN, L"rondo-down", L"Line below, or later cell", press_down);
    el_wset(library, EL_ADDFN, L"rondo-paste", L"Take in pasted text", press_paste);
    el_wset(library, EL_ADDFN, L"rondo-line-start", L"Go to the start of the line", press_line_start);
    el_wset(library, EL_ADDFN, L"rondo-line-end", L"Go to the end of the line", press_line_end);
    el_wset(library, EL_ADDFN, L"rondo-abandon", L"Abandon the cell", press_abandon);
}

/// Comfort: keys of xterm and rxvt that libedit leaves unbound. The user's editrc may change them.
static void bind_comfortable_keys(EditLine *library) {
    static const wchar_t *const keys[][2] = {
        {L"^R", L"em-inc-search-prev"}, {L"^S", L"em-inc-search-next"},
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

/// What editing stands on, in both key maps, whatever the user's editrc says.
static void bind_necessary_keys(EditLine *library) {
    static const wchar_t *const keys[][2] = {
        {L"^M", L"rondo-enter"}, {L"^J", L"rondo-enter"}, {L"\\e^M", L"rondo-new-line"}, {L"\\e^J", L"rondo-new-line"},
        {L"^I", L"rondo-complete"}, {L"\\035", L"rondo-list"}, {L"\\e[200~", L"rondo-paste"},
        {L"\\036", L"ed-newline"}, {L"\\037", L"rondo-abandon"},
    };
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        el_wset(library, EL_BIND, keys[i][0], keys[i][1], NULL);
        el_wset(library, EL_BIND, L"-a", keys[i][0], keys[i][1], NULL);
    }
}

// ---- The editor ----

static wchar_t *left_prompt(EditLine *library) {
    rondo_editline *editor = owner(library);
    return editor->left;
}

static wchar_t *right_prompt(EditLine *library) {
    rondo_editline *editor = owner(library);
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
    el_wset(library, EL_GETCFN, read_character);
    el_wset(library, EL_PROMPT_ESC, left_prompt, L'\1');
    el_wset(library, EL_RPROMPT_ESC, right_prompt, L'\1');
    el_wset(library, EL_SETTY, L"-d", L"-ixon", NULL);  // so that Ctrl-S reaches the search
    add_functions(library);
    bind_comfortable_keys(library);
    el_source(library, NULL);
    bind_necessary_keys(library);
    el_wset(library, EL_EDITMODE, 1);
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
    set_paste_mode(editor, 1);
    const wchar_t *text = el_wgets(editor->library, &count);
    set_paste_mode(editor, 0);
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

int rondo_editline_can_move(rondo_editline *editor) { return editor->can_move; }

void rondo_output_write(const char *bytes, size_t count) {
    fwrite(bytes, 1, count, stdout);
    fflush(stdout);
}
