/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * memory.c - each allocation of what reads hellos in datagrams fails once. What was asked for is refused
 * with words or given up and counted, and nothing leaks (the sanitizer looks).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tls/datagram.h"
#include "failing_memory.h"

enum { FLOWS = 8, MOST_POINTS = 64, BODY = 3000, HALF = 1500, HEADERS = 25 };

static unsigned until_failure, failed;

static int fails(void)
{
    int now = until_failure > 0 && --until_failure == 0;
    failed += (unsigned)now;
    return now;
}

static void must(int holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "not so: %s\n", what);
        exit(2);
    }
}

static void put(uint8_t *to, uint32_t value, int bytes)
{
    for (int i = 0; i < bytes; i++)
        to[i] = (uint8_t)(value >> (8 * (bytes - 1 - i)));
}

/* Half of a hello over DTLS. */
static hg_message_event follow(hg_connections *c, uint32_t offset)
{
    uint8_t data[HEADERS + HALF] = {22, 0xFE, 0xFD};
    put(data + 11, sizeof data - 13, 2);
    data[13] = HG_TLS_CLIENT_HELLO;
    put(data + 14, BODY, 3);
    put(data + 19, offset, 3);
    put(data + 22, HALF, 3);
    const hg_datagram_in d = {.data = data, .length = sizeof data, .flow = 1, .number = 1};
    return hg_dtls_follow(c, &d);
}

static void go_through(const hg_crypto *none, hg_quic_worker *worker, hg_connections *c, hg_stats *counts)
{
    hg_error error = {0};
    hg_status status = hg_quic_worker_init(worker, none, &error);
    if (status == HG_OK)
        status = hg_connections_init(c, FLOWS, HG_LEAST_CONNECTION_BYTES, counts, &error);
    if (status != HG_OK) {
        must(status == HG_E_MEMORY && error.message[0] != 0 && failed == 1, "refused for want of memory, in words");
        return;
    }
    hg_message_event first = follow(c, 0), second = follow(c, HALF);
    must(first.type == 0, "half of a hello is none");
    must((second.type == HG_TLS_CLIENT_HELLO) == (failed == 0), "the hello is whole unless memory was wanting");
    must(counts->streams_evicted == failed, "what was given up is counted");
}

int main(void)
{
    const hg_crypto none = {0};
    for (unsigned point = 1; point < MOST_POINTS; point++) {
        hg_quic_worker worker = {0};
        hg_connections c = {0};
        hg_stats counts = {0};
        failed = 0;
        until_failure = point;
        go_through(&none, &worker, &c, &counts);
        until_failure = 0;
        hg_connections_clear(&c);
        hg_quic_worker_clear(&worker);
        if (failed == 0) {
            printf("%u\n", point - 1);
            return 0;
        }
    }
    return 3;
}
