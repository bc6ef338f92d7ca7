/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * wait.h - waiting for another thread, always for a limited time.
 *
 * A file that includes this defines _POSIX_C_SOURCE as 200112L or more first.
 */
#pragma once

#include <pthread.h>
#include <stdint.h>
#include <time.h>

#define HG_NS_PER_S INT64_C(1000000000)
#define HG_WAIT_NS 100000000 /* the longest wait before a condition is looked at again */

#ifdef __APPLE__ /* has no condition that waits by the monotonic clock */
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

/* Waits with the mutex held until the condition is signalled, `limit_ns` at most; 0 when the time
 * is over. It may return early, so the caller looks again at what it waits for. */
static inline int hg_wait(pthread_cond_t *condition, pthread_mutex_t *mutex, int64_t limit_ns)
{
    int64_t until_ns = hg_clock_ns(HG_WAIT_CLOCK) + limit_ns;
    struct timespec until = {.tv_sec = (time_t)(until_ns / HG_NS_PER_S), .tv_nsec = (long)(until_ns % HG_NS_PER_S)};
    return pthread_cond_timedwait(condition, mutex, &until) == 0;
}
