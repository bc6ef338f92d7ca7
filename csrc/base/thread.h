/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * thread.h - threads of the core's own.
 *
 * A file that includes this defines _POSIX_C_SOURCE as 200112L or more first.
 */
#pragma once

#include <pthread.h>
#include <signal.h>

/* Starts a thread that gets no signals: they stay with the caller's. 0, or an error number. */
static inline int hg_thread_start(pthread_t *thread, void *(*run)(void *), void *argument)
{
#ifdef _WIN32 /* knows no such signals */
    return pthread_create(thread, NULL, run, argument);
#else
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int failed = pthread_create(thread, NULL, run, argument);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return failed;
#endif
}
