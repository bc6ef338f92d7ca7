/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * server.c - one thread for all clients of p0f's API, and no client waits for another.
 *
 *     listener ──▶ client: received ──▶ answers (hosts/answer.c) ──▶ client
 *                    └── `{`, which is no query of p0f's ──▶ given away
 */
#define _POSIX_C_SOURCE 200809L
#define _DARWIN_C_SOURCE /* SO_NOSIGPIPE */

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "api/ready.h"
#include "base/error.h"
#include "base/thread.h"
#include "base/wait.h"
#include "huginn.h"

#ifndef MSG_NOSIGNAL
#define MSG_NOSIGNAL 0 /* see refuse_signals */
#endif

enum {
    PAUSE_MS = 100, /* no client is taken for so long where the system has no room for one */
    TURN_MS = 1000, /* the longest wait */
    OWN_ENDS = 2    /* the listener, and the pipe that ends it all */
};

typedef struct client {
    struct client *next; /* of those that are free, or given away */
    int end;
    int has_ended; /* it says no more */
    int is_given;  /* away: it is the caller's from then on, and its place may be free */
    int64_t asked_ns; /* when it was answered last, or came */
    uint32_t length;
    uint32_t unsent; /* bytes at the end of `answer` that found no room */
    uint8_t received[HG_API_REST_BYTES];
    uint8_t answer[HG_ANSWER_BYTES];
} client;

struct hg_api_server {
    hg_hosts *hosts;
    int listener;
    int wake;
    int stop[2]; /* a pipe: a byte ends the thread */
    pthread_t thread;
    pid_t owner; /* the process that has the thread */
    hg_ready *ready;
    int64_t paused_until_ns; /* 0: clients are taken */
    uint32_t most_clients;
    client *clients;
    pthread_mutex_t lock; /* of all that follows */
    hg_api_counts counts;
    client *free;
    client *given_first; /* in their order */
    client **given_last;
};

/* ---- places ------------------------------------------------------------------------------------ */

static client *take_place(hg_api_server *server)
{
    pthread_mutex_lock(&server->lock);
    client *found = server->counts.clients < server->most_clients ? server->free : NULL;
    if (found != NULL) {
        server->free = found->next;
        server->counts.clients++;
    }
    pthread_mutex_unlock(&server->lock);
    return found;
}

/* Frees the client's place before closing its connection, so that a client that reconnects finds room. */
static void leave(hg_api_server *server, client *one)
{
    const int end = one->end;
    hg_ready_remove(server->ready, end);
    one->end = -1;
    pthread_mutex_lock(&server->lock);
    one->next = server->free;
    server->free = one;
    server->counts.clients--;
    pthread_mutex_unlock(&server->lock);
    close(end);
}

/* Closes the client that has been idle longest, if that is long. 0: there is none. */
static int make_room(hg_api_server *server)
{
    client *oldest = NULL;
    for (client *one = server->clients; one < server->clients + server->most_clients; one++)
        if (!one->is_given && one->end >= 0 && (oldest == NULL || one->asked_ns < oldest->asked_ns))
            oldest = one;
    if (oldest == NULL || hg_clock_ns(CLOCK_MONOTONIC) - oldest->asked_ns < HG_API_IDLE_MS * INT64_C(1000000))
        return 0;
    leave(server, oldest);
    pthread_mutex_lock(&server->lock);
    server->counts.idle++;
    pthread_mutex_unlock(&server->lock);
    return 1;
}

static void turn_away(hg_api_server *server, int end)
{
    pthread_mutex_lock(&server->lock);
    server->counts.turned_away++; /* before the client can know */
    pthread_mutex_unlock(&server->lock);
    close(end);
}

static void give_away(hg_api_server *server, client *one)
{
    hg_ready_remove(server->ready, one->end);
    one->is_given = 1;
    one->next = NULL;
    pthread_mutex_lock(&server->lock);
    *server->given_last = one;
    server->given_last = &one->next;
    pthread_mutex_unlock(&server->lock);
    (void)!write(server->wake, "", 1); /* where it finds no room, the other side has been woken */
}

int hg_api_server_next(hg_api_server *server, uint8_t rest[HG_API_REST_BYTES], size_t *length)
{
    int end = -1;
    pthread_mutex_lock(&server->lock);
    client *one = server->given_first;
    if (one != NULL) {
        server->given_first = one->next;
        if (one->next == NULL)
            server->given_last = &server->given_first;
        memcpy(rest, one->received, one->length);
        *length = one->length;
        end = one->end;
        one->end = -1;
        one->next = server->free;
        server->free = one;
    }
    pthread_mutex_unlock(&server->lock);
    return end;
}

void hg_api_server_left(hg_api_server *server)
{
    pthread_mutex_lock(&server->lock);
    server->counts.clients--;
    pthread_mutex_unlock(&server->lock);
}

void hg_api_server_count(hg_api_server *server, hg_api_counts *counts)
{
    pthread_mutex_lock(&server->lock);
    *counts = server->counts;
    pthread_mutex_unlock(&server->lock);
}

/* ---- one client -------------------------------------------------------------------------------- */

static int is_busy(int number)
{
    return number == EAGAIN || number == EWOULDBLOCK || number == EINTR;
}

/* Sends an answer, or the rest of one, in one piece if there is room for it. 0: there was none, or nobody. */
static int send_answer(hg_api_server *server, client *one)
{
    const uint8_t *rest = one->answer + sizeof one->answer - one->unsent;
    const ssize_t sent = send(one->end, rest, one->unsent, MSG_NOSIGNAL);
    if (sent < 0 && !is_busy(errno)) {
        leave(server, one);
        return 0;
    }
    one->unsent -= sent < 0 ? 0 : (uint32_t)sent;
    return one->unsent == 0;
}

/* Answers what was asked, until there is no room; a client without room is not read further. */
static void answer_all(hg_api_server *server, client *one)
{
    uint32_t at = 0;
    for (; one->length - at >= HG_QUERY_BYTES && one->received[at] != '{'; at += HG_QUERY_BYTES) {
        if (one->unsent != 0)
            break;
        hg_hosts_answer(server->hosts, one->received + at, one->answer);
        pthread_mutex_lock(&server->lock);
        server->counts.answered++;
        pthread_mutex_unlock(&server->lock);
        one->asked_ns = hg_clock_ns(CLOCK_MONOTONIC);
        one->unsent = sizeof one->answer;
        if (!send_answer(server, one) && one->end < 0)
            return;
    }
    one->length -= at;
    memmove(one->received, one->received + at, one->length);
    if (one->unsent != 0)
        hg_ready_want(server->ready, one->end, one, HG_WANTED_WRITE);
    else if (one->length != 0 && one->received[0] == '{')
        give_away(server, one);
    else if (one->has_ended)
        leave(server, one);
}

static void attend(hg_api_server *server, client *one)
{
    if (one->end < 0)
        return;
    if (one->unsent != 0) {
        if (!send_answer(server, one))
            return;
        hg_ready_want(server->ready, one->end, one, HG_WANTED_READ);
    } else {
        const ssize_t taken = recv(one->end, one->received + one->length, sizeof one->received - one->length, 0);
        if (taken < 0) {
            if (!is_busy(errno))
                leave(server, one);
            return;
        }
        one->length += (uint32_t)taken;
        one->has_ended = taken == 0;
    }
    answer_all(server, one);
}

/* ---- all clients ------------------------------------------------------------------------------- */

static int prepare(int end)
{
    return fcntl(end, F_SETFD, FD_CLOEXEC) == 0 && fcntl(end, F_SETFL, O_NONBLOCK) == 0;
}

/* A client that has gone ends nobody's process. */
static void refuse_signals(int end)
{
#ifdef SO_NOSIGPIPE
    setsockopt(end, SOL_SOCKET, SO_NOSIGPIPE, &(int){1}, sizeof(int));
#else
    (void)end;
#endif
}

static void begin_pause(hg_api_server *server)
{
    server->paused_until_ns = hg_clock_ns(CLOCK_MONOTONIC) + PAUSE_MS * INT64_C(1000000);
}

static void accept_client(hg_api_server *server)
{
    const int end = accept(server->listener, NULL, NULL);
    if (end < 0) {
        if (errno != EINTR && errno != ECONNABORTED) { /* no descriptors, no memory, or nobody: not for ever */
            hg_ready_remove(server->ready, server->listener);
            begin_pause(server);
        }
        return;
    }
    client *one = take_place(server);
    if (one == NULL && make_room(server))
        one = take_place(server);
    if (one == NULL) {
        turn_away(server, end);
        return;
    }
    one->next = NULL;
    one->end = end;
    one->has_ended = one->is_given = 0;
    one->asked_ns = hg_clock_ns(CLOCK_MONOTONIC);
    one->length = one->unsent = 0;
    refuse_signals(end);
    if (!prepare(end) || !hg_ready_add(server->ready, end, one))
        leave(server, one);
}

/* How long to wait at most; the end of a pause takes clients again. */
static int limit_ms(hg_api_server *server)
{
    if (server->paused_until_ns == 0)
        return TURN_MS;
    const int64_t left_ns = server->paused_until_ns - hg_clock_ns(CLOCK_MONOTONIC);
    if (left_ns > 0)
        return (int)(left_ns / 1000000) + 1;
    server->paused_until_ns = 0;
    if (!hg_ready_add(server->ready, server->listener, &server->listener))
        begin_pause(server);
    return PAUSE_MS;
}

static void *serve(void *argument)
{
    hg_api_server *server = argument;
    void *users[HG_READY_MOST];
    for (;;) {
        const size_t count = hg_ready_wait(server->ready, limit_ms(server), users);
        for (size_t i = 0; i < count; i++) {
            if (users[i] == server->stop)
                return NULL;
            if (users[i] == &server->listener)
                accept_client(server);
            else
                attend(server, users[i]);
        }
    }
}

/* ---- life -------------------------------------------------------------------------------------- */

static void destroy(hg_api_server *server)
{
    for (uint32_t i = 0; server->clients != NULL && i < server->most_clients; i++)
        if (server->clients[i].end >= 0)
            close(server->clients[i].end);
    hg_ready_free(server->ready);
    for (int i = 0; i < 2; i++)
        if (server->stop[i] >= 0)
            close(server->stop[i]);
    pthread_mutex_destroy(&server->lock);
    free(server->clients);
    free(server);
}

static hg_api_server *new_server(hg_hosts *hosts, int listener, int wake, uint32_t most_clients)
{
    hg_api_server *server = calloc(1, sizeof *server);
    if (server == NULL)
        return NULL;
    *server = (hg_api_server){.hosts = hosts, .listener = listener, .wake = wake, .stop = {-1, -1}};
    server->owner = getpid();
    server->most_clients = most_clients;
    server->given_last = &server->given_first;
    pthread_mutex_init(&server->lock, NULL);
    server->clients = calloc(most_clients, sizeof *server->clients);
    if (server->clients == NULL) {
        destroy(server);
        return NULL;
    }
    for (uint32_t i = most_clients; i-- > 0;) {
        server->clients[i].end = -1;
        server->clients[i].next = server->free;
        server->free = server->clients + i;
    }
    return server;
}

/* 0: errno says why not. */
static int watch(hg_api_server *server)
{
    if (pipe(server->stop) != 0 || !prepare(server->stop[0]) || !prepare(server->stop[1]))
        return 0;
    server->ready = hg_ready_new((size_t)server->most_clients + OWN_ENDS);
    return server->ready != NULL && hg_ready_add(server->ready, server->stop[0], server->stop) &&
           hg_ready_add(server->ready, server->listener, &server->listener);
}

hg_status hg_api_server_start(hg_hosts *hosts, int listener, int wake, uint32_t most_clients, hg_api_server **out,
                              hg_error *error)
{
    *out = NULL;
    if (most_clients == 0)
        return hg_fail(error, HG_E_ARGUMENT, "a server for no clients");
    hg_api_server *server = new_server(hosts, listener, wake, most_clients);
    if (server == NULL)
        return hg_fail(error, HG_E_MEMORY, "no memory for %u clients", most_clients);
    errno = ENOMEM; /* unless a call of the system says something else */
    int failed = watch(server) ? 0 : errno;
    if (failed == 0)
        failed = hg_thread_start(&server->thread, serve, server);
    if (failed != 0) {
        destroy(server);
        errno = failed;
        return hg_fail(error, HG_E_IO, "clients cannot be served");
    }
    *out = server;
    return HG_OK;
}

void hg_api_server_stop(hg_api_server *server, hg_api_counts *counts)
{
    if (server->owner == getpid()) { /* a forked process shares the pipe, and has no thread */
        (void)!write(server->stop[1], "", 1);
        pthread_join(server->thread, NULL);
    }
    *counts = server->counts;
    counts->clients = 0;
    destroy(server);
}
