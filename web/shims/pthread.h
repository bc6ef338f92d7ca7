/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * pthread.h - a replacement for one thread, because WebAssembly without threads has no such header. The engine
 * runs with one worker there, so locks do nothing and no thread waits.
 */
#ifndef HG_WEB_PTHREAD_H
#define HG_WEB_PTHREAD_H

#include <errno.h>
#include <signal.h>
#include <time.h>

typedef int pthread_t, pthread_attr_t, pthread_mutex_t, pthread_mutexattr_t, pthread_cond_t, pthread_condattr_t;

#define HG_WEB_NOTHING(name, ...) \
    static inline int name(__VA_ARGS__) { return 0; }

HG_WEB_NOTHING(pthread_mutex_init, pthread_mutex_t *m, const pthread_mutexattr_t *a)
HG_WEB_NOTHING(pthread_mutex_destroy, pthread_mutex_t *m)
HG_WEB_NOTHING(pthread_mutex_lock, pthread_mutex_t *m)
HG_WEB_NOTHING(pthread_mutex_unlock, pthread_mutex_t *m)
HG_WEB_NOTHING(pthread_cond_init, pthread_cond_t *c, const pthread_condattr_t *a)
HG_WEB_NOTHING(pthread_cond_destroy, pthread_cond_t *c)
HG_WEB_NOTHING(pthread_cond_signal, pthread_cond_t *c)
HG_WEB_NOTHING(pthread_cond_broadcast, pthread_cond_t *c)
HG_WEB_NOTHING(pthread_cond_timedwait, pthread_cond_t *c, pthread_mutex_t *m, const struct timespec *t)
HG_WEB_NOTHING(pthread_condattr_init, pthread_condattr_t *a)
HG_WEB_NOTHING(pthread_condattr_destroy, pthread_condattr_t *a)
HG_WEB_NOTHING(pthread_condattr_setclock, pthread_condattr_t *a, clockid_t c)
HG_WEB_NOTHING(pthread_join, pthread_t t, void **result)
HG_WEB_NOTHING(pthread_sigmask, int how, const sigset_t *set, sigset_t *old)

static inline int pthread_create(pthread_t *t, const pthread_attr_t *a, void *(*run)(void *), void *argument)
{
    (void)t, (void)a, (void)run, (void)argument;
    return EAGAIN;
}

#endif
