#pragma once

// Fixed-signature functions over libedit (whose own are variadic), signals and processes, for RondoTerminal.
// Text goes over the border as Unicode scalars in 32 bits, so that a position is one number on both sides.

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// ---- Locale ----

/// Takes the character encoding from the environment, or C.UTF-8 where that is not UTF-8. Returns 1 if the result is UTF-8.
int rondo_locale_prepare(void);

// ---- Line editing ----

/// One open editor over standard input, output and error. At most one may read at a time.
typedef struct rondo_editline rondo_editline;

/// The keys whose meaning is decided outside libedit.
enum rondo_key {
    RONDO_KEY_ENTER = 1,
    RONDO_KEY_NEW_LINE = 2,
    RONDO_KEY_COMPLETE = 3,
    RONDO_KEY_LIST = 4,
    RONDO_KEY_UP = 5,
    RONDO_KEY_DOWN = 6,
    RONDO_KEY_PASTE = 7,
    RONDO_KEY_LINE_START = 8,
    RONDO_KEY_LINE_END = 9
};

/// What the editor does after such a key.
enum rondo_answer {
    RONDO_ANSWER_NOTHING = 0,
    RONDO_ANSWER_REFRESH = 1,
    RONDO_ANSWER_BEEP = 2,
    RONDO_ANSWER_ACCEPT = 3,
    RONDO_ANSWER_LIST = 4
};

/// How reading ended.
enum rondo_outcome { RONDO_OUTCOME_TEXT = 0, RONDO_OUTCOME_END = 1, RONDO_OUTCOME_INTERRUPTED = 2 };

/// Called in the middle of editing for one of `rondo_key`; answers one of `rondo_answer`.
typedef int (*rondo_key_function)(void *context, int key);

/// Opens the editor in emacs mode, with Rondo's keys and the user's editrc; NULL if libedit refuses.
rondo_editline *rondo_editline_open(const char *program, rondo_key_function function, void *context);

/// Restores the terminal and frees everything.
void rondo_editline_close(rondo_editline *editor);

/// Sets both prompts; text between two U+0001 is sent to the terminal but has no width. The last character must be visible.
void rondo_editline_set_prompts(
    rondo_editline *editor, const uint32_t *left, size_t left_count, const uint32_t *right, size_t right_count);

/// Edits one block of lines; returns one of `rondo_outcome`. The text stays readable with `rondo_editline_text`.
int rondo_editline_read(rondo_editline *editor);

/// After reading: erases the block from the screen and leaves the cursor where it began. Returns 0 if it is taller than the screen.
int rondo_editline_erase_block(rondo_editline *editor);

/// The text being edited, its count and the cursor, all in scalars. Valid until the next change.
const uint32_t *rondo_editline_text(rondo_editline *editor, size_t *count, size_t *cursor);

/// Replaces the scalars `start ..< end`, and leaves the cursor behind the new ones. Positions out of range are moved into it.
void rondo_editline_replace(rondo_editline *editor, size_t start, size_t end, const uint32_t *text, size_t count);

/// Moves the cursor to a position in scalars.
void rondo_editline_move(rondo_editline *editor, size_t position);

/// Reads the rest of a bracketed paste. Returns a block to `free`, or NULL if it was interrupted.
uint32_t *rondo_editline_read_paste(rondo_editline *editor, size_t *count);

/// Writes bytes below the block being edited and draws the block anew. Only while `RONDO_KEY_LIST` is answered.
void rondo_editline_write_below(rondo_editline *editor, const char *bytes, size_t count);

/// Adds an entry for the incremental search.
void rondo_editline_remember(rondo_editline *editor, const char *entry);

/// Writes bytes to standard output, behind what libedit wrote there.
void rondo_output_write(const char *bytes, size_t count);

// ---- Interrupt ----

/// From now on SIGINT stores 1 in `flag` and does nothing else; NULL restores what was there before. `flag` must live on.
void rondo_interrupt_install(volatile int *flag);

// ---- Processes ----

/// Runs `sh -c command` with the bytes on its standard input, and waits.
/// Returns its exit status, or -1 if it could not be started. SIGINT is the command's business meanwhile.
int rondo_command_feed(const char *command, const char *bytes, size_t count);

#ifdef __cplusplus
}
#endif
