/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * thread.h - starts the core's own threads, and lets threads wait for one another for a limited time.
 *
 * Define _POSIX_C_SOURCE as 200112L or more before you include this file.
 */
#pragma once

#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <time.h>

/* Starts a thread that blocks all signals, so that the caller's threads receive them. Returns 0 or an error number. */
static inline int hg_thread_start(pthread_t *thread, void *(*run)(void *), void *argument)
{
#ifdef _WIN32 /* Windows has no such signals */
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

#ifdef __APPLE__ /* condition variables cannot use the monotonic clock there */
#define HG_WAIT_CLOCK CLOCK_REALTIME
#else
#define HG_WAIT_CLOCK CLOCK_MONOTONIC
#endif

/* Initialises a condition variable for hg_wait. Except on Apple's systems, setting the clock does not prolong a
 * wait. */
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

/* Waits, with the mutex held, until the condition variable is signalled. 0: `limit_ns` passed.
 * It may return early, so the caller must check its condition again. */
static inline int hg_wait(pthread_cond_t *condition, pthread_mutex_t *mutex, int64_t limit_ns)
{
    int64_t until_ns = hg_clock_ns(HG_WAIT_CLOCK) + limit_ns;
    struct timespec until = {.tv_sec = (time_t)(until_ns / HG_NS_PER_S), .tv_nsec = (long)(until_ns % HG_NS_PER_S)};
    return pthread_cond_timedwait(condition, mutex, &until) == 0;
}
