/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * askers.c - asks a capture at a steady rate, over connections that stay open:
 *
 *     askers SOCKET LINES RATE SECONDS ADDRESSES            through p0f's API, about ADDRESSES addresses in turn
 *     askers SOCKET LINES RATE SECONDS INTERFACE FRAMES     about connections that it opens itself
 *
 * FRAMES is a file with the frames of one connection, each after its length in two bytes (little-endian). Each connection
 * gets its own client address in them. There are three phases of SECONDS each: connections without questions; new
 * connections, with a question (wait=200) when the frames of each are sent; questions about these connections again.
 * After each phase a line is printed: number, answers, answers with a JA4, p50, p99 and maximum in microseconds from the
 * time when each was due (for new connections from the first frame) to the answer, seconds, and own processor seconds so
 * far.
 */
#define _GNU_SOURCE 1
#include <arpa/inet.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum { MOST_LINES = 128, QUERY = 21, ANSWER = 232, MOST_FRAMES = 8, MOST_FRAME = 1514, SOURCE = 26, MOST_ANSWER = 65536, DRAIN_S = 6 };

static struct {
    uint8_t bytes[MOST_FRAME];
    uint16_t length;
} frames[MOST_FRAMES];
static int frame_count, out, queue;
static uint32_t line_count, addresses; /* for p0f's API; 0: the other API */

/* A connection to the capture; it handles one question at a time. */
static struct line {
    int end;
    int is_busy;
    uint32_t number;
    size_t held;
    char answer[MOST_ANSWER + 1];
} lines[MOST_LINES];

/* For each connection the start and the time until the answer; below 0: there was no answer. */
static double *began, *took;
static uint32_t answered, with_ja4;

static void require(int condition, const char *what)
{
    if (condition)
        return;
    perror(what);
    exit(1);
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void read_frames(const char *path)
{
    FILE *file = fopen(path, "rb");
    uint8_t length[2];
    require(file != NULL, path);
    while (frame_count < MOST_FRAMES && fread(length, 1, 2, file) == 2) {
        frames[frame_count].length = (uint16_t)(length[0] | length[1] << 8);
        require(frames[frame_count].length <= MOST_FRAME, "a frame is too long");
        require(fread(frames[frame_count].bytes, 1, frames[frame_count].length, file) == frames[frame_count].length, path);
        frame_count++;
    }
    fclose(file);
}

static void open_interface(const char *name)
{
    struct sockaddr_ll address = {
        .sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL), .sll_ifindex = (int)if_nametoindex(name)};
    out = socket(AF_PACKET, SOCK_RAW, 0);
    require(out >= 0 && bind(out, (struct sockaddr *)&address, sizeof address) == 0, name);
}

static void open_lines(const char *path)
{
    struct sockaddr_un where = {.sun_family = AF_UNIX};
    strncpy(where.sun_path, path, sizeof where.sun_path - 1);
    queue = epoll_create1(0);
    for (uint32_t i = 0; i < line_count; i++) {
        struct epoll_event event = {.events = EPOLLIN, .data.u32 = i};
        lines[i].end = socket(AF_UNIX, SOCK_STREAM, 0);
        require(connect(lines[i].end, (struct sockaddr *)&where, sizeof where) == 0, path);
        epoll_ctl(queue, EPOLL_CTL_ADD, lines[i].end, &event);
    }
}

/* The address 10.x.y.z of a connection. */
static uint32_t client_of(uint32_t number)
{
    return 0x0A000000u | ((number * 2654435761u) >> 8);
}

static void send_frames(uint32_t number)
{
    const uint32_t client = htonl(client_of(number));
    for (int i = 0; i < frame_count; i++) {
        memcpy(frames[i].bytes + SOURCE, &client, sizeof client);
        require(send(out, frames[i].bytes, frames[i].length, 0) > 0, "send");
    }
}

static size_t put_query(char *out_at, uint32_t number)
{
    const uint32_t magic = 0x50304601u, address = htonl(0x0A000001u + number % addresses);
    memset(out_at, 0, QUERY);
    memcpy(out_at, &magic, sizeof magic);
    out_at[4] = 4;
    memcpy(out_at + 5, &address, sizeof address);
    return QUERY;
}

static size_t put_request(char *out_at, size_t room, uint32_t number, int wait_ms)
{
    const uint32_t client = client_of(number);
    return (size_t)snprintf(out_at, room,
                            "GET /connection?client=%u.%u.%u.%u:40000&server=198.51.100.2:443&wait=%d HTTP/1.1\r\nHost: x\r\n"
                            "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\r\n\r\n",
                            client >> 24, client >> 16 & 255, client >> 8 & 255, client & 255, wait_ms);
}

static void ask(struct line *line, uint32_t number, int wait_ms)
{
    char text[512];
    const size_t length = addresses > 0 ? put_query(text, number) : put_request(text, sizeof text, number, wait_ms);
    line->is_busy = 1;
    line->number = number;
    line->held = 0;
    require(send(line->end, text, length, MSG_NOSIGNAL) == (ssize_t)length, "ask");
}

/* Whether the answer is complete. */
static int is_whole(struct line *line)
{
    if (addresses > 0)
        return line->held >= ANSWER;
    line->answer[line->held] = 0;
    const char *end = strstr(line->answer, "\r\n\r\n"), *length = strstr(line->answer, "Content-Length: ");
    return end != NULL && length != NULL &&
           line->held >= (size_t)(end + 4 - line->answer) + strtoul(length + 16, NULL, 10);
}

static void take(struct line *line)
{
    const ssize_t more = recv(line->end, line->answer + line->held, MOST_ANSWER - line->held, 0);
    require(more > 0, "an answer");
    line->held += (size_t)more;
    if (!is_whole(line))
        return;
    took[line->number] = now() - began[line->number];
    answered += addresses > 0 ? (line->answer[4] & ~0x30) == 0 : strncmp(line->answer, "HTTP/1.1 200 ", 13) == 0;
    with_ja4 += strstr(line->answer, "\r\nHuginn-JA4: ") != NULL;
    line->is_busy = 0;
}

/* Sleeps until that time or until an answer comes. A spinning process would keep a core from the capture for a tick of
 * the kernel, up to 4 ms. */
static void attend(double until)
{
    struct epoll_event events[MOST_LINES];
    struct pollfd any = {.fd = queue, .events = POLLIN};
    const double left = until - now();
    const struct timespec time = {.tv_sec = (time_t)left, .tv_nsec = (long)((left - (double)(time_t)left) * 1e9)};
    if (left > 0)
        ppoll(&any, 1, &time, NULL);
    const int count = epoll_wait(queue, events, MOST_LINES, 0);
    for (int i = 0; i < count; i++)
        take(lines + events[i].data.u32);
}

static struct line *free_line(void)
{
    for (uint32_t i = 0; i < line_count; i++)
        if (!lines[i].is_busy)
            return lines + i;
    return NULL;
}

static int compare(const void *one, const void *other)
{
    const double a = *(const double *)one, b = *(const double *)other;
    return (a > b) - (a < b);
}

static void report(const char *kind, uint32_t count, double seconds)
{
    uint32_t first = 0;
    qsort(took, count, sizeof *took, compare);
    while (first < count && took[first] < 0)
        first++;
    const uint32_t there = count - first;
    const double *times = took + first;
    require(there > 0, "no answer");
    printf("%s %u %u %u %.0f %.0f %.0f %.2f %.2f\n", kind, count, answered, with_ja4, times[there / 2] * 1e6,
           times[(uint64_t)there * 99 / 100] * 1e6, times[there - 1] * 1e6, seconds, (double)clock() / CLOCKS_PER_SEC);
    answered = with_ja4 = 0;
}

/* Asks all questions of a kind, evenly at the rate. A question waits if no line is free, and the wait counts. */
static void run(const char *kind, uint32_t count, double rate, int is_new)
{
    const double start = now();
    uint32_t opened = 0, asked = 0;
    for (uint32_t i = 0; i < count; i++)
        took[i] = -1;
    while (answered < count && now() < start + count / rate + DRAIN_S) {
        for (; opened < count && now() >= start + opened / rate; opened++) {
            began[opened] = now();
            if (is_new)
                send_frames(opened);
        }
        for (struct line *line; asked < opened && (line = free_line()) != NULL; asked++)
            ask(line, asked, is_new ? 200 : 0);
        attend(opened < count ? start + opened / rate : now() + 0.05);
    }
    report(kind, count, now() - start);
}

/* Opens connections at the rate, without questions. */
static void run_unasked(uint32_t count, double rate)
{
    const double start = now();
    for (uint32_t i = 0; i < count; i++) {
        const double ahead = start + i / rate - now();
        if (ahead > 0.00005)
            usleep((useconds_t)(ahead * 1e6));
        send_frames(count + i);
    }
    printf("unasked %u 0 0 0 0 0 %.2f 0\n", count, now() - start);
}

int main(int argc, char **argv)
{
    require(argc == 6 || argc == 7, "usage: askers SOCKET LINES RATE SECONDS ADDRESSES | INTERFACE FRAMES");
    const double rate = strtod(argv[3], NULL);
    const uint32_t count = (uint32_t)(rate * strtod(argv[4], NULL));
    line_count = (uint32_t)strtoul(argv[2], NULL, 10);
    began = calloc(count, sizeof *began);
    took = calloc(count, sizeof *took);
    require(began != NULL && took != NULL && count > 0 && line_count <= MOST_LINES, "memory");
    open_lines(argv[1]);
    setvbuf(stdout, NULL, _IOLBF, 0);
    if (argc == 6) {
        addresses = (uint32_t)strtoul(argv[5], NULL, 10);
    } else {
        read_frames(argv[6]);
        open_interface(argv[5]);
        run_unasked(count, rate);
        run("new", count, rate, 1);
    }
    run("known", count, rate, 0);
    return 0;
}
