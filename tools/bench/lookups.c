/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * lookups.c - what a look-up of a connection costs: lookups CONNECTIONS QUESTIONS
 *
 * Fills a table, then asks for connections in no order: twice the same ones, of which the second question moves nothing,
 * then unknown ones. Prints nanoseconds of each kind, and bytes of memory per connection.
 */
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "peers/peers.h"

static const int64_t BEGAN = 1800000000000000000;

static uint64_t mixed(uint64_t number)
{
    number = (number ^ number >> 31) * UINT64_C(0x9E3779B97F4A7C15);
    number = (number ^ number >> 29) * UINT64_C(0xBF58476D1CE4E5B9);
    return number ^ number >> 32;
}

static void require(int condition, const char *what)
{
    if (condition)
        return;
    fprintf(stderr, "lookups: %s\n", what);
    exit(1);
}

/* The ends of one connection: a million clients or fewer with IPv4. */
static hg_question question_of(uint64_t number)
{
    const uint64_t random = mixed(number);
    hg_question made = {.version = 4, .client_port = (uint16_t)(1024 + random % 60000), .server_port = 443};
    memcpy(made.client, (const uint32_t[]){(uint32_t)(random >> 32)}, 4);
    memcpy(made.server, (const uint8_t[]){198, 51, 100, 2}, 4);
    return made;
}

static void open_one(hg_peers *peers, uint64_t number)
{
    const hg_question of = question_of(number);
    hg_ends ends = {.client_port = of.client_port, .server_port = of.server_port, .version = 4};
    memcpy(&ends.client, of.client, sizeof ends.client);
    memcpy(&ends.server, of.server, sizeof ends.server);
    hg_peer *made = hg_peer_take(peers, &ends, number, BEGAN);
    made->seen = HG_SEEN_SYN | HG_SEEN_HELLO;
    hg_peer_move(peers, made, HG_NAMED);
}

static double seconds(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

/* Nanoseconds of a question. */
static double ask(hg_peers *peers, const hg_question *questions, uint32_t count, int64_t now_ns, int is_known)
{
    uint32_t found = 0;
    int64_t first_ns;
    const double began = seconds();
    for (uint32_t i = 0; i < count; i++)
        found += hg_peers_find(peers, questions + i, now_ns, &first_ns) != 0;
    const double spent = seconds() - began;
    require(found == (is_known ? count : 0), "an answer is wrong");
    return spent / count * 1e9;
}

/* Bytes of this process in memory. */
static double resident(void)
{
    unsigned long all = 0, held = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    require(file != NULL && fscanf(file, "%lu %lu", &all, &held) == 2, "/proc/self/statm");
    fclose(file);
    return (double)held * (double)sysconf(_SC_PAGESIZE);
}

int main(int argc, char **argv)
{
    require(argc == 3, "usage: lookups CONNECTIONS QUESTIONS");
    const uint32_t connections = (uint32_t)strtoul(argv[1], NULL, 10), count = (uint32_t)strtoul(argv[2], NULL, 10);
    hg_peers *peers = NULL;
    hg_error error;
    const double before = resident();
    require(hg_peers_new(connections, UINT64_C(0x0123456789abcdef), &peers, &error) == HG_OK, error.message);
    for (uint32_t i = 0; i < connections; i++)
        open_one(peers, i);
    const double each = (resident() - before) / connections;
    hg_question *known = calloc(2 * (size_t)count, sizeof *known), *unknown = known + count;
    require(known != NULL, "no memory");
    for (uint32_t i = 0; i < count; i++) {
        known[i] = question_of(mixed(i + 77) % connections);
        unknown[i] = question_of((uint64_t)connections + i);
    }
    const int64_t later = BEGAN + 10 * (int64_t)1000000000;
    const double first = ask(peers, known, count, later, 1), second = ask(peers, known, count, later, 1);
    printf("%.0f %.0f %.0f %.0f\n", first, second, ask(peers, unknown, count, later, 0), each);
    free(known);
    hg_peers_free(peers);
    return 0;
}
