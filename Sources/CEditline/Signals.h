#pragma once

// Signals while a block is edited: handlers only note what came and wake the reader, all work happens outside them.

enum rondo_notice {
    RONDO_NOTICE_NONE,
    RONDO_NOTICE_INTERRUPT,
    RONDO_NOTICE_RESIZE,
    RONDO_NOTICE_SUSPEND,
    RONDO_NOTICE_RESUME,
    RONDO_NOTICE_END
};

/// Puts the handlers in place; returns 0 on success.
int rondo_notices_begin(void);

/// Puts the handlers back that were there before.
void rondo_notices_end(void);

/// Becomes readable when there is a notice.
int rondo_notices_descriptor(void);

/// The next notice, and for the last two kinds the signal behind it.
enum rondo_notice rondo_notices_next(int *signal_number);

/// Lets a signal act as it would have without these handlers; returns when the process goes on.
void rondo_notices_deliver(int signal_number);
