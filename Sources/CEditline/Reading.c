#include "Editor.h"
#include "Layout.h"
#include "Signals.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

void rondo_editline_set_paste_mode(rondo_editline *editor, int on) {
    if (!editor->can_move) return;
    fputs(on ? "\033[?2004h" : "\033[?2004l", stdout);
    fflush(stdout);
}

static void give_terminal_back(rondo_editline *editor) {
    rondo_editline_set_paste_mode(editor, 0);
    el_wset(editor->library, EL_PREP_TERM, 0);
}

static void take_terminal(rondo_editline *editor) {
    el_wset(editor->library, EL_PREP_TERM, 1);
    rondo_editline_set_paste_mode(editor, 1);
    fputs("\r\n", stdout);
    el_wset(editor->library, EL_REFRESH);
}

static int is_cooked(void) {
    struct termios modes;
    return tcgetattr(STDIN_FILENO, &modes) == 0 && (modes.c_lflag & ICANON) != 0;
}

size_t rondo_screen_columns(void) {
    struct winsize size;
    return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

int rondo_editline_erase_block(rondo_editline *editor) {
    struct winsize size;
    size_t count, cursor;
    if (!editor->can_move || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0) return 0;
    const uint32_t *text = rondo_editline_text(editor, &count, &cursor);
    size_t rows = rondo_rows_above(editor->left, (const wchar_t *)text, count, editor->columns);
    if (rows == 0 || rows >= size.ws_row) return 0;
    fprintf(stdout, "\033[%zuA\r\033[J", rows);
    fflush(stdout);
    return 1;
}

/// Draws the block anew for a window of another size. Some terminals wrap long lines anew, others do not, and none tells:
/// of the two places where the block may begin now the lower is taken, so that nothing above the block is lost.
static void fit_window(rondo_editline *editor) {
    const LineInfoW *line = el_wline(editor->library);
    size_t before = (size_t)(line->cursor - line->buffer);
    size_t old_rows = rondo_rows_above(editor->left, line->buffer, before, editor->columns);
    editor->columns = rondo_screen_columns();
    size_t new_rows = rondo_rows_above(editor->left, line->buffer, before, editor->columns);
    size_t rows = old_rows < new_rows ? old_rows : new_rows;
    el_resize(editor->library);
    if (!editor->can_move) fputs("\r\n", stdout);
    else if (rows > 0) fprintf(stdout, "\r\033[%zuA\033[J", rows);
    else fputs("\r\033[J", stdout);
    el_wset(editor->library, EL_REFRESH);
}

/// Acts on what signals noted. Returns 0 to go on, -1 to end reading.
static int obey_notice(rondo_editline *editor) {
    int signal_number = 0;
    for (;;) {
        switch (rondo_notices_next(&signal_number)) {
        case RONDO_NOTICE_NONE: return 0;
        case RONDO_NOTICE_INTERRUPT: editor->interrupted = 1; break;
        case RONDO_NOTICE_RESIZE: fit_window(editor); break;
        case RONDO_NOTICE_SUSPEND:
            give_terminal_back(editor);
            rondo_notices_deliver(signal_number);  // comes back at once where nobody could continue the process
            take_terminal(editor);
            break;
        case RONDO_NOTICE_RESUME:
            if (is_cooked()) {
                give_terminal_back(editor);  // libedit does not know that it lost the terminal
                take_terminal(editor);
            }
            break;
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

/// Whether no further byte of a key's sequence follows. In vi mode Escape is also a key of its own.
static int is_alone(void) {
    struct pollfd source = {STDIN_FILENO, POLLIN, 0};
    return poll(&source, 1, 30) == 0;
}

/// What a zero byte stands for: Ctrl-D pressed while the terminal was still in line mode arrives as one. Otherwise it is Ctrl-Space, whose
/// mark would keep libedit from ever seeing the end of the input; 0 leaves it out.
static char zero_byte(rondo_editline *editor) { return editor->typed_ahead > 0 ? '\x04' : 0; }

/// Keys that mean something else to libedit's incremental search, or to vi mode, than to a person.
static wchar_t translated(rondo_editline *editor, wchar_t character) {
    if (character == L'\033') {
        if (editor->is_vi && is_alone()) return *LONE_ESCAPE_KEY;
        // The search would end at the first character of an arrow key and leave the others in the text.
        if (editor->may_be_searching && !is_alone()) return *REST_OF_KEY_KEY;
    }
    if (editor->may_be_searching && character == L'\x12') return *SEARCH_BACK_KEY;
    if (editor->may_be_searching && character == L'\x13') return *SEARCH_ON_KEY;
    return character;
}

int rondo_editline_read_character(EditLine *library, wchar_t *character) {
    rondo_editline *editor = rondo_editline_owner(library);
    char bytes[MB_LEN_MAX];
    size_t count = 0;
    *character = 0;
    if (editor->typed_ahead < 0 && ioctl(STDIN_FILENO, FIONREAD, &editor->typed_ahead) != 0) editor->typed_ahead = 0;
    for (;;) {
        int waited = wait_for_byte(editor);
        if (waited < 0) return -1;
        if (waited == 0) {
            *character = *ABANDON_KEY;
            return 1;
        }
        ssize_t got = read(STDIN_FILENO, bytes + count, 1);
        if (got < 0 && (errno == EINTR || errno == EAGAIN)) continue;
        if (got <= 0) return got < 0 ? -1 : 0;
        if (count == 0 && bytes[0] == 0) bytes[0] = zero_byte(editor);
        if (editor->typed_ahead > 0) editor->typed_ahead--;
        if (count == 0 && bytes[0] == 0) continue;
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
        *character = translated(editor, *character);
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
