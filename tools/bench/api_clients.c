/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * Clients of p0f's API that ask at a steady rate:
 *
 *     api_clients SOCKET CLIENTS QUERIES_PER_SECOND SECONDS ADDRESSES
 *
 * Each asks for 10.0.0.1 and as many after it in turn, and waits for its answer before it asks again. A
 * query counts from the moment it was due, so that one slow answer is not hidden by what it held up.
 * Prints: answers, percentiles 50 and 99 and the maximum in microseconds, its processor seconds.
 */
#define _GNU_SOURCE 1
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum { MOST_CLIENTS = 1000, ANSWER = 232, MOST_TIMES = 1 << 22 };

struct client {
    double due;
    int waits;
};

static struct client clients[MOST_CLIENTS];
static struct pollfd ends[MOST_CLIENTS];
static float times[MOST_TIMES];
static size_t answers;
static uint32_t addresses, next_address;

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void fail(const char *what)
{
    perror(what);
    exit(1);
}

static int connected(const char *path)
{
    struct sockaddr_un where = {.sun_family = AF_UNIX};
    int end = socket(AF_UNIX, SOCK_STREAM, 0);
    strncpy(where.sun_path, path, sizeof where.sun_path - 1);
    if (end < 0 || connect(end, (struct sockaddr *)&where, sizeof where) != 0) {
        fail("connect");
    }
    return end;
}

static void ask(struct client *client, int end)
{
    uint8_t query[21] = {0};
    uint32_t magic = 0x50304601u, address = htonl(0x0A000001u + next_address++ % addresses);
    memcpy(query, &magic, sizeof magic);
    query[4] = 4;
    memcpy(query + 5, &address, sizeof address);
    if (send(end, query, sizeof query, MSG_NOSIGNAL) != sizeof query) {
        fail("send");
    }
    client->waits = 1;
}

static void take(struct client *client, int end, double interval)
{
    uint8_t answer[1024];
    uint32_t status;
    if (recv(end, answer, sizeof answer, 0) != ANSWER) {
        fail("recv: not 232 bytes");
    }
    memcpy(&status, answer + 4, sizeof status);
    if (status != 0x10 && status != 0x20) {
        fail("a bad answer");
    }
    if (answers < MOST_TIMES) {
        times[answers++] = (float)((now() - client->due) * 1e6);
    }
    client->due += interval;
    client->waits = 0;
}

static int by_size(const void *one, const void *other)
{
    float a = *(const float *)one, b = *(const float *)other;
    return (a > b) - (a < b);
}

int main(int argc, char **argv)
{
    if (argc != 6) {
        return 2;
    }
    nfds_t count = (nfds_t)strtoul(argv[2], NULL, 10);
    double interval = (double)count / strtod(argv[3], NULL), begin = now() + 0.1;
    double until = begin + strtod(argv[4], NULL);
    addresses = (uint32_t)strtoul(argv[5], NULL, 10);
    for (nfds_t i = 0; i < count; i++) {
        ends[i] = (struct pollfd){.fd = connected(argv[1]), .events = POLLIN};
        clients[i].due = begin + interval * (double)i / (double)count;
    }
    for (double time = now(); time < until; time = now()) {
        double soonest = until;
        for (nfds_t i = 0; i < count; i++) {
            if (!clients[i].waits && clients[i].due <= time) {
                ask(&clients[i], ends[i].fd);
            }
            if (!clients[i].waits && clients[i].due < soonest) {
                soonest = clients[i].due;
            }
        }
        double left = soonest - now();
        struct timespec pause = {.tv_nsec = left > 0.5 ? 500000000 : left > 0 ? (long)(left * 1e9) : 0};
        if (ppoll(ends, count, &pause, NULL) < 0) {
            fail("ppoll");
        }
        for (nfds_t i = 0; i < count; i++) {
            if (ends[i].revents != 0) {
                take(&clients[i], ends[i].fd, interval);
            }
        }
    }
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    qsort(times, answers, sizeof *times, by_size);
    if (answers == 0) {
        fail("no answer");
    }
    printf("%zu %.0f %.0f %.0f %.2f\n", answers, times[answers / 2], times[answers - 1 - answers / 100], times[answers - 1],
           (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) + (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6);
    return 0;
}
