#include "Signals.h"
#include "CEditline.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

static const int watched[] = {SIGINT, SIGWINCH, SIGTSTP, SIGCONT, SIGTERM, SIGHUP, SIGQUIT};
enum { watched_count = sizeof watched / sizeof watched[0] };

static volatile sig_atomic_t arrived[watched_count];
static struct sigaction before[watched_count];
static int channel[2] = {-1, -1};

static void note(int signal_number) {
    int saved = errno;
    for (int i = 0; i < watched_count; i++) {
        if (watched[i] == signal_number) arrived[i] = 1;
    }
    char byte = 1;
    ssize_t ignored = write(channel[1], &byte, 1);
    (void)ignored;
    errno = saved;
}

static void watch(int index) {
    struct sigaction action = {0};
    action.sa_handler = note;
    sigemptyset(&action.sa_mask);
    sigaction(watched[index], &action, NULL);
}

static int open_channel(void) {
    if (channel[0] >= 0) return 0;
    if (pipe(channel) != 0) return -1;
    for (int i = 0; i < 2; i++) {
        fcntl(channel[i], F_SETFD, FD_CLOEXEC);
        fcntl(channel[i], F_SETFL, O_NONBLOCK);
    }
    return 0;
}

int rondo_notices_begin(void) {
    if (open_channel() != 0) return -1;
    for (int i = 0; i < watched_count; i++) {
        arrived[i] = 0;
        sigaction(watched[i], NULL, &before[i]);
        // What the parent asked to ignore (nohup, a shell without job control) stays ignored, except the interrupt.
        if (before[i].sa_handler != SIG_IGN || watched[i] == SIGINT) watch(i);
    }
    return 0;
}

void rondo_notices_end(void) {
    for (int i = 0; i < watched_count; i++) sigaction(watched[i], &before[i], NULL);
}

int rondo_notices_descriptor(void) { return channel[0]; }

enum rondo_notice rondo_notices_next(int *signal_number) {
    char bytes[64];
    while (read(channel[0], bytes, sizeof bytes) > 0) {}
    for (int i = 0; i < watched_count; i++) {
        if (!arrived[i]) continue;
        arrived[i] = 0;
        *signal_number = watched[i];
        switch (watched[i]) {
        case SIGINT: return RONDO_NOTICE_INTERRUPT;
        case SIGWINCH: return RONDO_NOTICE_RESIZE;
        case SIGTSTP: return RONDO_NOTICE_SUSPEND;
        case SIGCONT: return RONDO_NOTICE_RESUME;
        default: return RONDO_NOTICE_END;
        }
    }
    return RONDO_NOTICE_NONE;
}

void rondo_notices_deliver(int signal_number) {
    sigset_t set, blocked;
    sigemptyset(&set);
    sigaddset(&set, signal_number);
    for (int i = 0; i < watched_count; i++) {
        if (watched[i] != signal_number) continue;
        sigaction(signal_number, &before[i], NULL);
        pthread_sigmask(SIG_UNBLOCK, &set, &blocked);  // threads of a pool block everything
        raise(signal_number);
        pthread_sigmask(SIG_SETMASK, &blocked, NULL);
        watch(i);
    }
}

// ---- Interrupt while a cell runs ----

static volatile int *volatile interrupt_flag;
static struct sigaction before_interrupt;

static void set_interrupt_flag(int signal_number) {
    (void)signal_number;
    volatile int *flag = interrupt_flag;
    if (flag) __atomic_store_n(flag, 1, __ATOMIC_RELAXED);
}

void rondo_interrupt_install(volatile int *flag) {
    int was_installed = interrupt_flag != NULL;
    if (!flag) {
        if (was_installed) sigaction(SIGINT, &before_interrupt, NULL);
        interrupt_flag = NULL;
        return;
    }
    interrupt_flag = flag;
    if (was_installed) return;
    struct sigaction action = {0};
    action.sa_handler = set_interrupt_flag;
    action.sa_flags = SA_RESTART;  // a cell that reads a file must not see the read fail; `poll` returns all the same
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, &before_interrupt);
}
