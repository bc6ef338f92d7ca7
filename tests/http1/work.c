/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * work.c - the HTTP reader with bytes that come one by one, and its state saved and loaded before each.
 *
 * Each line is SIDE ALL BYTES (0 client, 1 server of which no client was seen; 1 all messages; hexadecimal). Prints
 * how many events there were, how many bytes came before it was done, and how many it examined. Then the state at
 * half of them is damaged in each of its bytes: it is refused, or the reader goes on with it and harms nothing.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "flow/reader.h"
#include "http/reader.h"

enum { LONGEST = 20000, FLOWS = 2, FLOW = 1, TEXTS = 1 << 16 };

typedef struct talk {
    hg_config config;
    void *state;
    uint32_t kept; /* bytes from this offset on are given */
    int side;
    int done;
    unsigned events;
    unsigned long long examined;
} talk;

static hg_stats stats;

static void must(int holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "not so: %s\n", what);
    exit(2);
}

static void begin(talk *t, int side, int all)
{
    hg_error error;
    *t = (talk){.side = side, .config = {.protocols = 1 << HG_PROTOCOL_HTTP, .http_all = (uint8_t)all}};
    must(hg_flow_memory_open(&hg_http_reader, &t->config, FLOWS, &t->state, &error) == HG_OK, "there is memory");
}

/* Gives bytes up to `end`, of which the last is new. */
static void give(talk *t, const uint8_t *data, uint32_t end)
{
    static uint8_t texts[TEXTS];
    hg_batch batch = {.texts = texts, .text_capacity = sizeof texts};
    hg_event_values values;
    hg_client_matches matches = {HG_NOT_SEEN, HG_NOT_SEEN};
    const hg_reader_output to = {.batch = &batch, .stats = &stats, .values = &values, .matches = &matches};
    if (t->done || end <= t->kept)
        return;
    const hg_bytes bytes = {malloc(end - t->kept), end - t->kept, t->kept};
    must(bytes.data != NULL, "there is memory");
    memcpy((uint8_t *)bytes.data, data + t->kept, bytes.length);
    hg_reader_result reading;
    do {
        reading = hg_http_reader.follow(t->state, FLOW, t->side, &bytes, &to);
        t->examined += reading.examined > 0 ? reading.examined : 1;
        t->events += reading.has_event;
    } while (reading.again);
    t->done = reading.done;
    must(t->done || reading.keep >= t->kept, "it does not go back");
    t->kept = reading.keep;
    free((uint8_t *)bytes.data);
}

static uint8_t *saved(const talk *t, size_t *length)
{
    hg_saved to = {0};
    hg_flow_memory_transfer(&hg_http_reader, t->state, FLOWS, &to); /* counts */
    *length = to.length;
    to = (hg_saved){.out = malloc(*length)};
    must(to.out != NULL, "there is memory");
    hg_flow_memory_transfer(&hg_http_reader, t->state, FLOWS, &to);
    return to.out;
}

static int load(talk *t, const uint8_t *bytes, size_t length)
{
    hg_error error;
    hg_saved from = {.in = bytes, .length = length, .is_loading = 1, .error = &error};
    hg_flow_memory_close(t->state);
    must(hg_flow_memory_open(&hg_http_reader, &t->config, FLOWS, &t->state, &error) == HG_OK, "there is memory");
    hg_flow_memory_transfer(&hg_http_reader, t->state, FLOWS, &from);
    return from.status == HG_OK;
}

static void save_and_load(talk *t)
{
    size_t length;
    uint8_t *bytes = saved(t, &length);
    must(load(t, bytes, length), "what was saved is loaded");
    free(bytes);
}

static void damage(const uint8_t *data, uint32_t length, int side, int all)
{
    talk t;
    size_t bytes;
    begin(&t, side, all);
    for (uint32_t end = 1; end <= length / 2; end++)
        give(&t, data, end);
    uint8_t *state = saved(&t, &bytes);
    const talk half = t;
    for (size_t at = 0; at < bytes; at++) {
        state[at] ^= (uint8_t)(at % 2 ? 0xFF : 0x05);
        t.done = half.done;
        t.kept = half.kept;
        if (load(&t, state, bytes))
            for (uint32_t end = length / 2 + 1; end <= length; end += 1 + length / 16)
                give(&t, data, end);
        state[at] ^= (uint8_t)(at % 2 ? 0xFF : 0x05);
    }
    hg_flow_memory_close(t.state);
    free(state);
}

static uint32_t from_hex(const char *text, uint8_t *out)
{
    uint32_t length = 0;
    for (unsigned byte; length < LONGEST && sscanf(text + 2 * length, "%2x", &byte) == 1; length++)
        out[length] = (uint8_t)byte;
    return length;
}

int main(void)
{
    static char line[2 * LONGEST + 64];
    static uint8_t data[LONGEST];
    while (fgets(line, sizeof line, stdin) != NULL) {
        int side, all, at;
        talk t;
        must(sscanf(line, "%d %d %n", &side, &all, &at) == 2, "a line has two numbers");
        const uint32_t length = from_hex(line + at, data);
        begin(&t, side, all);
        uint32_t end = 0;
        while (end < length && !t.done) {
            save_and_load(&t);
            give(&t, data, ++end);
        }
        hg_flow_memory_close(t.state);
        printf("%u %u %llu\n", t.events, end, t.examined);
        damage(data, length, side, all);
    }
    return 0;
}
