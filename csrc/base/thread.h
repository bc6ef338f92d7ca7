/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * thread.h - starts the core's own threads, and lets threads wait for one another for a limited time.
 *
 * A file that includes this defines _POSIX_C_SOURCE as 200112L or more first.
 */
#pragma once

#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <time.h>

/* Starts a thread that blocks all signals, so that the caller's threads receive them. Returns 0 or an error number. */
static inline int hg_thread_start(pthread_t *thread, void *(*run)(void *), void *argument)
{
#ifdef _WIN32 /* has no such signals */
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

#define HG_NS_PER_S INT64_C(1000000000)
#define HG_WAIT_NS 100000000 /* the longest wait before a condition is checked again */

#ifdef __APPLE__ /* its conditions cannot wait by the monotonic clock */
#define HG_WAIT_CLOCK CLOCK_REALTIME
#else
#define HG_WAIT_CLOCK CLOCK_MONOTONIC
#endif

/* A condition for hg_wait. Where the system allows it, setting the clock does not prolong a wait. */
static inline void hg_wait_init(pthread_cond_t *condition)
{
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
#ifndef __APPLE__
    pthread_condattr_setclock(&attributes, HG_WAIT_CLOCK);
#endif
    pthread_cond_init(condition, &attributes);
    pthread_condattr_destroy(&attributes);
}

/* The time on a clock, in ns. */
static inline int64_t hg_clock_ns(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (int64_t)now.tv_sec * HG_NS_PER_S + now.tv_nsec;
}

/* Waits, with the mutex held, until the condition is signalled, or for `limit_ns` at most. Returns 0 when the time is
 * over. It may return early, so the caller must check again what it waits for. */
static inline int hg_wait(pthread_cond_t *condition, pthread_mutex_t *mutex, int64_t limit_ns)
{
    int64_t until_ns = hg_clock_ns(HG_WAIT_CLOCK) + limit_ns;
    struct timespec until = {.tv_sec = (time_t)(until_ns / HG_NS_PER_S), .tv_nsec = (long)(until_ns % HG_NS_PER_S)};
    return pthread_cond_timedwait(condition, mutex, &until) == 0;
}
