/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * ready.c - with epoll on Linux, with poll elsewhere.
 */
#define _POSIX_C_SOURCE 200809L

#include <errno.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "api/ready.h"

/* Nothing is ready, by a signal or for want of memory: who asks again at once is not to take a processor. */
static size_t nothing_ready(void)
{
    const struct timespec rest = {.tv_nsec = 10 * 1000 * 1000};
    if (errno != EINTR)
        nanosleep(&rest, NULL);
    return 0;
}

#if defined __linux__ && !defined HG_READY_POLL

#include <sys/epoll.h>

struct hg_ready {
    int queue;
};

hg_ready *hg_ready_new(size_t most)
{
    (void)most;
    hg_ready *ready = malloc(sizeof *ready);
    if (ready == NULL)
        return NULL;
    ready->queue = epoll_create1(EPOLL_CLOEXEC);
    if (ready->queue >= 0)
        return ready;
    free(ready);
    return NULL;
}

void hg_ready_free(hg_ready *ready)
{
    if (ready == NULL)
        return;
    close(ready->queue);
    free(ready);
}

int hg_ready_add(hg_ready *ready, int descriptor, void *user)
{
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = user};
    return epoll_ctl(ready->queue, EPOLL_CTL_ADD, descriptor, &event) == 0;
}

void hg_ready_want(hg_ready *ready, int descriptor, void *user, hg_ready_kind wanted)
{
    struct epoll_event event = {.events = wanted == HG_WANTED_READ ? EPOLLIN : EPOLLOUT, .data.ptr = user};
    epoll_ctl(ready->queue, EPOLL_CTL_MOD, descriptor, &event);
}

void hg_ready_remove(hg_ready *ready, int descriptor)
{
    struct epoll_event none = {0};
    epoll_ctl(ready->queue, EPOLL_CTL_DEL, descriptor, &none);
}

size_t hg_ready_wait(hg_ready *ready, int limit_ms, void *users[HG_READY_MOST])
{
    struct epoll_event events[HG_READY_MOST];
    const int count = epoll_wait(ready->queue, events, HG_READY_MOST, limit_ms);
    if (count < 0)
        return nothing_ready();
    for (int i = 0; i < count; i++)
        users[i] = events[i].data.ptr;
    return (size_t)count;
}

#else

#include <poll.h>

struct hg_ready {
    struct pollfd *watched;
    void **users;
    size_t count;
    size_t most;
    size_t next; /* where the search begins, so that everybody gets a turn */
};

hg_ready *hg_ready_new(size_t most)
{
    hg_ready *ready = calloc(1, sizeof *ready);
    if (ready == NULL)
        return NULL;
    ready->watched = calloc(most, sizeof *ready->watched);
    ready->users = calloc(most, sizeof *ready->users);
    ready->most = most;
    if (ready->watched != NULL && ready->users != NULL)
        return ready;
    hg_ready_free(ready);
    return NULL;
}

void hg_ready_free(hg_ready *ready)
{
    if (ready == NULL)
        return;
    free(ready->watched);
    free(ready->users);
    free(ready);
}

int hg_ready_add(hg_ready *ready, int descriptor, void *user)
{
    if (ready->count == ready->most)
        return 0;
    ready->watched[ready->count] = (struct pollfd){.fd = descriptor, .events = POLLIN};
    ready->users[ready->count++] = user;
    return 1;
}

static size_t place_of(const hg_ready *ready, int descriptor)
{
    size_t at = 0;
    while (at < ready->count && ready->watched[at].fd != descriptor)
        at++;
    return at;
}

void hg_ready_want(hg_ready *ready, int descriptor, void *user, hg_ready_kind wanted)
{
    const size_t at = place_of(ready, descriptor);
    (void)user;
    if (at < ready->count)
        ready->watched[at].events = wanted == HG_WANTED_READ ? POLLIN : POLLOUT;
}

void hg_ready_remove(hg_ready *ready, int descriptor)
{
    const size_t at = place_of(ready, descriptor);
    if (at == ready->count)
        return;
    ready->count--;
    ready->watched[at] = ready->watched[ready->count];
    ready->users[at] = ready->users[ready->count];
}

size_t hg_ready_wait(hg_ready *ready, int limit_ms, void *users[HG_READY_MOST])
{
    size_t found = 0;
    const int count = poll(ready->watched, (nfds_t)ready->count, limit_ms);
    if (count <= 0)
        return count < 0 ? nothing_ready() : 0;
    const size_t first = ready->next;
    for (size_t i = 0; i < ready->count && found < HG_READY_MOST; i++) {
        const size_t at = (first + i) % ready->count;
        if (ready->watched[at].revents != 0)
            users[found++] = ready->users[at];
        ready->next = at + 1;
    }
    return found;
}

#endif
