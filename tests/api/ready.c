/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * Prints which of some pipes and sockets are ready, one line a question.
 */
#define _POSIX_C_SOURCE 200809L

#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "api/ready.h"

enum { PIPES = 70 };

static void *users[HG_READY_MOST];

static void ask(hg_ready *ready, const char *title)
{
    size_t count = hg_ready_wait(ready, 0, users);
    printf("%s:", title);
    for (size_t i = 0; i < count; i++)
        printf(" %s", (const char *)users[i]);
    printf("\n");
}

/* Of more than are told at once, everybody gets a turn. */
static void ask_many(hg_ready *ready)
{
    static int ends[PIPES][2], seen[PIPES];
    int all = 0;
    for (int i = 0; i < PIPES; i++)
        if (pipe(ends[i]) != 0 || !hg_ready_add(ready, ends[i][0], &seen[i]) || write(ends[i][1], "x", 1) != 1)
            exit(1);
    size_t first = hg_ready_wait(ready, 0, users);
    for (size_t turn = 0, count = first; turn < 3; turn++, count = hg_ready_wait(ready, 0, users))
        for (size_t i = 0; i < count; i++)
            *(int *)users[i] = 1;
    for (int i = 0; i < PIPES; i++)
        all += seen[i];
    printf("many: %zu, in the end %d\n", first, all);
}

int main(void)
{
    int one[2], two[2], both[2];
    hg_ready *ready = hg_ready_new(3 + PIPES);
    if (ready == NULL || pipe(one) != 0 || pipe(two) != 0 || socketpair(AF_UNIX, SOCK_STREAM, 0, both) != 0)
        return 1;
    if (!hg_ready_add(ready, one[0], "one") || !hg_ready_add(ready, two[0], "two") || !hg_ready_add(ready, both[0], "both"))
        return 1;
    ask(ready, "nobody spoke");
    if (write(two[1], "x", 1) != 1)
        return 1;
    ask(ready, "two spoke");
    hg_ready_want(ready, both[0], "both", HG_WANTED_WRITE);
    hg_ready_remove(ready, two[0]);
    ask(ready, "there is room");
    hg_ready_want(ready, both[0], "both", HG_WANTED_READ);
    ask(ready, "nobody spoke");
    close(one[1]);
    ask(ready, "one has ended");
    hg_ready_remove(ready, one[0]);
    hg_ready_remove(ready, both[0]);
    ask(ready, "nobody is left");
    ask_many(ready);
    hg_ready_free(ready);
    return 0;
}
