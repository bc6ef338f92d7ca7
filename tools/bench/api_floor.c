/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * Answers every query of p0f's API at once with "unknown host": nothing can answer sooner.
 *
 *     api_floor SOCKET
 */
#define _GNU_SOURCE 1
#include <stdint.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { MOST = 64, QUERY = 21, ANSWER = 58 /* words */ };

static void watch(int queue, int end)
{
    struct epoll_event event = {.events = EPOLLIN, .data.fd = end};
    epoll_ctl(queue, EPOLL_CTL_ADD, end, &event);
}

static void attend(int end)
{
    static const uint32_t answer[ANSWER] = {0x50304602u, 0x20};
    uint8_t query[QUERY];
    if (recv(end, query, sizeof query, 0) != QUERY || send(end, answer, sizeof answer, MSG_NOSIGNAL) < 0)
        close(end);
}

int main(int argc, char **argv)
{
    struct sockaddr_un where = {.sun_family = AF_UNIX};
    struct epoll_event events[MOST];
    int listener = socket(AF_UNIX, SOCK_STREAM, 0), queue = epoll_create1(0);
    if (argc != 2)
        return 2;
    strncpy(where.sun_path, argv[1], sizeof where.sun_path - 1);
    if (bind(listener, (struct sockaddr *)&where, sizeof where) != 0 || listen(listener, MOST) != 0)
        return 1;
    watch(queue, listener);
    for (;;)
        for (int i = epoll_wait(queue, events, MOST, -1) - 1; i >= 0; i--) {
            if (events[i].data.fd == listener)
                watch(queue, accept(listener, NULL, NULL));
            else
                attend(events[i].data.fd);
        }
}
