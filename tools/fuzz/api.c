/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * api.c - clients of p0f's API that behave in every way, in a kernel made up here.
 *
 * Input: the number of places, what fails at the start, then steps (enum step) of two bytes and more: which
 * client does what before the server's thread looks again at what is ready. That thread is a call here.
 *
 * Whatever comes in whatever pieces, each query of a client has its answer, in order, and that is what the
 * record of the host says; a `{` gives the client away with all that it sent since; nobody is left early;
 * and every descriptor is closed once.
 */
#define _GNU_SOURCE

#include "inventory.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { LISTENER = 1000, WAKE, QUEUE, STOP_READ, STOP_WRITE, FIRST_CLIENT };
enum { CLIENTS = 10, SAYS = 2048, MOST_ROOM = 1 << 20, MOST_TURNS = 2000, HOST_ROWS = 64 };
enum { OWN_ENDS = STOP_WRITE + 1 - QUEUE };

typedef enum step {
    CONNECT = 0,
    SAY = 1,
    TAKE = 2, /* what room there is for answers from now on */
    SHUT = 3, /* it says no more */
    VANISH = 4,
    OTHER_SIDE = 5, /* takes a client that was given away, or leaves one */
    FAIL = 6,       /* what of the system fails next, or a time that passes */
    PIECES = 7,     /* how much one read gives */
    STEPS = 8
} step;

typedef enum failure {
    OF_ACCEPT = 1,
    OF_FCNTL = 2,
    OF_WATCH = 4,
    OF_WAIT = 8,
    OF_READ = 16,
    OF_PIPE = 32,
    OF_QUEUE = 64,
    OF_THREAD = 128
} failure;

/* A descriptor in the queue. */
typedef struct watch {
    void *user;
    uint32_t events; /* 0: it is not watched */
} watch;

typedef enum state {
    NOBODY = 0,
    KNOCKS = 1,
    SERVED = 2,
    GIVEN = 3, /* to the other side */
    LEFT = 4
} state;

typedef struct client {
    state state;
    int may_be_left; /* for lack of room, or a failure */
    int has_shut;
    int is_gone;
    uint32_t room;
    uint32_t says_bytes; /* sent so far */
    uint32_t read_bytes; /* of it that were read */
    uint32_t answer_bytes; /* of all answers that it got */
    uint32_t answered;     /* answers of which some was sent, or would have been */
    int64_t asked_ns;
    uint8_t says[SAYS];
    uint8_t answer[HG_ANSWER_BYTES];
    watch watch;
} client;

static struct world {
    fuzz_input script;
    hg_hosts *hosts;
    hg_api_server *server;
    void *(*run)(void *);
    void *argument;
    client clients[CLIENTS];
    watch listener, stop;
    int is_on; /* calls of the system are of here */
    int is_ending;
    int is_open[OWN_ENDS];
    uint32_t turns;
    uint32_t failures; /* bits of `failure` that happen once */
    int number;        /* errno of them */
    uint32_t most_read;
    uint32_t places, taken, turned_away;
    uint64_t woken, given;
    int64_t now_ns;
} world;

/* ---- clients ----------------------------------------------------------------------------------- */

/* Of what was read, the bytes of queries that get an answer. */
static uint32_t asked_bytes(const client *one)
{
    uint32_t at = 0;
    while (one->read_bytes - at >= HG_QUERY_BYTES && one->says[at] != '{')
        at += HG_QUERY_BYTES;
    return at;
}

static uint32_t due_bytes(const client *one)
{
    return asked_bytes(one) / HG_QUERY_BYTES * HG_ANSWER_BYTES;
}

static int is_to_be_given(const client *one)
{
    const uint32_t at = asked_bytes(one);
    return at < one->read_bytes && one->says[at] == '{';
}

static client *client_of(int descriptor)
{
    FUZZ_CHECK(descriptor >= FIRST_CLIENT && descriptor < FIRST_CLIENT + CLIENTS);
    return world.clients + (descriptor - FIRST_CLIENT);
}

static int fails(failure what)
{
    if ((world.failures & what) == 0)
        return 0;
    world.failures &= ~(uint32_t)what;
    errno = world.number;
    return 1;
}

static void say(client *one, const uint8_t *bytes, size_t length)
{
    if (one->has_shut || one->is_gone || length > SAYS - one->says_bytes)
        return;
    memcpy(one->says + one->says_bytes, bytes, length);
    one->says_bytes += (uint32_t)length;
}

/* Queries of hosts that are known and that are not, as IPv6 too, with a wrong head, alone and many, cut; JSON; or
 * anything. */
static void say_something(client *one, uint8_t what)
{
    uint8_t query[HG_QUERY_BYTES], raw[256], address[16] = {0};
    const uint8_t version = (what & 8) != 0 ? 4 : 6;
    address[version == 4 ? 3 : 15] = what >> 4;
    fuzz_query(query, address, version);
    if ((what & 7) == 1) {
        memcpy(query + 5, "\0\0\0\0\0\0\0\0\0\0\xff\xff\0\0\0", 16);
        query[20] = what >> 4;
        query[4] = 6;
    } else if ((what & 7) == 2) {
        query[what >> 5] ^= 1;
    }
    if ((what & 7) == 3)
        say(one, (const uint8_t *)"{\"query\":1}\n", 12);
    else if ((what & 7) == 4)
        say(one, query, what >> 4);
    else if ((what & 7) == 5)
        say(one, query + (what >> 4), HG_QUERY_BYTES - (what >> 4));
    for (uint8_t i = 0; (what & 7) == 6 && i <= what >> 3; i++)
        say(one, query, sizeof query);
    if ((what & 7) == 7) {
        fuzz_take(&world.script, raw, what >> 3);
        say(one, raw, what >> 3);
    } else if ((what & 7) < 3) {
        say(one, query, sizeof query);
    }
}

/* ---- the other side ---------------------------------------------------------------------------- */

static void take_given(void)
{
    uint8_t rest[HG_API_REST_BYTES];
    size_t length = 0;
    const int end = hg_api_server_next(world.server, rest, &length);
    if (end < 0) {
        FUZZ_CHECK(world.given == 0);
        return;
    }
    client *one = client_of(end);
    const uint32_t at = asked_bytes(one);
    FUZZ_CHECK(one->state == SERVED && is_to_be_given(one) && one->answer_bytes == due_bytes(one));
    FUZZ_CHECK(length == one->read_bytes - at && memcmp(rest, one->says + at, length) == 0);
    one->state = GIVEN;
    world.given--;
}

static void leave_given(client *one)
{
    if (one->state != GIVEN)
        return;
    one->state = LEFT;
    world.taken--;
    hg_api_server_left(world.server);
}

static void check_counts(const hg_api_counts *counts)
{
    uint64_t answered = 0, most = 0;
    for (const client *one = world.clients; one < world.clients + CLIENTS; one++) {
        answered += one->answer_bytes / HG_ANSWER_BYTES;
        most += asked_bytes(one) / HG_QUERY_BYTES;
    }
    FUZZ_CHECK(counts->answered >= answered && counts->answered <= most);
    FUZZ_CHECK(counts->turned_away + counts->idle == world.turned_away);
}

static void count(void)
{
    hg_api_counts counts;
    hg_api_server_count(world.server, &counts);
    check_counts(&counts);
    FUZZ_CHECK(counts.clients == world.taken && counts.clients <= world.places);
}

static void act(void)
{
    static const int numbers[8] = {EMFILE, ENOMEM, EINTR, ECONNABORTED, EAGAIN, EWOULDBLOCK, ENOBUFS, EIO};
    uint8_t head[2];
    fuzz_take(&world.script, head, sizeof head);
    client *one = world.clients + (head[0] / STEPS) % CLIENTS;
    switch ((step)(head[0] % STEPS)) {
    case CONNECT:
        if (one->state == NOBODY)
            *one = (client){.state = KNOCKS, .room = MOST_ROOM};
        break;
    case SAY:
        say_something(one, head[1]);
        break;
    case TAKE:
        one->room = head[1] == 255 ? MOST_ROOM : head[1] * 2u;
        break;
    case SHUT:
        one->has_shut = 1;
        break;
    case VANISH:
        one->is_gone = 1;
        break;
    case OTHER_SIDE:
        if (head[1] % 2 == 0)
            take_given();
        else
            leave_given(one);
        count();
        break;
    case FAIL:
        world.failures = head[1] & (OF_PIPE - 1);
        world.number = numbers[head[0] / STEPS % 8];
        world.now_ns += (head[1] >> 5) * INT64_C(30000000);
        break;
    case PIECES:
        world.most_read = head[1] == 0 ? UINT32_MAX : head[1];
        break;
    case STEPS:
        break;
    }
}

/* ---- what is ready ----------------------------------------------------------------------------- */

static int is_full(void)
{
    return world.taken == world.places;
}

static int someone_knocks(void)
{
    for (const client *one = world.clients; one < world.clients + CLIENTS; one++)
        if (one->state == KNOCKS)
            return 1;
    return 0;
}

static void note(struct epoll_event *events, int most, int *count, const watch *of)
{
    if (*count < most)
        events[(*count)++].data.ptr = of->user;
}

static uint32_t readiness(const client *one)
{
    const uint32_t in = one->says_bytes > one->read_bytes || one->has_shut || one->is_gone ? EPOLLIN : 0;
    return in | (one->room > 0 || one->is_gone ? EPOLLOUT : 0);
}

static int fill_ready(struct epoll_event *events, int most)
{
    int count = 0;
    for (const client *one = world.clients; one < world.clients + CLIENTS; one++)
        if ((one->watch.events & readiness(one)) != 0 || (one->watch.events != 0 && one->is_gone))
            note(events, most, &count, &one->watch);
    if (world.listener.events != 0 && someone_knocks())
        note(events, most, &count, &world.listener);
    return count;
}

/* Nothing more can happen: all that can be answered was. */
static void check_rest(void)
{
    uint64_t given = 0;
    for (const client *one = world.clients; one < world.clients + CLIENTS; one++) {
        FUZZ_CHECK(one->state != KNOCKS);
        if (one->state != SERVED)
            continue;
        const int is_given = is_to_be_given(one);
        given += (uint64_t)is_given;
        FUZZ_CHECK(is_given || (!one->is_gone && !one->has_shut && one->read_bytes == one->says_bytes));
        FUZZ_CHECK(one->answer_bytes == due_bytes(one));
    }
    FUZZ_CHECK(world.given == given && world.woken >= given);
    count();
}

/* Nothing fails any more, and there is room; until all is done. */
static void begin_end(void)
{
    world.is_ending = 1;
    world.failures = 0;
    world.most_read = UINT32_MAX;
    for (client *one = world.clients; one < world.clients + CLIENTS; one++)
        one->room = MOST_ROOM;
}

/* ---- the kernel -------------------------------------------------------------------------------- */

int __wrap_epoll_create1(int flags);
int __wrap_epoll_ctl(int queue, int operation, int descriptor, struct epoll_event *event);
int __wrap_epoll_wait(int queue, struct epoll_event *events, int most, int limit_ms);
/* Whoever finds all places taken is turned away, or gets that of a client that is idle. */
static void let_idle_leave(void)
{
    for (client *one = world.clients; one < world.clients + CLIENTS; one++)
        one->may_be_left |= one->state == SERVED && world.now_ns - one->asked_ns >= HG_API_IDLE_MS * INT64_C(1000000);
}

int __wrap_accept(int listener, struct sockaddr *address, socklen_t *length);
ssize_t __wrap_recv(int descriptor, void *out, size_t bytes, int flags);
ssize_t __wrap_send(int descriptor, const void *data, size_t bytes, int flags);
int __wrap_fcntl(int descriptor, int command, ...);
int __real_fcntl(int descriptor, int command, ...);
int __wrap_pipe(int ends[2]);
int __real_pipe(int ends[2]);
ssize_t __wrap_write(int descriptor, const void *data, size_t bytes);
ssize_t __real_write(int descriptor, const void *data, size_t bytes);
int __wrap_close(int descriptor);
int __real_close(int descriptor);
int __wrap_nanosleep(const struct timespec *wanted, struct timespec *left);
int __real_nanosleep(const struct timespec *wanted, struct timespec *left);
int __wrap_clock_gettime(clockid_t clock, struct timespec *out);
int __real_clock_gettime(clockid_t clock, struct timespec *out);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *how, void *(*run)(void *), void *argument);
int __real_pthread_create(pthread_t *thread, const pthread_attr_t *how, void *(*run)(void *), void *argument);
int __wrap_pthread_join(pthread_t thread, void **out);
int __real_pthread_join(pthread_t thread, void **out);

int __wrap_epoll_create1(int flags)
{
    FUZZ_CHECK(flags == EPOLL_CLOEXEC);
    if (fails(OF_QUEUE))
        return -1;
    world.is_open[0] = 1;
    return QUEUE;
}

static watch *watch_of(int descriptor)
{
    return descriptor == LISTENER    ? &world.listener
           : descriptor == STOP_READ ? &world.stop
                                     : &client_of(descriptor)->watch;
}

int __wrap_epoll_ctl(int queue, int operation, int descriptor, struct epoll_event *event)
{
    watch *of = watch_of(descriptor);
    FUZZ_CHECK(queue == QUEUE && world.is_open[0]);
    if (operation == EPOLL_CTL_ADD && fails(OF_WATCH)) {
        if (descriptor >= FIRST_CLIENT)
            client_of(descriptor)->may_be_left = 1;
        return -1;
    }
    FUZZ_CHECK((operation == EPOLL_CTL_ADD) == (of->events == 0) || operation == EPOLL_CTL_DEL);
    *of = operation == EPOLL_CTL_DEL ? (watch){0} : (watch){event->data.ptr, event->events};
    return 0;
}

int __wrap_epoll_wait(int queue, struct epoll_event *events, int most, int limit_ms)
{
    FUZZ_CHECK(queue == QUEUE && most > 0 && limit_ms > 0 && limit_ms <= 1000);
    FUZZ_CHECK(++world.turns < MOST_TURNS); /* else it runs in a circle */
    if (world.script.left > 0)
        act();
    else if (!world.is_ending)
        begin_end();
    if (fails(OF_WAIT))
        return -1;
    const int count = fill_ready(events, most);
    if (count > 0)
        return count;
    world.now_ns += limit_ms * INT64_C(1000000);
    if (!world.is_ending || someone_knocks())
        return 0;
    check_rest();
    events[0].data.ptr = world.stop.user;
    return 1;
}

int __wrap_accept(int listener, struct sockaddr *address, socklen_t *length)
{
    client *one = world.clients;
    FUZZ_CHECK(listener == LISTENER && address == NULL && length == NULL);
    if (fails(OF_ACCEPT))
        return -1;
    while (one < world.clients + CLIENTS && one->state != KNOCKS)
        one++;
    FUZZ_CHECK(one < world.clients + CLIENTS);
    if (is_full())
        let_idle_leave();
    one->state = SERVED;
    one->asked_ns = world.now_ns;
    one->may_be_left = is_full();
    world.turned_away += (uint32_t)is_full();
    world.taken++; /* till it is closed */
    return (int)(one - world.clients) + FIRST_CLIENT;
}

ssize_t __wrap_recv(int descriptor, void *out, size_t bytes, int flags)
{
    client *one = client_of(descriptor);
    FUZZ_CHECK(one->state == SERVED && bytes > 0 && flags == 0);
    FUZZ_CHECK(!is_to_be_given(one) && one->answer_bytes == due_bytes(one));
    errno = ECONNRESET;
    if (one->is_gone)
        return -1;
    if (fails(OF_READ)) {
        one->may_be_left = world.number != EINTR && world.number != EAGAIN;
        return -1;
    }
    uint32_t there = one->says_bytes - one->read_bytes;
    errno = EAGAIN;
    if (there == 0)
        return one->has_shut ? 0 : -1;
    there = there < world.most_read ? there : world.most_read;
    there = there < bytes ? there : (uint32_t)bytes;
    memcpy(out, one->says + one->read_bytes, there);
    one->read_bytes += there;
    return there;
}

ssize_t __wrap_send(int descriptor, const void *data, size_t bytes, int flags)
{
    client *one = client_of(descriptor);
    const uint32_t at = one->answer_bytes % HG_ANSWER_BYTES;
    FUZZ_CHECK(one->state == SERVED && bytes == HG_ANSWER_BYTES - at && flags == MSG_NOSIGNAL);
    FUZZ_CHECK(one->answer_bytes < due_bytes(one));
    if (one->answered == one->answer_bytes / HG_ANSWER_BYTES) {
        one->answered++;
        one->asked_ns = world.now_ns;
    }
    errno = one->is_gone ? EPIPE : EAGAIN;
    if (one->is_gone || one->room == 0)
        return -1;
    const uint32_t sent = bytes < one->room ? (uint32_t)bytes : one->room;
    memcpy(one->answer + at, data, sent);
    one->room -= sent;
    one->answer_bytes += sent;
    if (at + sent == HG_ANSWER_BYTES) {
        const uint32_t number = one->answer_bytes / HG_ANSWER_BYTES - 1;
        fuzz_check_answer(world.hosts, one->says + (size_t)number * HG_QUERY_BYTES, one->answer);
    }
    return sent;
}

static int set_flags(int descriptor, int command, int argument)
{
    FUZZ_CHECK(command == F_SETFD ? argument == FD_CLOEXEC : command == F_SETFL && argument == O_NONBLOCK);
    if (!fails(OF_FCNTL))
        return 0;
    if (descriptor >= FIRST_CLIENT)
        client_of(descriptor)->may_be_left = 1;
    return -1;
}

int __wrap_fcntl(int descriptor, int command, ...)
{
    va_list more;
    va_start(more, command);
    const int result = world.is_on ? set_flags(descriptor, command, va_arg(more, int))
                                   : __real_fcntl(descriptor, command, va_arg(more, void *));
    va_end(more);
    return result;
}

int __wrap_pipe(int ends[2])
{
    if (!world.is_on)
        return __real_pipe(ends);
    if (fails(OF_PIPE))
        return -1;
    ends[0] = STOP_READ;
    ends[1] = STOP_WRITE;
    world.is_open[STOP_READ - QUEUE] = world.is_open[STOP_WRITE - QUEUE] = 1;
    return 0;
}

ssize_t __wrap_write(int descriptor, const void *data, size_t bytes)
{
    if (descriptor != WAKE && descriptor != STOP_WRITE)
        return __real_write(descriptor, data, bytes);
    world.woken += descriptor == WAKE;
    world.given += descriptor == WAKE;
    return (ssize_t)bytes;
}

/* A client is left that may not be served, that is gone, or that has sent all and has its answers. */
static void close_client(client *one)
{
    const int has_all = one->has_shut && one->read_bytes == one->says_bytes && one->answer_bytes == due_bytes(one);
    FUZZ_CHECK(one->state == SERVED && one->watch.events == 0);
    FUZZ_CHECK(one->may_be_left || one->is_gone || (has_all && !is_to_be_given(one)));
    one->state = LEFT;
    world.taken--;
}

int __wrap_close(int descriptor)
{
    if (descriptor < LISTENER || descriptor >= FIRST_CLIENT + CLIENTS)
        return __real_close(descriptor);
    if (descriptor >= FIRST_CLIENT) {
        if (world.server != NULL) { /* else all that are there are closed */
            close_client(client_of(descriptor));
        } else {
            FUZZ_CHECK(client_of(descriptor)->state == SERVED);
            client_of(descriptor)->state = LEFT;
        }
        return 0;
    }
    FUZZ_CHECK(descriptor >= QUEUE && world.is_open[descriptor - QUEUE]);
    world.is_open[descriptor - QUEUE] = 0;
    return 0;
}

int __wrap_nanosleep(const struct timespec *wanted, struct timespec *left)
{
    return world.is_on ? 0 : __real_nanosleep(wanted, left);
}

int __wrap_clock_gettime(clockid_t clock, struct timespec *out)
{
    if (!world.is_on || clock != CLOCK_MONOTONIC)
        return __real_clock_gettime(clock, out);
    *out = (struct timespec){.tv_sec = world.now_ns / 1000000000, .tv_nsec = world.now_ns % 1000000000};
    return 0;
}

int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *how, void *(*run)(void *), void *argument)
{
    if (!world.is_on)
        return __real_pthread_create(thread, how, run, argument);
    if (fails(OF_THREAD))
        return EAGAIN;
    world.run = run;
    world.argument = argument;
    return 0;
}

/* The thread: it ends when check_rest has seen that nothing is left to be done. */
int __wrap_pthread_join(pthread_t thread, void **out)
{
    if (!world.is_on)
        return __real_pthread_join(thread, out);
    world.run(world.argument);
    world.server = NULL;
    return 0;
}

/* ---- one run ----------------------------------------------------------------------------------- */

/* The same hosts for all inputs, of rows of any content. */
static hg_hosts *some_hosts(void)
{
    static hg_hosts *hosts;
    static uint8_t bytes[HOST_ROWS * 512];
    hg_batch batch;
    hg_error error;
    if (hosts != NULL)
        return hosts;
    for (uint32_t i = 0, state = 1; i < sizeof bytes; i++)
        bytes[i] = (uint8_t)((state = state * 1103515245u + 12345) >> 16);
    fuzz_input input = {bytes, sizeof bytes};
    fuzz_batch_make(&batch, HOST_ROWS);
    batch.text_count = FUZZ_WORD;
    memset(batch.texts, 0, FUZZ_WORD);
    FUZZ_CHECK(hg_hosts_new(HOST_ROWS, 0, 7, &hosts, &error) == HG_OK);
    FUZZ_CHECK(hg_hosts_use(hosts, hg_database_default(), &error) == HG_OK);
    for (uint32_t row = 0; row < HOST_ROWS; row++)
        fuzz_take_row(&input, &batch, row, &hg_database_default()->tables);
    fuzz_place_rows(&batch, HOST_ROWS);
    fuzz_add(hosts, &batch);
    fuzz_batch_free(&batch);
    return hosts;
}

static void serve(void)
{
    hg_error error;
    hg_api_counts counts;
    const int is_to_fail = world.failures != 0;
    hg_status status =
        hg_api_server_start(world.hosts, LISTENER, WAKE, world.places, &world.server, &error);
    FUZZ_CHECK(status == (world.places == 0 ? HG_E_ARGUMENT : is_to_fail ? HG_E_IO : HG_OK));
    FUZZ_CHECK((status == HG_OK) == (world.server != NULL));
    if (status != HG_OK)
        return;
    hg_api_server_stop(world.server, &counts);
    check_counts(&counts);
    FUZZ_CHECK(counts.clients == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    hg_hosts *hosts = some_hosts();
    world = (struct world){.script = {data, size}, .hosts = hosts, .most_read = UINT32_MAX, .now_ns = 1};
    world.places = fuzz_byte(&world.script) % (CLIENTS + 1);
    const uint8_t start = fuzz_byte(&world.script);
    world.failures = start % 4 == 3 ? (1u << (start >> 2) % 8) & (OF_FCNTL | OF_WATCH | OF_PIPE | OF_QUEUE | OF_THREAD) : 0;
    world.number = EMFILE;
    world.is_on = 1;
    serve();
    world.is_on = 0;
    for (int i = 0; i < OWN_ENDS; i++)
        FUZZ_CHECK(!world.is_open[i]);
    for (const client *one = world.clients; one < world.clients + CLIENTS; one++)
        FUZZ_CHECK(one->state != SERVED);
    return 0;
}
