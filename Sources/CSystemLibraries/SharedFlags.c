#if defined(__linux__)
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <sched.h>
#endif

#include "CSystemLibraries.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

struct rondo_flag {
    atomic_int raised;
};

struct rondo_counter {
    atomic_llong next;
};

rondo_flag *rondo_flag_new(void) {
    rondo_flag *flag = malloc(sizeof(rondo_flag));
    if (flag != NULL) atomic_init(&flag->raised, 0);
    return flag;
}

void rondo_flag_free(rondo_flag *flag) { free(flag); }

void rondo_flag_raise(rondo_flag *flag) {
    if (flag != NULL) atomic_store_explicit(&flag->raised, 1, memory_order_release);
}

void rondo_flag_lower(rondo_flag *flag) {
    if (flag != NULL) atomic_store_explicit(&flag->raised, 0, memory_order_release);
}

int32_t rondo_flag_is_raised(const rondo_flag *flag) {
    return flag != NULL && atomic_load_explicit(&((rondo_flag *)flag)->raised, memory_order_acquire) != 0;
}

// A signal handler gets no argument of ours, so the flag it raises has to be known to the whole process.
static _Atomic(rondo_flag *) interrupt_flag;
static struct sigaction interrupt_before;

static void raise_interrupt_flag(int signal_number) {
    (void)signal_number;
    rondo_flag_raise(atomic_load(&interrupt_flag));
}

int32_t rondo_interrupt_begin(rondo_flag *flag) {
    rondo_flag *none = NULL;
    if (flag == NULL || !atomic_compare_exchange_strong(&interrupt_flag, &none, flag)) return -1;
    struct sigaction action = {0};
    action.sa_handler = raise_interrupt_flag;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    if (sigaction(SIGINT, &action, &interrupt_before) == 0) return 0;
    atomic_store(&interrupt_flag, NULL);
    return -1;
}

void rondo_interrupt_end(void) {
    if (atomic_load(&interrupt_flag) == NULL) return;
    sigaction(SIGINT, &interrupt_before, NULL);
    atomic_store(&interrupt_flag, NULL);
}

rondo_counter *rondo_counter_new(void) {
    rondo_counter *counter = malloc(sizeof(rondo_counter));
    if (counter != NULL) atomic_init(&counter->next, 0);
    return counter;
}

void rondo_counter_free(rondo_counter *counter) { free(counter); }

int64_t rondo_counter_next(rondo_counter *counter) {
    return counter == NULL ? INT64_MAX : (int64_t)atomic_fetch_add_explicit(&counter->next, 1, memory_order_relaxed);
}

int32_t rondo_processor_count(void) {
#if defined(__linux__)
    cpu_set_t allowed;
    if (sched_getaffinity(0, sizeof(allowed), &allowed) == 0) {
        int count = CPU_COUNT(&allowed);
        if (count > 0) return count;
    }
#endif
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    return online < 1 ? 1 : (online > 4096 ? 4096 : (int32_t)online);
}
